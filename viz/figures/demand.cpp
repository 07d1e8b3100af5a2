// Supply and demand of compute, what was not served, and how much of the compute worked.
#include "engine/base/quarter_index.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {

Result<FigureModel> build_demand(const ReplayStore& store, const FigureScope&) {
    FigureModel figure = start_figure(store, "demand", "Supply, demand, unmet", "compute of all firms and what their customers ask");
    if (store.quarters().size() < 2) {
        figure.empty_text = "No customer was served before " + quarter_name(store.opening_t() + 1) + ".";
        return figure;
    }
    FigurePanel both = quarter_panel("both", "compute a quarter", "Mh");
    both.height_share = 2.0;
    both.series.push_back(market_series(store, "supply", MarkShape::line, 0, "supply_mh"));
    both.series.push_back(market_series(store, "asked", MarkShape::line, 1, "asked_mh"));
    FigurePanel unmet = quarter_panel("unmet", "asked and not served", "Mh");
    unmet.names_series = false;
    unmet.series.push_back(market_series(store, "unmet", MarkShape::bar, 1, "unmet_mh"));
    FigurePanel used = quarter_panel("used", "part of the compute that worked", "share");
    used.names_series = false;
    used.series.push_back(market_series(store, "used", MarkShape::line, 2, "util_frac"));
    figure.panels = {std::move(both), std::move(unmet), std::move(used)};
    figure.notes.push_back("Supply is own compute in training hours; asked is inference for customers, over the fleet's worth in inference.");
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
