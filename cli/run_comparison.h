// Two recorded runs side by side: where they part, and what they end with.
#pragma once

#include <filesystem>

#include "cli/terminal.h"
#include "engine/replay/replay_reader.h"

namespace rackrace {

/// Prints where the second run leaves the first, and the key figures of their last common quarter: those of the market, and the owners' value of every firm where it
/// differs. With --json all of them.
ExitCode compare_runs(Replay& first, Replay& second, const Terminal& terminal);

}  // namespace rackrace
