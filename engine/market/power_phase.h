// P7, power: connections given back, then each region's forward lot is sold by the scenario's rule. P2: what was won or queued connects.
#pragma once

#include "engine/market/exits.h"
#include "engine/market/exogenous.h"
#include "engine/market/power_auction.h"
#include "engine/market/power_queue.h"
#include "engine/market/site_power.h"
#include "engine/market/tie_hash.h"
#include "engine/quarter/orders.h"
#include "engine/settle/payments.h"
#include "engine/settle/rating.h"

namespace rackrace {

RACKRACE_HD inline double spread_of(const Scenario& scenario, const World& world, int f) {
    return unsecured_spread_apr(scenario.parameters, world.firms[f].default_probability_apr, world.sentiment);
}

/// Adders are kept in whole dollars a quarter, in 32 bits: half the largest lot at the highest adder fits.
RACKRACE_HD inline std::uint32_t to_adder(double usd_q) {
    return static_cast<std::uint32_t>(clamp(round_half_away(usd_q), 0.0, 4294967295.0));
}

/// kW won and not connected in a region.
RACKRACE_HD inline std::int64_t waiting_kw(const Site& site) {
    std::int64_t sum = 0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kGridSlots; ++k) sum += site.won_kw[k];
    return sum;
}

/// P2 under AUCTION: adders grow a quarter older, what was won for this quarter connects. returns the kW that connect.
RACKRACE_HD inline std::int64_t connect_won(Site& site) {
    RACKRACE_NO_UNROLL
    for (int v = kMaxCohorts - 1; v > 0; --v) site.vintage[v] = site.vintage[v - 1];
    const std::int32_t kw = site.won_kw[0];
    site.vintage[0] = site.won_adder_usd_q[0];
    site.grid_kw += kw;
    RACKRACE_NO_UNROLL
    for (int k = 0; k + 1 < kGridSlots; ++k) {
        site.won_kw[k] = site.won_kw[k + 1];
        site.won_adder_usd_q[k] = site.won_adder_usd_q[k + 1];
    }
    site.won_kw[kGridSlots - 1] = 0;
    site.won_adder_usd_q[kGridSlots - 1] = 0;
    return kw;
}

/// Share of a firm's queued kW in a region that will have a shell: free shell, finished or within grid_readiness_shell_q quarters.
RACKRACE_HD inline double queue_readiness(const Scenario& scenario, const World& world, int f, int r, std::int64_t queued_kw) {
    if (queued_kw <= 0) return 0.0;
    const Site& site = world.firms[f].sites[r];
    double shell = static_cast<double>(site.shell_kw) + site.lease_kw;
    const int soon = static_cast<int>(scenario.parameters.grid_readiness_shell_q);
    RACKRACE_NO_UNROLL
    for (int ahead = 1; ahead <= soon; ++ahead) {
        const int k = world.t + ahead - scenario.arrivals_t;
        if (k >= 0 && k < kArrivalQuarters) shell += static_cast<double>(scenario.arrivals[f][r][k].shell_kw) + scenario.arrivals[f][r][k].lease_kw;
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

/// P2 under QUEUE and PRORATA: requests grow a quarter older, eligible ones share the free kW. returns the kW that connect.
RACKRACE_HD inline std::int64_t connect_queue(const Scenario& scenario, World& world, int r, std::int64_t free_kw) {
    PowerQueue queue;
    queue.count = scenario.firm_count;
    queue.cohorts = kMaxCohorts;
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxCohorts; ++c) queue.asked_t[c] = world.t - c;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        std::uint32_t(&age)[kMaxCohorts] = world.firms[f].sites[r].vintage;
        age[kMaxCohorts - 1] += age[kMaxCohorts - 2];
        RACKRACE_NO_UNROLL
        for (int c = kMaxCohorts - 2; c > 0; --c) age[c] = age[c - 1];
        age[0] = 0;
        std::int64_t queued = 0;
        RACKRACE_NO_UNROLL
        for (int c = 0; c < kMaxCohorts; ++c) queued += age[c];
        const double ready = queue_readiness(scenario, world, f, r, queued);
        RACKRACE_NO_UNROLL
        for (int c = 0; c < kMaxCohorts; ++c) {
            queue.kw[c][f] = age[c];
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

/// Deposits for kW that are not connected; the rest of the account can be drawn down by energy bills.
RACKRACE_HD inline Usd deposits_of_waiting(const Scenario& scenario, const Firm& firm) {
    std::int64_t kw = 0;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        kw += waiting_kw(firm.sites[r]);
        if (scenario.rules.power == PowerRule::auction) continue;
        RACKRACE_NO_UNROLL
        for (int c = 0; c < kMaxCohorts; ++c) kw += firm.sites[r].vintage[c];
    }
    return to_usd(static_cast<double>(kw) * scenario.parameters.grid_deposit_usd_kw);
}

/// Half of the deposit of kW that never connected is lost, half comes back.
RACKRACE_HD inline void return_deposit(const Scenario& scenario, World& world, Ledger& ledger, int f, int r, std::int64_t kw) {
    const Usd whole = min_usd(to_usd(static_cast<double>(kw) * scenario.parameters.grid_deposit_usd_kw), balance_of(world, f, Account::grid_deposits));
    const Usd lost = min_usd(whole, to_usd(grid_forfeit_usd(scenario.parameters, kw)));
    post(world, ledger, Kind::grid_deposit_forfeited, f, kUtility, lost, r);
    post(world, ledger, Kind::grid_deposit_returned, kUtility, f, whole - lost, r);
}

/// Gives back up to `kw`: first what is not connected, the latest first, then connected kW, which become free at once.
RACKRACE_HD inline void withdraw_power(const Scenario& scenario, World& world, Ledger& ledger, int f, int r, std::int64_t kw) {
    const Parameters& p = scenario.parameters;
    Site& site = world.firms[f].sites[r];
    double cost = 0.0;
    RACKRACE_NO_UNROLL
    for (int k = kGridSlots - 1; k >= 0 && kw > 0; --k) {
        const std::int64_t given = kw < site.won_kw[k] ? kw : site.won_kw[k];
        if (given == 0) continue;
        const PowerReturn back = give_back_power(p, site.won_kw[k], site.won_adder_usd_q[k], given);
        cost += p.grid_return_adder_q * (site.won_adder_usd_q[k] - back.adder_left_usd_q);
        site.won_adder_usd_q[k] = to_adder(back.adder_left_usd_q);
        site.won_kw[k] -= to_int32(given);
        return_deposit(scenario, world, ledger, f, r, given);
        kw -= given;
    }
    if (scenario.rules.power != PowerRule::auction) {
        RACKRACE_NO_UNROLL
        for (int c = 0; c < kMaxCohorts && kw > 0; ++c) {
            const std::int64_t given = kw < site.vintage[c] ? kw : site.vintage[c];
            site.vintage[c] -= static_cast<std::uint32_t>(given);
            return_deposit(scenario, world, ledger, f, r, given);
            kw -= given;
        }
    }
    const std::int64_t given = kw < site.grid_kw ? kw : site.grid_kw;
    if (given > 0) {
        double adder = 0.0;
        RACKRACE_NO_UNROLL
        for (int v = 0; v < kMaxCohorts && scenario.rules.power == PowerRule::auction; ++v) adder += site.vintage[v];
        const PowerReturn back = give_back_power(p, site.grid_kw, adder, given);
        cost += back.cost_usd;
        RACKRACE_NO_UNROLL
        for (int v = 0; v < kMaxCohorts && scenario.rules.power == PowerRule::auction; ++v) site.vintage[v] = to_adder(site.vintage[v] * back.kept_frac);
        site.grid_kw -= to_int32(given);
        world.regions[r].free_kw += to_int32(given);
    }
    pay(world, ledger, Kind::grid_adder, f, kUtility, to_usd(cost), spread_of(scenario, world, f), r);
}

/// All bids for all lots: cut to the largest share of a lot, then to the deposits that a firm's cash covers.
RACKRACE_HD inline void collect_power_bids(const Scenario& scenario, const World& world, const Orders* orders, const std::int64_t* lot_kw,
                                           PowerBids (&bids)[kMaxRegions]) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        std::int64_t kw[kMaxRegions] = {};
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) {
            const GridBid& bid = orders[f].bid_power[r];
            const std::int64_t most = max_lot_kw(scenario.parameters, lot_kw[r]);
            kw[r] = world.firms[f].role == Role::supplier || bid.kw <= 0 ? 0 : bid.kw;
            if (scenario.rules.power == PowerRule::auction && kw[r] > most) kw[r] = most;
        }
        scale_to_deposit(scenario.parameters, cash_of(world, f), kw, scenario.region_count);
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) {
            bids[r].count = scenario.firm_count;
            bids[r].kw[f] = kw[r];
            bids[r].max_adder_usd_kw_q[f] = clamp(orders[f].bid_power[r].usd_kw_q, 0.0, scenario.parameters.grid_adder_max_usd_kw_q);
        }
    }
}

/// Rule AUCTION for one region: sells the lot, books the awards. Part of it connects in the next quarter, out of free kW.
RACKRACE_HD inline void auction_power(const Scenario& scenario, World& world, Ledger& ledger, int r, const PowerBids& bids, std::int64_t lot_kw) {
    std::uint64_t tie[kMaxFirms];
    fill_ties(scenario, world, TieMarket::grid, r, tie);
    const PowerLot lot = sell_power_lot(bids, lot_kw, tie);
    std::int64_t early[kMaxFirms] = {}, sold = 0;
    connect_early(lot.won_kw, tie, scenario.firm_count, world.regions[r].free_kw, early);
    const int slot = static_cast<int>(scenario.parameters.grid_works_q) - 1;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (lot.won_kw[f] == 0) continue;
        Site& site = world.firms[f].sites[r];
        const std::int64_t late = lot.won_kw[f] - early[f];
        site.won_kw[0] += to_int32(early[f]);
        site.won_adder_usd_q[0] = to_adder(site.won_adder_usd_q[0] + lot.adder_usd_kw_q * static_cast<double>(early[f]));
        site.won_kw[slot] += to_int32(late);
        site.won_adder_usd_q[slot] = to_adder(site.won_adder_usd_q[slot] + lot.adder_usd_kw_q * static_cast<double>(late));
        const Usd deposit = to_usd(static_cast<double>(lot.won_kw[f]) * scenario.parameters.grid_deposit_usd_kw);
        pay(world, ledger, Kind::grid_deposit, f, kUtility, deposit, spread_of(scenario, world, f), r);
        sold += lot.won_kw[f];
    }
    world.regions[r].lot_kw = to_int32(lot_kw);
    world.regions[r].won_kw = to_int32(sold);
    world.regions[r].adder_usd_kw_q = lot.adder_usd_kw_q;
}

/// Rules QUEUE and PRORATA: requests join this quarter's cohort, deposit paid.
RACKRACE_HD inline void queue_power(const Scenario& scenario, World& world, Ledger& ledger, int r, const PowerBids& bids) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (bids.kw[f] == 0) continue;
        world.firms[f].sites[r].vintage[0] += static_cast<std::uint32_t>(bids.kw[f]);
        const Usd deposit = to_usd(static_cast<double>(bids.kw[f]) * scenario.parameters.grid_deposit_usd_kw);
        pay(world, ledger, Kind::grid_deposit, f, kUtility, deposit, spread_of(scenario, world, f), r);
    }
}

/// P7, power.
RACKRACE_HD inline void sell_power(const Scenario& scenario, World& world, const Orders* orders, const Chance& chance, Ledger& ledger) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r)
            if (orders[f].withdraw_power_kw[r] > 0) withdraw_power(scenario, world, ledger, f, r, orders[f].withdraw_power_kw[r]);
    }
    const int connect_t = world.t + static_cast<int>(scenario.parameters.grid_works_q);
    std::int64_t lot_kw[kMaxRegions] = {};
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) lot_kw[r] = grid_addition_kw(scenario, chance, r, connect_t) + world.regions[r].free_kw;
    PowerBids bids[kMaxRegions];
    collect_power_bids(scenario, world, orders, lot_kw, bids);
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        if (scenario.rules.power == PowerRule::auction) auction_power(scenario, world, ledger, r, bids[r], lot_kw[r]);
        else queue_power(scenario, world, ledger, r, bids[r]);
    }
}

}  // namespace rackrace
