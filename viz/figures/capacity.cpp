// Own compute of the firms, stacked by role, and what the sellers' customers asked of it.
#include <algorithm>
#include <map>

#include "engine/base/quarter_index.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

constexpr const char* kStackedRoles[][2] = {{"hyperscaler", "hyperscalers"}, {"neocloud", "neoclouds"}, {"lab", "labs"}, {"supplier", "suppliers"}};

double pool_mh(const ReplayStore& store, int t, const std::string& role) {
    double h100e = 0.0;
    for (const std::string& firm : store.firms())
        if (store.role_of(firm) == role) h100e += store.of_firm(t, firm, "pool_h100e");
    return h100e * store.parameter("hours_per_quarter") / 1e6;
}

}  // namespace

Result<FigureModel> build_capacity(const ReplayStore& store, const FigureScope&) {
    FigureModel figure = start_figure(store, "capacity", "Compute by role", "own compute of the firms, in training hours of an H100");
    FigurePanel panel = quarter_panel("stack", "compute a quarter", "Mh");
    int look = 0;
    for (const auto& [role, name] : kStackedRoles) {
        Series series = quarter_series(
            store, role, name, MarkShape::area, look, [&store, role = std::string(role)](int t) { return pool_mh(store, t, role); },
            std::string("table firms, pool_h100e of ") + name, "");
        const bool is_empty = std::all_of(series.data.begin(), series.data.end(), [](const Datum& datum) { return datum.value == 0.0; });
        if (is_empty) continue;
        panel.series.push_back(std::move(series));
        ++look;
    }
    if (panel.series.empty()) {
        figure.empty_text = "No capacity online in this run.";
        return figure;
    }
    stack_series(panel);
    check_stack(
        figure, panel, "compute of all roles", [&](double t) { return store.of_market(static_cast<int>(t), "supply_mh"); }, 1e-9);
    Series asked = market_series(store, "asked by customers", MarkShape::line, 3, "asked_mh");
    asked.data.erase(asked.data.begin());  // nobody has asked at the opening: the figure there is of the books
    panel.series.push_back(std::move(asked));
    figure.panels.push_back(std::move(panel));
    figure.notes.push_back(
        "Asked by customers: inference that the sellers' customers ask, in training hours of the fleet; training and core work come on top of it.");
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
