#!/bin/sh
# The comparison of resources.sh refuses what it is for, on tables made here, and its table has what a log made here says: compare_test.sh WORK (an existing folder).
set -u
here=$(dirname "$0") work=$1 wrong=0
printf '%s\n' '# nvcc 13.0.88' 'sm_80 device_adopt 100 200 0 0 4096' 'sm_90 device_adopt 100 200 40 40 4096' >"$work/recorded.txt"

# expect WANT WHAT WORDS LINE...: a table of the lines gives exit WANT and a message with the words.
expect() {
    want=$1 what=$2 words=$3
    shift 3
    printf '%s\n' "$@" >"$work/now.txt"
    said=$(sh "$here/resources.sh" compare "$work/recorded.txt" "$work/now.txt")
    got=$?
    case $said in *"$words"*) ;; *) got="$got without '$words'" ;; esac
    [ "$got" = "$want" ] || { echo "$what: expected exit $want with '$words', got exit $got: $said"; wrong=1; }
}

same='sm_90 device_adopt 100 200 40 40 4096'
expect 0 "the same table passes" "" 'sm_80 device_adopt 100 200 0 0 4096' "$same"
expect 0 "a rise of 10 % passes" "" 'sm_80 device_adopt 110 220 0 0 4505' "$same"
expect 1 "code that grows by 11 % fails" "bytes of code rose from 4096 to 4547" 'sm_80 device_adopt 100 200 0 0 4547' "$same"
expect 0 "code that was not kept is not compared" "" 'sm_80 device_adopt 100 200 0 0 -' "$same"
expect 1 "registers that rise by 11 % fail" "registers rose from 100 to 111" 'sm_80 device_adopt 111 200 0 0 4096' "$same"
expect 1 "a stack that rises by 12 % fails" "bytes of stack rose from 200 to 224" 'sm_80 device_adopt 100 224 0 0 4096' "$same"
expect 1 "the first spill fails" "spill stores rose from 0 to 8" 'sm_80 device_adopt 100 200 8 8 4096' "$same"
expect 1 "a kernel that is gone fails" "sm_80 device_adopt: recorded, but no longer compiled" "$same"
expect 1 "a kernel that is new fails until it is recorded" "sm_80 device_post: not recorded" \
    'sm_80 device_adopt 100 200 0 0 4096' 'sm_80 device_post 1 0 0 0 64' "$same"
expect 0 "a kernel that takes less passes and says so" "registers fell from 100 to 80" 'sm_80 device_adopt 80 200 0 0 4096' "$same"

# Two kernels in one log. ptxas lists what a kernel calls after its registers: spills of 8 + 100 + 20 bytes stored and 12 + 200 + 0 loaded.
cat >"$work/made.log" <<'LOG'
ptxas info    : 2439 bytes gmem
ptxas info    : Compiling entry function 'device_operate' for 'sm_90'
ptxas info    : Function properties for device_operate
    640 bytes stack frame, 8 bytes spill stores, 12 bytes spill loads
ptxas info    : Used 255 registers, used 0 barriers, 4096 bytes cumulative stack size
ptxas info    : Compile time = 1.000 ms
ptxas info    : Function properties for clear_bills
    0 bytes stack frame, 100 bytes spill stores, 200 bytes spill loads
ptxas info    : Function properties for rank_orders
    64 bytes stack frame, 20 bytes spill stores, 0 bytes spill loads
ptxas info    : Compiling entry function 'device_post' for 'sm_90'
ptxas info    : Function properties for device_post
    0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads
ptxas info    : Used 32 registers, used 0 barriers
ptxas info    : Function properties for post
    16 bytes stack frame, 4 bytes spill stores, 4 bytes spill loads
LOG
made=$(sh "$here/resources.sh" record "$work/made.txt" 13.0.88 "$work/made.log" | grep -v '^#')
want=$(printf '%s\n' 'sm_90 device_operate 255 4096 128 212 -' 'sm_90 device_post 32 16 4 4 -')
[ "$made" = "$want" ] || { echo "a log's table: expected '$want', got '$made'"; wrong=1; }
exit $wrong
