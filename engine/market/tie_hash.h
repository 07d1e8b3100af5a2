// The tie rule: equal claims are ordered by a hash of seed, quarter, market, product and the firm's stable name, never by index.
#pragma once

#include "engine/base/hash.h"
#include "engine/scenario/scenario.h"
#include "engine/world/world.h"

namespace rackrace {

/// Which market a tie is broken in; part of the key, so that one firm does not win every tie of a quarter.
enum class TieMarket : int { shipment, wafer, chip_sale, used_chip, grid, onsite, lease, contract, spot, remainder, credit, estate };

/// Claim of a firm where claims are equal; `what` is the product, region or generation.
RACKRACE_HD inline std::uint64_t tie_of(const Scenario& scenario, const World& world, TieMarket market, int what, int f) {
    return hash64(world.seed, world.t, static_cast<int>(market), what, scenario.firms[f].id);
}

/// tie[f] for every firm.
RACKRACE_HD inline void fill_ties(const Scenario& scenario, const World& world, TieMarket market, int what, std::uint64_t (&tie)[kMaxFirms]) {
    const std::uint64_t key = hash64(world.seed, world.t, static_cast<int>(market), what);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) tie[f] = hash64_with(key, scenario.firms[f].id);
}

}  // namespace rackrace
