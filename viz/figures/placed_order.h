// A row of table `orders`: found by its number, and what stands around it: its address, the line that placed it, what it was told.
#pragma once

#include <cstddef>
#include <string>

#include "viz/figures/replay_store.h"

namespace rackrace {

/// Row of the order with this number, which is the run's own; rows() of the table where there is none.
std::size_t order_row(const ReplayStore& store, const std::string& number);

/// Row of table `fills` that an order points at; rows() of that table without one.
std::size_t fill_row(const ReplayStore& store, std::size_t order_row);

/// "RUN@2028Q3#firm=coreweave&order=1841"
std::string order_address(const ReplayStore& store, std::size_t order_row);

/// The line of a script that placed an order, 0 where the run holds none, and "lib/pacer.lua:38".
int line_of(const ReplayStore& store, std::size_t order_row);
std::string place_of(const ReplayStore& store, std::size_t order_row);

}  // namespace rackrace
