#include "cli/run_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/open_number.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/key_columns.h"
#include "engine/replay/run_difference.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

struct ComparedFigure {
    std::string name, unit;
    double first = 0.0, second = 0.0;  // not a number: the run has no such figure
};

double number_in(const ReplayRows& rows, std::size_t row, const std::string& column) { return row < rows.rows.size() ? cell_number(rows.cell(row, column)) : std::nan(""); }

std::size_t row_of_firm(const ReplayRows& rows, const std::string& firm) {
    std::size_t r = 0;
    while (r < rows.rows.size() && rows.text(r, "firm") != firm) ++r;
    return r;
}

/// Of quarter t: the key figures of the market, then the owners' value of each firm of either run.
Result<std::vector<ComparedFigure>> figures_at(Replay& first, Replay& second, int t) {
    const std::vector<RowFilter> at = {{"quarter", quarter_name(t)}};
    const auto a = first.rows("quarters", at), b = second.rows("quarters", at);
    const auto firms_a = first.rows("firms", at), firms_b = second.rows("firms", at);
    for (const auto* rows : {&a, &b, &firms_a, &firms_b})
        if (!*rows) return rows->error();
    std::vector<ComparedFigure> out;
    for (const Column& column : key_market_figures()) out.push_back({column.name, column.unit, number_in(*a, 0, column.name), number_in(*b, 0, column.name)});
    std::vector<std::string> firms = first.names().firms;
    for (const std::string& firm : second.names().firms)
        if (std::find(firms.begin(), firms.end(), firm) == firms.end()) firms.push_back(firm);
    for (const std::string& firm : firms)
        out.push_back({"value_usd." + firm, "$", number_in(*firms_a, row_of_firm(*firms_a, firm), "value_usd"), number_in(*firms_b, row_of_firm(*firms_b, firm), "value_usd")});
    return out;
}

std::string cell_of(double value) { return std::isfinite(value) ? fmt::format("{:.5g}", value) : "none"; }

std::string table_text(const std::vector<ComparedFigure>& figures, int t) {
    std::string out = fmt::format("  {:<26} {:>12} {:>12} {:>12}  {}\n", quarter_name(t), "first", "second", "difference", "unit");
    int alike = 0;
    for (const ComparedFigure& one : figures) {
        const double difference = one.second - one.first;
        if (difference == 0.0) ++alike;
        else out += fmt::format("  {:<26} {:>12} {:>12} {:>12}  {}\n", one.name, cell_of(one.first), cell_of(one.second), std::isfinite(difference) ? fmt::format("{:+.4g}", difference) : "", one.unit);
    }
    if (alike > 0) out += fmt::format("  {} of {} figures are the same\n", alike, figures.size());
    return out;
}

Json difference_json(const std::optional<RunDifference>& difference) {
    if (!difference) return {};
    Json out = {{"text", difference_text(*difference)}, {"quarter", quarter_name(difference->t)}};
    out["same_until"] = difference->same_until_t ? Json(quarter_name(*difference->same_until_t)) : Json();
    if (difference->seeds) out["seeds"] = {difference->seeds->first, difference->seeds->second};
    if (const auto& order = difference->order) {
        Json arguments = Json::array();
        for (const auto& [name, first, second] : order->arguments) arguments.push_back({{"name", name}, {"first", first}, {"second", second}});
        out["order"] = {{"firm", order->firm}, {"stage", order->stage}, {"author", order->author}, {"verb", order->verb}, {"arguments", arguments}, {"first_place", order->first_place}, {"second_place", order->second_place}};
    }
    if (const auto& state = difference->state) out["state"] = {{"path", state->path}, {"first", cell_text(state->first)}, {"second", cell_text(state->second)}, {"unit", state->unit}};
    return out;
}

}  // namespace

ExitCode compare_runs(Replay& first, Replay& second, const Terminal& terminal) {
    const auto difference = first_difference(first, second);
    if (!difference) return terminal.refuse(difference.error(), ExitCode::bad_input);
    const auto& ours = first.quarters();
    const auto common = std::find_if(ours.rbegin(), ours.rend(), [&](int t) { return std::find(second.quarters().begin(), second.quarters().end(), t) != second.quarters().end(); });
    if (common == ours.rend())
        return terminal.refuse(Refusal{second.file().string(), 0, 0, "has no quarter that " + first.file().string() + " has", "compare runs of one horizon"}, ExitCode::bad_input);
    const auto figures = figures_at(first, second, *common);
    if (!figures) return terminal.refuse(figures.error(), ExitCode::bad_input);
    if (terminal.wants_json) {
        Json list = Json::array();
        for (const ComparedFigure& one : *figures)
            list.push_back({{"figure", one.name}, {"unit", one.unit}, {"first", number_or_null(one.first)}, {"second", number_or_null(one.second)}, {"difference", number_or_null(one.second - one.first)}});
        terminal.data(Json{{"schema", "rackrace.compare_runs/1"}, {"difference", difference_json(*difference)}, {"quarter", quarter_name(*common)}, {"figures", list}}.dump() + "\n");
        return ExitCode::done;
    }
    if (!*difference) terminal.data("the same in every quarter and state\n");
    else terminal.data(difference_text(**difference) + "\n" + table_text(*figures, *common));
    return ExitCode::done;
}

}  // namespace rackrace
