#include "viz/window/strokes.h"

#include <algorithm>
#include <cmath>

namespace rackrace {
namespace {

Point between(Point a, Point b, double share) { return {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)}; }

/// The surface at x; nothing outside of it.
struct Extent {
    double top = 0.0, bottom = 0.0;
    bool is_known = false;
};

Extent extent_at(const std::vector<Point>& top, const std::vector<Point>& bottom, double x) {
    for (std::size_t i = 1; i < top.size(); ++i) {
        if (x < top[i - 1].x || x > top[i].x || top[i].x <= top[i - 1].x) continue;
        const double share = (x - top[i - 1].x) / (top[i].x - top[i - 1].x);
        const double a = between(top[i - 1], top[i], share).y, b = between(bottom[i - 1], bottom[i], share).y;
        return {std::min(a, b), std::max(a, b), true};
    }
    return {};
}

/// The part of y = from + slope * x that is inside one piece of the surface; false where there is none.
bool cut(const Point (&top)[2], const Point (&bottom)[2], double from, double slope, double& low, double& high) {
    low = top[0].x;
    high = top[1].x;
    const auto keep = [&](double before, double after) {  // where a straight difference is not below zero
        if (before < 0.0 && after < 0.0) return false;
        const double zero = top[0].x + (top[1].x - top[0].x) * before / (before - after);
        if (before < 0.0) low = std::max(low, zero);
        if (after < 0.0) high = std::min(high, zero);
        return low < high;
    };
    const double y[2] = {from + slope * top[0].x, from + slope * top[1].x};
    return keep(y[0] - top[0].y, y[1] - top[1].y) && keep(bottom[0].y - y[0], bottom[1].y - y[1]);
}

/// All of the surface that y = from + slope * x crosses, pieces that touch joined.
void add_sloping(const std::vector<Point>& top, const std::vector<Point>& bottom, double from, double slope, std::vector<Stroke>& out) {
    double last_high = -1e300;
    for (std::size_t i = 1; i < top.size(); ++i) {
        double low = 0.0, high = 0.0;
        if (!cut({top[i - 1], top[i]}, {bottom[i - 1], bottom[i]}, from, slope, low, high)) continue;
        const Point end{high, from + slope * high};
        if (low - last_high < 1e-6) out.back().second = end;
        else out.push_back({{low, from + slope * low}, end});
        last_high = high;
    }
}

struct Box {
    double left = 1e300, top = 1e300, right = -1e300, bottom = -1e300;
};

Box box_of(const std::vector<Point>& top, const std::vector<Point>& bottom) {
    Box box;
    for (const std::vector<Point>* line : {&top, &bottom})
        for (const Point& point : *line)
            box = {std::min(box.left, point.x), std::min(box.top, point.y), std::max(box.right, point.x), std::max(box.bottom, point.y)};
    return box;
}

double first_of(double low, double size, double offset) { return std::ceil((low - offset) / size) * size + offset; }

void add_level(const std::vector<Point>& top, const std::vector<Point>& bottom, const Box& box, double size, std::vector<Stroke>& out) {
    for (double y = first_of(box.top, size, 0.5 * size); y < box.bottom; y += size) add_sloping(top, bottom, y, 0.0, out);
}

void add_upright(const std::vector<Point>& top, const std::vector<Point>& bottom, const Box& box, double size, std::vector<Stroke>& out) {
    for (double x = first_of(box.left, size, 0.5 * size); x < box.right; x += size)
        if (const Extent extent = extent_at(top, bottom, x); extent.is_known && extent.bottom > extent.top)
            out.push_back({{x, extent.top}, {x, extent.bottom}});
}

void add_dots(const std::vector<Point>& top, const std::vector<Point>& bottom, const Box& box, double size, std::vector<Stroke>& out) {
    for (double x = first_of(box.left, size, 0.5 * size); x < box.right; x += size) {
        const Extent extent = extent_at(top, bottom, x);
        if (!extent.is_known) continue;
        for (double y = first_of(extent.top, size, 0.5 * size); y < extent.bottom; y += size) out.push_back({{x, y}, {x, y}});
    }
}

}  // namespace

std::vector<std::vector<Point>> dashes(const std::vector<Point>& points, const std::vector<double>& lengths) {
    if (lengths.empty() || points.size() < 2) return {points};
    std::vector<std::vector<Point>> out = {{points.front()}};
    std::size_t part = 0;
    double left = lengths.front();
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Point a = points[i - 1], b = points[i];
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        double done = 0.0;
        while (length - done > left) {
            done += left;
            const Point at = between(a, b, done / length);
            if (part % 2 == 0) out.back().push_back(at);
            else out.push_back({at});
            part = (part + 1) % lengths.size();
            left = lengths[part];
        }
        left -= length - done;
        if (part % 2 == 0) out.back().push_back(b);
    }
    if (out.back().size() < 2) out.pop_back();
    return out;
}

std::vector<Stroke> hatch_strokes(Hatch hatch, const std::vector<Point>& top, const std::vector<Point>& bottom, double size) {
    std::vector<Stroke> out;
    const Box box = box_of(top, bottom);
    if (hatch == Hatch::level || hatch == Hatch::grid) add_level(top, bottom, box, size, out);
    if (hatch == Hatch::upright || hatch == Hatch::grid) add_upright(top, bottom, box, size, out);
    if (hatch == Hatch::dots) add_dots(top, bottom, box, size, out);
    if (hatch == Hatch::rising)  // y + x is the same along a line
        for (double sum = first_of(box.left + box.top, size, 0.0); sum < box.right + box.bottom; sum += size)
            add_sloping(top, bottom, sum, -1.0, out);
    if (hatch == Hatch::falling)
        for (double gap = first_of(box.top - box.right, size, 0.0); gap < box.bottom - box.left; gap += size) add_sloping(top, bottom, gap, 1.0, out);
    return out;
}

}  // namespace rackrace
