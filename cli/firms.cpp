#include "cli/firms.h"

#include <fmt/format.h>

#include <set>

#include "agents/host/frozen_scripts.h"
#include "cli/batch/inputs.h"
#include "cli/build_info.h"
#include "engine/base/file_text.h"
#include "engine/base/quarter_index.h"
#include "engine/scenario/load_facts.h"
#include "engine/scenario/tables.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

fs::path scripts_of(const fs::path& from) { return from.empty() ? scripts_folder() : from / "scripts"; }

/// A script and what it requires, below a run's scripts/.
void freeze(const Strategy& strategy, const std::string& frozen, ReplayWriter& writer) {
    writer.add_file("scripts/" + frozen, strategy.main.text);
    for (const auto& [module, file] : strategy.modules) writer.add_file("scripts/" + frozen_module(frozen, module), file.text);
}

}  // namespace

Result<std::unique_ptr<LuaDeciders>> seat_firms(const LoadedScenario& loaded, const fs::path& from, EngineChoice engine) { return LuaDeciders::start(loaded, scripts_of(from), engine); }

Refusals refused_parameters(const RunArguments& arguments, const LoadedScenario& loaded) {
    Refusals out;
    const auto scripts = find_scripts(loaded, scripts_of(arguments.from));
    if (!scripts) return out;
    std::set<std::string> told;
    const auto try_on = [&](const Strategy* strategy, const std::string& words, const std::string& name, const std::string& value) {
        if (strategy == nullptr) return;
        const auto read = strategy->parameters({{name, value}});
        if (read) return;
        const Refusal& why = read.error().all.front();
        const Refusal one{words, 0, 0, fmt::format("{} ({})", why.fact, fs::path(strategy->main.name).filename().string()), why.advice};
        if (told.insert(one.text()).second) out.add(one);
    };
    for (const auto& [key, value] : arguments.sets) {
        const auto [owner, name] = owner_and_parameter(key);
        for (int f = 0; f < loaded.scenario.firm_count; ++f)
            if (owns(owner, loaded, f)) try_on(scripts->strategies[static_cast<std::size_t>(f)].get(), "--set " + key, name, value);
    }
    for (const HandoverArguments& said : arguments.handovers) {
        const int firm = find_name(loaded.names.firms, said.firm);
        const auto t = parse_quarter(said.quarter);
        if (firm < 0 || !t) continue;
        const Strategy* strategy = scripts->strategies[static_cast<std::size_t>(firm)].get();
        for (std::size_t i = 0; i < loaded.handovers.size(); ++i)
            if (loaded.handovers[i].firm == firm && loaded.handovers[i].t <= *t && loaded.handovers[i].has_own_script) strategy = scripts->successors[i].get();
        for (const auto& [name, value] : said.params) try_on(strategy, "--param " + name, name, value);
    }
    return out;
}

void freeze_scripts(const LoadedScenario& loaded, const LuaDeciders& firms, const fs::path& from, ReplayWriter& writer) {
    for (int role = 0; role < kRoles; ++role) {
        const std::string file = frozen_baseline(static_cast<Role>(role));
        writer.add_file("scripts/" + file, file_text(scripts_of(from) / file));
    }
    for (std::size_t f = 0; f < loaded.names.firms.size(); ++f) {
        const auto named = loaded.strategies.find(loaded.names.firms[f]);
        const Strategy* strategy = firms.strategy(static_cast<int>(f));
        if (named == loaded.strategies.end() || named->second.file.empty() || strategy == nullptr) continue;
        freeze(*strategy, frozen_firm_script(loaded.names.firms[f]), writer);
    }
    for (std::size_t i = 0; i < loaded.handovers.size(); ++i)
        if (loaded.handovers[i].has_own_script) freeze(*firms.successor(i), frozen_handover(loaded, loaded.handovers[i]), writer);
}

std::map<std::string, int> count_engines(const LoadedScenario& loaded, const LuaDeciders& firms) {
    std::map<std::string, int> count;
    for (int f = 0; f < loaded.scenario.firm_count; ++f)
        if (const EngineChoice engine = firms.engine(f); engine != EngineChoice::automatic) ++count[kEngineChoices[static_cast<int>(engine)]];
    return count;
}

std::string engines_text(const LoadedScenario& loaded, const LuaDeciders& firms) {
    std::string out;
    for (const auto& [engine, count] : count_engines(loaded, firms)) {
        out += fmt::format("{}{} ({}", out.empty() ? "" : ", ", engine, count);
        const char* before = ": ";
        for (int f = 0; engine == "lua" && f < loaded.scenario.firm_count; ++f) {
            const Strategy* strategy = firms.strategy(f);
            if (strategy == nullptr || strategy->is_portable() || strategy->portability.reasons.empty()) continue;
            out += before + loaded.names.firms[static_cast<std::size_t>(f)] + " " + std::string(strategy->portability.reasons.front().code);
            before = ", ";
        }
        out += ")";
    }
    return out;
}

std::vector<const Strategy*> strategies_of(const LoadedScenario& loaded, const LuaDeciders& firms) {
    std::vector<const Strategy*> out;
    for (int f = 0; f < loaded.scenario.firm_count; ++f) out.push_back(firms.strategy(f));
    return out;
}

std::vector<std::string> failure_lines(const LoadedScenario& loaded, const LuaDeciders& firms) {
    std::vector<std::string> lines;
    for (const ScriptFailure& failure : firms.failures())
        lines.push_back(loaded.names.firms[static_cast<std::size_t>(failure.firm)] + " " + quarter_name(failure.t) + ": " + failure.error.text());
    return lines;
}

Refusal abort_report(const LoadedScenario& loaded, const LuaDeciders& firms) {
    const ScriptFailure& failure = firms.failures().front();
    const char* author = failure.is_administrator ? "'s administrator" : failure.author == Author::autopilot ? "'s autopilot" : "";
    const std::string who = loaded.names.firms[static_cast<std::size_t>(failure.firm)] + author;
    return {failure.error.file, failure.error.line, 0,
            who + " failed in " + kStageNames[static_cast<int>(failure.stage)] + " of " + quarter_name(failure.t) + ": " + failure.error.message,
            "no run was saved; mend the script, or let the firm hold: --on-error hold"};
}

}  // namespace rackrace
