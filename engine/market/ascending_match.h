// Contract rule KC: ascending salary adjustment. Lots propose to the offer they gain most from; an offer over its capacity rejects the lots
// worth least to it, and each rejection raises its price.
#pragma once

#include "engine/market/contract_match.h"

namespace rackrace {

/// Where the match stands. Lots of a request are numbered by falling tie hash, so that an 8-bit mask names a set of them.
struct AscendingState {
    double price_usd_h[kMaxContractOffers];
    double lowest_cap_usd_h[kMaxContractOffers];  // at most the caps of the lots held
    std::int64_t held_quantity[kMaxContractOffers];
    std::int32_t held_by_buyer[kMaxContractOffers][kMaxFirms + 1];
    int raises[kMaxContractOffers];
    ContractSet holders[kMaxContractOffers];                      // requests with a lot held
    std::uint8_t held[kMaxContractOffers][kMaxContractRequests];  // masks of lots
    std::int16_t lot[kMaxContractRequests][kMaxLots];             // index in the market
    std::int16_t rank[kMaxContractRequests][kMaxLots];            // place among all lots, highest tie hash first
    std::int16_t slot_of_rank[kMaxContractLots];                  // request x kMaxLots + number
    std::uint64_t proposing[(kMaxContractLots + 63) / 64];        // ranks of the free lots that may have an offer to go to
    double second_gain[kMaxContractRequests];                     // most that any other offer could bring when best was found
    std::int8_t best[kMaxContractRequests];                       // offer it gains most from, -1 none for good, -2 not known
    std::uint8_t lots[kMaxContractRequests];                      // how many
    std::uint8_t barred[kMaxContractRequests];                    // mask: free, kept out by share or room until its buyer loses a lot
    bool has_barred[kMaxFirms + 1];
    bool room_binds[kMaxFirms];  // its lots could use up its room
    // what no price changes, side by side for the loops
    double worth[kMaxContractOffers];  // seller_worth
    double seller_pd_apr[kMaxContractOffers];
    double unit_penalty[kMaxContractOffers];  // for concentration, of one unit that a buyer holds, over the price
    double cap_usd_h[kMaxContractRequests];
    double life_years[kMaxContractRequests];
    double safety[kMaxContractRequests];      // 1 - expected default of the buyer
    std::int8_t buyer[kMaxContractRequests];  // place in arrays of [firms, outside]
};

/// Prices at the asks, and what no price changes.
RACKRACE_HD inline void start_ascending(const Parameters& p, const ContractMarket& market, AscendingState& state) {
    RACKRACE_NO_UNROLL
    for (int o = 0; o < market.offer_count; ++o) {
        const ContractOffer& offer = market.offers[o];
        state.price_usd_h[o] = max(offer.ask_usd_h, p.contract_price_min_usd_h);  // from 0 a price would never rise
        state.lowest_cap_usd_h[o] = kInfinity;
        state.worth[o] = seller_worth(p, offer);
        state.seller_pd_apr[o] = offer.pd_apr;
        state.unit_penalty[o] = p.contract_buyer_concentration_penalty_frac / static_cast<double>(offer.quantity);
    }
    RACKRACE_NO_UNROLL
    for (int r = 0; r < market.request_count; ++r) {
        const ContractRequest& request = market.requests[r];
        state.best[r] = -2;
        state.buyer[r] = static_cast<std::int8_t>(is_firm(request.buyer) ? request.buyer : kMaxFirms);
        state.cap_usd_h[r] = request.cap_usd_h;
        state.life_years[r] = remaining_life_years(p, request);
        state.safety[r] = 1.0 - request.pd_apr * p.loss_given_default_unsecured_frac * state.life_years[r];
    }
}

RACKRACE_HD inline void set_proposing(AscendingState& state, int request, int number) {
    const int rank = state.rank[request][number];
    state.proposing[rank >> 6] |= std::uint64_t{1} << (rank & 63);
}

/// Takes the free lot with the highest tie hash off the list; returns its slot, -1 when there is none.
RACKRACE_HD inline int next_proposer(AscendingState& state) {
    RACKRACE_NO_UNROLL
    for (int w = 0; w < (kMaxContractLots + 63) / 64; ++w) {
        if (state.proposing[w] == 0) continue;
        const int rank = w * 64 + lowest_bit(state.proposing[w]);
        state.proposing[w] &= state.proposing[w] - 1;
        return state.slot_of_rank[rank];
    }
    return -1;
}

/// Orders the lots of each request and of all by tie hash, and lists them all as proposing.
RACKRACE_HD inline void rank_lots(const ContractMarket& market, AscendingState& state) {
    std::int16_t order[kMaxContractLots];
    std::uint64_t key[kMaxContractLots];
    RACKRACE_NO_UNROLL
    for (int i = 0; i < market.lot_count; ++i) {
        const std::uint64_t tie = market.lots[i].tie;
        int at = i;
        RACKRACE_NO_UNROLL
        for (; at > 0 && key[at - 1] < tie; --at) {
            key[at] = key[at - 1];
            order[at] = order[at - 1];
        }
        key[at] = tie;
        order[at] = static_cast<std::int16_t>(i);
    }
    RACKRACE_NO_UNROLL
    for (int rank = 0; rank < market.lot_count; ++rank) {
        const int request = market.lots[order[rank]].request, number = state.lots[request]++;
        state.lot[request][number] = order[rank];
        state.rank[request][number] = static_cast<std::int16_t>(rank);
        state.slot_of_rank[rank] = static_cast<std::int16_t>(request * kMaxLots + number);
        set_proposing(state, request, number);
    }
}

/// A buyer whose lots would fit its room all together at their caps needs no test in the match.
RACKRACE_HD inline void find_binding_rooms(const Parameters& p, const ContractMarket& market, AscendingState& state) {
    double takeorpay = 0.0;
    RACKRACE_NO_UNROLL
    for (int o = 0; o < market.offer_count; ++o) takeorpay = max(takeorpay, market.offers[o].takeorpay_frac);
    double most[kMaxFirms + 1] = {};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < market.lot_count; ++i) {
        const int r = market.lots[i].request;
        const double quantity = static_cast<double>(market.lots[i].quantity);
        most[state.buyer[r]] += takeorpay * state.cap_usd_h[r] * p.hours_per_quarter * quantity + 1.0;  // 1: each is rounded to dollars
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f)
        for (int k = 0; k < kRoomQuarters; ++k) state.room_binds[f] = state.room_binds[f] || most[f] > to_double(market.room[f][k]);
}

/// Whether a lot's take-or-pay fits beside that of the lots its buyer holds now, all at present prices.
RACKRACE_HD inline bool is_within_room(const Parameters& p, const ContractMarket& market, const AscendingState& state, int request, int lot,
                                       int offer) {
    const int buyer = state.buyer[request];
    Usd room[kRoomQuarters];
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kRoomQuarters; ++k) room[k] = market.room[buyer][k];
    RACKRACE_NO_UNROLL
    for (int o = 0; o < market.offer_count; ++o) {
        if (state.held_by_buyer[o][buyer] == 0) continue;
        RACKRACE_NO_UNROLL
        for (ContractSet rest = state.holders[o]; !rest.is_empty();) {
            const int r = rest.take_first();
            if (state.buyer[r] != buyer) continue;
            RACKRACE_NO_UNROLL
            for (unsigned mask = state.held[o][r]; mask != 0; mask &= mask - 1) {
                const std::int64_t quantity = market.lots[state.lot[r][lowest_bit(mask)]].quantity;
                take_room(room_quarters(p, market.requests[r]), takeorpay_of(p, market.offers[o], state.price_usd_h[o], quantity), room);
            }
        }
    }
    const Usd amount = takeorpay_of(p, market.offers[offer], state.price_usd_h[offer], market.lots[lot].quantity);
    return fits_room(room_quarters(p, market.requests[request]), amount, room);
}

/// Whether a lot may go to an offer beside what its buyer holds now: the offer's largest share, and the buyer's room.
RACKRACE_HD inline bool is_within_limits(const Parameters& p, const ContractMarket& market, const AscendingState& state, int request, int lot,
                                         int offer) {
    const int buyer = state.buyer[request];
    const ContractOffer& to = market.offers[offer];
    const std::int64_t quantity = state.held_by_buyer[offer][buyer] + market.lots[lot].quantity;
    if (static_cast<double>(quantity) > to.max_share_frac * static_cast<double>(to.quantity)) return false;
    return buyer == kMaxFirms || !state.room_binds[buyer] || is_within_room(p, market, state, request, lot, offer);
}

/// u of a request at an offer's present price.
RACKRACE_HD inline double gain_now(const AscendingState& state, int request, int offer) {
    return buyer_gain_usd_h(state.worth[offer], state.seller_pd_apr[offer], state.life_years[request], state.cap_usd_h[request],
                            state.price_usd_h[offer]);
}

/// The offer a request gains most from now, limits aside; -1 for good when none is left, since prices only rise. Looks again only when
/// the price of the best one has passed the point where another could be better.
RACKRACE_HD inline int best_offer(const ContractMarket& market, AscendingState& state, int request) {
    const double cap = state.cap_usd_h[request];
    const int known = state.best[request];
    if (known == -1) return -1;
    if (known >= 0 && state.price_usd_h[known] <= cap) {
        const double gain = gain_now(state, request, known);
        if (gain >= 0.0 && gain > state.second_gain[request]) return known;
    }
    int best = -1;
    double best_gain = 0.0, second = -kInfinity;
    RACKRACE_NO_UNROLL
    for (ContractSet rest = market.compatible[request]; !rest.is_empty();) {
        const int o = rest.take_first();
        const double gain = gain_now(state, request, o);
        if (!(gain >= 0.0) || state.price_usd_h[o] > cap) continue;
        if (best < 0 || gain > best_gain || (gain == best_gain && market.offers[o].tie > market.offers[best].tie)) {
            second = best < 0 ? -kInfinity : best_gain;
            best = o;
            best_gain = gain;
        } else {
            second = max(second, gain);
        }
    }
    state.best[request] = static_cast<std::int8_t>(best);
    state.second_gain[request] = second;
    return best;
}

/// The offer that one lot proposes to; -1 for none at present, and then the lot is barred until its buyer loses a lot.
RACKRACE_HD inline int choose_offer(const Parameters& p, const ContractMarket& market, AscendingState& state, int request, int number) {
    const int first = best_offer(market, state, request), lot = state.lot[request][number];
    if (first < 0 || is_within_limits(p, market, state, request, lot, first)) return first;
    int best = -1;
    double best_gain = 0.0;
    RACKRACE_NO_UNROLL
    for (ContractSet rest = market.compatible[request]; !rest.is_empty();) {
        const int o = rest.take_first();
        const double gain = gain_now(state, request, o);
        if (!(gain >= 0.0) || state.price_usd_h[o] > state.cap_usd_h[request] || (best >= 0 && gain < best_gain)) continue;
        if (best >= 0 && gain == best_gain && market.offers[o].tie < market.offers[best].tie) continue;
        if (!is_within_limits(p, market, state, request, lot, o)) continue;
        best = o;
        best_gain = gain;
    }
    if (best < 0) {
        state.barred[request] = static_cast<std::uint8_t>(state.barred[request] | 1u << number);
        state.has_barred[state.buyer[request]] = true;
    }
    return best;
}

RACKRACE_HD inline void hold_lot(const ContractMarket& market, AscendingState& state, int offer, int request, int number) {
    const std::int64_t quantity = market.lots[state.lot[request][number]].quantity;
    state.held_quantity[offer] += quantity;
    state.held_by_buyer[offer][state.buyer[request]] += static_cast<std::int32_t>(quantity);
    state.held[offer][request] = static_cast<std::uint8_t>(state.held[offer][request] | 1u << number);
    state.holders[offer].add(request);
    state.lowest_cap_usd_h[offer] = min(state.lowest_cap_usd_h[offer], state.cap_usd_h[request]);
}

/// A held lot is free again.
RACKRACE_HD inline void release_lot(const ContractMarket& market, AscendingState& state, int offer, int request, int number) {
    const std::int64_t quantity = market.lots[state.lot[request][number]].quantity;
    state.held_quantity[offer] -= quantity;
    state.held_by_buyer[offer][state.buyer[request]] -= static_cast<std::int32_t>(quantity);
    state.held[offer][request] = static_cast<std::uint8_t>(state.held[offer][request] & ~(1u << number));
    if (state.held[offer][request] == 0) state.holders[offer].remove(request);
    set_proposing(state, request, number);
}

/// Lots that the holdings of this buyer kept out may try again, now that it has lost one.
RACKRACE_HD inline void admit_barred(const ContractMarket& market, AscendingState& state, int buyer) {
    if (!state.has_barred[buyer]) return;
    state.has_barred[buyer] = false;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < market.request_count; ++r) {
        if (state.buyer[r] != buyer) continue;
        RACKRACE_NO_UNROLL
        for (unsigned mask = state.barred[r]; mask != 0; mask &= mask - 1) set_proposing(state, r, lowest_bit(mask));
        state.barred[r] = 0;
    }
}

/// Slot of the held lot worth least to the offer. v over the price: the buyer's expected default, and the share of the offer that this
/// buyer holds; the price itself does not change the order. Equal lots by tie hash, the lowest goes.
RACKRACE_HD inline int least_valued_lot(const AscendingState& state, int offer) {
    int worst = -1;
    double worst_value = 0.0;
    RACKRACE_NO_UNROLL
    for (ContractSet rest = state.holders[offer]; !rest.is_empty();) {
        const int r = rest.take_first();
        const double value = state.safety[r] - state.unit_penalty[offer] * state.held_by_buyer[offer][state.buyer[r]];
        if (worst >= 0 && value > worst_value) continue;
        const int number = highest_bit(state.held[offer][r]);
        if (worst >= 0 && value == worst_value && state.rank[r][number] < state.rank[worst / kMaxLots][worst % kMaxLots]) continue;
        worst = r * kMaxLots + number;
        worst_value = value;
    }
    return worst;
}

/// One rejection's step of the price; lots whose cap it passes leave.
RACKRACE_HD inline void raise_price(const Parameters& p, const ContractMarket& market, AscendingState& state, int offer) {
    state.price_usd_h[offer] *= 1.0 + p.contract_price_step_frac;
    state.raises[offer] += 1;
    if (state.price_usd_h[offer] <= state.lowest_cap_usd_h[offer]) return;
    double lowest = kInfinity;
    RACKRACE_NO_UNROLL
    for (ContractSet rest = state.holders[offer]; !rest.is_empty();) {
        const int r = rest.take_first();
        if (state.cap_usd_h[r] >= state.price_usd_h[offer]) {
            lowest = min(lowest, state.cap_usd_h[r]);
            continue;
        }
        RACKRACE_NO_UNROLL
        for (unsigned mask = state.held[offer][r]; mask != 0; mask &= mask - 1) release_lot(market, state, offer, r, lowest_bit(mask));
        admit_barred(market, state, state.buyer[r]);
    }
    state.lowest_cap_usd_h[offer] = lowest;
}

/// Matches lots and offers. One proposal at a time, the free lot with the highest tie hash first; all lots of an offer pay its final price.
/// Caps are finite (orders are bounded) and prices only rise, so the match ends. At most kMaxLots lots a request, offers with a quantity.
/// returns one trade a lot held, offer by offer, and the final price and the number of raises of each offer.
/// Source: Kelso & Crawford 1982; contracts, Hatfield & Milgrom 2005; deferred acceptance, Gale & Shapley 1962.
RACKRACE_HD inline void match_ascending(const Parameters& p, const ContractMarket& market, ContractTrades& trades) {
    AscendingState state = {};
    start_ascending(p, market, state);
    rank_lots(market, state);
    find_binding_rooms(p, market, state);
    RACKRACE_NO_UNROLL
    for (int slot = next_proposer(state); slot >= 0; slot = next_proposer(state)) {
        const int request = slot / kMaxLots, number = slot % kMaxLots;
        const int offer = choose_offer(p, market, state, request, number);
        if (offer < 0) continue;
        hold_lot(market, state, offer, request, number);
        RACKRACE_NO_UNROLL
        while (state.held_quantity[offer] > market.offers[offer].quantity) {
            const int worst = least_valued_lot(state, offer);
            release_lot(market, state, offer, worst / kMaxLots, worst % kMaxLots);
            if (worst != slot) admit_barred(market, state, state.buyer[worst / kMaxLots]);  // the proposer itself held nothing before
            raise_price(p, market, state, offer);
        }
    }
    trades.count = 0;
    RACKRACE_NO_UNROLL
    for (int o = 0; o < market.offer_count; ++o) {
        trades.price_usd_h[o] = state.price_usd_h[o];
        trades.raises[o] = state.raises[o];
        RACKRACE_NO_UNROLL
        for (ContractSet rest = state.holders[o]; !rest.is_empty();) {
            const int r = rest.take_first();
            RACKRACE_NO_UNROLL
            for (unsigned mask = state.held[o][r]; mask != 0; mask &= mask - 1) {
                const int lot = state.lot[r][lowest_bit(mask)];
                trades.rows[trades.count++] = {state.price_usd_h[o], market.lots[lot].quantity, lot, o};
            }
        }
    }
}

}  // namespace rackrace
