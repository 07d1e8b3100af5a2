#!/bin/sh
# Everything that a card has to show, in steps short enough for a machine that is lent by the minute: device.sh BUILD [check|sanitize|sweep|time]...
#   check     gpu_test: every bundled strategy in whole runs, failing cells among sound ones, on the card against the host, bit by bit
#   sanitize  its runs of a few quarters under compute-sanitizer's memcheck, where it is installed
#   sweep     1,024 seeds of base-2026 by the card with a sample verified, and by the CPU: the same runs.csv byte for byte
#   time      device_bench: market-quarters a second at 64, 1,024, 8,192 and 65,536 cells against one core and all cores
# All four where none is named. BUILD is a folder configured with --preset gpu; build there first what is used here:
#   cmake --build BUILD --target rackrace gpu_test device_bench
set -eu
build=$(cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- check sanitize sweep time

card=$(nvidia-smi --query-gpu=name,driver_version --format=csv,noheader 2>/dev/null) || { echo "device.sh: no card answers here: nothing was run" >&2; exit 8; }
echo "$card; $("$build/cli/rackrace" version | head -n 1)"

for step; do
    start=$(date +%s)
    echo "== $step"
    case $step in
        check) "$build/tests/gpu/gpu_test" ;;
        sanitize)
            if command -v compute-sanitizer >/dev/null; then compute-sanitizer --error-exitcode 1 "$build/tests/gpu/gpu_test" "~[whole]"; else echo "compute-sanitizer is not installed: left out"; fi
            ;;
        sweep)
            work=$(mktemp -d)
            printf 'scenario = "base-2026"\nseeds = { first = 1, count = 1024 }\npanel = false\n' >"$work/plan.toml"
            (
                cd "$work"
                "$build/cli/rackrace" sweep plan.toml --device cuda --verify-sample 50 --out card
                "$build/cli/rackrace" sweep plan.toml --device cpu --out host
                cmp card/runs.csv host/runs.csv && echo "runs.csv: the same bytes"
            )
            rm -rf "$work"
            ;;
        time) "$build/bench/device_bench" 64 1024 8192 65536 ;;
        *) echo "device.sh: check, sanitize, sweep or time, not $step" >&2; exit 2 ;;
    esac
    echo "-- $step: $(($(date +%s) - start)) s"
done
