// `rackrace profile`: what each line of a script takes of its budget.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>

#include <nlohmann/json.hpp>

#include "agents/host/firm_script.h"
#include "cli/commands.h"
#include "cli/trial.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kProfileLines = 20;  // without --all

struct LineCost {
    int line = 0;
    std::int64_t units = 0;
};

/// Lines that took anything, the dearest first.
std::vector<LineCost> costs_by_line(const Program& program, const ScriptProfile& profile) {
    std::map<int, std::int64_t> units;
    for (std::size_t pc = 0; pc < profile.units.size(); ++pc)
        if (profile.units[pc] > 0) units[program.lines[pc]] += profile.units[pc];
    std::vector<LineCost> out;
    for (const auto& [line, cost] : units) out.push_back({line, cost});
    std::stable_sort(out.begin(), out.end(), [](const LineCost& a, const LineCost& b) { return a.units > b.units; });
    return out;
}

/// A line of the script without what it is indented by.
std::string_view shown_line(const Strategy& strategy, int line) {
    const std::string_view text = strategy.report.source->line_text(line);
    return text.substr(std::min(text.size(), text.find_first_not_of(" \t")));
}

}  // namespace

ExitCode profile_command(const ProfileArguments& arguments, const Terminal& terminal) {
    const auto script = read_script(arguments.file);
    if (!script) return terminal.refuse(script.error(), std::filesystem::exists(arguments.file) ? ExitCode::script_refused : ExitCode::bad_input);
    if (!(*script)->is_portable()) return terminal.refuse(not_portable(**script), ExitCode::script_refused);
    auto trial = make_trial(arguments.scenario, arguments.firm, (*script)->declaration().role.value());
    if (!trial) return terminal.refuse(trial.error(), ExitCode::bad_input);
    if (const Refusals wrong = trial->fit(**script, arguments.file); !wrong.empty()) return terminal.refuse(wrong, ExitCode::script_refused);
    trial->script = *script;
    auto deciders = trial->seat();
    if (!deciders) return terminal.refuse(deciders.error(), ExitCode::script_refused);
    ScriptProfile profile;
    (*deciders)->take_profile(trial->firm, profile);
    const auto world = std::make_unique<World>(trial->loaded.opening);
    play_run(trial->loaded.scenario, *world, arguments.seed, deciders->get(), nullptr);

    const std::vector<LineCost> lines = costs_by_line(*(*script)->portability.program, profile);
    std::int64_t all = 0;
    for (const LineCost& line : lines) all += line.units;
    const std::string& firm = trial->loaded.names.firms[static_cast<std::size_t>(trial->firm)];
    const double callbacks = std::max<double>(1.0, static_cast<double>(profile.callbacks));
    if (terminal.wants_json) {
        Json json = {{"schema", "rackrace.profile/1"}, {"file", arguments.file}, {"firm", firm}, {"scenario", arguments.scenario}, {"seed", arguments.seed},
                     {"callbacks", profile.callbacks}, {"units", all}, {"budget", kCoreFuel}, {"lines", Json::array()}};
        for (const LineCost& line : lines) json["lines"].push_back({{"line", line.line}, {"units", line.units}});
        terminal.data(json.dump() + "\n");
        return ExitCode::done;
    }
    terminal.data(fmt::format("{} at {}, {}, seed {}: {} callbacks, {:.0f} units of {} each in the mean\n", arguments.file, firm, arguments.scenario, arguments.seed, profile.callbacks,
                              static_cast<double>(all) / callbacks, kCoreFuel));
    terminal.data("  share  a callback  line\n");
    std::int64_t shown = 0;
    for (std::size_t i = 0; i < lines.size() && (arguments.shows_all || i < kProfileLines); ++i) {
        shown += lines[i].units;
        terminal.data(fmt::format("{:6.1f}%  {:10.1f}  {:4}  {}\n", 100.0 * static_cast<double>(lines[i].units) / static_cast<double>(all), static_cast<double>(lines[i].units) / callbacks, lines[i].line,
                                  shown_line(**script, lines[i].line)));
    }
    if (shown < all) terminal.data(fmt::format("{:6.1f}%  {:10.1f}        {} more lines: --all\n", 100.0 * static_cast<double>(all - shown) / static_cast<double>(all),
                                               static_cast<double>(all - shown) / callbacks, lines.size() - kProfileLines));
    return ExitCode::done;
}

}  // namespace rackrace
