// P17: what the market remembers of a quarter: prices, use, demand, the contract price that may be told, and the accounts published.
#pragma once

#include "engine/market/market_compute.h"

namespace rackrace {

inline constexpr int kPublishedContracts = 3;  // fewer would tell the price of one: single prices are private

/// Puts a value before the others; the oldest is forgotten.
template <int Count> RACKRACE_HD void push_front(double (&values)[Count], double latest) {
    RACKRACE_NO_UNROLL
    for (int k = Count - 1; k > 0; --k) values[k] = values[k - 1];
    values[0] = latest;
}

/// Fills a history that starts now, as if it had grown by `log_growth` in each quarter before.
template <int Count> RACKRACE_HD void fill_past(double (&values)[Count], double latest, double log_growth) {
    RACKRACE_NO_UNROLL
    for (int k = 0; k < Count; ++k) values[k] = latest * exp(-log_growth * k);
}

/// Mean price of the contracts signed since the last record, where they are enough; each counts once, whatever its size. 0 where too few.
RACKRACE_HD inline double signed_contract_price_usd_h(const World& world, const LiveContracts& live) {
    double sum = 0.0;
    int count = 0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        const Contract& contract = world.contracts[live.slot[i]];
        if (contract.id < world.history.next_contract_id) continue;
        sum += contract.price_usd_h;
        ++count;
    }
    return count >= kPublishedContracts ? sum / count : 0.0;
}

/// Called once on the opening books, and at every close after values are known (rates, ratings and statuses need no record: nothing
/// moves them between a close and the next stage B). The first record counts all live contracts as signed, and lets the quarters before
/// follow the opening expectations: demand grew as AI revenue is expected to, spot I moved as it last did, the rest stood still.
RACKRACE_HD RACKRACE_APART inline void record_market(const Scenario& scenario, World& world, const Rolls& rolls) {
    const MarketCompute now = market_compute(scenario, world, rolls);
    MarketHistory& history = world.history;
    if (history.is_recorded == 0) {
        fill_past(history.spot_t_usd_h, world.spot_usd_h[0], 0.0);
        fill_past(history.spot_i_usd_h, world.spot_usd_h[1], world.spot_i_log_change);
        fill_past(history.util_frac, now.util_frac, 0.0);
        fill_past(history.demand_h100e, now.demand_h100e, world.expected_growth_frac);
        history.is_recorded = 1;
    } else {
        push_front(history.spot_t_usd_h, world.spot_usd_h[0]);
        push_front(history.spot_i_usd_h, world.spot_usd_h[1]);
        push_front(history.util_frac, now.util_frac);
        push_front(history.demand_h100e, now.demand_h100e);
    }
    history.supply_h100e = now.supply_h100e;
    history.unmet_h100e = now.unmet_h100e;
    const double price = signed_contract_price_usd_h(world, rolls.contracts);
    if (price > 0.0) history.contract_usd_h = price;
    history.next_contract_id = world.next_contract_id;
    constexpr double usd_per_musd = 1e6;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        history.status[f] = static_cast<std::uint8_t>(world.firms[f].status);
        history.cash_musd[f] = to_int32(to_int64(round_half_away(to_double(cash_of(world, f)) / usd_per_musd)));
        history.debt_musd[f] = to_int32(to_int64(round_half_away(-to_double(balance_of(world, f, Account::debt)) / usd_per_musd)));
    }
}

}  // namespace rackrace
