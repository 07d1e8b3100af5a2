// What there is from P11 on, listed once: the live contracts, and the products that each firm holds. Nothing joins them before the close:
// contracts are signed in P6, chips ship in P2 and change hands in P9 and P10.
#pragma once

#include "engine/market/live_contracts.h"
#include "engine/scenario/scenario.h"

namespace rackrace {

/// Products that a firm has anything of, a bit each: chips in service or in the warehouse, their book, a count of quarters hardly used.
RACKRACE_HD inline std::uint32_t held_products(const Scenario& scenario, const Firm& firm) {
    std::uint32_t held = 0;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const Holding& h = firm.holdings[p];
        if ((h.installed | h.warehouse | h.underused_q) != 0 || h.gross.value != 0) held |= 1u << p;
    }
    return held;
}

struct Rolls {
    LiveContracts contracts;
    std::uint32_t held[kMaxFirms];  // held_products
};

RACKRACE_HD inline Rolls take_rolls(const Scenario& scenario, const World& world) {
    Rolls rolls{};
    rolls.contracts = live_contracts(world);  // not as its initialiser: g++ 12.2 -O2 then forgets to store the count (docs/decisions.md)
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) rolls.held[f] = held_products(scenario, world.firms[f]);
    return rolls;
}

}  // namespace rackrace
