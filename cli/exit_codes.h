// What the program's exit status says. The one list of them; docs and tests use these names.
#pragma once

namespace rackrace {

enum class ExitCode : int {
    done = 0,
    answer_is_no = 1,  // a check found errors, a comparison found differences
    wrong_usage = 2,
    bad_input = 3,  // scenario, plan or replay missing, unreadable or invalid
    script_refused = 4,
    invariant_broken = 5,  // money not conserved, a value not finite: always a bug of ours
    cannot_write = 6,
    partly_failed = 7,
    not_available = 8,  // no display, no GPU, a part that was not built
    interrupted = 130,
    terminated = 143,
};

}  // namespace rackrace
