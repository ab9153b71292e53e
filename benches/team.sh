#!/usr/bin/env bash
# Whole-process time of a command on a team store of 100,000 tickets (20 % open)
# in PostgreSQL, over a unix socket and over TLS with SCRAM on loopback, against
# psql running the bare statement; and how many writers append at once.
#
#   benches/team.sh                 both parts
#   benches/team.sh commands        the times of commands
#   benches/team.sh appends         appends a second
#
# Needs PostgreSQL's programs, hyperfine, jq and openssl; appends also need cc.
# The server is its own, with its default settings, in target/bench. STORE=FILE
# takes another store than that of benches/store.sh.
#
# Prints what it ran and medians in milliseconds. A command above 15 ms on the
# socket or 40 ms over TLS, a ratio above 1.5, or a lock held last that does not
# append more than one held through the commit is a failure (exit 1).
set -euo pipefail
cd "$(dirname "$0")/.."
part=${1:-all}
programs=$(pg_config --bindir 2>/dev/null || true)
[ -x "$programs/initdb" ] || programs=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
[ -x "$programs/initdb" ] || { echo 'needs the programs of PostgreSQL (initdb, pg_ctl, psql, pgbench)' >&2; exit 2; }
for tool in hyperfine jq openssl; do
  command -v "$tool" >/dev/null || { echo "needs $tool" >&2; exit 2; }
done
target=${CARGO_TARGET_DIR:-$PWD/target}
desk=${DESK:-$target/dist/desk}
[ -n "${DESK:-}" ] || cargo build --profile dist --locked --quiet
mkdir -p "$target/bench"
place=$(cd "$target/bench" && pwd)
export DESK_AGENT=bench TZ=UTC HOME=$place PGPASSFILE=$place/pgpass
port=${PORT:-54329}

# Servers refuse to run as the superuser.
account=$(id -un)
as_account=()
if [ "$(id -u)" = 0 ]; then
  account=postgres
  as_account=(setpriv "--reuid=$account" "--regid=$(id -g "$account")" --clear-groups)
fi
server=$(mktemp -d "${SERVER_IN:-/dev/shm}/desk-team.XXXXXX")
chmod 755 "$server"
stop() { "${as_account[@]}" "$programs/pg_ctl" -D "$server/data" -m fast -w stop >/dev/null 2>&1 || true; }
trap 'stop; rm -rf "$server"' EXIT

# start [PRELOADED LIBRARY]
start() {
  LD_PRELOAD=${1:-} "${as_account[@]}" "$programs/pg_ctl" -D "$server/data" -l "$server/log" -w start >/dev/null ||
    { cat "$server/log" >&2; exit 2; }
}

make_server() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout "$server/key" -out "$server/certificate" 2>/dev/null
  cp "$server/certificate" "$place/certificate"
  echo secret >"$server/password"
  chmod 600 "$server/key"
  chmod 644 "$server/password"
  [ ${#as_account[@]} -eq 0 ] || chown -R "$account" "$server"
  (cd "$server" && "${as_account[@]}" "$programs/initdb" -D data -U bench -E UTF8 --locale=C.UTF-8 \
    --auth-local=trust --auth-host=scram-sha-256 --pwfile=password >/dev/null)
  cat >>"$server/data/postgresql.conf" <<CONF
unix_socket_directories = '$server'
listen_addresses = 'localhost'
port = $port
max_connections = 100
ssl = on
ssl_key_file = '$server/key'
ssl_cert_file = '$server/certificate'
CONF
  # Without TLS nobody comes in over the network.
  sed -i 's/^host\( .*scram-sha-256\)$/hostssl\1/' "$server/data/pg_hba.conf"
  printf 'localhost:%s:*:bench:secret\n' "$port" >"$PGPASSFILE"
  chmod 600 "$PGPASSFILE"
}

socket="postgres://bench@/desk?host=$server&port=$port"
tls="postgres://bench@localhost:$port/desk?sslmode=verify-full&sslrootcert=$place/certificate"
sql() { "$programs/psql" -X -q -t -A -v ON_ERROR_STOP=1 "$socket" "$@"; }

fill() {
  local seeded=${STORE:-$place/100000-42.db}
  [ -f "$seeded" ] || benches/store.sh "$desk" "$seeded" 100000 42
  "$programs/createdb" -h "$server" -p "$port" -U bench desk
  echo "copying $seeded to the server" >&2
  "$desk" -q --db "$seeded" store copy --keep --to "$socket" >/dev/null
  sql -c 'VACUUM ANALYZE'
  "$desk" -q --db "$socket" open bench-ticket --requester u@example.org --channel email >/dev/null
}

failed=0
# against NAME AIM FLOOR.SQL URL COMMAND...
against() {
  local name=$1 aim=$2 floor=$3 url=$4
  shift 4
  DESK_DB=$url hyperfine --warmup 10 --runs "${RUNS:-100}" -N --export-json "$place/result.json" \
    --command-name desk "$desk $*" --command-name psql "$programs/psql -X -q -o /dev/null -f $floor '$url'" \
    >/dev/null 2>"$place/hyperfine.err" || { cat "$place/hyperfine.err" >&2; exit 2; }
  jq -r --arg name "$name" --arg aim "$aim" '
    (.results[0].median * 1000) as $desk | (.results[1].median * 1000) as $psql
    | [$name, $desk, $aim, $psql, $desk / $psql] | @tsv' "$place/result.json" |
    awk -F '\t' '{ printf "%-34s %9.2f %9d %9.2f %6.2f\n", $1, $2, $3, $4, $5; exit !($2 <= $3 && $5 <= 1.5) }' ||
    failed=1
}

commands() {
  local now columns url aim way one
  now=$(($(date +%s) * 1000))
  columns='id, title, state, tier, assignee, priority, next_due'
  one=$(sql -c 'SELECT max(id) FROM ticket')
  echo "SELECT * FROM ticket WHERE id = 90000; SELECT * FROM event LEFT JOIN field USING (seq) WHERE ticket = 90000 ORDER BY n" >"$place/show.sql"
  echo "SELECT $columns FROM ticket WHERE open = 1 ORDER BY next_due NULLS LAST, id LIMIT 50" >"$place/list.sql"
  echo "SELECT $columns FROM ticket WHERE open = 1 AND next_due < $now ORDER BY next_due, id LIMIT 50" >"$place/overdue.sql"
  # The words of the search, the rows that it shows, and their texts.
  cat >"$place/search.sql" <<SQL
SELECT count(*) FROM ticket_text WHERE terms @@ '''phone'''::tsquery;
SELECT count(*) FROM ticket_text WHERE terms @@ '''drop'''::tsquery;
SELECT ticket, fields FROM ticket_text WHERE terms @@ '''phone'' & ''drop'''::tsquery ORDER BY ticket DESC LIMIT 150;
SELECT * FROM ticket WHERE id IN (SELECT ticket FROM ticket_text WHERE terms @@ '''phone'' & ''drop'''::tsquery ORDER BY ticket DESC LIMIT 20);
SQL
  # The rows that opening a ticket writes, copied from an existing one, under the
  # same locks, with the same two commits.
  cat >"$place/open.sql" <<SQL
\set ON_ERROR_STOP on
BEGIN; SET LOCAL synchronous_commit = off; LOCK TABLE writer IN ROW EXCLUSIVE MODE;
UPDATE counter SET value = value + 1 WHERE name = 'ticket' RETURNING value AS id \gset
CREATE TEMP TABLE t ON COMMIT DROP AS SELECT * FROM ticket WHERE id = $one;
UPDATE t SET id = :id;
INSERT INTO ticket SELECT * FROM t;
INSERT INTO ticket_text SELECT :id, fields, terms FROM ticket_text WHERE ticket = $one;
SELECT seq AS head FROM chain_head FOR UPDATE \gset
CREATE TEMP TABLE s ON COMMIT DROP AS SELECT seq, row_number() OVER (ORDER BY seq) AS k FROM event WHERE ticket = $one;
INSERT INTO event (seq, ticket, n, at_ms, recorded_ms, actor, kind, body, prev, hash)
  SELECT :head + k, :id, n, at_ms, recorded_ms, actor, kind, body, prev, hash FROM event JOIN s USING (seq);
INSERT INTO field SELECT :head + k, path, salt, value FROM field JOIN s USING (seq);
UPDATE chain_head SET seq = :head + (SELECT count(*) FROM s);
COMMIT;
BEGIN; SET LOCAL synchronous_commit = on; SELECT pg_logical_emit_message(true, 'desk', ''); COMMIT;
SQL
  printf '%-34s %9s %9s %9s %6s\n' command 'desk ms' 'aim ms' 'psql ms' ratio
  for way in socket tls; do
    url=$socket aim=15
    [ "$way" = socket ] || url=$tls aim=40
    against "show ($way)" "$aim" "$place/show.sql" "$url" show 90000
    against "list ($way)" "$aim" "$place/list.sql" "$url" list
    against "overdue ($way)" "$aim" "$place/overdue.sql" "$url" overdue
    against "search phone drops ($way)" "$aim" "$place/search.sql" "$url" search phone drops
    against "open ($way)" "$aim" "$place/open.sql" "$url" open bench-ticket --requester u@example.org --channel email
  done
}

# Each writer reads the history of a ticket, locks the end of the chain, appends
# an event, and commits. The program is pgbench, so that the time of processes is
# not measured. The disk is in memory, and a library before fdatasync makes it as
# slow as said: what is simulated is the time of a flush and nothing else.
appends() {
  command -v cc >/dev/null || { echo 'needs cc' >&2; exit 2; }
  cat >"$place/slow.c" <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  const char *us = getenv("SLOW_SYNC_US");
  struct timespec wait = {0, (us ? atol(us) : 0) * 1000};
  nanosleep(&wait, NULL);
  return real(fd);
}
C
  cc -shared -fPIC -O2 -o "$server/slow.so" "$place/slow.c" -ldl
  chmod 755 "$server/slow.so"
  sql >/dev/null <<'SQL'
CREATE TABLE bench_head (seq BIGINT NOT NULL, hash BYTEA NOT NULL) WITH (fillfactor = 10);
INSERT INTO bench_head VALUES (0, '\x00');
CREATE TABLE bench_event (seq BIGINT PRIMARY KEY, ticket BIGINT, body TEXT, prev BYTEA, hash BYTEA);
CREATE INDEX ON bench_event (ticket);
SQL
  local append="WITH added AS (INSERT INTO bench_event VALUES (:seq + 1, :ticket, repeat('x', 200), '\\x:hash', sha256('\\x:hash' || int8send(:seq + 1)))) UPDATE bench_head SET seq = :seq + 1, hash = sha256('\\x:hash' || int8send(:seq + 1));"
  cat >"$place/last.pgbench" <<SQL
\set ticket random(1, 100000)
BEGIN\; SET LOCAL synchronous_commit = off\; SET LOCAL jit = off;
SELECT * FROM bench_event WHERE ticket = :ticket;
SELECT seq, encode(hash, 'hex') AS hash FROM bench_head FOR UPDATE \gset
$append
COMMIT\; BEGIN\; SET LOCAL synchronous_commit = on\; SELECT pg_logical_emit_message(true, 'desk', '')\; COMMIT;
SQL
  cat >"$place/plain.pgbench" <<SQL
\set ticket random(1, 100000)
BEGIN\; SET LOCAL synchronous_commit = on\; SET LOCAL jit = off;
SELECT * FROM bench_event WHERE ticket = :ticket;
SELECT seq, encode(hash, 'hex') AS hash FROM bench_head FOR UPDATE \gset
$append
COMMIT;
SQL
  printf '\n%-44s %12s %12s %7s\n' '32 writers, appends a second' 'flushed last' 'plain lock' factor
  local us last plain
  for us in 0 1000 5000; do
    stop
    SLOW_SYNC_US=$us start "$server/slow.so"
    last=$(appended last)
    plain=$(appended plain)
    awk -v us="$us" -v last="$last" -v plain="$plain" 'BEGIN {
      printf "%-44s %12.0f %12.0f %7.1f\n", us / 1000 " ms more for each flush", last, plain, last / plain
      exit !(us == 0 || last > plain) }' || failed=1
  done
  sql -c 'SELECT count(*) - max(seq) AS gaps, count(*) FILTER (WHERE prev IS DISTINCT FROM before) AS breaks
    FROM (SELECT seq, prev, lag(hash, 1, decode('"'00'"', '"'hex'"')) OVER (ORDER BY seq) AS before FROM bench_event) AS chain' |
    awk -F '|' '{ printf "gaps in that chain: %d, breaks: %d\n", $1, $2; exit !($1 == 0 && $2 == 0) }' || failed=1
}

appended() {
  "$programs/pgbench" -h "$server" -p "$port" -U bench -n -c 32 -j 2 -T "${SECONDS_EACH:-10}" -f "$place/$1.pgbench" desk 2>/dev/null |
    awk '/^tps/ { print $3 }'
}

make_server
start
"$programs/psql" --version
case $part in
  commands) fill; commands ;;
  appends) "$programs/createdb" -h "$server" -p "$port" -U bench desk; appends ;;
  all) fill; commands; appends ;;
  *) echo "there is no part $part: commands, appends" >&2; exit 2 ;;
esac
exit "$failed"
