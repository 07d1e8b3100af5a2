// Which mark of a panel a pointer means, and where that mark is.
#pragma once

#include <optional>

#include "viz/figures/figure_layout.h"

namespace rackrace {

/// Corners of the smallest rectangle around a mark; both the same for a point.
struct MarkBox {
    Point corner, opposite;
    double distance(Point to) const;  // 0 inside
};

/// Nothing for a mark without a value.
std::optional<MarkBox> box_of(const PanelLayout& layout, const Series& series, const Datum& datum);

struct Picked {
    const Series* series = nullptr;
    const Datum* datum = nullptr;
};

/// The mark nearest to a place in the plot. Over quarters a mark counts for the whole width of its quarter and at any height, in lanes and
/// elsewhere only as far as `reach`. A band is meant only where nothing else is.
std::optional<Picked> pick(const PanelLayout& layout, Point place, double reach);

}  // namespace rackrace
