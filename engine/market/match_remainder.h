// What is left of offers, shares and rooms while the contract rules NASH and POSTED make their trades one after the other.
#pragma once

#include "engine/market/contract_match.h"

namespace rackrace {

/// What is still to be had.
struct MatchRemainder {
    std::int64_t offered[kMaxContractOffers] = {};
    std::int64_t bought[kMaxContractOffers][kMaxFirms + 1] = {};  // by buyer, the outside last
    Usd room[kMaxFirms][kRoomQuarters] = {};
};

RACKRACE_HD inline MatchRemainder whole_market(const ContractMarket& market) {
    MatchRemainder left;
    RACKRACE_NO_UNROLL
    for (int o = 0; o < market.offer_count; ++o) left.offered[o] = market.offers[o].quantity;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f)
        for (int k = 0; k < kRoomQuarters; ++k) left.room[f][k] = market.room[f][k];
    return left;
}

/// Units that a lot with `wanted` left may take from an offer at this price: what is left of both, if the buyer stays within the offer's
/// largest share and its own room with it, else 0.
RACKRACE_HD inline std::int64_t tradable(const Parameters& p, const ContractMarket& market, const MatchRemainder& left, int request, int offer,
                                         std::int64_t wanted, double price_usd_h) {
    const ContractRequest& want = market.requests[request];
    const ContractOffer& from = market.offers[offer];
    const std::int64_t quantity = wanted < left.offered[offer] ? wanted : left.offered[offer];
    const std::int64_t bought = left.bought[offer][is_firm(want.buyer) ? want.buyer : kMaxFirms];
    if (static_cast<double>(bought + quantity) > from.max_share_frac * static_cast<double>(from.quantity)) return 0;
    if (!is_firm(want.buyer)) return quantity;
    return fits_room(room_quarters(p, want), takeorpay_of(p, from, price_usd_h, quantity), left.room[want.buyer]) ? quantity : 0;
}

/// Makes one trade and takes it off what is left.
RACKRACE_HD inline void make_trade(const Parameters& p, const ContractMarket& market, int lot, int offer, std::int64_t quantity, double price_usd_h,
                                   MatchRemainder& left, ContractTrades& trades) {
    const ContractRequest& want = market.requests[market.lots[lot].request];
    left.offered[offer] -= quantity;
    left.bought[offer][is_firm(want.buyer) ? want.buyer : kMaxFirms] += quantity;
    if (is_firm(want.buyer)) take_room(room_quarters(p, want), takeorpay_of(p, market.offers[offer], price_usd_h, quantity), left.room[want.buyer]);
    trades.rows[trades.count++] = {price_usd_h, quantity, lot, offer};
}

}  // namespace rackrace
