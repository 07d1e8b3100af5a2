// A firm's orders in a quarter with what became of them: for `rackrace show`, as lines and as JSON.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "engine/base/result.h"
#include "engine/replay/replay_reader.h"

namespace rackrace {

struct FirmOrders {
    ReplayRows orders, fills, decisions;
};

/// Refused where the replay cannot be read. A firm without orders has none.
Result<FirmOrders> firm_orders(Replay& replay, const std::string& quarter, const std::string& firm);

/// One order of the run, or no row where it has no such order.
Result<FirmOrders> find_order(Replay& replay, const std::vector<RowFilter>& filters);

/// The rows of one author and stage alone: "script", "A".
FirmOrders only(const FirmOrders& all, const std::string& author, const std::string& stage);

/// {"mh":120.5,"grade":"training"} as "mh 120.5, grade training".
std::string arguments_text(const nlohmann::ordered_json& args);

/// A line an order, in the order of placing: number, stage, verb, arguments, script line, outcome; before them the decisions that failed.
std::string orders_text(const FirmOrders& all);

/// What became of an order: "accepted", "got 84 of 120 at 2.41 (F02 partial)", "R05 over_capacity: asked 120, allowed 84", "replaced", "dropped".
std::string outcome_text(const FirmOrders& all, std::size_t order);

/// An array of orders: their rows with the arguments as an object, and under "fill" what the market made of them.
nlohmann::ordered_json orders_json(const FirmOrders& all);

}  // namespace rackrace
