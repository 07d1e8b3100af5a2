// What a plot says under the pointer: the readings of a quarter beside each other, or of one mark, with its reason and its address.
#pragma once

#include "viz/figures/figure_model.h"
#include "viz/window/look.h"
#include "viz/window/pick.h"

namespace rackrace {

struct PlotReading {
    std::string title;  // "2028Q3", or the mark's own line
    struct Line {
        int look = 0;
        std::string name, value;
        bool is_picked = false;
    };
    std::vector<Line> lines;  // of all series that have something at the key of the mark
    std::string reason, address;
};

PlotReading prepare_reading(const FigurePanel& panel, const Picked& picked);

/// As a tooltip beside the pointer.
void draw_reading(const FigurePanel& panel, const Picked& picked, const WindowLook& look);

}  // namespace rackrace
