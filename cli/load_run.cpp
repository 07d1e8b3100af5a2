#include "cli/load_run.h"

#include <algorithm>

#include "agents/replay/recorded_run.h"
#include "cli/build_info.h"
#include "engine/scenario/csv.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

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
    if (!arguments.from.empty()) name_frozen_scripts(arguments.from, loaded);
    return refusals;
}

}  // namespace

Result<LoadedRun> load_run(const RunArguments& arguments) {
    LoadedRun out;
    ScenarioRequest request{arguments.scenario, data_folder(), arguments.sets, arguments.until};
    out.seed = arguments.seed;
    if (!arguments.from.empty()) {
        const auto seed = recorded_seed(arguments.from);
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
