// What the window's drawing library has not: dashed lines and hatched surfaces, as plain pieces of line.
#pragma once

#include <utility>
#include <vector>

#include "viz/figures/figure_canvas.h"
#include "viz/figures/theme.h"

namespace rackrace {

/// The dashes of a line, each with the corners it goes around. `lengths`: of dashes and gaps by turns, in pixels; empty for the whole line.
std::vector<std::vector<Point>> dashes(const std::vector<Point>& points, const std::vector<double>& lengths);

using Stroke = std::pair<Point, Point>;

/// The strokes of a hatch inside the surface between two lines over the same places, which go right. They lie on a grid of `size` pixels that
/// is the same for all surfaces, so neighbours of one look join; a dot is a stroke without length.
std::vector<Stroke> hatch_strokes(Hatch hatch, const std::vector<Point>& top, const std::vector<Point>& bottom, double size);

}  // namespace rackrace
