// A firm's chips in racks, stacked by generation.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/why_book.h"

namespace rackrace {

Result<FigureModel> build_fleet(const ReplayStore& store, const FigureScope& scope) {
    FigureModel figure = start_figure(store, "fleet", "Fleet of " + scope.firm, "chips in racks by generation, and the compute of all");
    const Columns& products = store.table("products");
    std::map<std::string, int> generation;
    std::map<int, std::string> names;
    for (std::size_t row = 0; row < products.rows(); ++row)
        generation[products.text(row, "product")] = static_cast<int>(products.number(row, "generation"));
    const Columns& holdings = store.table("holdings");
    std::map<int, std::map<int, double>> chips;  // by generation and quarter
    std::map<int, std::map<std::string, bool>> held;
    std::map<int, double> age_chips_q;  // by quarter: ages of all chips together
    for (std::size_t row = 0; row < holdings.rows(); ++row) {
        if (holdings.text(row, "firm") != scope.firm || !(holdings.number(row, "installed_chips") > 0.0)) continue;
        const int g = generation[holdings.text(row, "product")];
        chips[g][holdings.quarter(row)] += holdings.number(row, "installed_chips");
        held[g][holdings.text(row, "product")] = true;
        const double age_q = value_at(products, row_named(products, holdings.quarter(row), "product", holdings.text(row, "product")), "age_q");
        age_chips_q[holdings.quarter(row)] += std::max(0.0, age_q) * holdings.number(row, "installed_chips");
    }
    if (chips.empty()) {
        figure.empty_text = scope.firm + " has no chips in racks.";
        return figure;
    }
    FigurePanel panel = quarter_panel("stack", "chips in racks", "chips");
    int look = 0;
    for (auto& [g, by_quarter] : chips) {
        std::string of;
        for (const auto& [product, is_held] : held[g]) of += (of.empty() ? "" : ", ") + product;
        panel.series.push_back(quarter_series(
            store, fmt::format("generation-{}", g), fmt::format("generation {}", g), MarkShape::area, std::min(look++, kRestLook),
            [&by_quarter = by_quarter](int t) { return by_quarter[t]; }, "chips in racks of " + of, "chips",
            "firm=" + scope.firm + "&field=installed_chips"));
    }
    for (Series& series : panel.series) leave_gaps(store, scope.firm, series);
    stack_series(panel);
    check_stack(
        figure, panel, "chips of all generations", [&](double t) { return store.of_firm(static_cast<int>(t), scope.firm, "installed_chips"); }, 0.0);
    FigurePanel compute = quarter_panel("compute", "compute a quarter", "Mh");
    const double mh = store.parameter("hours_per_quarter") / 1e6;
    compute.series.push_back(quarter_series(
        store, "pool", "own compute", MarkShape::line, 0, [&](int t) { return mh * store.of_firm(t, scope.firm, "pool_h100e"); }, "own compute of " + scope.firm + ", in training hours of an H100", "Mh",
        "firm=" + scope.firm + "&field=pool_h100e"));
    for (Datum& datum : compute.series.front().data) {
        const int t = static_cast<int>(datum.key);
        if (const double all = store.of_firm(t, scope.firm, "installed_chips"); all > 0.0) datum.reason += fmt::format("; its chips are {:.1f} quarters old in the mean", age_chips_q[t] / all);
    }
    leave_gaps(store, scope.firm, compute.series.front());
    compute.height_share = 0.5;
    compute.names_series = false;
    figure.panels.push_back(std::move(panel));
    figure.panels.push_back(std::move(compute));
    if (const std::string absence = absence_of(store, store.last_t(), scope.firm); !absence.empty()) figure.findings.push_back(scope.firm + ": " + absence + ".");
    figure.notes.push_back("Age: since the first output of the product, so a chip that is bought late counts as old as its design.");
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
