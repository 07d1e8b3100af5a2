// Which product counts as the newest: what supply agreements deliver and what obs.market.newest_i names.
#pragma once

#include "engine/market/production.h"

namespace rackrace {

/// Is product a newer than b? By generation, then training work, then first quarter of sale.
RACKRACE_HD inline bool is_newer(const Scenario& scenario, const World& world, int a, int b) {
    const Product &one = scenario.products[a], &other = scenario.products[b];
    if (one.generation != other.generation) return one.generation > other.generation;
    if (one.training_h100e_chip != other.training_h100e_chip) return one.training_h100e_chip > other.training_h100e_chip;
    return world.products[a].first_t > world.products[b].first_t;
}

/// Newest product on open sale, of one vendor or of all (-1); -1 if none sells.
RACKRACE_HD inline int newest_on_sale(const Scenario& scenario, const World& world, int vendor) {
    int newest = -1;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const Product& product = scenario.products[p];
        if (product.buyers != Buyers::all || (vendor >= 0 && product.vendor != vendor) || !is_on_sale(scenario, world, p, world.t)) continue;
        if (newest < 0 || is_newer(scenario, world, p, newest)) newest = p;
    }
    return newest;
}

}  // namespace rackrace
