#!/usr/bin/env bash
# Whole-process time of searches on 100,000 tickets, and search quality on
# questions with known answers.
#
#   benches/search.sh                 needs hyperfine, jq and GNU time
#   benches/search.sh STORE FILE      the quality alone: a store, and a file
#                                     for desk similar --evaluate
#
# Prints what it ran. A median above 50 ms or a peak above 40 MiB is a
# failure (exit 1).
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in hyperfine jq /usr/bin/time; do
  command -v "$tool" >/dev/null || { echo "needs $tool" >&2; exit 2; }
done
cargo build --profile dist --locked --quiet
desk=$PWD/target/dist/desk
place=$PWD/target/bench
export DESK_AGENT=bench TZ=UTC HOME=$place

quality() {
  printf '%-44s' "$(basename "$2")"
  "$desk" --db "$1" similar --evaluate "$2"
}

if [ $# -eq 2 ]; then
  quality "$1" "$2"
  exit
fi

seeded=$place/100000-42.db
[ -f "$seeded" ] || benches/store.sh "$desk" "$seeded" 100000 42
db=$place/search.db
rm -f "$db" "$db-wal" "$db-shm"
cp "$seeded" "$db"
export DESK_DB=$db
"$desk" -q open "my phone asks for a password and then hangs" --requester u@example.org --channel email >/dev/null

failed=0
printf '%-44s %9s %9s\n' command ms 'peak MiB'
while IFS= read -r line; do
  # Words with spaces are in double quotes in the list.
  eval "args=($line)"
  hyperfine --warmup 10 --runs "${RUNS:-100}" -N --export-json "$place/result.json" "$desk $line" >/dev/null 2>"$place/hyperfine.err" ||
    { cat "$place/hyperfine.err" >&2; exit 2; }
  peak=$(/usr/bin/time -f %M "$desk" "${args[@]}" 2>&1 >/dev/null | tail -n 1)
  ms=$(jq '.results[0].median * 1000' "$place/result.json")
  awk -v name="$line" -v ms="$ms" -v peak="$peak" \
    'BEGIN { printf "%-44s %9.1f %9.1f\n", name, ms, peak / 1024; exit !(ms <= 50 && peak <= 40960) }' || failed=1
done <<'EOF'
search phone drops
search "cannot be reached" laptop
search pho* dro*
search xyzzy
search vpn --status active
search scanner 4711 --json
similar 100001
similar 90000 --json
similar --text "the scanner prints blanks and is slow"
similar 100001 --categories
EOF

known=$place/knowledge.db
rm -f "$known" "$known-wal" "$known-shm"
"$desk" --db "$known" -q init >/dev/null
"$desk" --db "$known" -q import tests/data/knowledge/tickets.csv --map tests/data/knowledge/map.toml >/dev/null
echo
for questions in tests/data/knowledge/*.tsv; do
  quality "$known" "$questions"
done
exit "$failed"
