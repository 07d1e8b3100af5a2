#!/bin/sh
# What each kernel takes of the device, from ptxas' own words and the assembled code, against a recorded table.
#   resources.sh check  RECORD VERSION LOG...   prints the table of now; fails where compare fails
#   resources.sh record RECORD VERSION LOG...   writes the table of now to RECORD
#   resources.sh compare RECORD NOW             fails when registers, stack, spills or code of a kernel rose by over 10 %, or when a
#                                               kernel is in one table only
# VERSION is that of nvcc; a LOG is what `ptxas -v` said, with the code beside it in a .cubin of the same name, where it was kept.
set -eu
export LC_ALL=C

# table LOG...: a line a kernel: architecture, kernel, registers, stack, spill stores, spill loads and code, the last four in bytes. Spills are those of the kernel
# and of all functions that ptxas lists after it, up to the next kernel; the stack is the deepest chain of them.
table() {
    for log; do
        { readelf -SW "${log%.log}.cubin" 2>/dev/null || true; cat "$log"; } | awk '
            / \.text\./ {  # a section of the code: [ 9] .text.name PROGBITS address offset size; the size stands in sixteens
                sub(/^ *\[ *[0-9]+\] */, "")
                code[substr($1, 7)] = $5
            }
            function hexadecimal(text,   i, value) {
                for (i = 1; i <= length(text); ++i) value = 16 * value + index("0123456789abcdef", substr(text, i, 1)) - 1
                return value
            }
            function tell() {
                if (kernel != "") print architecture, kernel, registers, stack, stores, loads, (kernel in code) ? hexadecimal(code[kernel]) : "-"
            }
            /Compiling entry function/ { tell(); split($0, quoted, "\047"); kernel = quoted[2]; architecture = quoted[4]; registers = stack = stores = loads = 0 }
            /bytes stack frame/ { if ($1 + 0 > stack) stack = $1 + 0; stores += $5; loads += $9 }  # of the kernel, and after its registers of each function that it calls
            /Used [0-9]+ registers/ {
                registers = $5
                if (match($0, /[0-9]+ bytes cumulative stack size/) && substr($0, RSTART) + 0 > stack) stack = substr($0, RSTART) + 0
            }
            END { tell() }'
    done | sort -k 1,1 -k 2,2
}

compare() {
    awk '
        /^#/ { next }
        FILENAME == ARGV[1] { recorded[$1 " " $2] = $0; next }
        {
            key = $1 " " $2
            if (!(key in recorded)) { print key ": not recorded"; wrong = 1; next }
            split(recorded[key], was)
            for (i = 3; i <= 7; ++i) {
                if ($i == "-" || was[i] == "-") continue
                if ($i > 1.1 * was[i]) { printf "%s: %s rose from %d to %d\n", key, name[i], was[i], $i; wrong = 1 }
                if ($i < 0.9 * was[i]) printf "%s: %s fell from %d to %d: worth recording\n", key, name[i], was[i], $i
            }
            delete recorded[key]
        }
        BEGIN { name[3] = "registers"; name[4] = "bytes of stack"; name[5] = "bytes of spill stores"; name[6] = "bytes of spill loads"; name[7] = "bytes of code" }
        END {
            for (key in recorded) { print key ": recorded, but no longer compiled"; wrong = 1 }
            if (wrong) print "If it is meant so, record it: cmake --build --preset gpu --target record_device_resources"
            exit wrong
        }' "$1" "$2"
}

now() {
    echo "# nvcc $1"
    echo "# registers of the kernel, stack of its deepest chain of calls, spills and code of the kernel and all functions it calls"
    echo "# architecture kernel registers stack_bytes spill_store_bytes spill_load_bytes code_bytes"
    shift
    table "$@"
}

command=$1 record=$2
shift 2
case $command in
    compare) compare "$record" "$1" ;;
    record) now "$@" >"$record" && cat "$record" ;;
    check)
        found=$(mktemp)
        trap 'rm -f "$found"' EXIT
        now "$@" >"$found"
        cat "$found"
        [ "$(head -n 1 "$record")" = "# nvcc $1" ] || echo "Recorded with another compiler: $(head -n 1 "$record")"
        compare "$record" "$found"
        ;;
    *) echo "resources.sh: check, record or compare, not $command" >&2; exit 2 ;;
esac
