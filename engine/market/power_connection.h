// P2, power: what was sold ahead, won or queued connects out of what the exogenous path brings. Also what a site owes for its connection.
#pragma once

#include "engine/market/power_queue.h"
#include "engine/market/pro_rata.h"
#include "engine/market/site_arrivals.h"
#include "engine/market/tie_hash.h"

namespace rackrace {

/// Adders are kept in whole dollars a quarter, in 32 bits. 4.3 G$ is 860 MW of one firm in one region and quarter at the highest adder:
/// what does not fit is cut and counted.
RACKRACE_HD inline std::uint32_t to_adder(World& world, double usd_q) {
    constexpr double top = 4294967295.0;
    if (usd_q > top) ++world.capacity_refusals;
    return static_cast<std::uint32_t>(clamp(round_half_away(usd_q), 0.0, top));
}

/// kW won or sold ahead and not connected in a region.
RACKRACE_HD inline std::int64_t won_kw(const Site& site) {
    std::int64_t sum = 0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kGridSlots; ++k) sum += site.won_kw[k];
    return sum;
}

/// kW that wait for connection: won, and under QUEUE and PRORATA queued.
RACKRACE_HD inline std::int64_t waiting_kw(const Scenario& scenario, const Site& site) {
    std::int64_t sum = won_kw(site);
    if (scenario.rules.power == PowerRule::auction) return sum;
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxCohorts; ++c) sum += site.vintage[c];
    return sum;
}

/// Adders that a firm owes in a region this quarter: those connected in the last grid_adder_term_q quarters, this one included.
RACKRACE_HD inline std::int64_t adders_owed_usd_q(const Scenario& scenario, const Site& site) {
    if (scenario.rules.power != PowerRule::auction) return 0;
    std::int64_t sum = 0;
    RACKRACE_NO_UNROLL
    for (int v = 0; v < static_cast<int>(scenario.parameters.grid_adder_term_q); ++v) sum += site.vintage[v];
    return sum;
}

/// Deposits for kW that are not connected; the rest of the account can be drawn down by energy bills.
RACKRACE_HD inline Usd deposits_of_waiting(const Scenario& scenario, const Firm& firm) {
    std::int64_t kw = 0;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) kw += waiting_kw(scenario, firm.sites[r]);
    return to_usd(static_cast<double>(kw) * scenario.parameters.grid_deposit_usd_kw);
}

/// Connects `kw` of what a site has due now, moves its slots on, and keeps the rest due next quarter. The adder follows the kW; under
/// AUCTION those owed grow a quarter older.
RACKRACE_HD inline void connect_due(const Scenario& scenario, World& world, Site& site, std::int64_t kw) {
    if (site.grid_kw == 0 && won_kw(site) == 0 && scenario.rules.power == PowerRule::auction) return;  // no connection, so no adders
    const double due_adder = site.won_adder_usd_q[0];
    const std::int32_t late_kw = site.won_kw[0] - to_int32(kw);
    const std::uint32_t adder = late_kw == 0 ? site.won_adder_usd_q[0] : to_adder(world, due_adder * static_cast<double>(kw) / site.won_kw[0]);
    const double late_adder = due_adder - adder;
    site.grid_kw += to_int32(kw);
    if (scenario.rules.power == PowerRule::auction) {
        RACKRACE_NO_UNROLL
        for (int v = kMaxCohorts - 1; v > 0; --v) site.vintage[v] = site.vintage[v - 1];
        site.vintage[0] = adder;
    }
    RACKRACE_NO_UNROLL
    for (int k = 0; k + 1 < kGridSlots; ++k) {
        site.won_kw[k] = site.won_kw[k + 1];
        site.won_adder_usd_q[k] = site.won_adder_usd_q[k + 1];
    }
    site.won_kw[kGridSlots - 1] = 0;
    site.won_adder_usd_q[kGridSlots - 1] = 0;
    site.won_kw[0] += late_kw;
    site.won_adder_usd_q[0] = to_adder(world, site.won_adder_usd_q[0] + late_adder);
}

/// The opening schedules that each firm holds, a bit by firm: held_schedules.
struct Schedules {
    std::uint32_t held_by[kMaxFirms];
};

/// Connects what was sold ahead, by the opening schedule or by lots, out of `room_kw`: pro rata over the firms where it falls short, and
/// the rest a quarter later. returns the kW that connect.
RACKRACE_HD RACKRACE_APART inline std::int64_t connect_sold(const Scenario& scenario, World& world, int r, std::int64_t room_kw,
                                                            const Schedules& schedules) {
    RegionState& region = world.regions[r];
    std::int64_t due[kMaxFirms] = {}, connected[kMaxFirms] = {}, asked = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Site& site = world.firms[f].sites[r];
        const std::int32_t arriving = arriving_kw(scenario, schedules.held_by[f], r, world.t, world.t).grid_kw;
        site.won_kw[0] += arriving;
        region.asked_kw += arriving;
        asked += due[f] = site.won_kw[0];
    }
    if (asked > room_kw) {
        std::uint64_t tie[kMaxFirms];
        fill_ties(scenario, world, TieMarket::grid, r, tie);
        pro_rata<kMaxFirms>(due, tie, scenario.firm_count, room_kw, connected);
    }
    std::int64_t sum = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const std::int64_t kw = asked > room_kw ? connected[f] : due[f];
        connect_due(scenario, world, world.firms[f].sites[r], kw);
        sum += kw;
    }
    return sum;
}

/// Share of a firm's queued kW in a region that will have a shell: free shell, finished or within grid_readiness_shell_q quarters.
RACKRACE_HD inline double queue_readiness(const Scenario& scenario, const World& world, int f, int r, std::int64_t queued_kw, std::uint32_t schedules) {
    if (queued_kw <= 0) return 0.0;
    const Site& site = world.firms[f].sites[r];
    double shell = static_cast<double>(site.shell_kw) + site.lease_kw;
    const int soon = static_cast<int>(scenario.parameters.grid_readiness_shell_q);
    RACKRACE_NO_UNROLL
    for (int ahead = 1; ahead <= soon; ++ahead) {
        const Arrival arrival = arriving_kw(scenario, schedules, r, world.t + ahead, world.t);
        shell += static_cast<double>(arrival.shell_kw) + arrival.lease_kw;
        if (ahead <= kLeaseSlots) shell += site.lease_coming_kw[ahead - 1];
    }
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kMaxProjects; ++i) {
        const Project& project = world.firms[f].projects[i];
        if (project.kw > 0 && project.region == r && project.left_q <= soon) shell += project.kw;
    }
    const double free_shell = max(0.0, shell - static_cast<double>(fed_it_kw(scenario.regions[r], site)));
    return min(1.0, free_shell * scenario.regions[r].pue_ratio / static_cast<double>(queued_kw));
}

/// Requests grow a quarter older; the oldest cohort gathers what is older still.
RACKRACE_HD inline void age_queue(std::uint32_t (&age)[kMaxCohorts]) {
    age[kMaxCohorts - 1] += age[kMaxCohorts - 2];
    RACKRACE_NO_UNROLL
    for (int c = kMaxCohorts - 2; c > 0; --c) age[c] = age[c - 1];
    age[0] = 0;
}

/// QUEUE and PRORATA: requests grow a quarter older, eligible ones share the free kW. returns the kW that connect.
RACKRACE_HD RACKRACE_APART inline std::int64_t connect_queue(const Scenario& scenario, World& world, int r, std::int64_t free_kw,
                                                             const Schedules& schedules) {
    PowerQueue queue;
    queue.count = scenario.firm_count;
    queue.cohorts = kMaxCohorts;
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxCohorts; ++c) queue.asked_t[c] = world.t - c;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Site& site = world.firms[f].sites[r];
        age_queue(site.vintage);
        const double ready = queue_readiness(scenario, world, f, r, waiting_kw(scenario, site) - won_kw(site), schedules.held_by[f]);
        RACKRACE_NO_UNROLL
        for (int c = 0; c < kMaxCohorts; ++c) {
            queue.kw[c][f] = site.vintage[c];
            queue.ready_frac[c][f] = ready;
        }
    }
    std::uint64_t tie[kMaxFirms];
    fill_ties(scenario, world, TieMarket::grid, r, tie);
    Energised energised;
    const int wait = scenario.regions[r].grid_lead_q;
    if (scenario.rules.power == PowerRule::queue) energise_queue(queue, tie, world.t, wait, free_kw, energised);
    else energise_pro_rata(queue, tie, world.t, wait, free_kw, energised);
    std::int64_t sum = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Site& site = world.firms[f].sites[r];
        RACKRACE_NO_UNROLL
        for (int c = 0; c < kMaxCohorts; ++c) {
            site.vintage[c] -= static_cast<std::uint32_t>(energised.kw[c][f]);
            site.grid_kw += to_int32(energised.kw[c][f]);
            sum += energised.kw[c][f];
        }
    }
    return sum;
}

/// P2 for the grid of one region: the path brings kW, those sold ahead connect, the queue gets from what is left.
RACKRACE_HD inline void connect_grid(const Scenario& scenario, World& world, const Chance& chance, int r, const Schedules& schedules) {
    RegionState& region = world.regions[r];
    const std::int64_t addition = grid_addition_kw(scenario, chance, r, world.t, world.t), room = region.free_kw + addition;
    region.exogenous_kw += addition;
    std::int64_t connected = connect_sold(scenario, world, r, room, schedules);
    if (scenario.rules.power != PowerRule::auction) connected += connect_queue(scenario, world, r, room - connected, schedules);
    region.free_kw = to_int32(room - connected);
    region.energised_kw += connected;
}

/// The queue of the opening books: each firm waits with as many cohorts as the region's lead, asked for in the quarters before the start,
/// of opening_queue_ratio times what it connects in the first quarter. Their deposits are in the books of both sides.
RACKRACE_HD inline void fill_opening_queue(const Scenario& scenario, World& world) {
    if (scenario.rules.power == PowerRule::auction) return;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) {
            Site& site = world.firms[f].sites[r];
            const double kw = scenario.parameters.opening_queue_ratio * scenario.arrivals[f][r][0].grid_kw;
            RACKRACE_NO_UNROLL
            for (int c = 0; c < scenario.regions[r].grid_lead_q && c < kMaxCohorts; ++c)
                site.vintage[c] = static_cast<std::uint32_t>(round_half_away(kw));
            world.regions[r].asked_kw += waiting_kw(scenario, site);
        }
        const Usd deposits = deposits_of_waiting(scenario, world.firms[f]);
        balance_of(world, f, Account::grid_deposits) += deposits;
        balance_of(world, f, Account::paid_in) -= deposits;
        balance_of(world, kInvestor, Account::shares_held) += deposits;
        balance_of(world, kInvestor, Account::retained) -= deposits;
        balance_of(world, kUtility, Account::deposits_held) -= deposits;
        balance_of(world, kUtility, Account::retained) += deposits;
    }
}

}  // namespace rackrace
