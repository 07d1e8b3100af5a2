// A firm's chips in racks, stacked by generation.
#include <fmt/format.h>

#include <map>

#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {

Result<FigureModel> build_fleet(const ReplayStore& store, const FigureScope& scope) {
    FigureModel figure = start_figure(store, "fleet", "Fleet of " + scope.firm, "chips in racks by generation");
    const Columns& products = store.table("products");
    std::map<std::string, int> generation;
    std::map<int, std::string> names;
    for (std::size_t row = 0; row < products.rows(); ++row)
        generation[products.text(row, "product")] = static_cast<int>(products.number(row, "generation"));
    const Columns& holdings = store.table("holdings");
    std::map<int, std::map<int, double>> chips;  // by generation and quarter
    std::map<int, std::map<std::string, bool>> held;
    for (std::size_t row = 0; row < holdings.rows(); ++row) {
        if (holdings.text(row, "firm") != scope.firm || !(holdings.number(row, "installed_chips") > 0.0)) continue;
        const int g = generation[holdings.text(row, "product")];
        chips[g][holdings.quarter(row)] += holdings.number(row, "installed_chips");
        held[g][holdings.text(row, "product")] = true;
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
            [&by_quarter = by_quarter](int t) { return by_quarter[t]; }, "table holdings, installed_chips of " + of,
            "firm=" + scope.firm + "&field=installed_chips"));
    }
    stack_series(panel);
    check_stack(
        figure, panel, "chips of all generations", [&](double t) { return store.of_firm(static_cast<int>(t), scope.firm, "installed_chips"); }, 0.0);
    figure.panels.push_back(std::move(panel));
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
