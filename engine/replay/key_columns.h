// The figures that stand for a whole run where its tables would be too many: of the market, as `run --json` prints them for the first and the
// last quarter, and of each firm. Batches record both each quarter. The names are columns of tables `quarters` and `firms`, which say unit and meaning.
#pragma once

#include <vector>

#include "engine/replay/table.h"

namespace rackrace {

const std::vector<Column>& key_market_figures();  // rows of table quarters
const std::vector<Column>& key_firm_figures();    // rows of table firms: Row::i is the firm

/// A cell as a number; not a number where it is empty.
double cell_number(const Cell& cell);

}  // namespace rackrace
