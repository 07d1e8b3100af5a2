// P11, second part: what contracts left is traded hour by hour: training hours first, then inference hours with the training hours left over.
// One price a class; firms and the outside meet in the double auction of spot_auction.h. Fills sold, bought and paid.
#pragma once

#include <cstdint>
#include <limits>

#include "engine/market/compute_use.h"
#include "engine/market/outside_alternative.h"
#include "engine/market/outside_spot.h"
#include "engine/market/tie_hash.h"
#include "engine/quarter/orders.h"
#include "engine/settle/ledger.h"

namespace rackrace {

enum class ComputeClass : int { training, inference };

/// The largest order of a firm, H100e: what a firm's fields hold.
inline constexpr std::int64_t kLargestSpotOrder = std::numeric_limits<std::int32_t>::max();

/// H100e that a firm sets aside for an ask, by generation.
struct SetAside {
    std::int64_t h100e[kMaxFirms][kMaxGenerations];
};

/// Order of a step in whole H100e; 0 for none, NaN, infinite or below zero.
RACKRACE_HD inline std::int64_t spot_order_h100e(const SpotStep& step) {
    if (!is_finite(step.h100e) || !is_finite(step.usd_h) || !(step.h100e > 0.0) || step.usd_h < 0.0) return 0;
    const std::int64_t h100e = floor_to_int64(step.h100e);
    return h100e < kLargestSpotOrder ? h100e : kLargestSpotOrder;
}

/// Sets aside for a firm's ask of training hours, at most what class T has left after contracts: the oldest first, which is what is worth
/// least to its own training and what contracts draw on too. returns their sum
RACKRACE_HD inline std::int64_t set_aside_training(const Parameters& p, int t, const Firm& firm, std::int64_t wanted, std::int64_t* aside) {
    std::int64_t sum = 0;
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g) {
        std::int64_t left = is_training_grade(p, g, t) ? firm.idle_h100e[g] : 0;
        aside[g] = draw(left, wanted - sum);
        sum += aside[g];
    }
    return sum;
}

/// Takes what was sold off a firm's set-aside compute, the oldest first: H100e of training, or as many as give `sold` of inference.
/// returns how many
RACKRACE_HD inline std::int64_t take_sold(Firm& firm, ComputeClass cls, std::int64_t sold, std::int64_t* aside) {
    std::int64_t before[kMaxGenerations];
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g) before[g] = aside[g];
    if (cls == ComputeClass::inference) {
        draw_inference(aside, firm.kappa, kMaxGenerations, sold);
    } else {
        RACKRACE_NO_UNROLL
        for (int g = 0; g < kMaxGenerations; ++g) sold -= draw(aside[g], sold);
    }
    std::int64_t sum = 0;
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g) {
        const std::int32_t taken = to_int32(before[g] - aside[g]);
        firm.sold_spot_h100e[g] += taken;
        firm.idle_h100e[g] -= taken;
        sum += taken;
    }
    return sum;
}

/// The bids of firms that can trade at all, as they stand before own orders are netted and cash is asked for.
RACKRACE_HD RACKRACE_APART inline void add_firm_bids(const Scenario& scenario, const World& world, const Orders* orders, ComputeClass cls, const std::uint64_t* tie, SpotOrders& bids) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const SpotStep& step = orders[f].bid_spot[static_cast<int>(cls)];
        if (step.usd_h >= scenario.parameters.spot_price_min_usd_h && is_active(world.firms[f])) add_order(bids, {f, step.usd_h, spot_order_h100e(step), tie[f]});
    }
}

/// The outside's curves at the last price; of inference it also buys what its own models needed last quarter.
RACKRACE_HD RACKRACE_APART inline void add_outside_orders(const Scenario& scenario, const World& world, ComputeClass cls, SpotOrders& asks, SpotOrders& bids) {
    const Parameters& p = scenario.parameters;
    const int c = static_cast<int>(cls);
    const double last_price = max(p.spot_price_min_usd_h, world.spot_usd_h[c]);
    double demand = world.outside_demand_h100e[c] * exp(world.outside_noise[c]);
    if (cls == ComputeClass::inference)
        demand = outside_scale_with_need(demand, world.outside_need_h100e, last_price, p.spot_reference_price_usd_h, p.outside_demand_elasticity);
    const std::uint64_t tie = hash64(world.seed, world.t, static_cast<int>(TieMarket::spot), c, static_cast<int>(kCustomer));
    add_outside_bids(p, demand, last_price, tie, bids);
    add_outside_asks(p, world.outside_supply_h100e[c], last_price, tie, asks);
}

/// What each party sold and bought of one class; the outside is kCustomer.
struct SpotTrades {
    std::int64_t sold[kParties];
    std::int64_t bought[kParties];
};

/// Nets each firm's own orders, cuts its bids to the cash in hand and clears. The books are left as they were cleared.
RACKRACE_HD RACKRACE_APART inline SpotClearing clear_class(const Scenario& scenario, const World& world, ComputeClass cls, SpotOrders& asks, SpotOrders& bids,
                                            SpotTrades& trades) {
    net_own_orders(asks, bids);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < bids.count; ++i) {
        SpotOrder& bid = bids.rows[i];
        if (!is_firm(bid.party)) continue;
        const Usd in_hand = cash_of(world, bid.party) - Usd{kParties};  // a payment is rounded once for each seller
        const std::int64_t most = affordable_h100e(scenario.parameters, in_hand, bid.price_usd_h);
        if (bid.quantity > most) bid.quantity = most;
    }
    const SpotClearing clearing = clear_spot(scenario.parameters, asks, bids, world.spot_usd_h[static_cast<int>(cls)]);
    trades = SpotTrades{};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < asks.count; ++i) trades.sold[asks.rows[i].party] += clearing.sold[i];
    RACKRACE_NO_UNROLL
    for (int i = 0; i < bids.count; ++i) trades.bought[bids.rows[i].party] += clearing.bought[i];
    return clearing;
}

/// Parties with a quantity, by falling tie.
struct SpotSide {
    int party[kMaxFirms + 1];
    int count = 0;
};

RACKRACE_HD RACKRACE_APART inline SpotSide side_of(const std::int64_t* quantity, const std::uint64_t* tie) {
    SpotSide side;
    RACKRACE_NO_UNROLL
    for (int party = 0; party < kParties; ++party) {
        if (quantity[party] == 0) continue;
        int at = side.count++;
        RACKRACE_NO_UNROLL
        for (; at > 0 && tie[party] > tie[side.party[at - 1]]; --at) side.party[at] = side.party[at - 1];
        side.party[at] = party;
    }
    return side;
}

/// Pays for what was traded: sellers and buyers are paired in the order of their ties, so that no amount depends on an index.
/// Trades of the outside with itself move no money between parties.
RACKRACE_HD RACKRACE_APART inline void pay_spot(const Scenario& scenario, World& world, Ledger& ledger, ComputeClass cls, double price_usd_h, SpotTrades trades) {
    std::uint64_t tie[kParties] = {};
    const std::uint64_t key = hash64(world.seed, world.t, static_cast<int>(TieMarket::spot), static_cast<int>(cls));
    RACKRACE_NO_UNROLL
    for (int party = 0; party < kParties; ++party)
        tie[party] = hash64_with(key, is_firm(party) ? scenario.firms[party].id : static_cast<std::uint64_t>(party));
    const SpotSide sellers = side_of(trades.sold, tie), buyers = side_of(trades.bought, tie);
    int s = 0, b = 0;
    RACKRACE_NO_UNROLL
    while (s < sellers.count && b < buyers.count) {
        const int seller = sellers.party[s], buyer = buyers.party[b];
        const std::int64_t h100e = trades.sold[seller] < trades.bought[buyer] ? trades.sold[seller] : trades.bought[buyer];
        const Usd amount = to_usd(static_cast<double>(h100e) * price_usd_h * scenario.parameters.hours_per_quarter);
        if (seller != buyer) post(world, ledger, Kind::spot_purchase, buyer, seller, amount, static_cast<int>(cls));
        if ((trades.sold[seller] -= h100e) == 0) ++s;
        if ((trades.bought[buyer] -= h100e) == 0) ++b;
    }
}

/// Prices, volumes and purchases of a class as the world keeps them, and the payments.
RACKRACE_HD RACKRACE_APART inline void close_class(const Scenario& scenario, World& world, Ledger& ledger, ComputeClass cls, double price_usd_h, const SpotTrades& trades) {
    const int c = static_cast<int>(cls);
    const double ewma = next_spot_ewma(scenario.parameters, world.spot_ewma_usd_h[c], price_usd_h);
    if (cls == ComputeClass::inference) world.spot_i_log_change = log(ewma / world.spot_ewma_usd_h[c]);
    world.spot_usd_h[c] = price_usd_h;
    world.spot_ewma_usd_h[c] = ewma;
    world.spot_outside_h100e[c] = trades.bought[kCustomer];
    world.spot_sold_h100e[c] = trades.sold[kCustomer];
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Firm& firm = world.firms[f];
        (cls == ComputeClass::training ? firm.spot_bought_t_h100e : firm.spot_bought_i_h100e) = ledger.deals.spot_bought_h100e[f][c] = to_int32(trades.bought[f]);
        world.spot_sold_h100e[c] += trades.sold[f];
    }
    pay_spot(scenario, world, ledger, cls, price_usd_h, trades);
}

/// The firms' asks for training hours, with the compute that is set aside for each.
RACKRACE_HD RACKRACE_APART inline void add_training_asks(const Scenario& scenario, const World& world, const Orders* orders, const std::uint64_t* tie, SetAside& aside, SpotOrders& asks) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const SpotStep& step = orders[f].offer_spot[static_cast<int>(ComputeClass::training)];
        const std::int64_t offered = set_aside_training(scenario.parameters, world.t, world.firms[f], spot_order_h100e(step), aside.h100e[f]);
        add_order(asks, {f, step.usd_h, offered, tie[f]});
    }
}

/// Spot T. Leaves in `unsold` each firm's ask for what it did not sell, and in `aside` the compute behind it.
RACKRACE_HD RACKRACE_APART inline void trade_training(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, SetAside& aside, SpotOrder* unsold) {
    constexpr ComputeClass cls = ComputeClass::training;
    std::uint64_t tie[kMaxFirms];
    fill_ties(scenario, world, TieMarket::spot, static_cast<int>(cls), tie);
    SpotOrders asks, bids;
    add_training_asks(scenario, world, orders, tie, aside, asks);
    add_firm_bids(scenario, world, orders, cls, tie, bids);
    add_outside_orders(scenario, world, cls, asks, bids);
    SpotTrades trades;
    const SpotClearing clearing = clear_class(scenario, world, cls, asks, bids, trades);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < asks.count; ++i) {
        const SpotOrder& ask = asks.rows[i];
        if (!is_firm(ask.party)) continue;
        ledger.deals.spot_sold_h100e[ask.party][0] = take_sold(world.firms[ask.party], cls, clearing.sold[i], aside.h100e[ask.party]);
        ledger.deals.training_offer_usd_h[ask.party] = clearing.price_usd_h;
        unsold[ask.party] = ask;
        unsold[ask.party].quantity = ask.quantity - clearing.sold[i];  // what a firm's own bid took back is not offered again
    }
    close_class(scenario, world, ledger, cls, clearing.price_usd_h, trades);
}

/// The ask for inference that is left of an ask for training; keeps in `aside` what stands behind it, the oldest generations first.
RACKRACE_HD inline SpotOrder inference_ask_of(const Firm& firm, const SpotOrder& unsold, std::int64_t* aside) {
    double worth = 0.0;
    std::int64_t left = 0;
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g) {
        aside[g] = draw(aside[g], unsold.quantity - left);
        left += aside[g];
        worth += static_cast<double>(aside[g]) * firm.kappa[g];
    }
    if (!(worth > 0.0)) return SpotOrder{};
    SpotOrder ask = as_inference_ask(unsold, left, worth / static_cast<double>(left));
    const std::int64_t most = inference_worth(aside, firm.kappa, kMaxGenerations);
    if (ask.quantity > most) ask.quantity = most;
    return ask;
}

/// The firms' asks for inference hours: what is left of their training hours, by row in left_over[kMaxSpotOrders] (0 of other rows), and their own,
/// with the compute that is set aside for them in `own`.
RACKRACE_HD RACKRACE_APART inline void add_inference_asks(const Scenario& scenario, const World& world, const Orders* orders, const std::uint64_t* tie,
                                                          const SpotOrder* unsold, SetAside& training, SetAside& own, std::int64_t* left_over,
                                                          SpotOrders& asks) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const Firm& firm = world.firms[f];
        SpotOrder rest = inference_ask_of(firm, unsold[f], training.h100e[f]);
        rest.tie = hash64(tie[f], 1);
        left_over[asks.count] = rest.quantity;
        add_order(asks, rest);
        std::int64_t free[kMaxGenerations], behind[kMaxGenerations];
        RACKRACE_NO_UNROLL
        for (int g = 0; g < kMaxGenerations; ++g) free[g] = behind[g] = firm.idle_h100e[g] - training.h100e[f][g];
        const SpotStep& step = orders[f].offer_spot[static_cast<int>(ComputeClass::inference)];
        const std::int64_t offered = draw_inference(behind, firm.kappa, kMaxGenerations, spot_order_h100e(step));
        RACKRACE_NO_UNROLL
        for (int g = 0; g < kMaxGenerations; ++g) own.h100e[f][g] = free[g] - behind[g];
        add_order(asks, {f, step.usd_h, offered, tie[f]});
    }
}

/// Training hours that sold as inference, told with the offer that they are of. `usd`: what the inference hours brought, by the hour.
RACKRACE_HD inline void add_left_over(Deals& deals, int f, std::int64_t h100e, double usd) {
    if (h100e == 0) return;
    const auto before = static_cast<double>(deals.spot_sold_h100e[f][0]);
    deals.spot_sold_h100e[f][0] += h100e;
    deals.training_offer_usd_h[f] = (before * deals.training_offer_usd_h[f] + usd) / static_cast<double>(deals.spot_sold_h100e[f][0]);
}

/// Spot I: the firms' own asks, and what is left of their training hours as further asks.
RACKRACE_HD RACKRACE_APART inline void trade_inference(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, SetAside& training, const SpotOrder* unsold) {
    constexpr ComputeClass cls = ComputeClass::inference;
    std::uint64_t tie[kMaxFirms];
    fill_ties(scenario, world, TieMarket::spot, static_cast<int>(cls), tie);
    SpotOrders asks, bids;
    SetAside own = {};
    std::int64_t left_over[kMaxSpotOrders] = {};
    add_inference_asks(scenario, world, orders, tie, unsold, training, own, left_over, asks);
    add_firm_bids(scenario, world, orders, cls, tie, bids);
    add_outside_orders(scenario, world, cls, asks, bids);
    SpotTrades trades;
    const SpotClearing clearing = clear_class(scenario, world, cls, asks, bids, trades);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < asks.count; ++i) {
        const int f = asks.rows[i].party;
        if (!is_firm(f)) continue;
        const std::int64_t sold = clearing.sold[i], taken = take_sold(world.firms[f], cls, sold, left_over[i] != 0 ? training.h100e[f] : own.h100e[f]);
        if (left_over[i] == 0) ledger.deals.spot_sold_h100e[f][1] += sold;
        else add_left_over(ledger.deals, f, sold == left_over[i] ? unsold[f].quantity : taken, static_cast<double>(sold) * clearing.price_usd_h);  // all of it, but for what rounding to inference keeps
    }
    close_class(scenario, world, ledger, cls, clearing.price_usd_h, trades);
}

/// P11, second part. T clears first and pays first, so that its money and its unsold hours are there for I.
RACKRACE_HD RACKRACE_APART inline void trade_spot(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger) {
    update_fleet_kappa(scenario, world);
    fill_rented_kappa(scenario, world);
    SetAside training = {};
    SpotOrder unsold[kMaxFirms] = {};
    trade_training(scenario, world, orders, ledger, training, unsold);
    trade_inference(scenario, world, orders, ledger, training, unsold);
}

}  // namespace rackrace
