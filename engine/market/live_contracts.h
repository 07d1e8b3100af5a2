// The live rows of the contract table in slot order, found once where every firm's contracts are read.
#pragma once

#include <cstdint>

#include "engine/world/world.h"

namespace rackrace {

struct LiveContracts {
    std::int16_t slot[kMaxContracts];
    int count;
};

RACKRACE_HD inline LiveContracts live_contracts(const World& world) {
    LiveContracts live;
    live.count = 0;
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c)
        if (world.contracts[c].id != 0) live.slot[live.count++] = static_cast<std::int16_t>(c);
    return live;
}

}  // namespace rackrace
