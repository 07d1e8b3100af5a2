// `rackrace tournament`: strategies become a plan, the plan a batch, the batch standings. What is played is played as `sweep` plays it.
#include <fmt/format.h>

#include <optional>

#include "cli/batch/batch_folder.h"
#include "cli/batch/payoffs.h"
#include "cli/commands.h"
#include "cli/sweep.h"
#include "cli/tournament/entrants.h"
#include "cli/tournament/result.h"
#include "engine/base/command_words.h"
#include "game/game_files.h"
#include "viz/figures/svg.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

std::string command_text(const TournamentArguments& arguments) {
    std::string out = "rackrace tournament";
    for (const std::string& place : arguments.places) out += " " + quoted_word(place);
    out += fmt::format(" --scenario {} --seeds {}", quoted_word(arguments.scenario), arguments.seeds);
    if (!arguments.firm.empty()) out += " --firm " + arguments.firm;
    if (!arguments.out.empty()) out += " --out " + quoted_word(arguments.out);
    return out;
}

/// The tables of a complete batch, written beside it and told.
ExitCode tell(const fs::path& folder, const Terminal& terminal) {
    const auto table = game_in(folder, {});
    if (!table) return terminal.refuse(table.error(), ExitCode::bad_input);
    auto batch = open_batch(folder);
    if (!batch) return terminal.refuse(batch.error(), ExitCode::bad_input);
    const auto plan = plan_of(folder, batch->facts.name);
    if (!plan) return terminal.refuse(plan.error(), ExitCode::bad_input);
    const auto axes = tournament_axes(*plan, folder.string());
    if (!axes) return terminal.refuse(axes.error(), ExitCode::bad_input);
    const auto standings = standings_of(*table, axes->seat, axes->field);
    if (!standings) return terminal.refuse(standings.error(), ExitCode::partly_failed);
    auto quarters = batch->database.prepare("SELECT min(start_quarter), max(last_quarter) FROM runs");
    if (!quarters || quarters->step() != Step::row) return terminal.refuse(Refusal{folder.string(), 0, 0, "cannot be read", "play it anew: --force"}, ExitCode::bad_input);
    const TournamentResult result{batch->facts.name, batch->facts.scenario, table->players()[axes->field].name, table->players()[axes->seat].name, batch->facts.inputs_hash,
                                  batch->facts.program_version, cell_text(quarters->cell(0)), cell_text(quarters->cell(1)), table->players()[axes->seat].strategies, *standings};
    Refusals wrong = write_batch_text(folder / "standings.csv", standings_csv(result));
    wrong.add(write_batch_text(folder / "duels.csv", duels_csv(result)));
    wrong.add(write_batch_text(folder / "payoffs.csv", payoffs_csv(*table)));
    wrong.add(write_batch_text(folder / "payoffs.json", gameanalysis_json(*table)));
    if (const auto nfg = nfg_text(*table)) wrong.add(write_batch_text(folder / "payoffs.nfg", *nfg));
    wrong.add(write_batch_text(folder / "standings.svg", figure_svg(tournament_figure(result), *find_style("light"))));
    if (!wrong.empty()) return terminal.refuse(wrong, ExitCode::cannot_write);
    terminal.data(terminal.wants_json ? tournament_json(result, folder.string()) : tournament_text(result) + fmt::format("  saved     {}   figure standings.svg, tables standings.csv, duels.csv, payoffs.csv\n", folder.string()));
    const int lost = static_cast<int>(plan->seeds.size()) - result.standings.seeds;
    if (lost > 0) terminal.note(fmt::format("{} seeds count for nothing: a run of them did not end; see {}\n", lost, (folder / "failed.csv").string()));
    return lost > 0 ? ExitCode::partly_failed : ExitCode::done;
}

/// Tells a complete tournament. A card that got a bit wrong goes before all else.
ExitCode told(const Swept& swept, const Terminal& terminal) {
    if (swept.folder.empty()) return swept.code;
    const ExitCode code = tell(swept.folder, terminal);
    return swept.code != ExitCode::done ? swept.code : code;
}

/// The folder of a tournament that the command line names; nothing where it names strategies.
std::optional<fs::path> tournament_folder(const TournamentArguments& arguments) {
    if (arguments.places.size() != 1) return std::nullopt;
    for (const fs::path& folder : {fs::path(arguments.places.front()), fs::path("batches") / arguments.places.front()})
        if (is_batch(folder)) return folder;
    return std::nullopt;
}

}  // namespace

ExitCode tournament_command(const TournamentArguments& arguments, const Terminal& terminal) {
    if (const auto folder = tournament_folder(arguments)) {
        const auto plan = plan_of(*folder, "");
        const auto axes = plan ? tournament_axes(*plan, folder->string()) : Result<TournamentAxes>(plan.error());
        if (!axes) return terminal.refuse(axes.error(), ExitCode::bad_input);
        const Swept swept = resume_batch(*folder, arguments.crew, terminal);
        return told(swept, terminal);
    }
    const auto made = tournament_plan(arguments);
    if (const auto* wrong = std::get_if<TournamentRefusals>(&made)) return terminal.refuse(wrong->refusals, wrong->are_scripts ? ExitCode::script_refused : ExitCode::bad_input);
    const auto& tournament = std::get<TournamentPlan>(made);
    for (const std::string& script : tournament.left_out) terminal.note(script + " is no script of a " + tournament.role + ": left out\n");
    SweepArguments sweep;
    sweep.out = arguments.out;
    sweep.crew = arguments.crew;
    sweep.is_dry_run = arguments.is_dry_run;
    sweep.is_forced = arguments.is_forced;
    const Swept swept = sweep_plan(tournament.plan, {sweep, command_text(arguments), true}, terminal);
    return told(swept, terminal);
}

}  // namespace rackrace
