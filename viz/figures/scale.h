// From data to places and back: axes as straight maps or of equal ratios, ticks at round numbers and at quarters.
#pragma once

#include <string>
#include <vector>

#include "viz/figures/figure_model.h"

namespace rackrace {

/// The quarters that a figure is narrowed to, both ends shown.
struct QuarterRange {
    int from = 0, to = 0;
};

/// The part of an axis of values that is shown, as shares of the axis that fits all of them.
struct ShareRange {
    double from = 0.0, to = 1.0;
};

/// Data from low to high lie between two places.
struct Scale {
    double low = 0.0, high = 1.0;
    double from = 0.0, to = 1.0;
    bool is_log = false;  // equal ratios are equally far apart; low is above 0, and what is not stays at `from`
    double at(double value) const;
    double back(double place) const;
};

struct Tick {
    double value = 0.0;
    std::string text;  // empty for a tick without words
};

/// Round ticks of an axis from at most `low` to at least `high`, about `count` of them, texts in shown units; whole ones where the axis has
/// no unit and so counts things.
std::vector<Tick> number_ticks(const FigureAxis& axis, double low, double high, int count);

/// Ticks of an axis of equal ratios from at most `low` to at least `high`, both above 0: 1, 2 and 5 of every power of ten, or 1 alone where
/// there are many powers.
std::vector<Tick> ratio_ticks(const FigureAxis& axis, double low, double high, int count);

/// Ticks at quarters: years at their first quarter, each quarter by name where there is room. `letters` is the size of a letter in places.
std::vector<Tick> quarter_ticks(double low, double high, double places, double letters);

}  // namespace rackrace
