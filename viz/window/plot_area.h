// The rectangle of a plot in the window: its axes, what the pointer does over it. The one place that names the plotting library, whose
// signatures change from version to version.
#pragma once

#include <imgui.h>

#include "viz/figures/figure_layout.h"

namespace rackrace {

/// What plots need beside the window library's context; made once after it, gone before it.
class PlotLibrary {
public:
    PlotLibrary();
    ~PlotLibrary();
    PlotLibrary(const PlotLibrary&) = delete;
    PlotLibrary& operator=(const PlotLibrary&) = delete;
};

struct AreaInput {
    bool is_hovered = false;
    double key = 0.0, measure = 0.0;  // under the pointer, in data
};

/// Between them the marks of one panel are drawn. `origin`: where the figure's place 0, 0 is on the screen. False where the plot is out of
/// sight: then there is no end_plot_area.
bool begin_plot_area(const PanelLayout& layout, ImVec2 origin, AreaInput& input);
void end_plot_area(const PanelLayout& layout);

}  // namespace rackrace
