// A recorded run played again with a firm in other hands from a quarter on, for the command and for the window.
#pragma once

#include <filesystem>
#include <variant>

#include "cli/arguments.h"
#include "cli/load_run.h"
#include "cli/saved_run.h"

namespace rackrace {

struct PlayedFork {
    std::filesystem::path parent;  // its folder
    LoadedRun run;
    SavedRun saved;
};

/// Refused before anything is made: an address without a quarter or of none that the run decides, a run that is no folder, a firm, script or parameter that does not
/// fit; then whatever play_and_save refuses.
std::variant<PlayedFork, PlayRefusal> play_fork(const ForkArguments& arguments, const Terminal& terminal);

}  // namespace rackrace
