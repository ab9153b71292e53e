#!/usr/bin/env bash
# Whole-process time of calendar calculations and sweeps:
#
# - a due time ten years of business hours away, against one an hour away
# - the status table of 20,000 open tickets on business calendars, against the
#   same tickets round the clock
# - a sweep with nothing to do on 100,000 tickets, against desk overdue
#
#   benches/clocks.sh         needs hyperfine and jq
#
# Prints what it ran, medians in milliseconds and their ratio or difference; a
# figure above its bound is a failure (exit 1).
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in hyperfine jq; do
  command -v "$tool" >/dev/null || { echo "needs $tool" >&2; exit 2; }
done
cargo build --profile dist --locked --quiet
desk=$PWD/target/dist/desk
place=$PWD/target/bench
export DESK_AGENT=bench TZ=UTC HOME=$place
mkdir -p "$place"

{
  echo '[calendars.office]'
  echo 'timezone = "Europe/Berlin"'
  for day in mon tue wed thu fri; do echo "$day = [\"09:00-12:00\", \"13:00-17:30\"]"; done
  echo 'holidays = ["01-01", "05-01", "10-03", "12-24..12-26", "12-31"]'
  echo '[[targets]]'
  echo 'response = "3h"'
  echo 'resolution = "24h"'
  echo 'calendar = "office"'
  echo '[[targets]]'
  echo 'priority = "P1"'
  echo 'response = "1h"'
  echo 'resolution = "4h"'
  echo '[[targets]]'
  echo 'priority = "P2"'
  echo 'response = "2h"'
  echo 'resolution = "8h"'
} >"$place/office.toml"

failed=0
# compare NAME LIMIT MODE COMMAND COMMAND: both in one run, the first against
# the second, by ratio or by the difference in ms.
compare() {
  local name=$1 limit=$2 mode=$3
  hyperfine --warmup 5 --runs "${RUNS:-50}" -N --export-json "$place/result.json" \
    --command-name a "$4" --command-name b "$5" >/dev/null 2>"$place/hyperfine.err" ||
    { cat "$place/hyperfine.err" >&2; exit 2; }
  printf '%s\n  %s\n  %s\n' "$name" "$4" "$5"
  jq -r --arg mode "$mode" '
    (.results[0].median * 1000) as $a | (.results[1].median * 1000) as $b
    | [$a, $b, if $mode == "ratio" then $a / $b else $a - $b end] | @tsv' "$place/result.json" |
    awk -F '\t' -v mode="$mode" -v limit="$limit" '{
      printf "  %.2f ms, %.2f ms, %s %.2f (at most %s)\n", $1, $2, mode, $3, limit; exit !($3 <= limit) }' ||
    failed=1
}

ask="$desk calendar due --policy $place/office.toml --calendar office --from 2026-03-02T08:00:00Z --target"
compare 'a due time ten years away, by the work it adds' 2 difference "$ask 18750h" "$ask 1h"

open=$place/open-20000.db
[ -f "$open" ] || benches/store.sh "$desk" "$open" 20000 42 0
office=$place/office-20000.db
if [ ! -f "$office" ]; then
  rm -f "$office".part*
  cp "$open" "$office.part"
  "$desk" -q --db "$office.part" policy set "$place/office.toml" 2>/dev/null
  "$desk" -q --db "$office.part" policy apply >/dev/null 2>&1
  "$desk" -q --db "$office.part" backup "$office"
fi
compare 'the status of 20,000 open tickets on business calendars' 2 ratio \
  "$desk --db $office sla --json" "$desk --db $open sla --json"
compare 'the first page of them' 2 ratio "$desk --db $office sla" "$desk --db $open sla"

large=$place/100000-42.db
[ -f "$large" ] || benches/store.sh "$desk" "$large" 100000 42
swept=$place/swept.db
if [ ! -f "$swept" ]; then
  rm -f "$swept".part*
  cp "$large" "$swept.part"
  "$desk" --db "$swept.part" sweep >/dev/null
  "$desk" -q --db "$swept.part" backup "$swept"
fi
# First take the actions that have become due since then.
"$desk" --db "$swept" sweep >/dev/null
compare 'a sweep with nothing to do on 100,000 tickets' 1.1 ratio \
  "$desk --db $swept sweep" "$desk --db $swept overdue"
exit "$failed"
