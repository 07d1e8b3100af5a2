// A firm's debt in one quarter, by the quarter in which it is due, secured and unsecured.
#include <fmt/format.h>

#include <algorithm>

#include "engine/base/quarter_index.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

Series maturities(const ReplayStore& store, const FigureScope& scope, bool is_secured) {
    const Columns& loans = store.table("loans");
    Series series{is_secured ? "secured" : "unsecured", is_secured ? "secured" : "unsecured", MarkShape::bar, is_secured ? 1 : 0};
    const auto [first, end] = loans.rows_of(scope.t);
    for (std::size_t row = first; row < end; ++row) {
        if (loans.text(row, "firm") != scope.firm || (loans.number(row, "is_secured") > 0.0) != is_secured) continue;
        const double due = scope.t + loans.number(row, "left_q"), usd = loans.number(row, "principal_usd");
        auto at = std::find_if(series.data.begin(), series.data.end(), [&](const Datum& datum) { return datum.key == due; });
        if (at == series.data.end()) {
            Datum datum;
            datum.key = due;
            datum.value = 0.0;
            datum.address = store.address(scope.t, "firm=" + scope.firm + "&field=debt_usd");
            at = series.data.insert(series.data.end(), std::move(datum));
        }
        at->value += usd;
        at->reason += fmt::format("{}{} {:.0f} $ at {:.2f} % a year{}{}", at->reason.empty() ? "" : "; ", loans.text(row, "kind"), usd,
                                  100.0 * loans.number(row, "rate_apr"), loans.number(row, "is_floating") > 0.0 ? " over the policy rate" : "",
                                  loans.number(row, "is_amortising") > 0.0 ? ", repaid in parts" : "");
    }
    std::sort(series.data.begin(), series.data.end(), [](const Datum& a, const Datum& b) { return a.key < b.key; });
    return series;
}

}  // namespace

Result<FigureModel> build_debt(const ReplayStore& store, const FigureScope& scope) {
    const std::string quarter = quarter_name(scope.t);
    FigureModel figure =
        start_figure(store, "debt", fmt::format("Debt of {} in {}", scope.firm, quarter), "principal by the quarter in which it is due");
    FigurePanel panel = quarter_panel("maturities", "due in the quarter", "$");
    for (bool is_secured : {false, true})
        if (Series series = maturities(store, scope, is_secured); !series.data.empty()) panel.series.push_back(std::move(series));
    double all = 0.0;
    for (const Series& series : panel.series)
        for (const Datum& datum : series.data) all += datum.value;
    figure.checks.push_back({fmt::format("debt of {} in {}", scope.firm, quarter), all, store.of_firm(scope.t, scope.firm, "debt_usd"), 0.0, "$"});
    if (panel.series.empty()) {
        figure.empty_text = "No debt: " + scope.firm + " owes lenders nothing in " + quarter + ".";
        return finish_figure(std::move(figure));
    }
    stack_series(panel);
    figure.panels.push_back(std::move(panel));
    figure.findings.push_back(fmt::format(
        "Rating {:.0f} of 10, debt over forward EBITDA {}, coverage of interest {}.", store.of_firm(scope.t, scope.firm, "rating"),
        short_number(store.of_firm(scope.t, scope.firm, "leverage_ratio")), short_number(store.of_firm(scope.t, scope.firm, "coverage_ratio"))));
    figure.notes.push_back("Loans that are repaid in parts stand whole at their last quarter.");
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
