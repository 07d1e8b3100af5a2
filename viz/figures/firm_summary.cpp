// A firm over the run in small pictures: money, debt, sales, spending, compute and what its owners hold.
#include <algorithm>

#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

struct Spark {
    const char* column;
    const char* name;
    const char* title;  // short: it stands above a small picture, with the unit
    const char* unit;
    bool is_played;  // of a quarter that was played: the opening has none
};
constexpr Spark kSparks[] = {
    {"cash_usd", "cash", "cash", "$", false},
    {"debt_usd", "debt", "debt", "$", false},
    {"revenue_usd", "revenue", "revenue", "$", true},
    {"capex_usd", "capital spending", "capital spending", "$", true},
    {"pool_h100e", "own compute", "compute", "H100e", false},
    {"util_frac", "part of the compute that worked", "compute at work", "share", true},
    {"usable_it_kw", "power it can use", "usable power", "IT kW", false},
    {"value_usd", "owners' value", "owners' value", "$", false},
};

}  // namespace

Result<FigureModel> build_firm(const ReplayStore& store, const FigureScope& scope) {
    const std::string role = store.role_of(scope.firm);
    FigureModel figure = start_figure(store, "firm", "Firm: " + scope.firm, role);
    figure.columns = 2;
    for (const Spark& spark : kSparks) {
        FigurePanel panel = quarter_panel(id_of(spark.column), spark.title, spark.unit);
        panel.names_series = false;
        panel.series.push_back(quarter_series(
            store, spark.column, spark.name, MarkShape::line, 0,
            [&](int t) { return spark.is_played && t == store.opening_t() ? kNoValue : store.of_firm(t, scope.firm, spark.column); },
            std::string(spark.name) + " of " + scope.firm, spark.unit, "firm=" + scope.firm + "&field=" + spark.column));
        leave_gaps(store, scope.firm, panel.series.front());
        figure.panels.push_back(std::move(panel));
    }
    if (const std::string absence = absence_of(store, store.last_t(), scope.firm); !absence.empty()) figure.findings.push_back(scope.firm + ": " + absence + ".");
    figure = finish_figure(std::move(figure));
    for (FigurePanel& panel : figure.panels) {
        auto& data = panel.series.front().data;
        const auto last = std::find_if(data.rbegin(), data.rend(), [](const Datum& datum) { return std::isfinite(datum.value); });
        if (last != data.rend()) last->label = short_number(last->value / panel.measure.shown_scale);
    }
    return figure;
}

}  // namespace rackrace
