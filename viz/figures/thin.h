// Lines with more points than the plot has columns of pixels, thinned so that they look the same.
#pragma once

#include <vector>

#include "viz/figures/figure_canvas.h"

namespace rackrace {

/// Of the points of each column of pixels the first, the lowest, the highest and the last, in their order; so no peak is lost, as one would be
/// with every n-th point. Points that go right; at most two a column come back as they are.
std::vector<Point> thinned(const std::vector<Point>& points);

}  // namespace rackrace
