// P16, first part: what used chips are worth. Collateral, impairment and owners' value read it.
#pragma once

#include "engine/market/energy.h"
#include "engine/market/production.h"
#include "engine/market/site_power.h"
#include "engine/market/used_chips.h"

namespace rackrace {

/// Means of the regions weighted by connected kW: energy price now, PUE; 0 and 1 in a world without power.
struct RegionMeans {
    double energy_usd_mwh;
    double pue_ratio;
};

RACKRACE_HD inline RegionMeans region_means(const Scenario& scenario, const World& world) {
    double weight = 0.0, energy = 0.0, pue = 0.0;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const double kw = static_cast<double>(world.regions[r].exogenous_kw);
        weight += kw;
        energy += kw * world.regions[r].energy_price_usd_mwh;
        pue += kw * scenario.regions[r].pue_ratio;
    }
    return weight > 0.0 ? RegionMeans{energy / weight, pue / weight} : RegionMeans{0.0, 1.0};
}

/// What all used chips are valued by in a quarter.
struct ResaleBasis {
    RegionMeans means;
    RentPath rents;
};

RACKRACE_HD inline void fill_resale_basis(const Scenario& scenario, const World& world, ResaleBasis& basis) {
    basis.means = region_means(scenario, world);
    fill_rent_path(scenario.parameters, world.spot_ewma_usd_h[1], world.spot_i_log_change, basis.rents);
    RACKRACE_NO_UNROLL
    for (int k = 0; k < basis.rents.quarters; ++k) basis.rents.rents[k].discount *= rate_discount(scenario, world.t, k + 1);
}

/// F_p of 5.12 at this quarter's prices.
RACKRACE_HD inline double fundamental_of(const Scenario& scenario, const World& world, const ResaleBasis& basis, int product) {
    const Product& facts = scenario.products[product];
    UsedChip chip;
    chip.perf_i_h100e_chip = facts.inference_h100e_chip;
    chip.it_kw_chip = facts.kw_chip;
    chip.new_price_usd_chip = world.products[product].list_usd_chip + facts.system_usd_chip;
    chip.sold_new = is_on_sale(scenario, world, product, world.t);
    chip.energy_usd_mwh = basis.means.energy_usd_mwh;
    chip.pue_ratio = basis.means.pue_ratio;
    chip.shell_rent_usd_kw_q = scenario.parameters.lease_rent_usd_kw_q;
    return fundamental_on_path(scenario.parameters, chip, basis.rents);
}

/// Resale of every product where nothing was offered this quarter: what the dealer would pay for the first.
RACKRACE_HD inline void value_used_chips(const Scenario& scenario, World& world) {
    ResaleBasis basis;
    fill_resale_basis(scenario, world, basis);
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        ProductState& product = world.products[p];
        product.last_resale_usd_chip = product.resale_usd_chip;
        product.resale_usd_chip = resale_usd_chip(scenario.parameters, fundamental_of(scenario, world, basis, p), product.list_usd_chip, false, 0.0);
    }
}

}  // namespace rackrace
