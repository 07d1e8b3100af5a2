// The share of runs in which a firm has run out of cash, by quarter. Batches hold no defaults by quarter; of what they hold, this is the nearest.
#include <fmt/format.h>

#include <cmath>

#include "engine/base/quarter_index.h"
#include "viz/figures/ensemble_parts.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {

FigureModel build_out_of_cash(const Ensemble& ensemble, const EnsembleScope& scope) {
    const Courses& courses = scope.courses;
    FigureModel figure = start_figure(ensemble, "out-of-cash", "Runs with a firm out of cash, " + count_text(ensemble),
                                      "share of runs in which at least one firm in business closes the quarter without cash");
    FigurePanel panel = quarter_panel("share", "share of runs", "share");
    Series now{"now", "at this close", MarkShape::bar, 0}, so_far{"so-far", "at this close or one before", MarkShape::line, 1};
    now.is_thin = true;
    std::vector<bool> was_out(ensemble.runs().size(), false);
    for (int t = courses.first_t; t <= courses.last_t(); ++t) {
        std::size_t there = 0, out_now = 0, ever = 0;
        for (std::size_t run = 0; run < was_out.size(); ++run) {
            const double firms = courses.at(t)[run];
            was_out[run] = was_out[run] || firms > 0.0;
            ever += was_out[run] ? 1 : 0;
            there += std::isfinite(firms) ? 1 : 0;
            out_now += firms > 0.0 ? 1 : 0;
        }
        const auto datum = [&](std::size_t some, std::size_t all, const char* when) {
            Datum out{static_cast<double>(t), all == 0 ? kNoValue : static_cast<double>(some) / static_cast<double>(all)};
            out.reason = fmt::format("{} of {} runs {} {}", some, all, when, quarter_name(t));
            return out;
        };
        now.data.push_back(datum(out_now, there, "at the close of"));
        so_far.data.push_back(datum(ever, was_out.size(), "up to"));
    }
    const double last = so_far.data.back().value;
    panel.series.push_back(std::move(now));
    panel.series.push_back(std::move(so_far));
    figure.panels.push_back(std::move(panel));
    figure.findings.push_back(last == 0.0 ? std::string("No firm is out of cash at any close of any run.") : fmt::format("In {:.0f} % of the runs a firm is out of cash at some close.", 100.0 * last));
    figure.notes.push_back("In the place of defaults, which a batch does not hold by quarter: firms that close without cash and still have compute, debt or revenue. "
                           "Most firms that default do so at such a close or the next, some without one; some find money again.");
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
