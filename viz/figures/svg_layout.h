// Where everything of a figure goes before anything is drawn: lines of text, panels, scales, ticks, labels that do not cover each other.
#pragma once

#include <string>
#include <vector>

#include "viz/figures/figure_model.h"
#include "viz/figures/scale.h"
#include "viz/figures/svg_canvas.h"

namespace rackrace {

struct TextLine {
    Point at;
    std::string text;
};

/// The name of a series beside its last mark, or in the row above the panel.
struct SeriesLabel {
    std::size_t series = 0;
    Point at;             // where the sample of its look starts, at the middle of the text's height
    Point end_of_series;  // where a leader comes from; only beside marks
    bool has_leader = false;
};

struct PanelLayout {
    const FigurePanel* panel = nullptr;
    double left = 0.0, top = 0.0, right = 0.0, bottom = 0.0;  // of the plot itself
    TextLine title;
    Scale key, measure;  // keys run down the page in horizontal panels
    std::vector<Tick> key_ticks, measure_ticks;
    bool names_keys = true;  // false where the panel below shows the same keys
    std::vector<SeriesLabel> labels;
};

struct FigureLayout {
    double height = 0.0;
    std::vector<TextLine> title, subtitle, empty, faults, notes;
    Point banner_corner;
    double banner_height = 0.0;  // 0 without faults
    std::vector<PanelLayout> panels;
};

FigureLayout prepare_figure(const FigureModel& figure, const SvgStyle& style, const std::vector<std::string>& notes);

/// Length of the sample of a look before a label, in sizes of letters.
inline constexpr double kSampleLength = 1.7;

}  // namespace rackrace
