// Settings that a firm gave in stage B are kept until it gives others; and at the close, what bound each firm.
#pragma once

#include "engine/market/binding_constraint.h"
#include "engine/market/site_power.h"
#include "engine/quarter/orders.h"

namespace rackrace {

/// Bounds are the verbs'; here they hold once more, for recorded orders.
RACKRACE_HD inline void set_firm_levers(const Scenario& scenario, World& world, const Orders* orders) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Firm& firm = world.firms[f];
        firm.payout_frac = clamp(setting_or(orders[f], FirmSetting::payout, firm.payout_frac), 0.0, 1.0);
    }
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        Contract& contract = world.contracts[c];
        if (contract.id == 0 || !is_firm(contract.seller)) continue;
        const Orders& seller = orders[contract.seller];
        if ((seller.favour_on[c / 64] >> (c % 64) & 1u) != 0) contract.is_favoured = 1;
        if ((seller.favour_off[c / 64] >> (c % 64) & 1u) != 0) contract.is_favoured = 0;
    }
}

/// Share of a firm's compute, own and contracted, that did not idle.
RACKRACE_HD inline double utilisation_of(const Firm& firm) {
    double all = 0.0, idle = 0.0;
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g) {
        all += static_cast<double>(firm.pool_h100e[g]) + firm.received_h100e[g];
        idle += firm.idle_h100e[g];
    }
    return all > 0.0 ? 1.0 - idle / all : 0.0;
}

/// binding_constraint of section 9 for every firm.
RACKRACE_HD RACKRACE_APART inline void name_constraints(const Scenario& scenario, World& world) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Firm& firm = world.firms[f];
        std::int64_t fed = 0, shell = 0, usable = 0;
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) {
            const std::int64_t fed_here = fed_it_kw(scenario.regions[r], firm.sites[r]), shell_here = shell_it_kw(firm.sites[r]);
            fed += fed_here;
            shell += shell_here;
            usable += shell_here < fed_here ? shell_here : fed_here;
        }
        ConstraintSigns signs;
        signs.utilisation_frac = utilisation_of(firm);
        signs.usable_kw = static_cast<double>(usable);
        signs.free_kw = signs.usable_kw - installed_it_kw(scenario, firm);
        signs.power_kw = static_cast<double>(fed);
        signs.shell_kw = static_cast<double>(shell);
        signs.bids_cut = firm.was_money_bound != 0;
        signs.bid_unfilled = firm.was_chip_bound != 0;
        firm.binding = static_cast<std::int16_t>(binding_constraint(scenario.parameters, signs));
    }
}

}  // namespace rackrace
