// A recorded run played again from its folder alone: its scenario, its seed, the scripts that it froze. For whoever looks into a run that is over.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "agents/host/lua_deciders.h"
#include "engine/base/result.h"
#include "engine/scenario/load_scenario.h"

namespace rackrace {

struct RecordedRun {
    std::filesystem::path folder;
    LoadedScenario loaded;
    std::uint64_t seed = 0;
};

/// What a run's folder notes of a run, to play it again. Read from run.json: it is there also where the replay is damaged.
struct NotedRun {
    std::uint64_t seed = 0;
    std::string fork_of;  // RunRecord::fork_of
};
Result<NotedRun> noted_run(const std::filesystem::path& folder);

/// Gives firms and handovers the scripts that a run's folder has frozen for them; a firm whose script was named for the working folder keeps that.
void name_frozen_scripts(const std::filesystem::path& folder, LoadedScenario& loaded);

/// data: where parameters and tables are. until: the last quarter that is played, as text; empty: the scenario's.
/// Refused: what load_scenario refuses, a folder without scenario.toml or a readable run.json.
Result<RecordedRun> load_recorded(const std::filesystem::path& folder, const std::filesystem::path& data, const std::string& until = "");

/// Every firm at its frozen script. Refused: what the checker refuses of any script, all of it.
Result<std::unique_ptr<LuaDeciders>> seat_recorded(const RecordedRun& run, EngineChoice engine = EngineChoice::automatic);

}  // namespace rackrace
