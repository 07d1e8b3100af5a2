// P5: the contract market of a quarter from the orders of stage A: what each seller can serve, what each buyer can afford, what the outside
// asks for. contract_phase.h matches and signs.
#pragma once

#include "engine/market/contract_match.h"
#include "engine/market/forward_capacity.h"
#include "engine/market/generation_pool.h"
#include "engine/market/live_contracts.h"
#include "engine/market/reputation.h"
#include "engine/market/tie_hash.h"
#include "engine/quarter/orders.h"
#include "engine/settle/backlog.h"
#include "engine/settle/ledger.h"

namespace rackrace {

inline constexpr int kForwardQuarters = kMaxQuarters;  // ahead for which capacity is tested

/// What a seller has and owes in each quarter ahead, by generation: [k] is k + 1 quarters from now.
struct ForwardBook {
    std::int64_t capacity[kForwardQuarters][kMaxGenerations];
    std::int64_t committed[kForwardQuarters][kMaxGenerations];
};

/// Own chips in service and on order in every quarter, and what contracts bring and take in theirs.
RACKRACE_HD RACKRACE_APART inline void fill_forward_book(const Scenario& scenario, const World& world, const LiveContracts& live, int f, ForwardBook& book) {
    const Firm& firm = world.firms[f];
    double own[kMaxGenerations] = {};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.product_count; ++i) {
        const Holding& h = firm.holdings[i];
        double chips = h.is_off == 0 ? h.installed : 0.0;
        RACKRACE_NO_UNROLL
        for (int slot = 0; slot < kOrderSlots; ++slot) chips += firm.orders[i][slot].chips;
        own[scenario.products[i].generation] += chips * scenario.products[i].training_h100e_chip;
    }
    const double uptime = scenario.parameters.uptime_frac[static_cast<int>(firm.role)];
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g) {
        const std::int64_t capacity = floor_to_int64(own[g] * uptime);
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kForwardQuarters; ++k) {
            book.capacity[k][g] = capacity;
            book.committed[k][g] = 0;
        }
    }
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        const Contract& contract = world.contracts[live.slot[i]];
        if (contract.seller != f && contract.buyer != f) continue;
        std::int64_t(*const side)[kMaxGenerations] = contract.seller == f ? book.committed : book.capacity;
        const int first = contract.start_t > world.t ? contract.start_t - world.t - 1 : 0, last = contract.end_t - world.t - 1, full = first_full_t(contract) - world.t - 1;
        RACKRACE_NO_UNROLL
        for (int k = first; k < kForwardQuarters && k <= last; ++k)
            side[k][contract.generation] += k < full ? committed_in(contract, world.t + k + 1) : contract.quantity_h100e;
    }
}

/// Latest start that anybody asks for, in quarters from now.
RACKRACE_HD inline int latest_start_q(const Scenario& scenario, const Orders* orders) {
    int latest = 1;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (const CapacityBid& bid : orders[f].bid_contract)
            if (bid.h100e != 0 && bid.start_in_q > latest) latest = bid.start_in_q;
    }
    return latest;
}

/// Puts a firm's offers on the market, each cut to what the firm can serve beside its contracts and its offers before it, in every quarter
/// in which a contract of it could run.
RACKRACE_HD RACKRACE_APART inline void add_offers(const Scenario& scenario, const World& world, const LiveContracts& live, const Orders& order, int f, int latest_q,
                                                  ContractMarket& market, std::int16_t (&place)[kMaxOffers]) {
    ForwardBook book;
    bool is_filled = false;
    const Firm& firm = world.firms[f];
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kMaxOffers; ++k) {
        place[k] = -1;
        const CapacityOffer& offer = order.offer_contract[k];
        if (offer.h100e <= 0 || offer.generation < 0 || offer.generation >= kMaxGenerations) continue;
        if (!is_filled) fill_forward_book(scenario, world, live, f, book);
        is_filled = true;
        const int end = offer.tenor_q + latest_q - 1, quarters = end < kForwardQuarters ? end : kForwardQuarters;
        const std::int64_t quantity = cut_offer(firm.oversell_ratio, book.capacity, book.committed, quarters, offer.generation, offer.h100e);
        if (quantity <= 0) continue;
        RACKRACE_NO_UNROLL
        for (int q = 0; q < quarters; ++q) book.committed[q][offer.generation] += quantity;
        place[k] = static_cast<std::int16_t>(market.offer_count);
        ContractOffer& row = market.offers[market.offer_count++];
        row = {f, offer.generation, quantity, offer.min_usd_h, offer.min_tenor_q, offer.tenor_q, offer.takeorpay_frac, offer.prepay_frac, offer.max_share_frac,
               scenario.parameters.contract_quality_frac[static_cast<int>(firm.role)], firm.reliability_frac, firm.default_probability_apr,
               tie_of(scenario, world, TieMarket::contract, k, f)};
    }
}

/// Take-or-pay that a buyer may add in each of the next quarters: a part of its receipts, grown as the market expects, and a part of its cash,
/// less what it has signed.
RACKRACE_HD inline void fill_rooms(const Scenario& scenario, const World& world, const LiveContracts& live, ContractMarket& market) {
    const Parameters& p = scenario.parameters;
    const int window = static_cast<int>(min(p.contract_affordability_window_q, kRoomQuarters));
    double growth_ratio[kRoomQuarters];
    RACKRACE_NO_UNROLL
    for (int k = 0; k < window; ++k) growth_ratio[k] = exp(world.expected_growth_frac * (k + 1));
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const double receipts = p.contract_affordability_receipts_ratio * to_double(world.firms[f].history[0].revenue);
        const double cash = max(0.0, to_double(cash_of(world, f))) / window;
        RACKRACE_NO_UNROLL
        for (int k = 0; k < window; ++k) market.room[f][k] = to_usd(receipts * growth_ratio[k] + cash);
    }
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        const Contract& contract = world.contracts[live.slot[i]];
        if (!is_firm(contract.buyer)) continue;
        const int full = first_full_t(contract) - world.t - 1, last = contract.end_t - world.t - 1;
        Usd due{};
        RACKRACE_NO_UNROLL
        for (int k = 0; k < window && k <= last; ++k) {
            if (k <= full || k == 0) due = takeorpay_due(p, contract, world.t + k + 1);  // the same in all quarters after
            market.room[contract.buyer][k] -= due;
        }
    }
}

/// Newest generation on offer; -1 without offers.
RACKRACE_HD inline int newest_on_offer(const ContractMarket& market) {
    int newest = -1;
    RACKRACE_NO_UNROLL
    for (int o = 0; o < market.offer_count; ++o)
        if (market.offers[o].generation > newest) newest = market.offers[o].generation;
    return newest;
}

/// Adds a request and its lots. id, number: of the tie hash.
RACKRACE_HD inline void add_request(const Scenario& scenario, const World& world, const ContractRequest& request, std::int64_t quantity, std::uint64_t id, int number,
                                    ContractMarket& market) {
    std::int64_t sizes[kMaxLots];
    const int lots = split_request(scenario.parameters, quantity, sizes), index = market.request_count++;
    market.requests[index] = request;
    const std::uint64_t key = hash64_with(hash64(world.seed, world.t, static_cast<int>(TieMarket::contract), number), id);
    RACKRACE_NO_UNROLL
    for (int lot = 0; lot < lots; ++lot) market.lots[market.lot_count++] = {index, sizes[lot], hash64_with(key, static_cast<std::uint64_t>(lot))};
}

/// Requests of a firm. place [slot]: of its request in the market, -1 where it has none.
RACKRACE_HD inline void add_requests(const Scenario& scenario, const World& world, const Orders& order, int f, ContractMarket& market, std::int16_t (&place)[kMaxRequests]) {
    const int newest = newest_on_offer(market);
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kMaxRequests; ++k) {
        place[k] = -1;
        const CapacityBid& bid = order.bid_contract[k];
        if (bid.h100e <= 0 || newest < 0) continue;
        place[k] = static_cast<std::int16_t>(market.request_count);
        const ContractRequest request = {f, bid.generation == kNewestOnOffer ? newest : bid.generation, bid.max_usd_h, bid.tenor_q, bid.start_in_q > 1 ? bid.start_in_q : 1,
                                         bid.takeorpay_frac, bid.prepay_frac, world.firms[f].default_probability_apr, buyer_reliability(world, f)};
        add_request(scenario, world, request, bid.h100e, scenario.firms[f].id, kMaxOffers + k, market);
    }
}

/// Requests of buyers outside the model: start-ups, enterprises, governments.
RACKRACE_HD inline void add_outside_requests(const Scenario& scenario, const World& world, ContractMarket& market) {
    const Parameters& p = scenario.parameters;
    const int newest = newest_on_offer(market);
    if (newest < 0) return;
    const ContractRequest request = {kCustomer, newest, p.outside_request_cap_ratio * world.spot_ewma_usd_h[0], static_cast<int>(p.outside_request_term_q), 1,
                                     p.outside_request_takeorpay_frac, p.outside_request_prepay_frac, p.outside_buyer_pd_apr};
    const std::int64_t quantity = floor_to_int64(p.outside_request_frac * (world.outside_demand_h100e[0] + world.outside_demand_h100e[1]));
    RACKRACE_NO_UNROLL
    for (int k = 0; k < static_cast<int>(min(p.outside_request_count_max, kMaxOutsideRequests)); ++k)
        add_request(scenario, world, request, quantity, static_cast<std::uint64_t>(kCustomer), kMaxOffers + k, market);
}

}  // namespace rackrace
