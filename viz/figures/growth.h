// A figure over time as growth: every value in per cent of the quarter before.
#pragma once

#include "viz/figures/figure_model.h"

namespace rackrace {

/// Whether a panel has numbers over quarters that stand by themselves: stacks and shares do not.
bool can_be_growth(const FigurePanel& panel);

/// The same figure with the panels that can be growth as growth, the others as they are; unchanged where none can. No growth where one of the two
/// quarters has no value, or the one before is not above zero. Ranges are left out.
FigureModel growth_of(FigureModel figure);

}  // namespace rackrace
