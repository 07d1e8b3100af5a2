// P2: leases that start and end, and what the opening schedule brings.
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

/// A lease whose last rent is paid: the kW go back to the landlord.
RACKRACE_HD inline void end_lease(Site& site) {
    if (site.lease_left_q > 0) return;
    site.lease_kw = 0;
    site.lease_rent_usd_kw_q = 0.0;
}

/// What the opening schedule brings in quarter t; nullptr outside its quarters.
RACKRACE_HD inline const Arrival* arrival_in(const Scenario& scenario, int f, int r, int t) {
    const int k = t - scenario.arrivals_t;
    return k >= 0 && k < kArrivalQuarters ? &scenario.arrivals[f][r][k] : nullptr;
}

}  // namespace rackrace
