// The share of runs in which a firm is in default, by quarter.
#include <fmt/format.h>

#include <cmath>

#include "engine/base/quarter_index.h"
#include "viz/figures/ensemble_parts.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {

FigureModel build_defaults(const Ensemble& ensemble, const EnsembleScope& scope) {
    const Courses& courses = scope.courses;
    FigureModel figure = start_figure(ensemble, "defaults", "Runs with a firm in default, " + count_text(ensemble),
                                      "share of runs in which at least one firm is in chapter 11 at the close, or left by it");
    FigurePanel panel = quarter_panel("share", "share of runs", "share");
    Series now{"now", "at this close", MarkShape::bar, 0}, so_far{"so-far", "at this close or one before", MarkShape::line, 1};
    now.is_thin = true;
    std::vector<bool> had_one(ensemble.runs().size(), false);
    for (int t = courses.first_t; t <= courses.last_t(); ++t) {
        std::size_t there = 0, now_one = 0, ever = 0;
        for (std::size_t run = 0; run < had_one.size(); ++run) {
            const double firms = courses.at(t)[run];
            had_one[run] = had_one[run] || firms > 0.0;
            ever += had_one[run] ? 1 : 0;
            there += std::isfinite(firms) ? 1 : 0;
            now_one += firms > 0.0 ? 1 : 0;
        }
        const auto datum = [&](std::size_t some, std::size_t all, const char* when) {
            Datum out{static_cast<double>(t), all == 0 ? kNoValue : static_cast<double>(some) / static_cast<double>(all)};
            out.reason = fmt::format("{} of {} runs {} {}", some, all, when, quarter_name(t));
            return out;
        };
        now.data.push_back(datum(now_one, there, "at the close of"));
        so_far.data.push_back(datum(ever, had_one.size(), "up to"));
    }
    const double last = so_far.data.back().value;
    panel.series.push_back(std::move(now));
    panel.series.push_back(std::move(so_far));
    figure.panels.push_back(std::move(panel));
    figure.findings.push_back(last == 0.0 ? std::string("No firm defaults in any run.") : fmt::format("In {:.0f} % of the runs a firm defaults.", 100.0 * last));
    figure.notes.push_back("A firm that is reorganised is in default until then; one that is liquidated or acquired, to the end of the run.");
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
