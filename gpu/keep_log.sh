#!/bin/sh
# keep_log.sh LOG COMMAND...: runs a compiler; what it says on standard error goes to LOG too, for tests/gpu/resources.sh.
log=$1
shift
"$@" 2>"$log"
outcome=$?
grep -v '^ptxas info\|bytes stack frame' "$log" >&2
exit $outcome
