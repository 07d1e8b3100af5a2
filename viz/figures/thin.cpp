#include "viz/figures/thin.h"

#include <algorithm>
#include <cmath>

namespace rackrace {
namespace {

/// Adds what represents points[first..end) of one column.
void add_column(const std::vector<Point>& points, std::size_t first, std::size_t end, std::vector<Point>& out) {
    std::size_t kept[4] = {first, first, first, end - 1};
    for (std::size_t i = first; i < end; ++i) {
        if (points[i].y < points[kept[1]].y) kept[1] = i;
        if (points[i].y > points[kept[2]].y) kept[2] = i;
    }
    std::sort(std::begin(kept), std::end(kept));
    for (std::size_t i = 0; i < 4; ++i)
        if (i == 0 || kept[i] != kept[i - 1]) out.push_back(points[kept[i]]);
}

}  // namespace

std::vector<Point> thinned(const std::vector<Point>& points) {
    if (points.size() < 3 || static_cast<double>(points.size()) <= 2.0 * (points.back().x - points.front().x + 1.0)) return points;
    std::vector<Point> out;
    for (std::size_t first = 0; first < points.size();) {
        std::size_t end = first + 1;
        while (end < points.size() && std::floor(points[end].x) == std::floor(points[first].x)) ++end;
        add_column(points, first, end, out);
        first = end;
    }
    return out;
}

}  // namespace rackrace
