// Draws a figure in the window, with the same layout and the same marks as its SVG, and says what a person did to it. It adds nothing to the
// figure but what follows the pointer: readings, brackets.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "viz/figures/figure_model.h"
#include "viz/figures/theme.h"
#include "viz/window/look.h"
#include "viz/window/view_state.h"

namespace rackrace {

struct PlotStyle {
    WindowLook look;
    std::optional<QuarterRange> shown_quarters;
    std::map<std::string, ShareRange> values;  // by panel, the part of its values that is shown; all where there is none
    bool is_over_time = true;                  // quarters are those of the run: they can be zoomed, and a double click goes there
    bool is_log = false;                       // prices on axes of equal ratios
    bool has_heads = false;                    // title and subtitle above the panels, where nothing around the figure shows them
    bool has_notes = false;                    // how to read it and the sums that hold, under the panels
    const FigureModel* ghost = nullptr;        // drawn dimmed behind; nullptr for none
    std::string pinned;                        // address of the mark that stays bracketed; empty for none
};

/// What a person did to the plot in this frame.
struct PlotHit {
    std::optional<std::pair<double, double>> at;               // key and measure under the pointer, where it is over a plot
    const Datum* hovered = nullptr;                            // under the pointer
    bool is_clicked = false;                                   // left button, anywhere over a plot, without a drag, once
    const Datum* clicked = nullptr;                            // what was there, to be pinned
    const Datum* asked_why = nullptr;                          // right click
    std::optional<int> quarter;                                // double click on a quarter: go there
    std::optional<QuarterRange> zoomed;                        // wheel or drag over the plot: the quarters now shown
    std::optional<std::pair<std::string, ShareRange>> values;  // Shift and wheel: a panel, and the part of its values now shown
    bool was_reset = false;                                    // wheel out to the whole run, or a double click under a plot: all quarters again
};

/// Fills the room that is left in the current window with the figure's panels, each with title, axes with units, direct labels at the ends
/// of series, the quarter under the cursor; or its empty text, or its banner of faults above it. What needs more room than there is scrolls.
PlotHit draw_figure(const FigureModel& figure, const PlotStyle& style);

}  // namespace rackrace
