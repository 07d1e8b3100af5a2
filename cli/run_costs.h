// What every firm's script takes of its budgets in a recorded run, which is played again from its folder to see it.
#pragma once

#include <deque>
#include <filesystem>
#include <string>

#include "agents/host/scenario_scripts.h"
#include "agents/replay/recorded_run.h"
#include "cli/script_costs.h"
#include "engine/base/result.h"

namespace rackrace {

/// A firm's script from a quarter on. The autopilot beside it has budgets of its own.
struct HandsCosts {
    int firm = 0, from_t = 0;
    std::string script;  // its path under the folder's scripts/
    ScriptCosts costs;
};

struct RunCosts {
    RecordedRun run;
    ScenarioScripts scripts;       // the costs' strategies
    std::deque<HandsCosts> hands;  // by firm, then quarter
    bool is_as_recorded = true;    // the last state that was played again
};

/// Refused: a folder that is no run or cannot be read, and what the checker refuses of its scripts.
Result<RunCosts> run_costs(const std::filesystem::path& folder);

}  // namespace rackrace
