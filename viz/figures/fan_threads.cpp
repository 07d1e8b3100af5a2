#include "viz/figures/fan_threads.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/figures/ensemble_parts.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

constexpr double kThreadShares[] = {0.1, 0.5, 0.9};  // of the runs, by their last value
constexpr int kFirstThreadLook = 2;                  // after median and mean
constexpr const char* kKeptNote = "Threads are the runs that were kept.";

/// The thread of a run, which is drawn from now on where it was not: under the mean and the median.
Series& drawn_thread(std::vector<Series>& drawn, Series thread) {
    const auto known = std::find_if(drawn.begin(), drawn.end(), [&](const Series& one) { return one.id == thread.id; });
    if (known != drawn.end()) return *known;
    const auto over = std::find_if(drawn.begin(), drawn.end(), [](const Series& one) { return one.id == "mean"; });
    return *drawn.insert(over, std::move(thread));
}

}  // namespace

Series thread_of(const Ensemble& ensemble, const Courses& courses, std::size_t run, int look) {
    const std::string name = fmt::format("run {}", ensemble.runs()[run].number);
    Series series{id_of(name), name, MarkShape::line, look};
    series.is_thin = true;
    series.is_named = look != kRestLook;
    const std::string reason = ensemble.run_text(run) + ", alone: " + ensemble.settings_of(run).command();
    const std::string path = fmt::format("run={}", ensemble.runs()[run].number);
    for (int t = courses.first_t; t <= courses.last_t(); ++t) {
        Datum datum{static_cast<double>(t), courses.at(t)[run]};
        datum.reason = reason;
        datum.address = ensemble.address(t, path);
        series.data.push_back(std::move(datum));
    }
    return series;
}

std::vector<std::size_t> sample_runs(const Courses& courses) {
    int t = courses.last_t();
    while (t >= courses.first_t && values_at(courses, t).size() < kFewestForBands) --t;
    if (t < courses.first_t) return {};
    const std::vector<double>& values = courses.at(t);
    std::vector<std::size_t> order;
    for (std::size_t run = 0; run < values.size(); ++run)
        if (std::isfinite(values[run])) order.push_back(run);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<std::size_t> out;
    for (const double share : kThreadShares) out.push_back(order[static_cast<std::size_t>(std::lround(share * static_cast<double>(order.size() - 1)))]);
    return out;
}

FigureModel with_threads(FigureModel fan, const Ensemble& ensemble, const Courses& courses, const FanThreads& threads) {
    if (fan.panels.empty()) return fan;
    std::vector<Series>& drawn = fan.panels.front().series;
    const bool has_bands = std::any_of(drawn.begin(), drawn.end(), [](const Series& one) { return one.shape == MarkShape::band; });
    if (has_bands && !threads.kept.empty()) {
        std::erase_if(drawn, [](const Series& one) { return one.id.starts_with("run-"); });
        std::replace(fan.notes.begin(), fan.notes.end(), std::string(kSampleNote), std::string(kKeptNote));
    }
    const auto named = [&](std::size_t run) -> Series& {
        Series& series = drawn_thread(drawn, thread_of(ensemble, courses, run, kRestLook));
        series.is_named = true;
        return series;
    };
    int look = kFirstThreadLook;
    for (const std::size_t run : threads.kept)
        if (Series& series = named(run); series.look == kRestLook) series.look = look++;
    if (threads.picked) {
        named(*threads.picked);
        fan.notes.push_back(fmt::format("Run {} is drawn because it was picked.", ensemble.runs()[*threads.picked].number));
    }
    if (threads.hovered) {
        Series& series = named(*threads.hovered);
        series.is_thin = false;
        if (threads.hovered != threads.picked) series.name += " (hover)";  // a pinned one may be both
    }
    std::erase_if(drawn, [&](const Series& one) { return threads.hidden.contains(one.id); });
    return finish_figure(std::move(fan));
}

}  // namespace rackrace
