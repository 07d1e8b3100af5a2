// P14, between investment and tax: books lose value by time, and chips hardly used by the market's judgement.
#pragma once

#include "engine/market/chip_load.h"
#include "engine/settle/depreciation.h"
#include "engine/settle/ledger.h"

namespace rackrace {

/// Depreciation and impairment of one product of a firm; chips in the warehouse count as not used. Impairment lowers the gross cost (I5), depreciation the accumulated side.
RACKRACE_HD inline void depreciate_chips(const Scenario& scenario, World& world, Ledger& ledger, int f, int product, double sold_use) {
    Holding& h = world.firms[f].holdings[product];
    if (h.gross.value == 0) {
        h.underused_q = 0;
        return;
    }
    const Usd charge = depreciation_charge(h.gross, h.depreciation, scenario.firms[f].chip_life_q);
    h.depreciation += charge;
    post(world, ledger, Kind::chip_depreciation, f, f, charge, product);
    const double chips = static_cast<double>(h.installed) + h.warehouse;
    const double use = chips > 0.0 ? pool_use_frac(world.firms[f], scenario.products[product].generation, sold_use) * h.installed / chips : 0.0;
    h.underused_q = static_cast<std::int16_t>(next_underused_q(scenario.parameters, h.underused_q, h.is_off != 0 ? 0.0 : use));
    const Usd resale = to_usd(world.products[product].resale_usd_chip * chips);
    const Usd lost = impairment_write_down(scenario.parameters, h.gross - h.depreciation, resale, h.underused_q);
    h.gross -= lost;
    post(world, ledger, Kind::chip_impairment, f, f, lost, product);
}

/// sold_use_frac [party]: fill_sold_use.
RACKRACE_HD RACKRACE_APART inline void depreciate(const Scenario& scenario, World& world, Ledger& ledger, const Rolls& rolls, const double* sold_use_frac) {
    const Parameters& p = scenario.parameters;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (std::uint32_t held = rolls.held[f]; held != 0; held &= held - 1)
            depreciate_chips(scenario, world, ledger, f, lowest_bit(held), sold_use_frac[f]);
        const Usd sites = depreciation_charge(balance_of(world, f, Account::sites_gross), -balance_of(world, f, Account::sites_depreciation), p.site_life_q);
        post(world, ledger, Kind::site_depreciation, f, f, sites);
        const Usd onsite = depreciation_charge(balance_of(world, f, Account::onsite_gross), -balance_of(world, f, Account::onsite_depreciation), p.onsite_life_q);
        post(world, ledger, Kind::onsite_depreciation, f, f, onsite);
    }
}

}  // namespace rackrace
