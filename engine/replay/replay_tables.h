// All tables of a replay, in the order in which they are written and documented.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/replay/table.h"

namespace rackrace {

inline constexpr std::int64_t kReplayApplicationId = 0x52524143;  // "RRAC", in the header of the file
inline constexpr std::int64_t kReplayVersion = 7;                 // user_version: raised when a table or column is added, renamed, removed or redefined

const std::vector<Table>& replay_tables();
const Table* find_table(std::string_view name);

/// CREATE TABLE statement of a table.
std::string create_statement(const Table& table);

/// Column `args` of table orders: a JSON object of the verb's arguments.
std::string order_arguments(const Names& names, const PlacedOrder& order);

// The parts of the list, by what they are about.
std::vector<Table> run_tables();  // runs, params
Table quarters_table();
std::vector<Table> firm_tables();    // firms, holdings, sites, loans
std::vector<Table> market_tables();  // products, regions, segments, contracts
std::vector<Table> record_tables();    // postings, events, worlds
std::vector<Table> decision_tables();  // orders, fills, decisions, traces, memory
std::vector<Table> auction_tables();   // auctions, auction_orders

}  // namespace rackrace
