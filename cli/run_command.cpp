// `rackrace run`: loads, plays, records, reports.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/load_run.h"
#include "cli/report.h"
#include "cli/saved_run.h"
#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/address.h"
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

ExitCode print_report(const SavedRun& saved, const Terminal& terminal) {
    const fs::path& folder = saved.folder;
    auto replay = Replay::open(folder);
    if (!replay) return terminal.refuse(replay.error(), ExitCode::cannot_write);
    auto report = make_report(*replay);
    if (!report) return terminal.refuse(report.error(), ExitCode::cannot_write);
    report->engines = saved.engines;  // with the reasons, which a replay does not keep
    if (!terminal.is_quiet) terminal.data(report_text(*report));
    terminal.data(fmt::format("  saved     {}   hash {}   view: rackrace view {}\n", folder.string(), short_hash(report->run.hash), quoted_word(folder.string())));
    return ExitCode::done;
}

}  // namespace

ExitCode run_command(const RunArguments& given, const Terminal& terminal) {
    RunArguments arguments = given;
    if (!given.from.empty()) {
        const auto folder = find_run(given.from);
        if (!folder) return terminal.refuse(folder.error(), ExitCode::bad_input);
        arguments.from = folder->string();
    }
    auto run = load_run(arguments);
    if (!run) return terminal.refuse(run.error(), ExitCode::bad_input);
    for (const std::string& file : run->loaded.input_files) terminal.detail("read " + file + "\n");
    if (arguments.is_dry_run) return say_what_would_run(*run, terminal);

    auto played = play_and_save(arguments, *run, terminal);
    if (const auto* refusal = std::get_if<PlayRefusal>(&played)) return terminal.refuse(refusal->refusals, refusal->code);
    const SavedRun& saved = std::get<SavedRun>(played);
    if (terminal.wants_json) print_json(*saved.writer, saved.outcome.state_hashes.size(), saved.folder, terminal);
    else if (const ExitCode code = print_report(saved, terminal); code != ExitCode::done) return code;
    return tell_faults(saved, *run, arguments.is_strict, terminal);
}

}  // namespace rackrace
