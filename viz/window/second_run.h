// The run that the screen Compare holds beside the one that is open: its columns, and where the two part.
#pragma once

#include <filesystem>
#include <string>

#include "engine/base/result.h"
#include "viz/figures/replay_store.h"

namespace rackrace {

struct SecondRun {
    ReplayStore store;
    std::string parting;               // difference_text; empty where every state is the same
    std::vector<std::string> changed;  // settings_difference
};

/// Refused: whatever a replay is refused for.
Result<SecondRun> read_second_run(const ReplayStore& first, const std::filesystem::path& run);

}  // namespace rackrace
