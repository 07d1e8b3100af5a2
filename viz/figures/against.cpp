#include "viz/figures/against.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

constexpr std::string_view kAgainst = "-against";

bool is_line(const Series& series) { return series.shape == MarkShape::line || series.shape == MarkShape::step || series.shape == MarkShape::bar; }

const Series* find_series(const FigurePanel& panel, const std::string& id) {
    const auto at = std::find_if(panel.series.begin(), panel.series.end(), [&](const Series& series) { return series.id == id; });
    return at == panel.series.end() ? nullptr : &*at;
}

const FigurePanel* find_panel(const FigureModel& figure, const std::string& id) {
    const auto at = std::find_if(figure.panels.begin(), figure.panels.end(), [&](const FigurePanel& panel) { return panel.id == id; });
    return at == figure.panels.end() ? nullptr : &*at;
}

/// Both runs' lines in one panel. Bars become steps, which two runs can share.
FigurePanel overlaid(const FigurePanel& first, const FigurePanel& second) {
    FigurePanel out = first;
    out.names_series = true;
    out.series.clear();
    const auto take = [&](const FigurePanel& panel, bool is_first) {
        for (const Series& series : panel.series) {
            if (!is_line(series)) continue;
            Series& taken = out.series.emplace_back(series);
            if (taken.shape == MarkShape::bar) taken.shape = MarkShape::step;
            taken.is_thin = !is_first;
            if (is_first) continue;
            taken.id += "-second";
            taken.name += ", second";
        }
    };
    take(first, true);
    take(second, false);
    return out;
}

/// Second less first in the quarters where both have a value.
Series difference_of(const Series& first, const Series& second, const FigureAxis& measure) {
    std::map<double, double> before;
    for (const Datum& datum : first.data) before[datum.key] = datum.value;
    Series out{first.id + "-difference", first.name, first.shape, first.look};
    for (const Datum& datum : second.data) {
        const auto at = before.find(datum.key);
        if (at == before.end()) continue;
        const double value = datum.value - at->second;
        const bool has_value = std::isfinite(value);
        out.data.push_back({datum.key, has_value ? value : kNoValue, 0.0, kNoValue, kNoValue, "",
                            has_value ? fmt::format("{} less {}", shown_text(measure, datum.value), shown_text(measure, at->second)) : "", datum.address});
    }
    return out;
}

FigurePanel difference_panel(const FigurePanel& first, const FigurePanel& second, double height_share) {
    FigurePanel out = quarter_panel(first.id + "-difference", first.title + ": second less first", first.measure.unit);
    out.height_share = height_share;
    for (const Series& series : first.series)
        if (const Series* other = find_series(second, series.id); other != nullptr && is_line(series)) out.series.push_back(difference_of(series, *other, first.measure));
    if (out.series.size() == 1) out.series.front().shape = MarkShape::bar;
    else
        for (Series& series : out.series)
            if (series.shape == MarkShape::bar) series.shape = MarkShape::step;
    out.names_series = out.series.size() > 1;
    return out;
}

/// Both panels under the names of their runs. What bounds their values may differ.
void put_side_by_side(const FigureModel& first, const FigurePanel& panel, const FigureModel& second, const FigurePanel& other, FigureModel& out) {
    for (const auto& [figure, one, suffix] : {std::tuple{&first, &panel, ""}, {&second, &other, "-second"}}) {
        FigurePanel& put = out.panels.emplace_back(*one);
        put.id += suffix;
        put.title = figure->from.run + (one->title.empty() ? "" : ": " + one->title);
        for (Series& series : put.series) series.id += suffix;
    }
}

/// Lanes of marks over quarters, as of events.
bool has_lanes(const FigurePanel& panel) { return panel.key.kind == AxisKind::quarter && panel.measure.kind == AxisKind::category && !panel.is_horizontal; }

/// Both runs' lanes, the first run's before the second's: the same lanes in the same order, empty ones where only the other run has marks.
void put_in_turn(const FigureModel& first, const FigurePanel& panel, const FigureModel& second, const FigurePanel& other, FigureModel& out) {
    std::vector<std::string> lanes = panel.measure.categories;
    auto after = lanes.begin();  // where a lane that only the second run has comes in: behind the one before it there
    for (const std::string& lane : other.measure.categories) {
        const auto known = std::find(lanes.begin(), lanes.end(), lane);
        after = (known != lanes.end() ? known : lanes.insert(after, lane)) + 1;
    }
    put_side_by_side(first, panel, second, other, out);
    for (auto put = out.panels.end() - 2; put != out.panels.end(); ++put) {
        for (Series& series : put->series)
            for (Datum& datum : series.data) {
                const std::string& lane = put->measure.categories[static_cast<std::size_t>(datum.value)];
                datum.value = static_cast<double>(std::find(lanes.begin(), lanes.end(), lane) - lanes.begin());
            }
        put->measure.categories = lanes;
    }
}

}  // namespace

std::string one_run_name(std::string_view name) { return std::string(name.ends_with(kAgainst) ? name.substr(0, name.size() - kAgainst.size()) : name); }

bool can_be_compared(const FigurePanel& panel) {
    if (panel.key.kind != AxisKind::quarter || panel.measure.kind != AxisKind::number || panel.is_horizontal) return false;
    const auto count = [&](MarkShape shape) { return std::count_if(panel.series.begin(), panel.series.end(), [&](const Series& series) { return series.shape == shape; }); };
    const bool has_lines = std::any_of(panel.series.begin(), panel.series.end(), is_line);
    return has_lines && count(MarkShape::area) == 0 && count(MarkShape::mark) == 0 && count(MarkShape::edge) == 0 && count(MarkShape::bar) <= 1;
}

FigureModel against(const FigureModel& first, const FigureModel& second, const std::string& parting, Against mode) {
    FigureModel out;
    out.id = first.id + std::string(kAgainst);
    out.title = first.title + ", two runs";
    out.subtitle = parting.empty() ? "the same in every quarter and state" : parting;
    out.from = first.from;
    out.from.run += " and " + second.from.run;
    if (second.from.hash != first.from.hash) out.from.hash += " and " + second.from.hash;
    out.cursor_t = first.cursor_t;
    for (const FigurePanel& panel : first.panels) {
        const FigurePanel* other = find_panel(second, panel.id);
        if (other != nullptr && mode == Against::side) put_side_by_side(first, panel, second, *other, out);
        else if (other != nullptr && has_lanes(panel) && has_lanes(*other)) put_in_turn(first, panel, second, *other, out);
        if (other == nullptr || mode == Against::side || !can_be_compared(panel) || !can_be_compared(*other)) continue;
        if (mode == Against::overlay) out.panels.push_back(overlaid(panel, *other));
        out.panels.push_back(difference_panel(panel, *other, mode == Against::overlay ? 0.5 * panel.height_share : panel.height_share));
    }
    if (out.panels.empty()) {
        out.empty_text = "This figure is of one run: it has no lines over quarters that two could share, and no lanes. Side by side shows both.";
        return out;
    }
    out.is_list = first.is_list;
    out.columns = mode == Against::side ? 2 : 1;
    if (out.is_list) return finish_figure(std::move(out));
    if (mode == Against::side) {
        out.notes.push_back("Left: " + first.from.run + ". Right: " + second.from.run + ". Each has a scale of its own.");
    } else if (mode == Against::overlay) out.notes.push_back("Thick: " + first.from.run + ". Thin, second: " + second.from.run + ".");
    else out.notes.push_back("First: " + first.from.run + ". Second: " + second.from.run + ".");
    return finish_figure(std::move(out));
}

}  // namespace rackrace
