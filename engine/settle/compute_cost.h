// What a quarter of a firm's own compute costs it at full load: in cash, and with the wear of chips, sites and plant.
// Wages and running cost are left out: they belong to the firm, not to its chips.
#pragma once

#include "engine/settle/depreciation.h"
#include "engine/settle/operating_costs.h"

namespace rackrace {

/// Draw of a firm's chips at the rack when all of them work, IT kW.
RACKRACE_HD inline double full_load_kw(const Scenario& scenario, const Firm& firm) {
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const Holding& h = firm.holdings[p];
        sum += h.installed * chip_load_kw(scenario.parameters, scenario.products[p].kw_chip, 1.0, h.is_off == 0);
    }
    return sum;
}

/// Energy with its minimum take at the last prices, adders, rent and upkeep of a quarter, dollars.
RACKRACE_HD inline double compute_cash_cost_usd_q(const Scenario& scenario, const World& world, int f) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    const double load = full_load_kw(scenario, firm), usable = usable_it_kw(scenario, firm);
    double cost = to_double(upkeep_of(scenario, world, f, held_products(scenario, firm)));
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const Region& region = scenario.regions[r];
        const Site& site = firm.sites[r];
        const double share = usable > 0.0 ? static_cast<double>(usable_it_kw(region, site)) / usable : 0.0;
        const double meter = load * share * region.pue_ratio, grid = min(meter, site.grid_kw);
        cost += billed_grid_mwh(p, minimum_take_frac(scenario, r, world.t), grid, site.grid_kw) * world.regions[r].energy_price_usd_mwh;
        cost += energy_mwh(p, meter - grid) * region.onsite_usd_mwh;
        cost += site.lease_kw * site.lease_rent_usd_kw_q;
        cost += static_cast<double>(adders_owed_usd_q(scenario, site));
    }
    return cost;
}

/// Straight-line depreciation of a quarter on chips, sites and on-site plant, dollars.
RACKRACE_HD inline double compute_depreciation_usd_q(const Scenario& scenario, const World& world, int f) {
    const Parameters& p = scenario.parameters;
    const auto account = [&](Account a) { return balance_of(world, f, a); };
    Usd sum = depreciation_charge(account(Account::sites_gross), -account(Account::sites_depreciation), p.site_life_q) +
              depreciation_charge(account(Account::onsite_gross), -account(Account::onsite_depreciation), p.onsite_life_q);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.product_count; ++i) {
        const Holding& h = world.firms[f].holdings[i];
        if (h.gross.value != 0) sum += depreciation_charge(h.gross, h.depreciation, scenario.firms[f].chip_life_q);
    }
    return to_double(sum);
}

}  // namespace rackrace
