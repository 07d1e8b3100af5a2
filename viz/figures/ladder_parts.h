// What the ladders of a firm share: money by the quarter ahead, a bar a name.
#pragma once

#include <string>

#include "viz/figures/figure_model.h"

namespace rackrace {

/// Adds money of quarter `due` to the bar of a series: its reason is one more, its address that of the first.
void add_rung(Series& series, int due, double usd, const std::string& reason, const std::string& address);

/// The bars of every series by their quarter, stacked.
void finish_rungs(FigurePanel& panel);

}  // namespace rackrace
