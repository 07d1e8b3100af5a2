#include "viz/window/key_figures.h"

#include "engine/base/quarter_index.h"
#include "engine/replay/key_columns.h"

namespace rackrace {

std::vector<KeyFigure> key_figures_of(const Ensemble& ensemble) {
    std::vector<KeyFigure> out;
    for (const Column& column : key_market_figures()) out.push_back({column.name, "", column.unit, column_meaning(column)});
    for (const std::string& firm : ensemble.firms())
        for (const Column& column : key_firm_figures()) out.push_back({column.name, firm, column.unit, column_meaning(column)});
    return out;
}

void show_key_figure(Session& session, const KeyFigure& figure) {
    const Refusals refusals = session.pick_key_figure(figure.figure, figure.firm);
    session.view.status = refusals.empty() ? figure.name() + ", " + quarter_name(session.view.t) + "." : refusals.all.front().text();
}

}  // namespace rackrace
