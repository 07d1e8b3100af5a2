// The spot market for GPU-hours of one grade: asks and bids of firms and of the outside meet in one uniform-price double auction.
// Posts nothing; the outside's step curves are in outside_spot.h.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/money.h"
#include "engine/base/numbers.h"
#include "engine/market/pro_rata.h"
#include "engine/scenario/parameters.h"
#include "engine/world/parties.h"

namespace rackrace {

inline constexpr int kMaxOutsideSteps = 64;                              // outside_step_count is at most this
inline constexpr int kMaxSpotOrders = 2 * kMaxFirms + kMaxOutsideSteps;  // a side: own orders, training hours left over, outside steps

struct SpotOrder {
    int party;              // firm, or the outside
    double price_usd_h;     // lowest price of an ask, highest of a bid
    std::int64_t quantity;  // H100e, >= 0
    std::uint64_t tie;
};

/// One side of the book, in any order.
struct SpotOrders {
    SpotOrder rows[kMaxSpotOrders];
    int count = 0;
};

struct SpotClearing {
    std::int64_t quantity = 0;
    double price_usd_h = 0.0;
    std::int64_t sold[kMaxSpotOrders] = {};    // by ask
    std::int64_t bought[kMaxSpotOrders] = {};  // by bid
};

/// Empty orders are left out. The capacity holds every order that two of each firm and the outside's steps can make.
RACKRACE_HD inline void add_order(SpotOrders& side, const SpotOrder& order) {
    if (order.quantity > 0 && side.count < kMaxSpotOrders) side.rows[side.count++] = order;
}

/// Most H100e that a buyer can pay for this quarter if the price is its cap.
RACKRACE_HD inline std::int64_t affordable_h100e(const Parameters& p, Usd cash, double cap_usd_h) {
    if (cash <= Usd{0} || !(cap_usd_h > 0.0)) return 0;
    return floor_to_int64(to_double(cash) / (cap_usd_h * p.hours_per_quarter));
}

/// A firm does not trade with itself: its asks, the cheapest first, and its bids, the dearest first, cancel before the auction.
RACKRACE_HD RACKRACE_APART inline void net_own_orders(SpotOrders& asks, SpotOrders& bids) {
    std::uint32_t asking = 0, bidding = 0;  // bit by firm
    RACKRACE_NO_UNROLL
    for (int i = 0; i < asks.count; ++i) asking |= is_firm(asks.rows[i].party) ? 1u << asks.rows[i].party : 0u;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < bids.count; ++i) bidding |= is_firm(bids.rows[i].party) ? 1u << bids.rows[i].party : 0u;
    RACKRACE_NO_UNROLL
    for (std::uint32_t both = asking & bidding; both != 0; both &= both - 1) {
        const int firm = lowest_bit(both);
        RACKRACE_NO_UNROLL
        for (;;) {
            int ask = -1, bid = -1;
            RACKRACE_NO_UNROLL
            for (int i = 0; i < asks.count; ++i)
                if (asks.rows[i].party == firm && asks.rows[i].quantity > 0 && (ask < 0 || asks.rows[i].price_usd_h < asks.rows[ask].price_usd_h))
                    ask = i;
            RACKRACE_NO_UNROLL
            for (int i = 0; i < bids.count && ask >= 0; ++i)
                if (bids.rows[i].party == firm && bids.rows[i].quantity > 0 && (bid < 0 || bids.rows[i].price_usd_h > bids.rows[bid].price_usd_h))
                    bid = i;
            if (ask < 0 || bid < 0) break;
            const std::int64_t own = asks.rows[ask].quantity < bids.rows[bid].quantity ? asks.rows[ask].quantity : bids.rows[bid].quantity;
            asks.rows[ask].quantity -= own;
            bids.rows[bid].quantity -= own;
        }
    }
}

/// Orders that can trade, the best price first: asks rising, bids falling.
struct SpotRanking {
    std::int16_t order[kMaxSpotOrders];  // row in the side
    double price_usd_h[kMaxSpotOrders];
    int count = 0;
};

/// sign: 1 for asks, -1 for bids. Asks under the lowest price of the market count as asks at it, bids under it cannot trade.
RACKRACE_HD RACKRACE_APART inline SpotRanking rank_orders(const SpotOrders& side, double sign, double lowest_price_usd_h) {
    SpotRanking ranking;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < side.count; ++i) {
        const double price = sign > 0.0 ? max(side.rows[i].price_usd_h, lowest_price_usd_h) : side.rows[i].price_usd_h;
        if (side.rows[i].quantity <= 0 || !(price >= lowest_price_usd_h)) continue;
        int at = ranking.count++;
        RACKRACE_NO_UNROLL
        for (; at > 0 && (sign > 0.0 ? ranking.price_usd_h[at - 1] > price : ranking.price_usd_h[at - 1] < price); --at) {
            ranking.order[at] = ranking.order[at - 1];
            ranking.price_usd_h[at] = ranking.price_usd_h[at - 1];
        }
        ranking.order[at] = static_cast<std::int16_t>(i);
        ranking.price_usd_h[at] = price;
    }
    return ranking;
}

/// Gives `quantity` to the best orders, by row in filled[]; orders at the marginal price share pro rata, odd units by keyed hash.
RACKRACE_HD RACKRACE_APART inline void fill_orders(const SpotOrders& side, const SpotRanking& ranking, std::int64_t quantity, std::int64_t* filled) {
    int next = 0;
    RACKRACE_NO_UNROLL
    for (int first = 0; first < ranking.count && quantity > 0; first = next) {
        std::int64_t asked = 0;
        RACKRACE_NO_UNROLL
        for (next = first; next < ranking.count && ranking.price_usd_h[next] == ranking.price_usd_h[first]; ++next)
            asked += filled[ranking.order[next]] = side.rows[ranking.order[next]].quantity;
        if (asked <= quantity) {
            quantity -= asked;
            continue;
        }
        std::int64_t orders[kMaxSpotOrders], awards[kMaxSpotOrders];
        std::uint64_t tie[kMaxSpotOrders];
        RACKRACE_NO_UNROLL
        for (int k = first; k < next; ++k) {
            orders[k - first] = side.rows[ranking.order[k]].quantity;
            tie[k - first] = side.rows[ranking.order[k]].tie;
        }
        pro_rata<kMaxSpotOrders>(orders, tie, next - first, quantity, awards);
        RACKRACE_NO_UNROLL
        for (int k = first; k < next; ++k) {
            filled[ranking.order[k]] = awards[k - first];
            quantity -= awards[k - first];
        }
    }
}

/// Clears one grade. last_price_usd_h: last quarter's price, kept where nothing trades but moved inside [best bid, best ask].
/// The largest feasible quantity trades; price = midpoint of [max(last accepted ask, best rejected bid), min(last accepted bid, best
/// rejected ask)], an order filled in part counting on both sides, so nobody pays above its cap or sells under its reserve.
/// The price is at least spot_price_min_usd_h.
RACKRACE_HD RACKRACE_APART inline SpotClearing clear_spot(const Parameters& p, const SpotOrders& asks, const SpotOrders& bids, double last_price_usd_h) {
    const SpotRanking rising = rank_orders(asks, 1.0, p.spot_price_min_usd_h), falling = rank_orders(bids, -1.0, p.spot_price_min_usd_h);
    SpotClearing out;
    double low = -kInfinity, high = kInfinity;  // what the orders that trade allow
    int a = 0, b = 0;
    std::int64_t ask_left = rising.count > 0 ? asks.rows[rising.order[0]].quantity : 0;
    std::int64_t bid_left = falling.count > 0 ? bids.rows[falling.order[0]].quantity : 0;
    RACKRACE_NO_UNROLL
    while (a < rising.count && b < falling.count) {
        const double ask = rising.price_usd_h[a], bid = falling.price_usd_h[b];
        if (ask > bid) break;
        const std::int64_t traded = ask_left < bid_left ? ask_left : bid_left;
        out.quantity += traded;
        ask_left -= traded;
        bid_left -= traded;
        low = ask;
        high = bid;
        if (ask_left == 0 && ++a < rising.count) ask_left = asks.rows[rising.order[a]].quantity;
        if (bid_left == 0 && ++b < falling.count) bid_left = bids.rows[falling.order[b]].quantity;
    }
    const double rejected_ask = a < rising.count ? rising.price_usd_h[a] : kInfinity;
    const double rejected_bid = b < falling.count ? falling.price_usd_h[b] : -kInfinity;
    low = max(low, rejected_bid);
    high = min(high, rejected_ask);
    out.price_usd_h = max(p.spot_price_min_usd_h, out.quantity > 0 ? 0.5 * (low + high) : clamp(last_price_usd_h, low, high));
    fill_orders(asks, rising, out.quantity, out.sold);
    fill_orders(bids, falling, out.quantity, out.bought);
    return out;
}

/// The published average of the clearing prices.
RACKRACE_HD inline double next_spot_ewma(const Parameters& p, double ewma_usd_h, double price_usd_h) {
    return ewma_usd_h + p.spot_ewma_weight_frac * (price_usd_h - ewma_usd_h);
}

/// What an ask for training hours becomes in the inference market when `left` of it was not sold: the same chips are worth kappa times as
/// many H100e there, at the same money. kappa_ratio > 0.
RACKRACE_HD inline SpotOrder as_inference_ask(const SpotOrder& ask, std::int64_t left, double kappa_ratio) {
    SpotOrder out = ask;
    out.price_usd_h = ask.price_usd_h / kappa_ratio;
    out.quantity = floor_to_int64(static_cast<double>(left) * kappa_ratio);
    return out;
}

}  // namespace rackrace
