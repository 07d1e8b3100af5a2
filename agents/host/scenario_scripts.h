// The scripts that a scenario names, found, read and checked.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "agents/host/strategy.h"
#include "engine/scenario/load_scenario.h"

namespace rackrace {

struct ScenarioScripts {
    std::vector<std::shared_ptr<const Strategy>> strategies;  // [firm_count]; nullptr for a firm that nobody plays
    std::vector<std::shared_ptr<const Strategy>> baselines;   // [kRoles]; nullptr: no autopilot
    std::vector<std::shared_ptr<const Strategy>> successors;  // [handovers]; nullptr where the script of before goes on

    bool plays_baseline(const LoadedScenario& loaded, int firm) const {
        return strategies[static_cast<std::size_t>(firm)] == baselines[static_cast<std::size_t>(loaded.scenario.firms[firm].role)];
    }
};

/// That of the scenario for every firm and handover, else strategies/<role>/baseline.lua of the folder `scripts`. A strategy file is looked for beside the scenario
/// file that names it (--strategy: in the working folder), then in the folder's strategies/. All refusals of all files are collected.
Result<ScenarioScripts> find_scripts(const LoadedScenario& loaded, const std::filesystem::path& scripts);

/// The script `file`: as a whole path, in the folder `beside` (empty: the working folder), then in strategies/ of the folder `scripts`. Refused without a place:
/// a file that is in neither, with the nearest name.
Result<std::filesystem::path> find_script(const std::string& file, const std::filesystem::path& beside, const std::filesystem::path& scripts);

}  // namespace rackrace
