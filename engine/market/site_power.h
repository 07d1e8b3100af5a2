// How much IT power a firm can run and how much its installed chips need (model.md 5.4, 5.6).
#pragma once

#include "engine/scenario/scenario.h"
#include "engine/world/world.h"

namespace rackrace {

/// Power at the rack that a region's grid and on-site plant feed, IT kW rounded down.
RACKRACE_HD inline std::int64_t fed_it_kw(const Region& region, const Site& site) {
    if (site.grid_kw == 0 && site.onsite_kw == 0) return 0;
    return floor_to_int64((static_cast<double>(site.grid_kw) + site.onsite_kw) / region.pue_ratio);
}

/// Owned and leased shells, IT kW.
RACKRACE_HD inline std::int64_t shell_it_kw(const Site& site) { return static_cast<std::int64_t>(site.shell_kw) + site.lease_kw; }

/// min(shell + leased, (grid + on-site)/PUE), IT kW.
RACKRACE_HD inline std::int64_t usable_it_kw(const Region& region, const Site& site) {
    const std::int64_t fed = fed_it_kw(region, site);
    if (fed == 0) return 0;
    const std::int64_t shell = shell_it_kw(site);
    return shell < fed ? shell : fed;
}

/// Sum over a firm's regions.
RACKRACE_HD inline double usable_it_kw(const Scenario& scenario, const Firm& firm) {
    std::int64_t sum = 0;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) sum += usable_it_kw(scenario.regions[r], firm.sites[r]);
    return static_cast<double>(sum);
}

/// IT kW that the installed chips hold in their racks, switched off or not.
RACKRACE_HD inline double installed_it_kw(const Scenario& scenario, const Firm& firm) {
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) sum += firm.holdings[p].installed * scenario.products[p].kw_chip;
    return sum;
}

}  // namespace rackrace
