// Runs that a person asks the window for: a fork of the one that is open, a run of a batch alone. The window has no rules of its own: whoever opens it brings who
// plays them.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "viz/figures/ensemble.h"

namespace rackrace {

/// What a person wants otherwise from a quarter on: another script for a firm, or other parameters of the one that plays.
struct ForkWish {
    std::filesystem::path run;  // folder of the run that is left
    int t = 0;
    std::string firm;
    std::string script;  // a file; empty: the same goes on
    std::vector<std::pair<std::string, std::string>> params;
};

/// "neocloud/careful.lua", "shade=0.4 keep_q=2", or both; a path with blanks stands in quotes. Refused: nothing, two scripts, a quote that is not closed.
Result<ForkWish> parse_wish(const std::string& text);

/// Each plays a run, saves it and gives its folder; refuses what cannot be played. An empty one: nobody is there who does.
struct RunPlayers {
    std::function<Result<std::filesystem::path>(const ForkWish&)> fork;
    std::function<Result<std::filesystem::path>(const RunSettings&)> run_of_batch;
    std::function<Result<std::filesystem::path>()> demo;          // runs/demo, played where it is not there yet
    std::function<Result<std::filesystem::path>()> new_strategy;  // the script of a neocloud, written with its tests under a name that is free
};

}  // namespace rackrace
