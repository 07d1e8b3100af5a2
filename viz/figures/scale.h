// From data to places: axes as straight maps, ticks at round numbers and at quarters.
#pragma once

#include <string>
#include <vector>

#include "viz/figures/figure_model.h"

namespace rackrace {

/// Data from low to high lie between two places.
struct Scale {
    double low = 0.0, high = 1.0;
    double from = 0.0, to = 1.0;
    double at(double value) const { return from + (value - low) / (high - low) * (to - from); }
};

struct Tick {
    double value = 0.0;
    std::string text;  // empty for a tick without words
};

/// Round ticks of an axis from at most `low` to at least `high`, about `count` of them, texts in shown units; whole ones where the axis has
/// no unit and so counts things.
std::vector<Tick> number_ticks(const FigureAxis& axis, double low, double high, int count);

/// Ticks at quarters: years at their first quarter, each quarter by name where there is room. `letters` is the size of a letter in places.
std::vector<Tick> quarter_ticks(double low, double high, double places, double letters);

}  // namespace rackrace
