// P2, third part: power and shells that connect this quarter, leases that start and end, the opening schedule among them.
#pragma once

#include "engine/market/exogenous.h"
#include "engine/market/site_power.h"

namespace rackrace {

/// Adds leased kW to the firm's one lease of a region: rent and quarters left are means weighted by kW, quarters rounded up.
RACKRACE_HD inline void merge_lease(Site& site, std::int32_t kw, double rent_usd_kw_q, int left_q) {
    if (kw <= 0) return;
    const double old_kw = site.lease_kw, sum = old_kw + kw;
    site.lease_rent_usd_kw_q = (site.lease_rent_usd_kw_q * old_kw + rent_usd_kw_q * kw) / sum;
    site.lease_left_q = static_cast<std::int16_t>(ceil_to_int64((site.lease_left_q * old_kw + static_cast<double>(left_q) * kw) / sum));
    site.lease_kw += kw;
}

/// A quarter of a lease has passed; at its end the kW go back to the landlord.
RACKRACE_HD inline void age_lease(Site& site) {
    if (site.lease_kw == 0 || --site.lease_left_q > 0) return;
    site.lease_kw = 0;
    site.lease_left_q = 0;
    site.lease_rent_usd_kw_q = 0.0;
}

/// What the opening schedule brings in quarter t; nullptr outside its quarters.
RACKRACE_HD inline const Arrival* arrival_in(const Scenario& scenario, int f, int r, int t) {
    const int k = t - scenario.arrivals_t;
    return k >= 0 && k < kArrivalQuarters ? &scenario.arrivals[f][r][k] : nullptr;
}

RACKRACE_HD inline void connect_sites(const Scenario& scenario, World& world, const Chance& chance) {
    const Parameters& p = scenario.parameters;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        RegionState& region = world.regions[r];
        const std::int64_t addition = grid_addition_kw(scenario, chance, r, world.t);
        std::int64_t taken = 0;
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) {
            Site& site = world.firms[f].sites[r];
            age_lease(site);
            const Arrival* arrival = arrival_in(scenario, f, r, world.t);
            if (arrival == nullptr) continue;
            // Shares of the table round to whole kW: at most what the path brings is connected.
            const std::int64_t room = addition - taken;
            const std::int32_t grid = arrival->grid_kw < room ? arrival->grid_kw : to_int32(room > 0 ? room : 0);
            site.grid_kw += grid;
            taken += grid;
            site.shell_kw += arrival->shell_kw;
            merge_lease(site, arrival->lease_kw, p.lease_rent_usd_kw_q, static_cast<int>(p.pipeline_lease_q));
        }
        region.exogenous_kw += addition;
        region.free_kw += to_int32(addition - taken);
    }
}

}  // namespace rackrace
