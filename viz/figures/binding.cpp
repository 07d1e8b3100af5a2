// What held the firms back in each quarter: the number of firms with compute that were bound by demand, power, shells, money or chips.
#include "engine/base/quarter_index.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {

Result<FigureModel> build_binding(const ReplayStore& store, const FigureScope&) {
    FigureModel figure = start_figure(store, "binding", "What held the firms back", "firms with compute, by what bound them in the quarter");
    if (store.quarters().size() < 2) {
        figure.empty_text = "No quarter has been played.";
        return figure;
    }
    constexpr const char* bounds[] = {"demand", "power", "shell", "money", "chips"};
    FigurePanel panel = quarter_panel("bound", "firms", "");
    int look = 0;
    for (const char* bound : bounds) {
        const std::string column = std::string("bound_by_") + bound;
        Series series = market_series(store, bound, MarkShape::bar, look++, column);
        series.data.erase(series.data.begin());  // the opening was not played
        panel.series.push_back(std::move(series));
    }
    stack_series(panel);
    figure.panels.push_back(std::move(panel));
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
