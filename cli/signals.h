// Interruptions of long work: noted, so that what is finished can be kept and the way on named.
#pragma once

#include "cli/exit_codes.h"

namespace rackrace {

/// While it lives, an interruption is noted instead of ending the program, and so is a file that grew to its limit.
class SignalGuard {
public:
    SignalGuard();
    ~SignalGuard();
    SignalGuard(const SignalGuard&) = delete;
};

/// The signal that came since the last guard was made; 0: none.
int received_signal();

/// The status to leave with after that signal.
ExitCode interruption();

}  // namespace rackrace
