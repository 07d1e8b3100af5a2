// How the runs spread over a key figure in one quarter.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/quarter_index.h"
#include "viz/figures/ensemble_parts.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/scale.h"
#include "viz/figures/statistics.h"

namespace rackrace {
namespace {

constexpr int kFewestBins = 5, kMostBins = 40;
constexpr double kWholeBins = 24.0;  // whole numbers that span no more have a bar each

/// Twice the cube root of the number of values: Rice's rule.
int bins_for(std::size_t values) { return std::clamp(static_cast<int>(std::lround(2.0 * std::cbrt(static_cast<double>(values)))), kFewestBins, kMostBins); }

/// Edges of bins of one round width in the shown unit, rising, around all values; counts have a bin each around the whole number.
std::vector<double> edges_of(const FigureAxis& axis, double low, double high, std::size_t values) {
    std::vector<double> edges;
    if (axis.unit == "count" && high - low <= kWholeBins) {
        for (double edge = low - 0.5; edge < high + 1.0; edge += 1.0) edges.push_back(edge);
        return edges;
    }
    for (const Tick& tick : number_ticks(axis, low, high, bins_for(values))) edges.push_back(tick.value);
    return edges;
}

Series bars_of(const std::vector<double>& values, const std::vector<double>& edges, const FigureAxis& axis, const std::string& where) {
    std::vector<std::size_t> counts(edges.size() - 1, 0);
    for (const double value : values) {
        const auto above = std::upper_bound(edges.begin(), edges.end(), value) - edges.begin();
        ++counts[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(above - 1, 0, static_cast<std::ptrdiff_t>(counts.size()) - 1))];
    }
    Series series{"runs", "runs", MarkShape::bar, 0};
    for (std::size_t i = 0; i < counts.size(); ++i) {
        Datum datum;
        datum.key = edges[i];
        datum.key_end = edges[i + 1];
        datum.value = static_cast<double>(counts[i]);
        datum.reason = fmt::format("{} of {} runs from {} to {} in {}", counts[i], values.size(), shown_text(axis, edges[i]), shown_text(axis, edges[i + 1]), where);
        series.data.push_back(std::move(datum));
    }
    return series;
}

}  // namespace

FigureModel build_histogram(const Ensemble& ensemble, const EnsembleScope& scope) {
    const Courses& courses = scope.courses;
    const std::string quarter = quarter_name(scope.t);
    FigureModel figure = start_figure(ensemble, "histogram", fmt::format("{} in {}, {}", courses.name(), quarter, count_text(ensemble)), courses.meaning);
    figure.is_list = true;
    const std::vector<double> values = values_at(courses, scope.t);
    if (values.empty()) {
        figure.empty_text = fmt::format("No run has {} in {}.", courses.name(), quarter);
        return figure;
    }
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    FigurePanel panel;
    panel.id = "spread";
    panel.title = "height of a bar";
    panel.key = measure_axis(courses.name(), courses.unit, false);
    panel.measure = measure_axis("runs", "runs");
    choose_unit(panel.key, std::max(std::abs(*low), std::abs(*high)));
    const double median = quantiles_of(values, std::vector<double>{0.5}).front();
    panel.series = {bars_of(values, edges_of(panel.key, *low, *high, values.size()), panel.key, quarter)};
    Series post{"median", "median", MarkShape::post, 1};
    Datum datum{median};
    datum.reason = fmt::format("half of {} runs lie below {}", values.size(), shown_text(panel.key, median));
    post.data.push_back(std::move(datum));
    panel.series.push_back(std::move(post));
    figure.findings.push_back(*low == *high ? fmt::format("All runs have {}.", shown_text(panel.key, *low))
                                            : fmt::format("From {} to {}, median {}.", shown_text(panel.key, *low), shown_text(panel.key, *high), shown_text(panel.key, median)));
    figure.panels.push_back(std::move(panel));
    if (values.size() < ensemble.runs().size()) figure.notes.push_back(fmt::format("{} runs have no value in {}.", ensemble.runs().size() - values.size(), quarter));
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
