// From a request to a run that can be played: the scenario of a name or file, or that of a recorded run's folder, with its seed.
#pragma once

#include <cstdint>
#include <filesystem>

#include "cli/arguments.h"
#include "engine/base/result.h"
#include "engine/replay/table.h"
#include "engine/scenario/load_scenario.h"

namespace rackrace {

struct LoadedRun {
    LoadedScenario loaded;
    std::uint64_t seed;
    RunRecord record;  // of a run not yet played
};

/// Refused: what load_scenario refuses; with --from a folder without scenario.toml or a readable run.json.
Result<LoadedRun> load_run(const RunArguments& arguments);

}  // namespace rackrace
