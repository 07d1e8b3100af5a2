#include "viz/figures/growth.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace rackrace {
namespace {

/// From one quarter to the next; empty steps between them are not jumped over.
void grow(Series& series, const FigureAxis& measure) {
    std::map<double, double> levels;
    for (const Datum& datum : series.data) levels[datum.key] = datum.value;
    for (Datum& datum : series.data) {
        const auto before = levels.find(datum.key - 1.0);
        const double level = datum.value;
        datum.value = kNoValue;
        if (before == levels.end() || !(before->second > 0.0) || !std::isfinite(level)) continue;
        datum.value = 100.0 * (level / before->second - 1.0);
        datum.base = 0.0;
        datum.reason = fmt::format("{} after {}{}{}", shown_text(measure, level), shown_text(measure, before->second),
                                   datum.reason.empty() ? "" : "; ", datum.reason);
        if (!datum.label.empty()) datum.label = fmt::format("{:+.1f}", datum.value);
    }
}

}  // namespace

bool can_be_growth(const FigurePanel& panel) {
    if (panel.key.kind != AxisKind::quarter || panel.measure.kind != AxisKind::number || panel.is_horizontal || panel.measure.unit == "share")
        return false;
    const auto bars = std::count_if(panel.series.begin(), panel.series.end(), [](const Series& series) { return series.shape == MarkShape::bar; });
    const bool stands_alone = std::all_of(panel.series.begin(), panel.series.end(), [](const Series& series) {
        return series.shape == MarkShape::line || series.shape == MarkShape::step || series.shape == MarkShape::bar ||
               series.shape == MarkShape::band;
    });
    return stands_alone && bars <= 1;
}

FigureModel growth_of(FigureModel figure) {
    for (FigurePanel& panel : figure.panels) {
        if (!can_be_growth(panel)) continue;
        figure.is_growth = true;
        std::erase_if(panel.series, [](const Series& series) { return series.shape == MarkShape::band; });
        const FigureAxis levels = panel.measure;
        for (Series& series : panel.series) grow(series, levels);
        panel.measure.unit = panel.measure.shown_unit = "% on the quarter before";
        panel.measure.shown_scale = 1.0;
        panel.measure.starts_at_zero = true;
    }
    if (!figure.is_growth) return figure;
    figure.id += "-growth";
    figure.title += ", growth";
    figure.notes.push_back("Growth: per cent of the quarter before; a gap where a quarter has no value, or the one before is not above zero.");
    return figure;
}

}  // namespace rackrace
