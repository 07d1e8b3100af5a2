// IT power that a firm can run in the next quarters from what is already on its way: grid kW won, plant on order, leases, sites in building
// and the opening schedule. Assumes no slip.
#pragma once

#include "engine/market/site_arrivals.h"

namespace rackrace {

/// A firm's power and shells in region r, `ahead` quarters from now (at most kGridSlots, the longest works), but for its own projects.
/// schedules: held_schedules.
RACKRACE_HD inline Site site_ahead(const Scenario& scenario, const World& world, int f, std::uint32_t schedules, int r, int ahead) {
    const Site& now = world.firms[f].sites[r];
    Site then{};
    then.shell_kw = now.shell_kw;
    then.grid_kw = now.grid_kw;
    then.onsite_kw = now.onsite_kw;
    then.lease_kw = now.lease_left_q > ahead ? now.lease_kw : 0;
    RACKRACE_NO_UNROLL
    for (int k = 1; k <= ahead; ++k) {
        then.grid_kw += now.won_kw[k - 1];
        then.onsite_kw += now.onsite_coming_kw[k];
        if (k <= kLeaseSlots) then.lease_kw += now.lease_coming_kw[k - 1];
        const Arrival arrival = arriving_kw(scenario, schedules, r, world.t + k, world.t);
        then.grid_kw += arrival.grid_kw;
        then.shell_kw += arrival.shell_kw;
        then.lease_kw += arrival.lease_kw;
    }
    return then;
}

/// Usable IT kW of a firm over its regions, `ahead` quarters from now; 0: now.
RACKRACE_HD inline double usable_it_kw_ahead(const Scenario& scenario, const World& world, int f, int ahead) {
    if (ahead == 0) return usable_it_kw(scenario, world.firms[f]);
    std::int32_t projects_kw[kMaxRegions] = {};  // shells that the firm's projects finish until then
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kMaxProjects; ++i) {
        const Project& project = world.firms[f].projects[i];
        if (project.kw > 0 && project.left_q <= ahead) projects_kw[project.region] += project.kw;
    }
    const std::uint32_t schedules = held_schedules(scenario, world, f);
    std::int64_t sum = 0;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        Site then = site_ahead(scenario, world, f, schedules, r, ahead);
        then.shell_kw += projects_kw[r];
        sum += usable_it_kw(scenario.regions[r], then);
    }
    return static_cast<double>(sum);
}

/// Grid kW of a region that are the firm's and not yet connected: won lots and the opening schedule; under QUEUE and PRORATA also what waits.
RACKRACE_HD inline double unconnected_grid_kw(const Scenario& scenario, const World& world, int f, int r) {
    const Site& site = world.firms[f].sites[r];
    const std::uint32_t schedules = held_schedules(scenario, world, f);
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kGridSlots; ++k) sum += site.won_kw[k];
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kArrivalQuarters; ++k)
        if (scenario.arrivals_t + k > world.t) sum += arriving_kw(scenario, schedules, r, scenario.arrivals_t + k, world.t).grid_kw;
    if (scenario.rules.power == PowerRule::auction) return sum;
    RACKRACE_NO_UNROLL
    for (int age = 0; age < kMaxCohorts; ++age) sum += site.vintage[age];
    return sum;
}

}  // namespace rackrace
