#include "viz/window/pick.h"

#include <algorithm>
#include <cmath>

namespace rackrace {
namespace {

constexpr double kBandHandicap = 1e4;  // pixels by which a band is farther away than it is

MarkBox ordered(Point a, Point b) { return {{std::min(a.x, b.x), std::min(a.y, b.y)}, {std::max(a.x, b.x), std::max(a.y, b.y)}}; }

bool has_extent(MarkShape shape) { return shape == MarkShape::area || shape == MarkShape::bar || shape == MarkShape::band; }

double distance_to(const std::vector<Point>& course, Point place) {
    double nearest = 1e9;
    for (std::size_t i = 1; i < course.size(); ++i) {
        const Point a = course[i - 1], b = course[i];
        const double x = b.x - a.x, y = b.y - a.y, length = x * x + y * y;
        const double share = length > 0.0 ? std::clamp(((place.x - a.x) * x + (place.y - a.y) * y) / length, 0.0, 1.0) : 0.0;
        nearest = std::min(nearest, std::hypot(a.x + share * x - place.x, a.y + share * y - place.y));
    }
    return nearest;
}

}  // namespace

double MarkBox::distance(Point to) const {
    const double x = std::max({corner.x - to.x, 0.0, to.x - opposite.x}), y = std::max({corner.y - to.y, 0.0, to.y - opposite.y});
    return std::hypot(x, y);
}

std::optional<MarkBox> box_of(const PanelLayout& layout, const Series& series, const Datum& datum) {
    const FigurePanel& panel = *layout.panel;
    if (series.shape == MarkShape::post) {
        const double x = layout.key.at(datum.key);
        return std::isfinite(x) ? std::optional<MarkBox>{{{x, layout.top}, {x, layout.bottom}}} : std::nullopt;
    }
    if (!std::isfinite(datum.value)) return std::nullopt;
    if (series.shape == MarkShape::edge) {  // its middle: the rest of its box belongs to others
        const std::vector<Point> course = edge_course(layout, datum);
        const Point middle = course[course.size() / 2];
        return MarkBox{middle, middle};
    }
    if (series.shape == MarkShape::level) {
        const double y = layout.measure.at(datum.value);
        return MarkBox{{layout.left, y}, {layout.right, y}};
    }
    const double from = layout.measure.at(has_extent(series.shape) ? datum.base : datum.value);
    const double to = layout.measure.at(has_extent(series.shape) ? datum.base + datum.value : datum.value);
    double first = layout.key.at(datum.key), last = first;
    const bool has_ends = std::isfinite(datum.key_end) && (series.shape == MarkShape::step || series.shape == MarkShape::bar);
    if (has_ends) last = layout.key.at(datum.key_end);
    if (series.shape == MarkShape::bar && !has_ends) {
        const double half = 0.34 * std::abs(layout.key.at(1.0) - layout.key.at(0.0));
        first -= half;
        last += half;
    }
    return panel.is_horizontal ? ordered({from, first}, {to, last}) : ordered({first, from}, {last, to});
}

std::optional<Picked> pick(const PanelLayout& layout, Point place, double reach) {
    const FigurePanel& panel = *layout.panel;
    const bool is_lane = panel.measure.kind == AxisKind::category;
    const bool is_column = panel.key.kind == AxisKind::quarter && !is_lane;
    const double half = is_column ? 0.5 * (layout.key.at(1.0) - layout.key.at(0.0)) : 0.0;
    std::optional<Picked> best;
    double nearest = 0.0;
    for (const Series& series : panel.series)
        for (const Datum& datum : series.data) {
            auto box = box_of(layout, series, datum);
            if (!box || !is_shown(panel, layout.key, datum)) continue;
            const bool is_straight = series.shape == MarkShape::level || series.shape == MarkShape::post;
            if (is_column && !is_straight) {
                const double x = layout.key.at(datum.key);
                if (std::abs(place.x - x) > half) continue;
                box->corner.x = x - half;
                box->opposite.x = x + half;
            }
            const double away = series.shape == MarkShape::edge ? distance_to(edge_course(layout, datum), place) + 1.0 : box->distance(place);
            const double distance = away + (series.shape == MarkShape::band ? kBandHandicap : 0.0);
            if ((!is_column || is_straight) && distance > reach) continue;
            if (best && distance >= nearest) continue;
            best = Picked{&series, &datum};
            nearest = distance;
        }
    return best;
}

}  // namespace rackrace
