#include "cli/batch/show_batch.h"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "cli/batch/batch_folder.h"
#include "cli/cells.h"
#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "viz/figures/ensemble.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const ReplayRows& rows, const BatchTable& table) {
    std::string out;
    for (std::size_t i = 0; i < rows.columns.size(); ++i) out += fmt::format("  {:<32} {:>24}  {}\n", rows.columns[i], cell_text(rows.rows.front()[i]), table.columns[i].unit);
    return out;
}

/// The one row of a table that a condition chooses; none where there is none.
Result<ReplayRows> row_where(OpenBatch& batch, const BatchTable& table, const std::string& condition) {
    auto found = batch.database.prepare(fmt::format("SELECT * FROM \"{}\" WHERE {}", table.name, condition));
    if (!found) return found.error();
    ReplayRows out;
    for (int i = 0; i < found->columns(); ++i) out.columns.push_back(found->column_name(i));
    while (found->step() == Step::row) {
        auto& row = out.rows.emplace_back();
        for (int i = 0; i < found->columns(); ++i) row.push_back(found->cell(i));
    }
    return out;
}

/// The columns of what the plan varies, also where the runs so far are alike in it.
std::vector<std::string> varied_by(const Plan& plan) {
    std::vector<std::string> out;
    for (const Axis& axis : plan.axes)
        if (axis.is_range ? plan.points > 1 : axis.values.size() > 1) out.push_back(axis.key);
    for (const StrategyAxis& axis : plan.profiles)
        if (axis.options.size() > 1) out.push_back(std::string(kStrategyColumn) + axis.owner);
    return out;
}

ExitCode show_facts(const Ensemble& ensemble, const OpenBatch& batch, const Plan& plan, const Terminal& terminal) {
    const std::vector<std::string> varied = varied_by(plan);
    if (terminal.wants_json) {
        terminal.data(Json{{"schema", "rackrace.show/1"}, {"batch", ensemble.id()}, {"scenario", ensemble.scenario()}, {"status", batch.is_complete ? "complete" : "open"}, {"planned", ensemble.planned()},
                           {"runs", ensemble.runs().size()}, {"failed", ensemble.failed()}, {"varied", varied}}
                          .dump() +
                      "\n");
        return ExitCode::done;
    }
    const std::string name = ensemble.folder().string();
    const std::string quarters = ensemble.runs().empty() ? "" : fmt::format(", {} to {}", quarter_name(ensemble.first_t()), quarter_name(ensemble.last_t()));
    terminal.data(fmt::format("  batch     {} of {}{}: {}{} runs, {} failed\n", ensemble.id(), ensemble.scenario(), quarters, ensemble.runs().size(),
                              batch.is_complete ? "" : fmt::format(" of {}", ensemble.planned()), ensemble.failed()));
    if (!batch.is_complete) terminal.data("  open      " + missing_runs_text(batch) + "\n");
    terminal.data(fmt::format("  varied    {}\n  see       rackrace plot {} fan; rackrace view {}; one run: rackrace show {}\n", varied.empty() ? "the seed alone" : fmt::format("{}", fmt::join(varied, ", ")),
                              quoted_word(name), quoted_word(name), quoted_word(name + "#run=N")));
    return ExitCode::done;
}

/// What an address asks of a batch that is shown of runs alone.
Refusals asks_other(const Address& address, const std::string& batch) {
    if (address.keys.size() == 1 && !address.value("run").empty()) return {};
    const std::string quarter = address.t ? "@" + quarter_name(*address.t) : "";
    return Refusal{batch + quarter, 0, 0, address.keys.empty() ? "is a quarter of every run" : "of a batch, only a run is shown",
                   fmt::format("write {}{}#run=N with a number of runs.csv, or draw all of them: rackrace plot {}{} histogram", batch, quarter, batch, quarter)};
}

}  // namespace

ExitCode show_batch(const std::filesystem::path& folder, const Address& address, const Terminal& terminal) {
    const auto ensemble = Ensemble::open(folder);
    if (!ensemble) return terminal.refuse(ensemble.error(), ExitCode::bad_input);
    auto batch = open_batch(folder);
    if (!batch) return terminal.refuse(batch.error(), ExitCode::bad_input);
    const auto plan = plan_of(folder, batch->facts.name);
    if (!plan) return terminal.refuse(plan.error(), ExitCode::bad_input);
    if (address.keys.empty() && !address.t) return show_facts(*ensemble, *batch, *plan, terminal);
    if (const Refusals wrong = asks_other(address, ensemble->id()); !wrong.empty()) return terminal.refuse(wrong, ExitCode::wrong_usage);
    const std::string run = address.value("run");
    const auto& runs = ensemble->runs();
    const auto at = std::find_if(runs.begin(), runs.end(), [&](const EnsembleRun& one) { return std::to_string(one.number) == run; });
    if (at == runs.end())
        return terminal.refuse(Refusal{ensemble->id(), 0, 0, "has no run '" + run + "' that was played to its end", "write #run=N with a number of runs.csv; rackrace plot shows all of them"}, ExitCode::bad_input);
    const BatchTables tables = batch_tables(*plan, ensemble->firms());
    const BatchTable& table = address.t ? tables.quarters : tables.runs;
    const auto row = row_where(*batch, table, fmt::format("run = {}", at->number) + (address.t ? " AND quarter = '" + quarter_name(*address.t) + "'" : ""));
    if (!row) return terminal.refuse(row.error(), ExitCode::bad_input);
    if (row->rows.empty()) return terminal.refuse(Refusal{ensemble->id(), 0, 0, "has no quarter " + quarter_name(*address.t) + " of run " + run, "leave the quarter out"}, ExitCode::bad_input);
    const std::string command = ensemble->settings_of(static_cast<std::size_t>(at - runs.begin())).command();
    if (terminal.wants_json) terminal.data(Json{{"schema", "rackrace.show/1"}, {"rows", rows_json(*row)}, {"command", command}}.dump() + "\n");
    else terminal.data(text_of(*row, table) + "\n  alone: " + command + "\n");
    return ExitCode::done;
}

}  // namespace rackrace
