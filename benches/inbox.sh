#!/usr/bin/env bash
# Measures the inbox in a terminal of its own on a store: from a key to the last
# byte of what it paints, and the most memory it had. Prints what it ran.
#
#   benches/inbox.sh DESK FILE [KEYS]
set -euo pipefail
desk=$1 file=$2 keys=${3:-200}
exec python3 - "$desk" "$file" "$keys" <<'PYTHON'
import fcntl, os, pty, select, struct, sys, termios, time

desk, store, keys = sys.argv[1], sys.argv[2], int(sys.argv[3])
command = [desk, "--db", store, "--as", "bench", "inbox"]
print("$", *command)
pid, terminal = pty.fork()
if pid == 0:
    os.environ.update(TERM="xterm-256color", TZ="UTC")
    os.execv(desk, command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))


def painted(quiet, most=10.0):
    """Reads until nothing came for `quiet` seconds; when the last byte came."""
    last, end = None, time.monotonic() + most
    while time.monotonic() < end:
        if not select.select([terminal], [], [], quiet)[0]:
            return last
        try:
            if not os.read(terminal, 65536):
                return last
        except OSError:
            # The other side is gone.
            return last
        last = time.monotonic()
    return last


begin = time.monotonic()
first = painted(0.5)
print(f"start to screen: {(first - begin) * 1000:.1f} ms")
for name, key, times in [
    ("j", b"j", keys),
    ("k", b"k", keys),
    ("Ctrl-d", b"\x04", keys // 4),
    ("Enter and back", b"\r", 2 * (keys // 8)),
    ("G", b"G", 1),
    ("Ctrl-u at the end", b"\x15", keys // 4),
    ("g", b"g", 1),
    ("filter", b"/p:P1\r", 1),
    ("filter away", b"\x1b", 1),
]:
    spans = []
    for _ in range(times):
        begin = time.monotonic()
        os.write(terminal, key)
        last = painted(0.1)
        if last is not None:
            spans.append((last - begin) * 1000)
    spans.sort()
    if spans:
        middle, most = spans[len(spans) // 2], spans[int(len(spans) * 0.99)]
        print(f"{name}: {len(spans)} times, median {middle:.1f} ms, 99 % within {most:.1f} ms")
with open(f"/proc/{pid}/status") as status:
    print("most memory:", *[line.split()[1] + " kB" for line in status if line.startswith("VmHWM")])
os.write(terminal, b"q")
painted(0.2)
_, status = os.waitpid(pid, 0)
print("exit code:", os.waitstatus_to_exitcode(status))
PYTHON
