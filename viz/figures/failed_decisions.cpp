#include "viz/figures/failed_decisions.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/quarter_index.h"

namespace rackrace {
namespace {

std::string sentence_of(const Columns& decisions, std::size_t row, const std::string& place) {
    const bool is_own = decisions.text(row, "author") == "script";
    return fmt::format("{} holds: {}{} fails at {}: {}", decisions.text(row, "firm"), is_own ? "" : "its autopilot's ", decisions.text(row, "stage") == "A" ? "decide" : "operate", place,
                       decisions.text(row, "error"));
}

}  // namespace

std::vector<FailedDecision> failed_decisions(const ReplayStore& store) {
    std::vector<FailedDecision> out;
    for (const Alteration& one : store.altered())
        if (one.table == "decisions") return out;
    const Columns& decisions = store.table("decisions");
    for (std::size_t row = 0; row < decisions.rows(); ++row) {
        if (decisions.text(row, "status") != "failed") continue;
        FailedDecision failure{decisions.quarter(row), decisions.text(row, "firm"), decisions.text(row, "error_script"), static_cast<int>(decisions.number(row, "error_line")), ""};
        failure.sentence = sentence_of(decisions, row, failure.place());
        out.push_back(std::move(failure));
    }
    return out;
}

void add_failures(const std::vector<FailedDecision>& failures, ReplayRows& events) {
    const int quarter = events.column("quarter");
    if (failures.empty() || quarter < 0) return;
    for (const FailedDecision& failure : failures) {
        std::vector<Cell> row(events.columns.size());
        for (const auto& [column, text] : {std::pair<const char*, std::string>{"quarter", quarter_name(failure.t)}, {"kind", std::string(kScriptFailed)}, {"firm", failure.firm},
                                           {"subject", failure.place()}, {"sentence", failure.sentence}})
            if (const int at = events.column(column); at >= 0) row[static_cast<std::size_t>(at)] = text;
        events.rows.push_back(std::move(row));
    }
    const auto t_of = [&](const std::vector<Cell>& row) { return parse_quarter(cell_text(row[static_cast<std::size_t>(quarter)])).value_or(-1); };
    std::stable_sort(events.rows.begin(), events.rows.end(), [&](const auto& a, const auto& b) { return t_of(a) < t_of(b); });
}

}  // namespace rackrace
