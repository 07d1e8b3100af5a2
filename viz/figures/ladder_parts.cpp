#include "viz/figures/ladder_parts.h"

#include <algorithm>

#include "viz/figures/figure_parts.h"

namespace rackrace {

void add_rung(Series& series, int due, double usd, const std::string& reason, const std::string& address) {
    auto at = std::find_if(series.data.begin(), series.data.end(), [&](const Datum& datum) { return datum.key == due; });
    if (at == series.data.end()) {
        Datum datum;
        datum.key = due;
        datum.value = 0.0;
        datum.address = address;
        at = series.data.insert(series.data.end(), std::move(datum));
    }
    at->value += usd;
    at->reason += (at->reason.empty() ? "" : "; ") + reason;
}

void finish_rungs(FigurePanel& panel) {
    for (Series& series : panel.series)
        std::sort(series.data.begin(), series.data.end(), [](const Datum& a, const Datum& b) { return a.key < b.key; });
    stack_series(panel);
}

}  // namespace rackrace
