#include "agents/replay/recorded_run.h"

#include <fstream>

#include <nlohmann/json.hpp>

#include "agents/host/frozen_scripts.h"
#include "engine/base/command_words.h"

namespace rackrace {

namespace fs = std::filesystem;

Result<NotedRun> noted_run(const fs::path& folder) {
    const fs::path file = folder / "run.json";
    std::ifstream in(file);
    if (!in) return Refusal{file.string(), 0, 0, "cannot be read", "name the folder of a run"};
    const nlohmann::json json = nlohmann::json::parse(in, nullptr, false);
    if (json.is_discarded() || !json.is_object() || !json.contains("seed") || !json["seed"].is_number_integer())
        return Refusal{file.string(), 0, 0, "names no seed",
                       "play the scenario with its seed: rackrace run " + quoted_word((folder / "scenario.toml").string()) + " --seed N"};
    return NotedRun{json["seed"].get<std::uint64_t>(), json.contains("fork_of") && json["fork_of"].is_string() ? json["fork_of"].get<std::string>() : ""};
}

void name_frozen_scripts(const fs::path& folder, LoadedScenario& loaded) {
    for (const std::string& firm : loaded.names.firms) {
        const auto named = loaded.strategies.find(firm);
        const bool is_of_command = named != loaded.strategies.end() && !named->second.file.empty() && named->second.folder.empty();
        const fs::path file = folder / "scripts" / frozen_firm_script(firm);
        if (!is_of_command && fs::is_regular_file(file)) loaded.strategies[firm].file = fs::absolute(file).string();
    }
    for (Handover& handover : loaded.handovers)
        if (const fs::path file = folder / "scripts" / frozen_handover(loaded, handover); fs::is_regular_file(file)) handover.strategy.file = fs::absolute(file).string();
}

Result<RecordedRun> load_recorded(const fs::path& folder, const fs::path& data, const std::string& until) {
    const auto noted = noted_run(folder);
    if (!noted) return noted.error();
    auto loaded = load_scenario({(folder / "scenario.toml").string(), data, {}, until});
    if (!loaded) return loaded.error();
    name_frozen_scripts(folder, *loaded);
    return RecordedRun{folder, std::move(*loaded), noted->seed};
}

Result<std::unique_ptr<LuaDeciders>> seat_recorded(const RecordedRun& run, EngineChoice engine) { return LuaDeciders::start(run.loaded, run.folder / "scripts", engine); }

}  // namespace rackrace
