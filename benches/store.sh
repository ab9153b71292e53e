#!/usr/bin/env bash
# Makes the store that the benchmarks run on, with desk itself: TICKETS
# tickets, four in five closed (or CLOSED of them), the same for the same SEED.
#
#   benches/store.sh DESK FILE [TICKETS] [SEED] [CLOSED]
set -euo pipefail
desk=$1 file=$2 tickets=${3:-100000} seed=${4:-42} closed=${5:-$((${3:-100000} * 4 / 5))}
work=$(mktemp -d /dev/shm/desk-bench.XXXXXX)
trap 'rm -rf "$work"' EXIT
export DESK_DB=$work/desk.db DESK_AGENT=bench TZ=UTC HOME=$work

echo "making $tickets tickets (seed $seed) in $file" >&2
"$desk" init -q

# One line a ticket: minutes ago, then the arguments of `desk open`.
awk -v n="$tickets" -v seed="$seed" 'BEGIN {
  srand(seed)
  split("high medium low", level)
  split("phone email chat portal monitoring", channel)
  split("network/vpn network/wifi hardware/printer hardware/laptop software/mail software/erp access/account access/badge", category)
  split("drops hangs is slow is gone shows an error cannot be reached asks for a password prints blanks", what)
  split("VPN Printer Laptop Mailbox Login Intranet Scanner Phone", thing)
  for (i = 1; i <= n; i++) {
    # Old tickets over a year, open ones over the last two days.
    ago = i <= 0.8 * n ? 2880 + int(520000 * (1 - i / n)) : 1 + int(2880 * (n - i) / (0.2 * n))
    printf "--at\n%d min ago\nopen\n%s %s (%d)\n", ago, thing[1 + int(8 * rand())], what[1 + int(13 * rand())], i
    printf "--requester\nUser %d <u%d@example.org>\n", int(5000 * rand()), int(5000 * rand())
    printf "--channel\n%s\n--kind\nincident\n--category\n%s\n", channel[1 + int(5 * rand())], category[1 + int(8 * rand())]
    printf "--users\n%s\n--business\nlow\n--urgency\n%s\n", level[1 + int(3 * rand())], level[1 + int(3 * rand())]
    if (rand() < 0.5) printf "--assign\nagent%d\n", 1 + int(20 * rand()); else printf "--assign\nnobody\n"
  }
}' | tr '\n' '\0' | xargs -0 -n 20 -P 1 "$desk" -q >/dev/null

if [ "$closed" -gt 0 ]; then
  echo "closing $closed of them" >&2
  seq "$closed" | "$desk" -q resolve - -m 'restarted it' --code workaround --restored-by user --tell 'It works again.' >/dev/null
  seq "$closed" | "$desk" -q close - --satisfaction 4 >/dev/null
fi
"$desk" verify >&2
mkdir -p "$(dirname "$file")"
rm -f "$file" "$file-wal" "$file-shm"
"$desk" -q backup "$file"
