// `rackrace run`: loads, plays, records, reports.
#include <fmt/format.h>

#include <memory>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/fault_report.h"
#include "cli/firms.h"
#include "cli/load_run.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/replay_writer.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string short_hash(std::uint64_t hash) { return fmt::format("{:016x}", hash).substr(0, 8); }

ExitCode say_what_would_run(const LoadedRun& run, const Terminal& terminal) {
    const Scenario& scenario = run.loaded.scenario;
    if (terminal.wants_json) {
        const Json json = {{"schema", "rackrace.run/1"},   {"scenario", run.record.scenario},         {"seed", run.seed},
                           {"status", "not run"},          {"start", quarter_name(scenario.start_t)}, {"end", quarter_name(scenario.end_t)},
                           {"firms", scenario.firm_count}, {"input_files", run.loaded.input_files}};
        terminal.data(json.dump() + "\n");
        return ExitCode::done;
    }
    std::string out = fmt::format("would run   {}  seed {}  {} firms, {} products, {} regions  {}-{} ({} quarters)\n", run.record.scenario, run.seed,
                                  scenario.firm_count, scenario.product_count, scenario.region_count, quarter_name(scenario.start_t),
                                  quarter_name(scenario.end_t), scenario.end_t - scenario.start_t + 1);
    for (const std::string& file : run.loaded.input_files)
        out += (&file == &run.loaded.input_files.front() ? "inputs      " : "            ") + file + "\n";
    terminal.data(out);
    return ExitCode::done;
}

void print_json(const ReplayWriter& writer, std::size_t quarters, const fs::path& folder, const Terminal& terminal) {
    const RunRecord& run = writer.record();
    Json metrics = Json::object();
    for (const auto& [name, change] : writer.metrics()) metrics[name] = {{"first", change.first}, {"last", change.last}};
    const Json json = {{"schema", "rackrace.run/1"},   {"run", folder.filename().string()},
                       {"scenario", run.scenario},     {"seed", run.seed},
                       {"status", run.status},         {"quarters", quarters},
                       {"hash", short_hash(run.hash)}, {"engine", run.engines},
                       {"rejections", run.rejections}, {"rejections_by_firm", run.firm_rejections},
                       {"script_errors", run.script_errors},
                       {"metrics", metrics},           {"path", folder.string()}};
    terminal.data(json.dump() + "\n");
}

ExitCode print_report(const fs::path& folder, const Terminal& terminal) {
    auto replay = Replay::open(folder);
    if (!replay) return terminal.refuse(replay.error(), ExitCode::cannot_write);
    const auto report = make_report(*replay);
    if (!report) return terminal.refuse(report.error(), ExitCode::cannot_write);
    if (!terminal.is_quiet) terminal.data(report_text(*report));
    terminal.data(fmt::format("  saved     {}   hash {}   view: rackrace view {}\n", folder.string(), short_hash(report->run.hash), folder.string()));
    return ExitCode::done;
}

}  // namespace

ExitCode run_command(const RunArguments& arguments, const Terminal& terminal) {
    auto run = load_run(arguments);
    if (!run) return terminal.refuse(run.error(), ExitCode::bad_input);
    for (const std::string& file : run->loaded.input_files) terminal.detail("read " + file + "\n");
    if (arguments.is_dry_run) return say_what_would_run(*run, terminal);

    const EngineChoice engine = arguments.engine == "lua" ? EngineChoice::lua : arguments.engine == "core" ? EngineChoice::core : EngineChoice::automatic;
    auto firms = seat_firms(run->loaded, arguments.from, engine);
    if (!firms) return terminal.refuse(firms.error(), ExitCode::script_refused);
    run->record.engines = count_engines(run->loaded, **firms);
    for (const std::string& line : interpreted_lines(run->loaded, **firms)) terminal.note(line + "\n");
    if (arguments.on_error == "abort") (*firms)->abort_on_error();

    SavePlace place;
    place.folder = arguments.out;
    place.replace = arguments.is_forced;
    auto writer = ReplayWriter::begin(place, run->record, run->loaded.names, run->loaded.resolved_toml);
    if (!writer) return terminal.refuse(writer.error(), ExitCode::cannot_write);
    freeze_scripts(run->loaded, **firms, arguments.from, **writer);
    ProgressListener progress(terminal, **writer);
    World& world = run->loaded.opening;
    const RunOutcome outcome = play_run(run->loaded.scenario, world, run->seed, firms->get(), &progress);
    const double played_s = progress.seconds();
    if ((*firms)->is_stopped() && terminal.progress == Progress::bar) terminal.note("\n");
    if ((*firms)->is_stopped()) return terminal.refuse(abort_report(run->loaded, **firms), ExitCode::script_refused);
    const auto failures = failure_lines(run->loaded, **firms);
    const auto folder = (*writer)->finish(outcome, world);
    if (!folder) return terminal.refuse(folder.error(), ExitCode::cannot_write);
    terminal.detail(fmt::format("played and recorded in {:.3f} s, saved after {:.3f} s\n", played_s, progress.seconds()));

    if (terminal.wants_json) print_json(**writer, outcome.state_hashes.size(), *folder, terminal);
    else if (const ExitCode code = print_report(*folder, terminal); code != ExitCode::done) return code;
    for (std::size_t i = 0; i < failures.size() && i < 5; ++i) terminal.note("script error  " + failures[i] + "; the firm held\n");
    if (failures.size() > 5) terminal.note("and " + std::to_string(failures.size() - 5) + " more: see log.jsonl\n");
    if (outcome.is_complete) return arguments.is_strict && !failures.empty() ? ExitCode::partly_failed : ExitCode::done;
    return terminal.refuse(fault_report((*writer)->record(), outcome, run->loaded.names, *folder), ExitCode::invariant_broken);
}

}  // namespace rackrace
