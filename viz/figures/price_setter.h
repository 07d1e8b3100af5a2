// Whose order set the price of an auction: the order that its explanation (why.h) names behind the price, or who did where none of a firm did.
#pragma once

#include <string>

#include "engine/base/result.h"
#include "viz/figures/replay_store.h"

namespace rackrace {

struct PriceSetter {
    std::string words;         // "Set the price", "One of the two orders that the price lies between", "The outside's ask at 1.346 $/h set the price"
    std::string address = {};  // of the firm's order; empty where no firm's order did
};

/// market: a product, a region, spot-t or spot-i. Both empty where no auction was held, or where its orders are not recorded.
/// Refused: a table that it reads and that was altered.
Result<PriceSetter> price_setter(const ReplayStore& store, int t, const std::string& market);

}  // namespace rackrace
