// Over a batch: where the runs stand with the key figure at the cursor, and how many they are.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "viz/figures/ensemble_parts.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/statistics.h"
#include "viz/window/frame/frame.h"

namespace rackrace {

std::vector<StripNumber> prepare_batch_strip(Session& session) {
    constexpr double kShares[] = {0.025, 0.5, 0.975};
    const Courses& courses = session.courses();
    const std::vector<double> values = values_at(courses, session.view.t);
    FigureAxis axis = measure_axis(courses.name(), courses.unit);
    double largest = 0.0;
    for (const double value : values) largest = std::max(largest, std::abs(value));
    choose_unit(axis, largest);
    const std::vector<double> quantiles = quantiles_of(values, kShares);
    const double mean = values.empty() ? kNoValue : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    std::vector<StripNumber> out;
    const auto add = [&](const char* title, double value) { out.push_back({title, axis.shown_unit, std::isfinite(value) ? short_number(value / axis.shown_scale) : "no value", ""}); };
    add("MEDIAN", quantiles[1]);
    add("MEAN", mean);
    add("2.5 % BELOW", quantiles[0]);
    add("2.5 % ABOVE", quantiles[2]);
    out.push_back({"RUNS", "with a value", short_number(static_cast<double>(values.size())), ""});
    out.push_back({"FAILED", "runs", short_number(static_cast<double>(session.ensemble().failed())), ""});
    return out;
}

}  // namespace rackrace
