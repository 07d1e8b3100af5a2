// A contract by its id, which orders and views name it by; slots are reused.
#pragma once

#include <cstdint>

#include "engine/world/world.h"

namespace rackrace {

/// Slot of a live contract; -1 for none.
RACKRACE_HD inline int find_contract(const World& world, std::int32_t id) {
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c)
        if (world.contracts[c].id != 0 && world.contracts[c].id == id) return c;
    return -1;
}

/// A free slot; -1 where the table is full.
RACKRACE_HD inline int free_contract_slot(const World& world) {
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c)
        if (world.contracts[c].id == 0) return c;
    return -1;
}

}  // namespace rackrace
