// A key figure of all runs over time: bands between pointwise quantiles, the median, the mean, and a few runs as threads.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "engine/base/number_text.h"
#include "engine/base/quarter_index.h"
#include "viz/figures/ensemble_parts.h"
#include "viz/figures/fan_threads.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/statistics.h"

namespace rackrace {
namespace {

constexpr double kShares[] = {0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};
constexpr std::size_t kMedian = 3;
constexpr int kBands[] = {95, 80, 50};  // per cent, from share i to the i-th from the end
constexpr std::size_t kLooksForThreads = kLooks;

/// What a fan draws at one quarter.
struct Slice {
    int t = 0;
    std::size_t runs = 0;  // that have a value
    std::vector<double> quantiles;
    double mean = kNoValue;
};

std::vector<Slice> slices_of(const Courses& courses) {
    std::vector<Slice> out;
    for (int t = courses.first_t; t <= courses.last_t(); ++t) {
        std::vector<double> values = values_at(courses, t);
        Slice slice{t, values.size(), {}, kNoValue};
        if (slice.runs >= kFewestForBands) {
            slice.mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(slice.runs);
            slice.quantiles = quantiles_of(std::move(values), kShares);
        }
        out.push_back(std::move(slice));
    }
    return out;
}

Series band_of(const std::vector<Slice>& slices, std::size_t index) {
    Series series{fmt::format("band{}", kBands[index]), fmt::format("{} % of runs", kBands[index]), MarkShape::band, 0};
    for (const Slice& slice : slices) {
        Datum datum{static_cast<double>(slice.t)};
        if (!slice.quantiles.empty()) {
            datum.base = slice.quantiles[index];
            datum.value = slice.quantiles[std::size(kShares) - 1 - index] - datum.base;
            datum.reason = fmt::format("{} % of {} runs lie here, {} % below", kBands[index], slice.runs, number_text(0.5 * (100 - kBands[index])));
        }
        series.data.push_back(std::move(datum));
    }
    return series;
}

Series line_of(const std::vector<Slice>& slices, bool is_median) {
    Series series{is_median ? "median" : "mean", is_median ? "median" : "mean", MarkShape::line, is_median ? 0 : 1};
    series.is_thin = !is_median;
    for (const Slice& slice : slices) {
        Datum datum{static_cast<double>(slice.t)};
        if (!slice.quantiles.empty()) {
            datum.value = is_median ? slice.quantiles[kMedian] : slice.mean;
            datum.reason = is_median ? fmt::format("half of {} runs lie below", slice.runs) : fmt::format("mean of {} runs", slice.runs);
        }
        series.data.push_back(std::move(datum));
    }
    return series;
}

void add_findings(const Courses& courses, const std::vector<Slice>& slices, FigureModel& figure) {
    const auto last = std::find_if(slices.rbegin(), slices.rend(), [](const Slice& slice) { return !slice.quantiles.empty(); });
    const FigureAxis& axis = figure.panels.front().measure;
    const auto between = [&](std::size_t index) {
        return fmt::format("{} and {}", short_number(last->quantiles[index] / axis.shown_scale), shown_text(axis, last->quantiles[std::size(kShares) - 1 - index]));
    };
    figure.findings.push_back(fmt::format("In {} half of {} runs have {} between {}, 95 % between {}.", quarter_name(last->t), last->runs, courses.name(), between(2), between(0)));
}

}  // namespace

FigureModel build_fan(const Ensemble& ensemble, const EnsembleScope& scope) {
    const Courses& courses = scope.courses;
    FigureModel figure = start_figure(ensemble, "fan", fmt::format("{}, {}", courses.name(), count_text(ensemble)), courses.meaning);
    const std::vector<Slice> slices = slices_of(courses);
    const bool has_bands = std::any_of(slices.begin(), slices.end(), [](const Slice& slice) { return !slice.quantiles.empty(); });
    FigurePanel panel = quarter_panel("fan", has_bands ? "pointwise quantiles, not a path" : "each run", courses.unit, false);
    if (has_bands) {
        for (std::size_t i = 0; i < std::size(kBands); ++i) panel.series.push_back(band_of(slices, i));
        int look = 2;
        for (const std::size_t run : sample_runs(courses)) panel.series.push_back(thread_of(ensemble, courses, run, look++));
        panel.series.push_back(line_of(slices, false));
        panel.series.push_back(line_of(slices, true));
        figure.notes.push_back("Bands are the quantiles of each quarter by itself, between the two nearest runs where none lies there: no run needs to stay inside.");
        figure.notes.push_back(kSampleNote);
    } else {
        for (std::size_t run = 0; run < ensemble.runs().size(); ++run)
            panel.series.push_back(thread_of(ensemble, courses, run, ensemble.runs().size() <= kLooksForThreads ? static_cast<int>(run) : kRestLook));
        figure.notes.push_back(fmt::format("Fewer than {} runs: each is drawn, without bands.", kFewestForBands));
    }
    const bool is_full = std::all_of(slices.begin(), slices.end(), [&](const Slice& slice) { return slice.runs == ensemble.runs().size(); });
    if (!is_full) figure.notes.push_back("Not every run has a value in every quarter: each quarter counts those that have one.");
    figure.panels.push_back(std::move(panel));
    figure = finish_figure(std::move(figure));
    if (has_bands) add_findings(courses, slices, figure);
    return figure;
}

}  // namespace rackrace
