// The forward capacity test: an offer of capacity is cut to what its seller can serve in every quarter of the contract.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/world/capacities.h"

namespace rackrace {

/// H100e of generation `generation` that a seller may still sell for one future quarter.
/// capacity[g]: pools, ordered chips and contracted-in; committed[g]: sold so far; a commitment is served by its generation or a newer
/// one. What is added counts in the test of its own and of every older generation, since older commitments may rest on newer chips.
/// oversell_ratio: how much of the capacity the seller dares to sell, 1 without overselling. Never below 0; rounded down.
RACKRACE_HD inline std::int64_t forward_room(double oversell_ratio, const std::int64_t (&capacity)[kMaxGenerations],
                                             const std::int64_t (&committed)[kMaxGenerations], int generation) {
    std::int64_t capacity_from = 0, committed_from = 0, room = 0;
    RACKRACE_NO_UNROLL
    for (int g = kMaxGenerations - 1; g >= 0; --g) {
        capacity_from += capacity[g];
        committed_from += committed[g];
        if (g > generation) continue;
        const std::int64_t here = floor_to_int64(oversell_ratio * static_cast<double>(capacity_from)) - committed_from;
        if (g == generation || here < room) room = here;
    }
    return room > 0 ? room : 0;
}

/// What is left of an offer after the test in `quarters` future quarters: the tightest one counts. asked >= 0.
RACKRACE_HD inline std::int64_t cut_offer(double oversell_ratio, const std::int64_t (*capacity)[kMaxGenerations],
                                          const std::int64_t (*committed)[kMaxGenerations], int quarters, int generation, std::int64_t asked) {
    std::int64_t offered = asked;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < quarters; ++k) {
        const std::int64_t room = forward_room(oversell_ratio, capacity[k], committed[k], generation);
        if (room < offered) offered = room;
    }
    return offered;
}

}  // namespace rackrace
