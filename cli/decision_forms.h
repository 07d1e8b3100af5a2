// A decision that was made again, for `rackrace debug`: as text for the author of the script, and as JSON.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "agents/replay/order_difference.h"
#include "agents/replay/traced_decision.h"
#include "cli/firm_orders.h"

namespace rackrace {

/// What it read, did line by line, ordered, kept in memory and showed. recorded: rows of this decision alone, for what markets made of its orders;
/// nullptr where they are not its.
std::string decision_text(const TracedDecision& decision, const Names& names, const FirmOrders* recorded);
nlohmann::ordered_json decision_json(const TracedDecision& decision, const Names& names, const FirmOrders* recorded);

/// A table: verb, argument, recorded, new; "the same orders" where there is none.
std::string differences_text(const std::vector<OrderChange>& differences);
nlohmann::ordered_json differences_json(const std::vector<OrderChange>& differences);

}  // namespace rackrace
