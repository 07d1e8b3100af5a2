// Sites in building: what they cost, how long they take, how congestion of builders makes them dear and late.
// Sources: time to build, Kydland & Prescott 1982; option value under time to build, Majd & Pindyck 1987; overbuilding, Grenadier 1996.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/money.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"
#include "engine/world/capacities.h"

namespace rackrace {

/// U of model.md 5.5: IT kW under construction in a region over what its builders carry without strain. No builders: every kW strains.
RACKRACE_HD inline double building_congestion(std::int64_t under_construction_it_kw, std::int64_t labor_cap_it_kw) {
    return static_cast<double>(under_construction_it_kw) / max(1.0, static_cast<double>(labor_cap_it_kw));
}

/// Cost of a site of `it_kw` started at this congestion, in dollars before rounding; paid in equal instalments.
RACKRACE_HD inline double site_cost_usd(const Parameters& p, double it_kw, double congestion) {
    return it_kw * p.site_cost_usd_kw * (1.0 + p.site_congestion_slope * max(0.0, congestion - 1.0));
}

/// Chance that a project slips one quarter; in a quarter in which it slips it owes no instalment.
RACKRACE_HD inline double slip_probability(const Parameters& p, double congestion) {
    return p.project_slip_probability_frac * min(p.project_slip_congestion_max, congestion);
}

/// Quarters from start to finished shell, rounded up. Specialists build faster.
RACKRACE_HD inline int building_quarters(const Parameters& p, Role role) {
    return static_cast<int>(ceil_to_int64(p.site_build_q * p.lead_factor_ratio[static_cast<int>(role)]));
}

/// The instalment due now, with `quarters_left` of them to go: equal ones, and the last pays what rounding left.
RACKRACE_HD inline Usd building_instalment(Usd cost, Usd spent, int quarters_left) {
    if (quarters_left <= 0) return {};
    return to_usd(to_double(cost - spent) / static_cast<double>(quarters_left));
}

/// What a paused project costs a quarter.
RACKRACE_HD inline Usd pause_cost(const Parameters& p, Usd spent) { return to_usd(p.project_pause_cost_frac * to_double(spent)); }

/// What an abandoned project brings back.
RACKRACE_HD inline Usd project_salvage(const Parameters& p, Usd spent) { return to_usd(p.project_salvage_frac * to_double(spent)); }

}  // namespace rackrace
