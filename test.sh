#!/bin/bash
# Sets up what is missing, builds everything and runs the tests.
# ./test.sh [--all] [--long]
#   --all   the device's code too, where there is an nvcc 13 or its wheels can be had; then everything but CUDA and the window once more with the
#           second compiler, clang 14, at -O1 under address and undefined-behaviour sanitizers, and the tests of engine, scripts, games and batches run.
#           A part that fails keeps no later one from running.
#   --long  tests take their long form (RACKRACE_LONG=1); with --all the sanitizers run every test, and clang at -O3 too
set -uo pipefail
cd "$(dirname "$0")"
. .setup/setup.sh

all=0
for option in "$@"; do
    case $option in
        --all) all=1 ;;
        --long) export RACKRACE_LONG=1 ;;
        -h | --help) sed -n '2,7s/^# //p' "$0"; exit 0 ;;
        *) say "test.sh: unknown option $option (see ./test.sh --help)"; exit 2 ;;
    esac
done

mkdir -p build
results=build/test-parts.txt  # a line a part: name, outcome, tests, failed, seconds
causes=build/test-causes.txt  # of parts that failed: the lines that say why
skipped=build/test-skipped.txt  # tests that this machine cannot do
log=build/test-part.log
left_out=75  # exit of a part that this machine cannot do and that need not be done
: >"$results"
: >"$causes"
: >"$skipped"

# part NAME COMMAND...: runs the command under a heading, counts the tests that ctest reports in it, and notes outcome and time.
part() {
    local name=$1 start=$SECONDS outcome=passed counts
    shift
    printf '\n======== %s ========\n' "$name"
    "$@" 2>&1 | tee "$log"
    case ${PIPESTATUS[0]} in
        0) ;;
        $left_out) outcome="left out" ;;
        *)
            outcome=FAILED
            printf '%s\n' "$name:" >>"$causes"
            grep -E 'FAILED: |error:|undefined reference|\*\*\*|ERROR: |runtime error' "$log" | head -20 | cut -c1-300 | sed 's/^/    /' >>"$causes"
            ;;
    esac
    counts=$(awk '/tests passed, .* tests? failed out of/ { failed += $4; tests += $NF } END { print tests + 0, failed + 0 }' "$log")
    sed -n 's/^[[:space:]]*[0-9]* - \(.*\) (Skipped)$/    \1/p' "$log" >>"$skipped"
    printf '%s|%s|%s|%s\n' "$name" "$outcome" "${counts/ /|}" $((SECONDS - start)) >>"$results"
    printf -- '-------- %s: %s after %d s\n' "$name" "$outcome" $((SECONDS - start))
}

set_up() {
    local packages="$build_packages $test_packages"
    [ $all = 0 ] || packages="$packages $compiler_packages"
    install_packages $packages && { find_window || true; }
}

# build_and_test PRESET [OPTION...]: the tests that options of ctest leave.
build_and_test() {
    local preset=$1
    shift
    configure "$preset" -DBUILD_TESTING=ON && cmake --build --preset "$preset" && ctest --preset "$preset" --parallel "$(nproc)" "$@"
}

# Commands and figures read nothing that engine, agents and gpu do not read for them, and are half of the time of this part's tests.
sanitized() {
    if [ -n "${RACKRACE_LONG-}" ]; then build_and_test asan; else build_and_test asan --exclude-regex '^(cli|viz)_test:'; fi
}

summary() {
    if [ -s "$causes" ]; then printf '\n======== What failed ========\n'; cat "$causes"; fi
    if [ -s "$skipped" ]; then printf '\n======== Skipped: this machine lacks what they need ========\n'; sort -u "$skipped"; fi
    printf '\n======== Summary ========\n'
    awk -F'|' '
        BEGIN { printf "%-44s %-8s %7s %7s %7s\n", "part", "outcome", "tests", "failed", "s" }
        { printf "%-44s %-8s %7d %7d %7d\n", $1, $2, $3, $4, $5; tests += $3; failed += $4; time += $5; wrong += $2 == "FAILED" }
        END {
            printf "\n%d%% tests passed, %d tests failed out of %d\n", tests ? int(100 * (tests - failed) / tests) : 0, failed, tests
            if (wrong) printf "%d of %d parts FAILED\n", wrong, NR
            printf "Total Test time (real) = %d sec\n", time
            exit wrong > 0
        }' "$results"
}

is_clang() { "${CXX:-c++}" --version 2>/dev/null | grep -q clang; }

part "Set-up" set_up
if [ $all = 0 ]; then
    part "Release build and tests (host)" build_and_test host
else
    if find_nvcc; then
        part "Release build, device compile, tests (gpu)" build_and_test gpu
    else
        part "Release build and tests (host)" build_and_test host
        part "Device compile (gpu)" exit $left_out
    fi
    part "Second compiler, -O1, sanitizers (asan)" sanitized
    if is_clang; then part "Second compiler (gcc)" build_and_test gcc; fi
    if [ -n "${RACKRACE_LONG-}" ]; then part "Second compiler, -O3 (clang)" build_and_test clang; fi
fi
summary
