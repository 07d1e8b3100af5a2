// How much of a figure is shown: of its quarters, and of its values.
#pragma once

#include <string>

#include "viz/window/view_state.h"

namespace rackrace {

/// The quarters that a wheel leaves of `shown`, of which `all` are there: a notch takes away or adds an eighth, at least one, around `anchor`.
QuarterRange wheeled(QuarterRange shown, QuarterRange all, double anchor, double notches);

/// `shown` made `factor` as wide around `anchor`, both shares of the whole axis; all of it at most, a hundredth at least.
ShareRange narrowed(ShareRange shown, double anchor, double factor);

/// Of a panel of a figure; the whole axis where nothing was chosen.
ShareRange shown_values(const ViewState& view, const std::string& figure, const std::string& panel);
void show_values(ViewState& view, const std::string& figure, const std::string& panel, ShareRange part);

}  // namespace rackrace
