// P5: capacity contracts are matched by the scenario's rule and signed; then buyers leave contracts or force their prices down. All on the
// books of the start of the phase: what is ended now is for sale next quarter.
#pragma once

#include "engine/market/ascending_match.h"
#include "engine/market/contract_changes.h"
#include "engine/market/contract_market.h"
#include "engine/market/find_contract.h"
#include "engine/market/posted_match.h"
#include "engine/market/surplus_match.h"

namespace rackrace {

/// Places in the market of each firm's orders, -1 where an order did not come to it.
struct MarketPlaces {
    std::int16_t offer[kMaxFirms][kMaxOffers];
    std::int16_t request[kMaxFirms][kMaxRequests];
};

/// All offers before all requests: those ask for the newest generation on offer.
RACKRACE_HD RACKRACE_APART inline void gather_contract_market(const Scenario& scenario, const World& world, const Orders* orders, const LiveContracts& live,
                                                              ContractMarket& market, MarketPlaces& places) {
    const int latest_q = latest_start_q(scenario, orders);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) {
        RACKRACE_NO_UNROLL
        for (std::int16_t& place : places.offer[f]) place = -1;
        RACKRACE_NO_UNROLL
        for (std::int16_t& place : places.request[f]) place = -1;
        if (f < scenario.firm_count && scenario.rules.contracts != ContractRule::none && may_deal(world.firms[f])) add_offers(scenario, world, live, orders[f], f, latest_q, market, places.offer[f]);
    }
    if (market.offer_count == 0) return;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f)
        if (may_deal(world.firms[f])) add_requests(scenario, world, orders[f], f, market, places.request[f]);
    add_outside_requests(scenario, world, market);
    fill_rooms(scenario, world, live, market);
    find_compatible(scenario.parameters, market);
}

RACKRACE_HD RACKRACE_APART inline void match_contracts(const Scenario& scenario, const ContractMarket& market, ContractTrades& trades) {
    switch (scenario.rules.contracts) {
        case ContractRule::kelso_crawford: match_ascending(scenario.parameters, market, trades); break;
        case ContractRule::nash: match_by_surplus(scenario.parameters, market, trades); break;
        case ContractRule::posted: match_posted(scenario.parameters, market, trades); break;
        case ContractRule::none: break;
    }
}

/// Signs one trade; false where no slot is free. The buyer pays what is due in advance, or owes it.
RACKRACE_HD inline bool sign_contract(const Scenario& scenario, World& world, Ledger& ledger, const ContractOffer& offer, const ContractRequest& request, double price_usd_h,
                                      std::int64_t quantity) {
    const Parameters& p = scenario.parameters;
    const int slot = free_contract_slot(world);
    if (slot < 0) return false;
    Contract& contract = world.contracts[slot];
    contract = Contract{};
    contract.id = world.next_contract_id++;
    contract.seller = static_cast<std::int16_t>(offer.seller);
    contract.buyer = static_cast<std::int16_t>(request.buyer);
    contract.generation = static_cast<std::int16_t>(offer.generation);
    contract.start_t = static_cast<std::int16_t>(world.t + request.start_in_q);
    contract.end_t = static_cast<std::int16_t>(contract.start_t + request.term_q - 1);
    contract.ramp_q = 1;
    contract.renegotiated_t = -1;
    contract.quantity_h100e = to_int32(quantity);
    contract.price_usd_h = price_usd_h;
    contract.takeorpay_frac = offer.takeorpay_frac;
    contract.first_frac = 1.0;
    contract.prepaid = to_usd(offer.prepay_frac * price_usd_h * p.hours_per_quarter * static_cast<double>(quantity) * request.term_q);
    world.backlog += backlog_before_bills(scenario, world, contract);
    pay(world, ledger, Kind::prepayment, request.buyer, offer.seller, contract.prepaid, revolver_margin_apr(scenario, world, request.buyer), contract.id);
    return true;
}

/// Live rows of each party.
struct RowCounts {
    int of[kParties] = {};
};

RACKRACE_HD inline RowCounts count_rows(const World& world, const LiveContracts& live) {
    RowCounts rows;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        const Contract& contract = world.contracts[live.slot[i]];
        ++rows.of[contract.seller];
        ++rows.of[contract.buyer];
    }
    return rows;
}

/// Signs what was matched, the largest money first, so that full books refuse the smallest; equal ones by tie hash.
RACKRACE_HD RACKRACE_APART inline void sign_contracts(const Scenario& scenario, World& world, Ledger& ledger, const LiveContracts& live, const ContractMarket& market,
                                                      ContractTrades& trades) {
    std::int16_t order[kMaxContractTrades];
    double usd_h[kMaxContractTrades];
    std::uint64_t ties[kMaxContractTrades];
    RACKRACE_NO_UNROLL
    for (int i = 0; i < trades.count; ++i) {
        const double value = trades.rows[i].price_usd_h * static_cast<double>(trades.rows[i].quantity);
        const std::uint64_t tie = hash64(market.offers[trades.rows[i].offer].tie, market.lots[trades.rows[i].lot].tie);
        int at = i;
        RACKRACE_NO_UNROLL
        for (; at > 0 && (usd_h[at - 1] < value || (usd_h[at - 1] == value && ties[at - 1] < tie)); --at) {
            usd_h[at] = usd_h[at - 1];
            ties[at] = ties[at - 1];
            order[at] = order[at - 1];
        }
        usd_h[at] = value;
        ties[at] = tie;
        order[at] = static_cast<std::int16_t>(i);
    }
    RowCounts rows = count_rows(world, live);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < trades.count; ++i) {
        ContractTrade& trade = trades.rows[order[i]];
        const ContractOffer& offer = market.offers[trade.offer];
        const ContractRequest& request = market.requests[market.lots[trade.lot].request];
        const bool has_room = rows.of[offer.seller] < kMaxFirmContracts && (!is_firm(request.buyer) || rows.of[request.buyer] < kMaxFirmContracts);
        if (!has_room || !sign_contract(scenario, world, ledger, offer, request, trade.price_usd_h, trade.quantity)) {
            ++world.capacity_refusals;
            trade.quantity = 0;
            continue;
        }
        ++rows.of[offer.seller];
        ++rows.of[request.buyer];
    }
}

/// Whether a buyer could pay the price of some offer, and its room alone keeps even the smallest of its lots out of all of them.
RACKRACE_HD inline bool is_kept_out(const Parameters& p, const ContractMarket& market, const ContractTrades& trades, int r) {
    const ContractRequest& request = market.requests[r];
    Usd room[kRoomQuarters];
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kRoomQuarters; ++k) room[k] = market.room[request.buyer][k];
    RACKRACE_NO_UNROLL
    for (int i = 0; i < trades.count; ++i) {
        const ContractTrade& trade = trades.rows[i];
        const ContractRequest& other = market.requests[market.lots[trade.lot].request];
        if (other.buyer == request.buyer) take_room(room_quarters(p, other), takeorpay_of(p, market.offers[trade.offer], trade.price_usd_h, trade.quantity), room);
    }
    std::int64_t lot = 0;  // the smallest
    bool is_priced = false;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < market.lot_count; ++i)
        if (market.lots[i].request == r && (lot == 0 || market.lots[i].quantity < lot)) lot = market.lots[i].quantity;
    RACKRACE_NO_UNROLL
    for (ContractSet rest = market.compatible[r]; !rest.is_empty();) {
        const int o = rest.take_first();
        if (trades.price_usd_h[o] > request.cap_usd_h) continue;
        if (fits_room(room_quarters(p, request), takeorpay_of(p, market.offers[o], trades.price_usd_h[o], lot), room)) return false;
        is_priced = true;
    }
    return is_priced;
}

/// Tells each firm what became of its orders: H100e signed, the price, and why not more.
RACKRACE_HD RACKRACE_APART inline void tell_contracts(const Scenario& scenario, const Orders* orders, const ContractMarket& market, const ContractTrades& trades,
                                                      const MarketPlaces& places, Deals& deals) {
    double sold[kMaxContractOffers] = {}, bought[kMaxContractRequests] = {}, paid_usd_h[kMaxContractRequests] = {};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < trades.count; ++i) {
        const ContractTrade& trade = trades.rows[i];
        const int r = market.lots[trade.lot].request;
        const auto quantity = static_cast<double>(trade.quantity);
        sold[trade.offer] += quantity;
        bought[r] += quantity;
        paid_usd_h[r] += quantity * trade.price_usd_h;
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kMaxOffers; ++k) {
            const double asked = orders[f].offer_contract[k].h100e;
            if (asked <= 0.0) continue;
            const int o = places.offer[f][k];
            Deal& deal = deals.offer_contract[f][k];
            if (scenario.rules.contracts == ContractRule::none) {
                deal = {0.0, 0.0, Code::closed_to_role};
                continue;
            }
            if (o < 0) {
                deal = {0.0, orders[f].offer_contract[k].min_usd_h, Code::over_capacity};
                continue;
            }
            const auto offered = static_cast<double>(market.offers[o].quantity);
            deal = {sold[o], trades.price_usd_h[o], sold[o] >= offered && offered < asked ? Code::over_capacity : fill_code(asked, sold[o])};
        }
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kMaxRequests; ++k) {
            const double asked = orders[f].bid_contract[k].h100e;
            if (asked <= 0.0) continue;
            const int r = places.request[f][k];
            const double got = r >= 0 ? bought[r] : 0.0;
            Code code = scenario.rules.contracts == ContractRule::none ? Code::closed_to_role : fill_code(asked, got);
            if (r >= 0 && got < asked && is_kept_out(scenario.parameters, market, trades, r)) code = Code::over_credit_limit;
            deals.bid_contract[f][k] = {got, got > 0.0 ? paid_usd_h[r] / got : 0.0, code};
        }
    }
}

RACKRACE_HD inline void take_oversell(const Scenario& scenario, World& world, const Orders* orders) {
    const Parameters& p = scenario.parameters;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        double& ratio = world.firms[f].oversell_ratio;
        ratio = clamp(setting_or(orders[f], FirmSetting::oversell, ratio), p.oversell_min_ratio, p.oversell_max_ratio);
    }
}

/// P5 for all firms.
RACKRACE_HD RACKRACE_APART inline void trade_contracts(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger) {
    take_oversell(scenario, world, orders);
    const LiveContracts live = live_contracts(world);
    ContractMarket market;
    ContractTrades trades;
    MarketPlaces places;
    gather_contract_market(scenario, world, orders, live, market, places);
    if (market.request_count > 0) {
        match_contracts(scenario, market, trades);
        merge_trades(market, trades);
        sign_contracts(scenario, world, ledger, live, market, trades);
    }
    tell_contracts(scenario, orders, market, trades, places, ledger.deals);
    note_threats(world, orders, live, ledger.deals.renegotiate);
    break_contracts(scenario, world, orders, ledger, live);
    renegotiate_contracts(scenario, world, orders, live, ledger.deals.renegotiate);
}

}  // namespace rackrace
