// A figure as CSV, as JSON, and as a table for a terminal: the same data as are drawn, in full precision.
#pragma once

#include <string>

#include "viz/figures/figure_model.h"

namespace rackrace {

/// Its table, units in the heads: "spot T ($/h)". A first line that starts with # says where it comes from, where `has_footer`.
std::string figure_csv(const FigureModel& figure, bool has_footer);

/// Schema rackrace.figure/1: everything of the figure; values that are not there are null.
std::string figure_json(const FigureModel& figure);

/// Columns side by side; long texts are cut.
std::string figure_table_text(const FigureModel& figure);

}  // namespace rackrace
