// A batch as one HTML page that needs nothing else: what was swept, what is missing, every figure of batches with its words and table.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"
#include "viz/figures/ensemble.h"
#include "viz/figures/figure_model.h"

namespace rackrace {

/// A table of the page that its caller reckoned: cells are texts.
struct PageTable {
    std::string heading, words;
    FigureTable table;             // without rows the words stand alone
    std::size_t word_columns = 1;  // at the left
};

/// `tables` stand between what was swept and the figures. Refused where a figure of the page is.
Result<std::string> batch_page(Ensemble& ensemble, const std::vector<PageTable>& tables);

}  // namespace rackrace
