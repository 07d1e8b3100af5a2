// The share of runs in which firms are behind with payments, by quarter. Batches hold no insolvencies by quarter; arrears come before them.
#include <fmt/format.h>

#include <cmath>

#include "engine/base/quarter_index.h"
#include "viz/figures/ensemble_parts.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {

FigureModel build_failures(const Ensemble& ensemble, const EnsembleScope& scope) {
    const Courses& courses = scope.courses;
    FigureModel figure = start_figure(ensemble, "failures", "Runs with a firm in arrears, " + count_text(ensemble),
                                      "share of runs in which at least one firm is behind with a payment at the close");
    FigurePanel panel = quarter_panel("share", "share of runs", "share");
    Series now{"now", "at this close", MarkShape::bar, 0}, so_far{"so-far", "at this close or one before", MarkShape::line, 1};
    now.is_thin = true;
    std::vector<bool> was_behind(ensemble.runs().size(), false);
    for (int t = courses.first_t; t <= courses.last_t(); ++t) {
        std::size_t there = 0, behind = 0, ever = 0;
        for (std::size_t run = 0; run < was_behind.size(); ++run) {
            const double firms = courses.at(t)[run];
            was_behind[run] = was_behind[run] || firms > 0.0;
            ever += was_behind[run] ? 1 : 0;
            there += std::isfinite(firms) ? 1 : 0;
            behind += firms > 0.0 ? 1 : 0;
        }
        const auto datum = [&](std::size_t some, std::size_t all, const char* when) {
            Datum out{static_cast<double>(t), all == 0 ? kNoValue : static_cast<double>(some) / static_cast<double>(all)};
            out.reason = fmt::format("{} of {} runs {} {}", some, all, when, quarter_name(t));
            return out;
        };
        now.data.push_back(datum(behind, there, "at the close of"));
        so_far.data.push_back(datum(ever, was_behind.size(), "up to"));
    }
    const double last = so_far.data.back().value;
    panel.series.push_back(std::move(now));
    panel.series.push_back(std::move(so_far));
    figure.panels.push_back(std::move(panel));
    figure.findings.push_back(last == 0.0 ? std::string("No firm is in arrears at any close of any run.") : fmt::format("In {:.0f} % of the runs a firm is in arrears at some close.", 100.0 * last));
    figure.notes.push_back("From key figure firms_in_arrears: firms in arrears or overdue, before chapter 11; firms in chapter 11 or liquidated are not counted.");
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
