// What a firm brings broken up, from its books: asked at a covenant's breach, by an estate, and for the owners' terminal value.
#pragma once

#include "engine/settle/borrowing_base.h"
#include "engine/settle/valuation.h"

namespace rackrace {

/// liquidation_value_usd of a firm as its books stand. The caller says what its chips and its cash count for.
RACKRACE_HD inline double broken_up_usd(const Scenario& scenario, const World& world, int f, double chips_usd, double cash_usd) {
    double adder_usd_q = 0.0;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) adder_usd_q += world.firms[f].sites[r].grid_kw * world.regions[r].adder_usd_kw_q;
    const double deposits = to_double(balance_of(world, f, Account::grid_deposits));
    return liquidation_value_usd(scenario.parameters, chips_usd, site_book_usd(world, f), deposits, adder_usd_q, cash_usd);
}

}  // namespace rackrace
