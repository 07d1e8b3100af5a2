// Contract rule NASH: lots and offers pair up by falling joint surplus and split it.
#pragma once

#include "engine/market/match_remainder.h"

namespace rackrace {

/// S: the buyer's cap less the penalties for this seller, less the ask. The bonus for quality is no money and no part of it. Ours.
RACKRACE_HD inline double joint_surplus_usd_h(const Parameters& p, const ContractOffer& offer, const ContractRequest& request) {
    const double worth = seller_worth(p, offer) - offer.quality_frac;
    return buyer_gain_usd_h(worth, offer.pd_apr, remaining_life_years(p, request), request.cap_usd_h, offer.ask_usd_h);
}

/// The offer after (`surplus`, `tie`) in a request's falling order of surplus, equal ones by tie hash, among those not sold out; -1 at its
/// end (surplus below 0).
RACKRACE_HD inline int next_by_surplus(const Parameters& p, const ContractMarket& market, const MatchRemainder& left, int request, double surplus,
                                       std::uint64_t tie, double& next_surplus) {
    int next = -1;
    RACKRACE_NO_UNROLL
    for (ContractSet rest = market.compatible[request]; !rest.is_empty();) {
        const int o = rest.take_first();
        if (left.offered[o] == 0) continue;
        const double here = joint_surplus_usd_h(p, market.offers[o], market.requests[request]);
        const std::uint64_t here_tie = market.offers[o].tie;
        if (!(here >= 0.0) || here > surplus || (here == surplus && here_tie >= tie)) continue;
        if (next >= 0 && (here < next_surplus || (here == next_surplus && here_tie < market.offers[next].tie))) continue;
        next = o;
        next_surplus = here;
    }
    return next;
}

/// Each pair of lot and offer once, by falling surplus (equal ones by the lot's tie hash, then the offer's): it trades what is left of both
/// at the ask and half of the surplus. Lots may be divided. returns the trades in the order made.
RACKRACE_HD inline void match_by_surplus(const Parameters& p, const ContractMarket& market, ContractTrades& trades) {
    MatchRemainder left = whole_market(market);
    std::int64_t wanted[kMaxContractLots];
    double surplus[kMaxContractLots];
    std::int8_t offer[kMaxContractLots];
    RACKRACE_NO_UNROLL
    for (int i = 0; i < market.lot_count; ++i) {
        wanted[i] = market.lots[i].quantity;
        offer[i] = static_cast<std::int8_t>(next_by_surplus(p, market, left, market.lots[i].request, kInfinity, 0, surplus[i]));
    }
    trades.count = 0;
    RACKRACE_NO_UNROLL
    for (;;) {
        int lot = -1;
        RACKRACE_NO_UNROLL
        for (int i = 0; i < market.lot_count; ++i) {
            if (offer[i] < 0) continue;
            if (lot < 0 || surplus[i] > surplus[lot] || (surplus[i] == surplus[lot] && market.lots[i].tie > market.lots[lot].tie)) lot = i;
        }
        if (lot < 0) break;
        const int from = offer[lot], request = market.lots[lot].request;
        const double price = market.offers[from].ask_usd_h + p.nash_surplus_split_frac * surplus[lot];
        const std::int64_t quantity = tradable(p, market, left, request, from, wanted[lot], price);
        if (quantity > 0) make_trade(p, market, lot, from, quantity, price, left, trades);
        wanted[lot] -= quantity;
        const double done = surplus[lot];
        offer[lot] = wanted[lot] > 0
                         ? static_cast<std::int8_t>(next_by_surplus(p, market, left, request, done, market.offers[from].tie, surplus[lot]))
                         : std::int8_t{-1};
    }
    RACKRACE_NO_UNROLL
    for (int o = 0; o < market.offer_count; ++o) {
        trades.price_usd_h[o] = market.offers[o].ask_usd_h;
        trades.raises[o] = 0;
    }
}

}  // namespace rackrace
