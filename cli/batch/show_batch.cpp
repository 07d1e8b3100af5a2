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

ExitCode show_facts(const Ensemble& ensemble, const Terminal& terminal) {
    std::string varied;
    Json json = {{"schema", "rackrace.show/1"}, {"batch", ensemble.id()}, {"scenario", ensemble.scenario()}, {"runs", ensemble.runs().size()}, {"failed", ensemble.failed()}, {"varied", Json::array()}};
    for (const VariedColumn& column : ensemble.varied())
        if (column.varies()) {
            varied += (varied.empty() ? "" : ", ") + column.name;
            json["varied"].push_back(column.name);
        }
    const std::string name = ensemble.folder().string();
    if (terminal.wants_json) terminal.data(json.dump() + "\n");
    else
        terminal.data(fmt::format("  batch     {} of {}, {} to {}: {} runs, {} failed\n  varied    {}\n  see       rackrace plot {} fan; rackrace view {}; one run: rackrace show {}\n", ensemble.id(),
                                  ensemble.scenario(), quarter_name(ensemble.first_t()), quarter_name(ensemble.last_t()), ensemble.runs().size(), ensemble.failed(),
                                  varied.empty() ? "the seed alone" : varied, quoted_word(name), quoted_word(name), quoted_word(name + "#run=N")));
    return ExitCode::done;
}

}  // namespace

ExitCode show_batch(const std::filesystem::path& folder, const Address& address, const Terminal& terminal) {
    const auto ensemble = Ensemble::open(folder);
    if (!ensemble) return terminal.refuse(ensemble.error(), ExitCode::bad_input);
    if (address.keys.empty()) return show_facts(*ensemble, terminal);
    const std::string run = address.value("run");
    const auto& runs = ensemble->runs();
    const auto at = std::find_if(runs.begin(), runs.end(), [&](const EnsembleRun& one) { return std::to_string(one.number) == run; });
    if (at == runs.end() || address.keys.size() > 1)
        return terminal.refuse(Refusal{ensemble->id(), 0, 0, run.empty() || address.keys.size() > 1 ? "of a batch, only a run is shown" : "has no run '" + run + "' that was played to its end",
                                       "write #run=N with a number of runs.csv; rackrace plot shows all of them"},
                               ExitCode::bad_input);
    auto batch = open_batch(folder);
    if (!batch) return terminal.refuse(batch.error(), ExitCode::bad_input);
    const auto plan = plan_of(folder, batch->facts.name);
    if (!plan) return terminal.refuse(plan.error(), ExitCode::bad_input);
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
