// The run that the screen Compare holds beside the one that is open: its columns, and where the two part.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "engine/base/result.h"
#include "viz/figures/replay_store.h"

namespace rackrace {

struct SecondRun {
    ReplayStore store;
    std::string parting;  // difference_text; empty where every state is the same
};

/// Refused: whatever a replay is refused for.
Result<SecondRun> read_second_run(const ReplayStore& first, const std::filesystem::path& run);

/// What a person wants otherwise from a quarter on: another script for a firm, or other parameters of the one that plays.
struct ForkWish {
    std::filesystem::path run;  // folder of the run that is left
    int t = 0;
    std::string firm;
    std::string script;  // a file; empty: the same goes on
    std::vector<std::pair<std::string, std::string>> params;
};

/// "neocloud/careful.lua", "shade=0.4 keep_q=2", or both. Refused: nothing, two scripts.
Result<ForkWish> parse_wish(const std::string& text);

/// Plays a fork and saves it; the folder of it. The window has no rules of its own: whoever opens it brings this.
using ForkPlayer = std::function<Result<std::filesystem::path>(const ForkWish&)>;

}  // namespace rackrace
