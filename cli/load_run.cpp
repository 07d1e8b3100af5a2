#include "cli/load_run.h"

#include "agents/host/scenario_scripts.h"
#include "agents/replay/recorded_run.h"
#include "cli/build_info.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

/// Where a script lies that was named from the working folder, so that a run's folder, which has no others than it plays, finds it too. Refused at `place`.
Result<std::string> whole_path(const std::string& script, const std::string& place, const std::string& before_fact = "") {
    const auto file = find_script(script, "", scripts_folder());
    if (!file) return Refusal{place, 0, 0, before_fact + file.error().all.front().fact, file.error().all.front().advice};
    return fs::absolute(*file).string();
}

/// As a table [[handovers]] of a scenario file would say it. The script is looked for now, where people keep theirs: a run that is played again has a folder of its own.
/// Refused: a script that is nowhere, neither script nor parameters.
Result<HandoverSettings> settings_of(const HandoverArguments& arguments) {
    HandoverSettings out;
    const Origin at{"--firm " + arguments.firm};
    if (arguments.script.empty() && arguments.params.empty()) return at.refusal("changes nothing", "give --script FILE, or --param NAME=VALUE for the script that plays");
    out.origin = out.to.origin = at;
    out.quarter = {arguments.quarter, {arguments.quarter}};
    out.firm = {arguments.firm, {"--firm"}};
    if (!arguments.script.empty()) {
        const auto path = whole_path(arguments.script, "--script " + arguments.script);
        if (!path) return path.error();
        out.to.strategy = Setting<std::string>{*path, {"--script"}};
    }
    for (const auto& [name, value] : arguments.params) out.to.params[name] = {value, {"--param " + name}};
    return out;
}

}  // namespace

Result<LoadedRun> load_run(const RunArguments& arguments) {
    LoadedRun out;
    ScenarioRequest request{arguments.scenario, data_folder(), arguments.sets, arguments.until, {}, arguments.strategies};
    for (const HandoverArguments& handover : arguments.handovers) {
        auto settings = settings_of(handover);
        if (!settings) return settings.error();
        request.handovers.push_back(std::move(*settings));
    }
    out.seed = arguments.seed;
    if (!arguments.from.empty()) {
        const auto noted = noted_run(arguments.from);
        if (!noted) return noted.error();
        out.seed = noted->seed;
        out.record.fork_of = noted->fork_of;
        request.scenario = (fs::path(arguments.from) / "scenario.toml").string();
        for (auto& [owner, script] : request.strategies) {
            auto path = whole_path(script, "--strategy " + owner, "'" + script + "' ");
            if (!path) return path.error();
            script = std::move(*path);
        }
    }
    auto loaded = load_scenario(request);
    if (!loaded) return loaded.error();
    out.loaded = std::move(*loaded);
    if (!arguments.from.empty()) name_frozen_scripts(arguments.from, out.loaded);
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
