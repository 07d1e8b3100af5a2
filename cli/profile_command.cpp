// `rackrace profile`: what each line of a script takes of its budget, and what each firm's script takes in a recorded run.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include <nlohmann/json.hpp>

#include "agents/host/firm_script.h"
#include "cli/batch/batch_folder.h"
#include "cli/commands.h"
#include "cli/run_costs.h"
#include "cli/trial.h"
#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/address.h"
#include "engine/replay/batch_format.h"
#include "engine/scenario/tables.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// A run's folder or file, or a name that may be one in runs/; anything else is a script's file.
bool names_run(const std::string& place) {
    const fs::path path(place);
    if (fs::exists(path)) return fs::is_directory(path) || path.extension() == ".sqlite";
    return place.find('/') == std::string::npos && path.extension() != ".lua";
}

/// The trial's run with its firm at the script; `profile` takes what that costs. returns the script's errors. Refused: parameters that do not fit the script.
Result<std::vector<std::string>> play_trial(const Trial& trial, std::uint64_t seed, EngineChoice engine, ScriptProfile& profile) {
    auto deciders = trial.seat(engine);
    if (!deciders) return deciders.error();
    (*deciders)->take_profile(trial.firm, profile);
    const auto world = std::make_unique<World>(trial.loaded.opening);
    play_run(trial.loaded.scenario, *world, seed, deciders->get(), nullptr);
    std::vector<std::string> errors;
    for (const ScriptFailure& failure : (*deciders)->failures())
        if (failure.firm == trial.firm && failure.author == Author::script) errors.push_back(failure.error.text());
    return errors;
}

ExitCode profile_script(const ProfileArguments& arguments, const Terminal& terminal) {
    const auto script = read_script(arguments.place);
    if (!script) return terminal.refuse(script.error(), fs::exists(arguments.place) ? ExitCode::script_refused : ExitCode::bad_input);
    if (!(*script)->is_portable()) return terminal.refuse(not_portable(**script), ExitCode::script_refused);
    auto trial = make_trial(arguments.scenario, arguments.firm, (*script)->declaration().role.value());
    if (!trial) return terminal.refuse(trial.error(), ExitCode::bad_input);
    if (const Refusals wrong = trial->fit(**script, arguments.place); !wrong.empty()) return terminal.refuse(wrong, ExitCode::script_refused);
    trial->script = *script;
    ScriptCosts costs{script->get(), {}, {}};
    const auto errors = play_trial(*trial, arguments.seed, EngineChoice::automatic, costs.played);
    if (!errors) return terminal.refuse(errors.error(), ExitCode::script_refused);
    if (const auto again = play_trial(*trial, arguments.seed, EngineChoice::lua, costs.by_lua); !again) return terminal.refuse(again.error(), ExitCode::script_refused);
    if (!errors->empty()) terminal.note(fmt::format("script error  {}; {} in all, the firm held; a callback is counted up to its error\n", errors->front(), errors->size()));
    const std::string& firm = trial->loaded.names.firms[static_cast<std::size_t>(trial->firm)];
    if (terminal.wants_json) {
        Json json = {{"schema", "rackrace.profile/1"}, {"file", arguments.place}, {"firm", firm}, {"scenario", arguments.scenario}, {"seed", arguments.seed}, {"script_errors", errors->size()}};
        add_costs(json, costs);
        terminal.data(json.dump() + "\n");
        return ExitCode::done;
    }
    terminal.data(fmt::format("{} at {}, {}, seed {}: {}{}", arguments.place, firm, arguments.scenario, arguments.seed, budgets_text(costs), lines_text(costs, arguments.shows_all)));
    return ExitCode::done;
}

const std::string& firm_of(const RunCosts& run, const HandsCosts& hands) { return run.run.loaded.names.firms[static_cast<std::size_t>(hands.firm)]; }

/// The script's path, with its quarter where another one played before.
std::string script_text(const RunCosts& run, const HandsCosts& hands) {
    return hands.script + (hands.from_t == run.run.loaded.scenario.start_t ? "" : " from " + quarter_name(hands.from_t));
}

/// "31.2%  line 44", or why no line has a share.
std::string dearest_text(const ScriptCosts& costs) {
    if (!costs.strategy->is_portable()) {
        const auto& reasons = costs.strategy->portability.reasons;
        return reasons.empty() ? "runs by Lua" : fmt::format("runs by Lua: line {}, {}", reasons.front().place.begin.line, reasons.front().code);
    }
    const std::vector<LineCost> lines = costs.lines();
    return lines.empty() ? "no callback" : fmt::format("{:4.1f}%  line {}", 100.0 * static_cast<double>(lines.front().units) / static_cast<double>(costs.units()), lines.front().line);
}

std::string firms_text(const RunCosts& run) {
    std::size_t firm_width = 4, script_width = 6;
    for (const HandsCosts& one : run.hands) {
        firm_width = std::max(firm_width, firm_of(run, one).size());
        script_width = std::max(script_width, script_text(run, one).size());
    }
    std::string out = fmt::format("  {:<{}}  {:<{}}  callbacks  units each  bytes each  dearest line\n", "firm", firm_width, "script", script_width);
    for (const HandsCosts& one : run.hands)
        out += fmt::format("  {:<{}}  {:<{}}  {:9}  {:>10}  {:10.0f}  {}\n", firm_of(run, one), firm_width, script_text(run, one), script_width, one.costs.played.callbacks,
                           units_text(one.costs), one.costs.bytes_a_callback(), dearest_text(one.costs));
    return out;
}

/// Of one firm or, where the name is empty, of all.
std::string run_json(const RunCosts& run, const std::string& firm) {
    const LoadedScenario& loaded = run.run.loaded;
    Json json = {{"schema", "rackrace.profile/1"}, {"run", run.run.folder.string()}, {"scenario", loaded.names.scenario}, {"seed", run.run.seed}, {"scripts", Json::array()}};
    for (const HandsCosts& one : run.hands) {
        if (!firm.empty() && firm_of(run, one) != firm) continue;
        Json row = {{"firm", firm_of(run, one)}, {"script", one.script}, {"from", quarter_name(one.from_t)}, {"engine", one.costs.strategy->is_portable() ? "core" : "lua"}};
        add_costs(row, one.costs);
        json["scripts"].push_back(std::move(row));
    }
    return json.dump() + "\n";
}

/// The table of lines of each script that a firm played.
ExitCode tell_firm(const RunCosts& run, const ProfileArguments& arguments, const Terminal& terminal) {
    std::string out;
    for (const HandsCosts& one : run.hands) {
        if (firm_of(run, one) != arguments.firm) continue;
        out += fmt::format("{} at {}, {}, seed {}: {}", script_text(run, one), arguments.firm, arguments.place, run.run.seed, budgets_text(one.costs));
        out += one.costs.strategy->is_portable() ? lines_text(one.costs, arguments.shows_all) : "  no units by line: it " + dearest_text(one.costs) + "\n";
    }
    terminal.data(terminal.wants_json ? run_json(run, arguments.firm) : out);
    return ExitCode::done;
}

ExitCode profile_run(const ProfileArguments& arguments, const Terminal& terminal) {
    if (const auto batch = find_batch(arguments.place); batch && is_batch(*batch))
        return terminal.refuse(Refusal{arguments.place, 0, 0, "is a batch", "play one of its runs alone, as rackrace show " + quoted_word(arguments.place + "#run=0") + " says, and profile that"}, ExitCode::wrong_usage);
    if (!arguments.of_files.empty())
        return terminal.refuse(Refusal{arguments.of_files, 0, 0, "is for a script's file, and " + arguments.place + " is a run, with its own scenario and seed", "leave it out"}, ExitCode::wrong_usage);
    if (arguments.shows_all && arguments.firm.empty())
        return terminal.refuse(Refusal{"--all", 0, 0, "is of the lines of one script", "give --firm, whose script"}, ExitCode::wrong_usage);
    const auto folder = find_run(arguments.place);
    if (!folder) return terminal.refuse(folder.error(), ExitCode::bad_input);
    if (!fs::is_directory(*folder)) return terminal.refuse(Refusal{folder->string(), 0, 0, "is no folder", "profile needs the run's folder: it is played again"}, ExitCode::bad_input);
    const auto run = run_costs(*folder);
    if (!run) return terminal.refuse(run.error(), ExitCode::bad_input);
    if (!run->is_as_recorded) terminal.note("note: played again, the run is another one; see rackrace verify " + quoted_word(arguments.place) + "\n");
    if (!arguments.firm.empty()) {
        const auto& known = run->run.loaded.names.firms;
        if (std::find(known.begin(), known.end(), arguments.firm) == known.end())
            return terminal.refuse(Refusal{"--firm", 0, 0, "no firm is called '" + arguments.firm + "'", suggestion(arguments.firm, known)}, ExitCode::bad_input);
        return tell_firm(*run, arguments, terminal);
    }
    terminal.data(terminal.wants_json ? run_json(*run, "")
                                      : fmt::format("{}: {}, seed {}; of each firm's own script: units of {}, by Lua bytes\n{}", arguments.place, run->run.loaded.names.scenario, run->run.seed, kCoreFuel, firms_text(*run)));
    const auto compiled = std::find_if(run->hands.begin(), run->hands.end(), [](const HandsCosts& one) { return one.costs.strategy->is_portable(); });
    if (!terminal.wants_json && compiled != run->hands.end()) terminal.note("the lines of one: rackrace profile " + quoted_word(arguments.place) + " --firm " + firm_of(*run, *compiled) + "\n");
    return ExitCode::done;
}

}  // namespace

ExitCode profile_command(const ProfileArguments& arguments, const Terminal& terminal) {
    return names_run(arguments.place) ? profile_run(arguments, terminal) : profile_script(arguments, terminal);
}

}  // namespace rackrace
