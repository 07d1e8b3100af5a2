// What the chips draw in the quarter: use of a firm's pools, its load by region and source, and the regions' energy prices that follow.
#pragma once

#include "engine/market/energy.h"
#include "engine/market/rolls.h"
#include "engine/market/site_power.h"

namespace rackrace {

/// By seller: share of what it sold by contract that its buyers used: those hours count as they are used (5.4). 1 where it delivered nothing.
RACKRACE_HD inline void fill_sold_use(const World& world, const LiveContracts& live, double (&sold_use_frac)[kParties]) {
    std::int64_t delivered[kParties] = {}, used[kParties] = {};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        const Contract& contract = world.contracts[live.slot[i]];
        delivered[contract.seller] += contract.delivered_h100e;
        used[contract.seller] += contract.used_h100e;
    }
    RACKRACE_NO_UNROLL
    for (int party = 0; party < kParties; ++party)
        sold_use_frac[party] = delivered[party] > 0 ? static_cast<double>(used[party]) / static_cast<double>(delivered[party]) : 1.0;
}

/// Share of a firm's own pool of a generation that worked this quarter. Contracts take own compute before what reached the firm by
/// contract, and what idles is contracted compute first.
RACKRACE_HD inline double pool_use_frac(const Firm& firm, int g, double sold_use) {
    const double pool = firm.pool_h100e[g];
    if (pool == 0.0) return 0.0;
    const double delivered = firm.delivered_h100e[g], own_delivered = min(pool, delivered);
    const double contracted_left = firm.received_h100e[g] - (delivered - own_delivered);
    const double own_idle = max(0.0, firm.idle_h100e[g] - contracted_left);
    return clamp((pool - own_idle - own_delivered * (1.0 - sold_use)) / pool, 0.0, 1.0);
}

/// Mean draw of a firm's chips at the rack, IT kW. held: held_products.
RACKRACE_HD inline double firm_load_kw(const Scenario& scenario, const Firm& firm, std::uint32_t held, double sold_use) {
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (; held != 0; held &= held - 1) {
        const int p = lowest_bit(held);
        const Holding& h = firm.holdings[p];
        if (h.installed == 0) continue;
        const double use = pool_use_frac(firm, scenario.products[p].generation, sold_use);
        sum += h.installed * chip_load_kw(scenario.parameters, scenario.products[p].kw_chip, use, h.is_off == 0);
    }
    return sum;
}

/// A firm's load at the meter by region: spread as its usable kW; the grid carries it as far as it goes, on-site plant the rest.
struct MeterLoads {
    double usable_it_kw[kMaxFirms][kMaxRegions];
    double usable_all_it_kw[kMaxFirms];
    double grid_kw[kMaxFirms][kMaxRegions];
    double onsite_kw[kMaxFirms][kMaxRegions];
};

/// Loads of all firms, the regions' energy prices that follow from them, and each firm's mean price weighted by usable kW.
/// sold_use_frac [party]: fill_sold_use.
RACKRACE_HD RACKRACE_APART inline void meter_loads(const Scenario& scenario, World& world, const Rolls& rolls, const double* sold_use_frac, MeterLoads& loads) {
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) world.regions[r].used_kw = 0.0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Firm& firm = world.firms[f];
        firm.load_kw = firm_load_kw(scenario, firm, rolls.held[f], sold_use_frac[f]);
        double usable = 0.0;
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) usable += loads.usable_it_kw[f][r] = static_cast<double>(usable_it_kw(scenario.regions[r], firm.sites[r]));
        loads.usable_all_it_kw[f] = usable;
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) {
            const Region& region = scenario.regions[r];
            const double share = usable > 0.0 ? loads.usable_it_kw[f][r] / usable : 0.0;
            const double meter = firm.load_kw * share * region.pue_ratio;
            loads.grid_kw[f][r] = min(meter, firm.sites[r].grid_kw);
            loads.onsite_kw[f][r] = meter - loads.grid_kw[f][r];
            world.regions[r].used_kw += loads.grid_kw[f][r];
        }
    }
    const double years = (world.t - scenario.start_t + 1) / scenario.parameters.quarters_per_year;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const double base = scenario.regions[r].base_power_usd_mwh * pow(1.0 + scenario.regions[r].power_growth_apr, years);
        world.regions[r].energy_price_usd_mwh =
            energy_price_usd_mwh(scenario.parameters, base, world.regions[r].used_kw, static_cast<double>(world.regions[r].exogenous_kw));
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        double price = 0.0;
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) price += world.regions[r].energy_price_usd_mwh * loads.usable_it_kw[f][r];
        world.firms[f].energy_price_usd_mwh = loads.usable_all_it_kw[f] > 0.0 ? price / loads.usable_all_it_kw[f] : 0.0;
    }
}

}  // namespace rackrace
