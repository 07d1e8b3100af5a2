#include "cli/load_run.h"

#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

#include "cli/build_info.h"
#include "cli/firms.h"
#include "engine/scenario/csv.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

/// The seed that a run's folder notes. Read from run.json: it is there also where the replay is damaged.
Result<std::uint64_t> seed_in(const fs::path& folder) {
    const fs::path file = folder / "run.json";
    std::ifstream in(file);
    if (!in) return Refusal{file.string(), 0, 0, "cannot be read", "name the folder of a run"};
    const nlohmann::json json = nlohmann::json::parse(in, nullptr, false);
    if (json.is_discarded() || !json.is_object() || !json.contains("seed") || !json["seed"].is_number_integer())
        return Refusal{file.string(), 0, 0, "names no seed",
                       "play the scenario with its seed: rackrace run " + (folder / "scenario.toml").string() + " --seed N"};
    return json["seed"].get<std::uint64_t>();
}

/// Scripts named on the command line, and those that a run's folder has frozen for single firms.
Refusals name_strategies(const RunArguments& arguments, LoadedScenario& loaded) {
    Refusals refusals;
    for (const auto& [firm, file] : arguments.strategies) {
        const auto& firms = loaded.names.firms;
        if (std::find(firms.begin(), firms.end(), firm) == firms.end()) {
            const std::string near = nearest_word(firm, firms);
            refusals.add({"--strategy", 0, 0, "no firm is called '" + firm + "'", near.empty() ? "see rackrace run --dry-run" : "did you mean '" + near + "'?"});
            continue;
        }
        FirmStrategy& strategy = loaded.strategies[firm];
        strategy.file = file;
        strategy.folder.clear();
        strategy.named_at = "--strategy " + firm;
    }
    if (arguments.from.empty()) return refusals;
    for (const std::string& firm : loaded.names.firms)
        if (const fs::path file = frozen_script_file(arguments.from, firm); fs::is_regular_file(file)) loaded.strategies[firm].file = fs::absolute(file).string();
    return refusals;
}

}  // namespace

Result<LoadedRun> load_run(const RunArguments& arguments) {
    LoadedRun out;
    ScenarioRequest request{arguments.scenario, data_folder(), arguments.sets, arguments.until};
    out.seed = arguments.seed;
    if (!arguments.from.empty()) {
        const auto seed = seed_in(arguments.from);
        if (!seed) return seed.error();
        out.seed = *seed;
        request.scenario = (fs::path(arguments.from) / "scenario.toml").string();
    }
    auto loaded = load_scenario(request);
    if (!loaded) return loaded.error();
    out.loaded = std::move(*loaded);
    if (const auto wrong = name_strategies(arguments, out.loaded); !wrong.empty()) return wrong;
    const BuildInfo built = build_info();
    out.record.scenario = out.loaded.names.scenario;
    out.record.program_version = built.version;
    out.record.commit = built.commit;
    out.record.build = built.build;
    out.record.machine = built.machine;
    out.record.seed = out.seed;
    out.record.firms = out.loaded.scenario.firm_count;
    out.record.start_t = out.loaded.scenario.start_t;
    out.record.end_t = out.loaded.scenario.end_t;
    return out;
}

}  // namespace rackrace
