// P7, power: connections given back, then each region's forward lot is sold, or its queue is joined, by the scenario's rule.
#pragma once

#include "engine/market/exits.h"
#include "engine/market/power_auction.h"
#include "engine/market/power_connection.h"
#include "engine/quarter/orders.h"
#include "engine/settle/payments.h"

namespace rackrace {

/// Half of the deposit of kW that never connected is lost, half comes back.
RACKRACE_HD inline void return_deposit(const Scenario& scenario, World& world, Ledger& ledger, int f, int r, std::int64_t kw) {
    const Usd whole = min_usd(to_usd(static_cast<double>(kw) * scenario.parameters.grid_deposit_usd_kw), balance_of(world, f, Account::grid_deposits));
    const Usd lost = min_usd(whole, to_usd(grid_forfeit_usd(scenario.parameters, kw)));
    post(world, ledger, Kind::grid_deposit_forfeited, f, kUtility, lost, r);
    post(world, ledger, Kind::grid_deposit_returned, kUtility, f, whole - lost, r);
}

/// Gives back up to `kw` that wait for connection, the latest first. Adds to cost_usd what is owed for their adders; returns the kW.
RACKRACE_HD inline std::int64_t withdraw_waiting(const Scenario& scenario, World& world, Ledger& ledger, int f, int r, std::int64_t kw, double& cost_usd) {
    const Parameters& p = scenario.parameters;
    Site& site = world.firms[f].sites[r];
    std::int64_t left = kw;
    RACKRACE_NO_UNROLL
    for (int k = kGridSlots - 1; k >= 0 && left > 0; --k) {
        const std::int64_t given = left < site.won_kw[k] ? left : site.won_kw[k];
        if (given == 0) continue;
        const double kept = give_back_power(p, site.won_kw[k], site.won_adder_usd_q[k], given).adder_left_usd_q;
        cost_usd += p.grid_return_adder_q * (site.won_adder_usd_q[k] - kept);
        site.won_adder_usd_q[k] = to_adder(world, kept);
        site.won_kw[k] -= to_int32(given);
        left -= given;
    }
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxCohorts && left > 0 && scenario.rules.power != PowerRule::auction; ++c) {
        const std::int64_t given = left < site.vintage[c] ? left : site.vintage[c];
        site.vintage[c] -= static_cast<std::uint32_t>(given);
        left -= given;
    }
    return_deposit(scenario, world, ledger, f, r, kw - left);
    world.regions[r].withdrawn_kw += kw - left;
    return kw - left;
}

/// Gives back up to `kw`: first what is not connected, then connected kW, which become free at once.
RACKRACE_HD inline void withdraw_power(const Scenario& scenario, World& world, Ledger& ledger, int f, int r, std::int64_t kw) {
    Site& site = world.firms[f].sites[r];
    double cost = 0.0;
    kw -= withdraw_waiting(scenario, world, ledger, f, r, kw, cost);
    const std::int64_t given = kw < site.grid_kw ? kw : site.grid_kw;
    if (given > 0) {
        const PowerReturn back = give_back_power(scenario.parameters, site.grid_kw, static_cast<double>(adders_owed_usd_q(scenario, site)), given);
        cost += back.cost_usd;
        RACKRACE_NO_UNROLL
        for (int v = 0; v < kMaxCohorts && scenario.rules.power == PowerRule::auction; ++v) site.vintage[v] = to_adder(world, site.vintage[v] * back.kept_frac);
        site.grid_kw -= to_int32(given);
        world.regions[r].free_kw += to_int32(given);
    }
    pay(world, ledger, Kind::grid_adder, f, kUtility, to_usd(cost), revolver_margin_apr(scenario, world, f), r);
}

/// All bids for all lots: cut to the largest share of a lot, then to the deposits that a firm's cash covers.
RACKRACE_HD inline void collect_power_bids(const Scenario& scenario, const World& world, const Orders* orders, const std::int64_t* lot_kw,
                                           PowerBids (&bids)[kMaxRegions]) {
    std::int64_t most[kMaxRegions];
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        most[r] = max_lot_kw(scenario.parameters, lot_kw[r]);
        bids[r].count = scenario.firm_count;
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (world.firms[f].role == Role::supplier || !is_active(world.firms[f])) continue;
        std::int64_t kw[kMaxRegions] = {};
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) {
            const GridBid& bid = orders[f].bid_power[r];
            kw[r] = bid.kw <= 0 ? 0 : bid.kw;
            if (scenario.rules.power == PowerRule::auction && kw[r] > most[r]) kw[r] = most[r];
        }
        scale_to_deposit(scenario.parameters, cash_of(world, f), kw, scenario.region_count);
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) {
            const double adder = orders[f].bid_power[r].usd_kw_q;
            bids[r].kw[f] = kw[r];
            bids[r].max_adder_usd_kw_q[f] = adder > 0.0 ? min(adder, scenario.parameters.grid_adder_max_usd_kw_q) : 0.0;
        }
    }
}

/// The deposit on kW won or asked for, due at once.
RACKRACE_HD inline void pay_deposit(const Scenario& scenario, World& world, Ledger& ledger, int f, int r, std::int64_t kw) {
    const Usd deposit = to_usd(static_cast<double>(kw) * scenario.parameters.grid_deposit_usd_kw);
    pay(world, ledger, Kind::grid_deposit, f, kUtility, deposit, revolver_margin_apr(scenario, world, f), r);
    world.regions[r].asked_kw += kw;
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
        site.won_adder_usd_q[0] = to_adder(world, site.won_adder_usd_q[0] + lot.adder_usd_kw_q * static_cast<double>(early[f]));
        site.won_kw[slot] += to_int32(late);
        site.won_adder_usd_q[slot] = to_adder(world, site.won_adder_usd_q[slot] + lot.adder_usd_kw_q * static_cast<double>(late));
        pay_deposit(scenario, world, ledger, f, r, lot.won_kw[f]);
        ledger.deals.power_kw[f][r] = to_int32(lot.won_kw[f]);
        sold += lot.won_kw[f];
    }
    world.regions[r].lot_kw = to_int32(lot_kw);
    world.regions[r].won_kw = to_int32(sold);
    world.regions[r].adder_usd_kw_q = lot.adder_usd_kw_q;
}

/// Rules QUEUE and PRORATA: requests join this quarter's cohort.
RACKRACE_HD inline void queue_power(const Scenario& scenario, World& world, Ledger& ledger, int r, const PowerBids& bids) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (bids.kw[f] == 0) continue;
        world.firms[f].sites[r].vintage[0] += static_cast<std::uint32_t>(bids.kw[f]);
        pay_deposit(scenario, world, ledger, f, r, bids.kw[f]);
        ledger.deals.power_kw[f][r] = to_int32(bids.kw[f]);
    }
}

/// P7, first: connections that firms give back; what of them was connected joins this quarter's lots.
RACKRACE_HD inline void give_back_connections(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r)
            if (orders[f].withdraw_power_kw[r] > 0) withdraw_power(scenario, world, ledger, f, r, orders[f].withdraw_power_kw[r]);
    }
}

/// kW sold for the quarters before connect_t that will connect only then, or later: POWER came after they were sold.
RACKRACE_HD inline std::int64_t late_kw(const Scenario& scenario, const World& world, const Chance& chance, int r, int connect_t) {
    if (!has_power_shock(scenario, r, world.t)) return 0;
    std::int64_t late = 0, room = world.regions[r].free_kw;
    RACKRACE_NO_UNROLL
    for (int t = world.t + 1; t < connect_t; ++t) {
        std::int64_t due = late;
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) {
            due += world.firms[f].sites[r].won_kw[t - world.t - 1];
            const Arrival* arrival = arrival_in(scenario, f, r, t);
            if (arrival != nullptr) due += arrival->grid_kw;
        }
        room += grid_addition_kw(scenario, chance, r, t, world.t);
        late = due > room ? due - room : 0;
        room = due > room ? 0 : room - due;
    }
    return late;
}

/// kW of each region's forward lot: what the grid adds in the quarter of connection, less what is late for it, and what is connected and
/// held by nobody.
RACKRACE_HD inline void fill_lots(const Scenario& scenario, const World& world, const Chance& chance, std::int64_t* lot_kw) {
    const int connect_t = world.t + static_cast<int>(scenario.parameters.grid_works_q);
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const std::int64_t late = late_kw(scenario, world, chance, r, connect_t);
        const std::int64_t forward = grid_addition_kw(scenario, chance, r, connect_t, world.t) - late;
        lot_kw[r] = (forward > 0 ? forward : 0) + world.regions[r].free_kw;
    }
}

/// P7, power.
RACKRACE_HD RACKRACE_APART inline void sell_power(const Scenario& scenario, World& world, const Orders* orders, const Chance& chance, Ledger& ledger) {
    give_back_connections(scenario, world, orders, ledger);
    std::int64_t lot_kw[kMaxRegions] = {};
    fill_lots(scenario, world, chance, lot_kw);
    PowerBids bids[kMaxRegions];
    collect_power_bids(scenario, world, orders, lot_kw, bids);
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        if (scenario.rules.power == PowerRule::auction) auction_power(scenario, world, ledger, r, bids[r], lot_kw[r]);
        else queue_power(scenario, world, ledger, r, bids[r]);
    }
}

}  // namespace rackrace
