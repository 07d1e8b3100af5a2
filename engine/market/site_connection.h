// P2, sites: projects move on and finish, leases and on-site plant that were ordered arrive, the opening schedule brings its shells.
#pragma once

#include "engine/base/random.h"
#include "engine/market/building.h"
#include "engine/market/power_connection.h"
#include "engine/settle/opening_schedule.h"

namespace rackrace {

/// IT kW under construction by region: the opening schedule's shells that have begun, and projects.
RACKRACE_HD inline void fill_under_construction(const Scenario& scenario, const World& world, std::int64_t (&kw)[kMaxRegions]) {
    RACKRACE_NO_UNROLL
    for (int r = 0; r < kMaxRegions; ++r) kw[r] = 0;
    const int next = first_arrival_from(scenario, world.t + 1, world.t);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const bool is_built = next < kArrivalQuarters && schedule_holder(world, f) >= 0;
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count && is_built; ++r) {
            RACKRACE_NO_UNROLL
            for (int k = next; k < kArrivalQuarters; ++k) {
                const Arrival& arrival = scenario.arrivals[f][r][k];
                if (arrival.build_q == 0) continue;
                const int arrival_t = shell_arrival_t(scenario, scenario.arrivals_t + k, world.t);
                const bool has_begun = scenario.arrivals_t + k - arrival.build_q <= world.t - halted_before_q(scenario, world.t, world.t);
                if (has_begun && arrival_t > world.t) kw[r] += arrival.shell_kw;
            }
        }
        RACKRACE_NO_UNROLL
        for (int i = 0; i < kMaxProjects; ++i) {
            const Project& project = world.firms[f].projects[i];
            if (project.kw != 0) kw[project.region] += project.kw;
        }
    }
}

/// Leases signed and plants ordered move a quarter on; those due join the site. Plant in slot 0 waits for its second payment in P14.
RACKRACE_HD inline void arrive_leases_and_plant(const Scenario& scenario, Site& site) {
    merge_lease(site, site.lease_coming_kw[0], scenario.parameters.lease_rent_usd_kw_q, site.lease_coming_term_q[0]);
    RACKRACE_NO_UNROLL
    for (int k = 0; k + 1 < kLeaseSlots; ++k) {
        site.lease_coming_kw[k] = site.lease_coming_kw[k + 1];
        site.lease_coming_term_q[k] = site.lease_coming_term_q[k + 1];
    }
    site.lease_coming_kw[kLeaseSlots - 1] = 0;
    site.lease_coming_term_q[kLeaseSlots - 1] = 0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k + 1 < kOnsiteSlots; ++k) site.onsite_coming_kw[k] = site.onsite_coming_kw[k + 1];
    site.onsite_coming_kw[kOnsiteSlots - 1] = 0;
    site.onsite_kw += site.onsite_coming_kw[0];
}

/// Projects move a quarter on unless they stood still; finished ones become shells.
RACKRACE_HD inline void advance_projects(const Scenario& scenario, World& world, Ledger& ledger) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int i = 0; i < kMaxProjects; ++i) {
            Project& project = world.firms[f].projects[i];
            if (project.kw == 0) continue;
            if (project.stands_still == 0) --project.left_q;
            project.stands_still = 0;
            if (project.left_q > 0) continue;
            world.firms[f].sites[project.region].shell_kw += project.kw;
            post(world, ledger, Kind::site_completed, f, f, project.spent, project.region);
            project = Project{};
        }
    }
}

/// Projects that are left slip this quarter: all in a DELAY, else by chance, more where builders are short.
RACKRACE_HD inline void slip_projects(const Scenario& scenario, World& world) {
    std::int64_t building_kw[kMaxRegions];
    fill_under_construction(scenario, world, building_kw);
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) world.regions[r].building_kw = to_int32(building_kw[r]);
    const bool is_halted = is_building_halted(scenario, world.t, world.t);
    if (scenario.rules.has_uncertainty == 0 && !is_halted) return;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int i = 0; i < kMaxProjects; ++i) {
            Project& project = world.firms[f].projects[i];
            if (project.kw == 0) continue;
            const double congestion = building_congestion(world.regions[project.region].building_kw, scenario.regions[project.region].labour_cap_it_kw);
            const double draw = uniform01(world.seed, Stream::slips, world.t, scenario.firms[f].id, static_cast<std::uint64_t>(i), 0);
            if (!is_halted && !(draw < slip_probability(scenario.parameters, congestion))) continue;
            project.stands_still = 1;
            ++project.slipped_q;
        }
    }
}

/// P2 for power and shells: the exogenous path brings kW, the opening schedule and what was won, queued, leased or ordered arrives.
RACKRACE_HD RACKRACE_APART inline void connect_sites(const Scenario& scenario, World& world, const Chance& chance, Ledger& ledger) {
    advance_projects(scenario, world, ledger);
    slip_projects(scenario, world);
    Schedules schedules;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) schedules.held_by[f] = held_schedules(scenario, world, f);
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) {
            Site& site = world.firms[f].sites[r];
            end_lease(site);
            arrive_leases_and_plant(scenario, site);
            const Arrival arrival = arriving_kw(scenario, schedules.held_by[f], r, world.t, world.t);
            site.shell_kw += arrival.shell_kw;
            merge_lease(site, arrival.lease_kw, scenario.parameters.lease_rent_usd_kw_q, static_cast<int>(scenario.parameters.pipeline_lease_q));
        }
        connect_grid(scenario, world, chance, r, schedules);  // after shells: the queue looks at them
    }
}

}  // namespace rackrace
