#!/usr/bin/env bash
# Whole-process time of a command on 100,000 tickets (20 % open), against the
# sqlite3 shell running the bare statement with the same durability.
#
#   benches/cli.sh            needs hyperfine, sqlite3, jq and GNU time
#
# Prints what it ran, medians in milliseconds, the ratio, and peak memory.
# A ratio above 2 or a peak above 20 MiB is a failure (exit 1).
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in hyperfine sqlite3 jq /usr/bin/time; do
  command -v "$tool" >/dev/null || { echo "needs $tool" >&2; exit 2; }
done
cargo build --profile dist --locked --quiet
desk=$PWD/target/dist/desk
place=$PWD/target/bench
seeded=$place/100000-42.db
export DESK_AGENT=bench TZ=UTC HOME=$place
[ -f "$seeded" ] || benches/store.sh "$desk" "$seeded" 100000 42

# A copy to write to, so that the seeded store is not changed.
db=$place/run.db
rm -f "$db" "$db-wal" "$db-shm"
cp "$seeded" "$db"
export DESK_DB=$db
"$desk" -q open bench-ticket --requester u@example.org --channel email >/dev/null

now=$(($(date +%s) * 1000))
columns='id,title,state,tier,assignee,priority,next_due'

# The rows that opening a ticket writes, copied from an existing one: the
# same tables and indexes, one transaction, synced, no checkpoint on leaving.
cat >"$place/insert.sql" <<'SQL'
.dbconfig no_ckpt_on_close on
.output /dev/null
PRAGMA synchronous = FULL;
BEGIN IMMEDIATE;
UPDATE counter SET value = value + 1 WHERE name = 'ticket';
CREATE TEMP TABLE t AS SELECT * FROM ticket WHERE id = 100001;
UPDATE t SET id = (SELECT value FROM counter WHERE name = 'ticket');
INSERT INTO ticket SELECT * FROM t;
CREATE TEMP TABLE e AS SELECT * FROM event WHERE ticket = 100001;
CREATE TEMP TABLE f AS SELECT * FROM field WHERE seq IN (SELECT seq FROM e);
CREATE TEMP TABLE s AS SELECT max(seq) - (SELECT min(seq) - 1 FROM e) AS by FROM event;
UPDATE e SET seq = seq + (SELECT by FROM s), ticket = (SELECT id FROM t);
UPDATE f SET seq = seq + (SELECT by FROM s);
INSERT INTO event SELECT * FROM e;
INSERT INTO field SELECT * FROM f;
COMMIT;
SQL
failed=0
printf '%-28s %9s %9s %6s %9s\n' command 'desk ms' 'floor ms' ratio 'peak MiB'

# against NAME FLOOR COMMAND...
against() {
  local name=$1 floor=$2
  shift 2
  hyperfine --warmup 20 --runs "${RUNS:-200}" -N --export-json "$place/result.json" \
    --command-name desk "$desk $*" --command-name floor "$floor" >/dev/null 2>"$place/hyperfine.err" ||
    { cat "$place/hyperfine.err" >&2; exit 2; }
  local peak
  peak=$(/usr/bin/time -f %M "$desk" "$@" 2>&1 >/dev/null | tail -n 1)
  jq -r --arg name "$name" --argjson peak "$peak" '
    (.results[0].median * 1000) as $desk | (.results[1].median * 1000) as $floor
    | [$name, $desk, $floor, $desk / $floor, $peak / 1024] | @tsv' "$place/result.json" |
    awk -F '\t' '{ printf "%-28s %9.2f %9.2f %6.2f %9.1f\n", $1, $2, $3, $4, $5; exit !($4 <= 2 && $5 <= 20) }' ||
    failed=1
}

against show "sqlite3 $db 'SELECT * FROM ticket WHERE id = 90000' 'SELECT * FROM event WHERE ticket = 90000 ORDER BY n'" show 90000
against 'list (default view)' "sqlite3 $db 'SELECT $columns FROM ticket WHERE open = 1 ORDER BY next_due NULLS LAST, id LIMIT 50'" list
against overdue "sqlite3 $db 'SELECT $columns FROM ticket WHERE open = 1 AND next_due < $now ORDER BY next_due, id'" overdue
against 'overdue --json' "sqlite3 -json $db 'SELECT * FROM ticket WHERE open = 1 AND next_due < $now ORDER BY next_due, id'" overdue --json
against open "sqlite3 $db '.read $place/insert.sql'" open bench-ticket --requester u@example.org --channel email
exit "$failed"
