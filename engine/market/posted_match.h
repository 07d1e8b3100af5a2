// Contract rule POSTED: lots take what they like best at the sellers' asks, in the order of their tie hashes.
#pragma once

#include "engine/market/match_remainder.h"

namespace rackrace {

/// The compatible offer a lot gains most from at its ask, among those it can still take something of; -1 for none.
RACKRACE_HD inline int best_at_ask(const Parameters& p, const ContractMarket& market, const MatchRemainder& left, int request, std::int64_t wanted) {
    const ContractRequest& want = market.requests[request];
    int best = -1;
    double best_gain = 0.0;
    RACKRACE_NO_UNROLL
    for (ContractSet rest = market.compatible[request]; !rest.is_empty();) {
        const int o = rest.take_first();
        const ContractOffer& offer = market.offers[o];
        if (!(offer.ask_usd_h <= want.cap_usd_h)) continue;
        const double gain = buyer_gain_usd_h(p, offer, want, offer.ask_usd_h);
        if (!(gain >= 0.0) || (best >= 0 && (gain < best_gain || (gain == best_gain && offer.tie < market.offers[best].tie)))) continue;
        if (tradable(p, market, left, request, o, wanted, offer.ask_usd_h) <= 0) continue;
        best = o;
        best_gain = gain;
    }
    return best;
}

/// Lots take their turn by falling tie hash. A lot that its best offer cannot fill goes on to the next best; nothing is rejected, no
/// price moves. returns the trades in the order made.
RACKRACE_HD inline void match_posted(const Parameters& p, const ContractMarket& market, ContractTrades& trades) {
    MatchRemainder left = whole_market(market);
    std::int16_t order[kMaxContractLots];
    RACKRACE_NO_UNROLL
    for (int i = 0; i < market.lot_count; ++i) {
        int at = i;
        RACKRACE_NO_UNROLL
        for (; at > 0 && market.lots[order[at - 1]].tie < market.lots[i].tie; --at) order[at] = order[at - 1];
        order[at] = static_cast<std::int16_t>(i);
    }
    trades.count = 0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < market.lot_count; ++i) {
        const int lot = order[i], request = market.lots[lot].request;
        std::int64_t wanted = market.lots[lot].quantity;
        RACKRACE_NO_UNROLL
        while (wanted > 0) {
            const int from = best_at_ask(p, market, left, request, wanted);
            if (from < 0) break;
            const double price = market.offers[from].ask_usd_h;
            const std::int64_t quantity = tradable(p, market, left, request, from, wanted, price);
            make_trade(p, market, lot, from, quantity, price, left, trades);
            wanted -= quantity;
        }
    }
    RACKRACE_NO_UNROLL
    for (int o = 0; o < market.offer_count; ++o) {
        trades.price_usd_h[o] = market.offers[o].ask_usd_h;
        trades.raises[o] = 0;
    }
}

}  // namespace rackrace
