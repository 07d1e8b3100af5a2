#include "cli/batch/batch_tables.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "cli/cells.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/key_columns.h"

namespace rackrace {
namespace {

constexpr auto real = ColumnType::real;
constexpr auto integer = ColumnType::integer;
constexpr auto text = ColumnType::text;
constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();

/// A varied value: a whole number, a number, or the text that it is.
Cell value_cell(const std::string& value) {
    const char* end = value.data() + value.size();
    std::int64_t whole_number = 0;
    if (const auto [at, error] = std::from_chars(value.data(), end, whole_number); error == std::errc{} && at == end) return whole_number;
    double number = 0.0;
    if (const auto [at, error] = std::from_chars(value.data(), end, number); error == std::errc{} && at == end) return number;
    return value;
}

ColumnType axis_type(const Axis& axis) {
    if (axis.is_range) return axis.is_whole ? integer : real;
    bool are_whole = true, are_numbers = true;
    for (const std::string& value : axis.values) {
        const Cell cell = value_cell(value);
        are_whole = are_whole && std::holds_alternative<std::int64_t>(cell);
        are_numbers = are_numbers && !std::holds_alternative<std::string>(cell);
    }
    return are_whole ? integer : are_numbers ? real : text;
}

/// A figure as its column has it; nothing where it is not a number.
Cell figure_cell(const Column& column, double value) {
    if (value - value != 0.0) return Cell{};
    if (column.type == integer) return static_cast<std::int64_t>(value);
    return value;
}

void add_figures(const std::vector<Column>& figures, BatchTable& table) {
    for (const Column& figure : figures) table.columns.push_back({figure.name, figure.type, figure.unit, column_meaning(figure)});
}

}  // namespace

BatchTables batch_tables(const Plan& plan, const std::vector<std::string>& firms) {
    const BatchColumn run{"run", integer, "count", "number of the run in the plan, from 0: profile x seeds + place of the seed"};
    const BatchColumn quarter{"quarter", text, "quarter", "calendar quarter"};
    BatchTables out;
    out.batch = {"batch",
                 "One row: what was swept, from which inputs, by which program.",
                 "name",
                 {{"name", text, "", "of the plan"},
                  {"scenario", text, "", "as the plan names it"},
                  {"inputs_hash", text, "hash", "of the plan and every frozen file, 16 hexadecimal digits"},
                  {"runs", integer, "count", "that the plan asks for"},
                  {"shard", text, "", "i/n: the i-th of n parts of them; 1/1 is all"},
                  {"program_version", text, "", "program version"}}};
    auto& runs = out.runs.columns;
    out.runs = {"runs", "One row a run: what was varied, how it ended, what the owners got.", "run", {run}};
    runs.push_back({"profile", integer, "count", "number of the setting: runs of one profile differ by seed alone"});
    runs.push_back({"seed", integer, "id", "as a signed whole number of 64 bits"});
    for (const Axis& axis : plan.axes) runs.push_back({axis.key, axis_type(axis), "", "varied, as run --set takes it"});
    for (const StrategyAxis& axis : plan.profiles) runs.push_back({std::string(kStrategyColumn) + axis.owner, text, "", "script that plays the firm, or the firms of the role"});
    runs.push_back({"status", text, "word", "ok; script_errors: played to the end, firms held; fault: an identity broke; refused: never played"});
    runs.push_back({"start_quarter", text, "quarter", "first one played"});
    runs.push_back({"last_quarter", text, "quarter", "last one closed"});
    runs.push_back({"script_errors", integer, "count", "callbacks that failed"});
    runs.push_back({"rejections", integer, "count", "orders refused or cut"});
    runs.push_back({"state_hash", text, "hash", "of the whole state at the end, 16 hexadecimal digits"});
    for (const char* when : {"first", "last"})
        for (const Column& figure : key_market_figures())
            runs.push_back({figure.name + "_" + when, figure.type, figure.unit, column_meaning(figure) + ", " + when + " quarter played"});
    for (const std::string& firm : firms) runs.push_back({"value_usd." + firm, real, "$", "owners' value U of the firm at the end"});

    out.quarters = {"quarters", "The market at the close of each quarter of a run.", "run, quarter", {run, quarter}};
    add_figures(key_market_figures(), out.quarters);
    out.panel = {"panel", "Each firm at the close of each quarter of a run.", "run, quarter, firm", {run, quarter, {"firm", text, "id", "firm"}}};
    add_figures(key_firm_figures(), out.panel);
    out.failed = {"failed",
                  fmt::format("What failed, of each run the first {}: callbacks that failed, and what ended or kept it from being played.", kMaxCellFailures),
                  "run, number",
                  {run,
                   {"number", integer, "count", "in the order of failing, from 0"},
                   {"quarter", text, "quarter", "empty: before the first one"},
                   {"firm", text, "id", "empty: not of a firm"},
                   {"reason", text, "", "script, line and message; or what broke"}}};
    return out;
}

BatchRow run_row(const Plan& plan, const ProfileChoice& choice, const BatchCell& cell, std::size_t firms, const Outcome& outcome) {
    const bool is_played = outcome.last_t >= 0;
    BatchRow row = {outcome.cell, cell.profile, static_cast<std::int64_t>(cell.seed)};
    for (const std::string& value : choice.values) row.emplace_back(value_cell(value));
    for (std::size_t a = 0; a < plan.profiles.size(); ++a) row.emplace_back(plan.profiles[a].options[choice.options[a]].value);
    row.emplace_back(std::string(kOutcomeStatusNames[static_cast<int>(outcome.status)]));
    row.emplace_back(quarter_cell(is_played ? outcome.start_t : -1));
    row.emplace_back(quarter_cell(outcome.last_t));
    row.emplace_back(std::int64_t{outcome.script_errors});
    row.emplace_back(std::int64_t{outcome.rejections});
    if (is_played) row.emplace_back(fmt::format("{:016x}", outcome.state_hash));
    else row.emplace_back();
    const auto& figures = key_market_figures();
    for (const bool is_last : {false, true})
        for (std::size_t i = 0; i < figures.size(); ++i) {
            const FigureChange metric = is_played ? outcome.metrics[i] : FigureChange{kAbsent, kAbsent};
            row.emplace_back(figure_cell(figures[i], is_last ? metric.last : metric.first));
        }
    for (std::size_t f = 0; f < firms; ++f) {
        if (f < outcome.value_usd.size()) row.emplace_back(outcome.value_usd[f]);
        else row.emplace_back();
    }
    return row;
}

std::vector<BatchRow> quarter_rows(const Outcome& outcome) {
    const auto& figures = key_market_figures();
    std::vector<BatchRow> rows;
    for (std::size_t at = 0; at < outcome.panel.market.size(); at += figures.size()) {
        BatchRow row = {outcome.cell, quarter_cell(outcome.start_t + static_cast<int>(rows.size()))};
        for (std::size_t i = 0; i < figures.size(); ++i) row.emplace_back(figure_cell(figures[i], outcome.panel.market[at + i]));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<BatchRow> panel_rows(const std::vector<std::string>& firms, const Outcome& outcome) {
    const auto& figures = key_firm_figures();
    std::vector<BatchRow> rows;
    for (std::size_t at = 0; at < outcome.panel.firms.size(); at += figures.size()) {
        const std::size_t n = rows.size();
        BatchRow row = {outcome.cell, quarter_cell(outcome.start_t + static_cast<int>(n / firms.size())), firms[n % firms.size()]};
        for (std::size_t i = 0; i < figures.size(); ++i) row.emplace_back(figure_cell(figures[i], outcome.panel.firms[at + i]));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<BatchRow> failed_rows(const std::vector<std::string>& firms, const Outcome& outcome) {
    std::vector<BatchRow> rows;
    for (const CellFailure& failure : outcome.failures) {
        const Cell firm = failure.firm < 0 ? Cell{} : Cell{firms[static_cast<std::size_t>(failure.firm)]};
        rows.push_back({outcome.cell, static_cast<std::int64_t>(rows.size()), quarter_cell(failure.t), firm, failure.reason});
    }
    return rows;
}

std::string batch_dictionary_csv(const BatchTables& tables) {
    std::string out = "table,column,unit,type,meaning\n";
    for (const BatchTable* table : tables.all())
        for (const BatchColumn& column : table->columns)
            out += fmt::format("{},{},{},{},{}\n", table->name, csv_text(Cell{column.name}), csv_text(Cell{column.unit}), column_type_text(column.type), csv_text(Cell{column.meaning}));
    return out;
}

}  // namespace rackrace
