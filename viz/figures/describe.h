// A figure in words: what a person who does not see it should know.
#pragma once

#include <string>

#include "viz/figures/figure_model.h"

namespace rackrace {

/// Title, what each series did, what the builder found, sums and faults, a sentence each, one line.
std::string description_of(const FigureModel& figure);

/// "cash of coreweave at the close of 2028Q2 and what moved it until 2028Q3: 412,000,123 $, the same as in the books."
std::string check_text(const SumCheck& check);

}  // namespace rackrace
