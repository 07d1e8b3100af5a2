// P15: firms that cannot pay enter chapter 11; those that are there are sold, reorganised or liquidated; those being liquidated are wound up.
// After settlement: default reads arrears. Before valuations: sentiment reads what defaulted.
#pragma once

#include "engine/market/rolls.h"
#include "engine/quarter/orders.h"
#include "engine/settle/acquisition.h"
#include "engine/settle/default.h"
#include "engine/settle/liquidation.h"

namespace rackrace {

/// Share of all class T compute that two firms would hold together.
RACKRACE_HD inline double merged_share_frac(const Scenario& scenario, const World& world, int f, int g) {
    double all = 0.0, both = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.firm_count; ++i) {
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kMaxGenerations; ++k) {
            if (!is_training_grade(scenario.parameters, k, world.t)) continue;
            all += world.firms[i].pool_h100e[k];
            if (i == f || i == g) both += world.firms[i].pool_h100e[k];
        }
    }
    return all > 0.0 ? both / all : 0.0;
}

/// Why a bid cannot win, whatever the others are; Code::none where it can. Suppliers are not for sale: their products would be nobody's.
RACKRACE_HD inline Code judge_bid(const Scenario& scenario, const World& world, int f, int bidder, Usd amount, double lowest_usd) {
    if (scenario.rules.acquisitions == AcquisitionRule::banned) return Code::closed_to_role;
    if (world.firms[f].role == Role::supplier || world.firms[bidder].status != FirmStatus::healthy) return Code::counterparty;
    if (merged_share_frac(scenario, world, f, bidder) > scenario.parameters.merger_share_max_frac) return Code::counterparty;
    if (amount > means_of(world, bidder)) return Code::insufficient_cash;
    return to_double(amount) < lowest_usd ? Code::unfilled : Code::none;
}

struct WinningBid {
    int bidder;  // -1: none
    int slot;
    Usd amount;
};

/// The highest bid for an estate that may win, equal ones by tie hash. Tells every bidder why its bid did not; the price told is the lowest that
/// would have done, the winner's where there is one.
RACKRACE_HD RACKRACE_APART inline WinningBid choose_bid(const Scenario& scenario, const World& world, const Orders* orders, Ledger& ledger, int f, const EstateValue& value) {
    const double lowest = lowest_acquisition_bid_usd(scenario.parameters, value.liquidation_usd, value.going_concern_usd);
    WinningBid best{-1, 0, Usd{}};
    std::uint64_t best_tie = 0;
    RACKRACE_NO_UNROLL
    for (int bidder = 0; bidder < scenario.firm_count; ++bidder) {
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kMaxFirmBids; ++k) {
            const FirmBid& bid = orders[bidder].bid_firm[k];
            if (bid.amount.value <= 0 || bid.firm != f || bidder == f) continue;
            Deal& deal = ledger.deals.bid_firm[bidder][k];
            deal.code = judge_bid(scenario, world, f, bidder, bid.amount, lowest);
            if (deal.code != Code::none) continue;
            deal.code = Code::unfilled;  // unless it wins
            const std::uint64_t tie = hash64_with(tie_of(scenario, world, TieMarket::estate, 0, bidder), scenario.firms[f].id);
            if (best.bidder >= 0 && (bid.amount < best.amount || (bid.amount == best.amount && tie < best_tie))) continue;
            best = {bidder, k, bid.amount};
            best_tie = tie;
        }
    }
    const double told_musd = (best.bidder >= 0 ? to_double(best.amount) : lowest) / 1e6;
    RACKRACE_NO_UNROLL
    for (int bidder = 0; bidder < scenario.firm_count; ++bidder) {
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kMaxFirmBids; ++k)
            if (orders[bidder].bid_firm[k].amount.value > 0 && orders[bidder].bid_firm[k].firm == f) ledger.deals.bid_firm[bidder][k].price = told_musd;
    }
    if (best.bidder >= 0) {
        Deal& deal = ledger.deals.bid_firm[best.bidder][best.slot];
        deal.got = to_double(best.amount);
        deal.code = Code::none;
    }
    return best;
}

/// A quarter of chapter 11: a bid ends it; without one the estate goes on until its quarters are over, and is reorganised or liquidated then.
RACKRACE_HD RACKRACE_APART inline void resolve_estate(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, int f) {
    const EstateValue value = value_estate(scenario, world, ledger, f);
    const WinningBid bid = choose_bid(scenario, world, orders, ledger, f, value);
    if (bid.bidder >= 0) {
        acquire(scenario, world, ledger, f, bid.bidder, bid.amount, value);
        return;
    }
    Firm& firm = world.firms[f];
    if (firm.estate_q++ < static_cast<int>(scenario.parameters.chapter_11_q)) return;
    if (firm.role == Role::supplier || is_reorganised(value.liquidation_usd, value.going_concern_usd)) reorganise(scenario, world, ledger, f, value);
    else start_liquidation(scenario, world, ledger, f);
}

/// Bids for firms that are in no chapter 11, any more or yet, get nothing.
RACKRACE_HD inline void refuse_stray_bids(const Scenario& scenario, const World& world, const Orders* orders, Ledger& ledger) {
    RACKRACE_NO_UNROLL
    for (int bidder = 0; bidder < scenario.firm_count; ++bidder) {
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kMaxFirmBids; ++k) {
            const FirmBid& bid = orders[bidder].bid_firm[k];
            if (bid.amount.value <= 0) continue;
            const bool is_for_sale = bid.firm >= 0 && bid.firm < scenario.firm_count && bid.firm != bidder && world.firms[bid.firm].status == FirmStatus::chapter_11;
            if (!is_for_sale) ledger.deals.bid_firm[bidder][k].code = Code::counterparty;
        }
    }
}

/// Takes the firm with the highest tie out of a set, a bit by firm: nothing depends on who stands first.
RACKRACE_HD inline int take_by_tie(const Scenario& scenario, const World& world, std::uint32_t& firms) {
    int next = -1;
    std::uint64_t highest = 0;
    RACKRACE_NO_UNROLL
    for (std::uint32_t left = firms; left != 0; left &= left - 1) {
        const int f = lowest_bit(left);
        const std::uint64_t tie = tie_of(scenario, world, TieMarket::estate, -1, f);
        if (next >= 0 && tie <= highest) continue;
        next = f;
        highest = tie;
    }
    firms &= ~(1u << next);
    return next;
}

/// P15. Each kind of case in the order of ties: what one firm owes another, and a bidder's money, count once. `rolls` are taken anew where
/// chips or contracts moved.
RACKRACE_HD RACKRACE_APART inline void resolve_distress(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, Rolls& rolls) {
    world.defaulted_debt = Usd{};
    refuse_stray_bids(scenario, world, orders, ledger);
    std::uint32_t estates = 0, windups = 0, failing = 0;  // bit by firm
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (world.firms[f].status == FirmStatus::chapter_11) estates |= 1u << f;
        if (world.firms[f].status == FirmStatus::liquidated) windups |= 1u << f;
        if (is_in_default(scenario, world, f)) failing |= 1u << f;
    }
    if ((estates | windups | failing) == 0) return;
    RACKRACE_NO_UNROLL
    while (failing != 0) enter_chapter_11(scenario, world, ledger, take_by_tie(scenario, world, failing));
    RACKRACE_NO_UNROLL
    while (windups != 0) wind_up(scenario, world, ledger, take_by_tie(scenario, world, windups));
    RACKRACE_NO_UNROLL
    while (estates != 0) resolve_estate(scenario, world, orders, ledger, take_by_tie(scenario, world, estates));
    rolls = take_rolls(scenario, world);
}

}  // namespace rackrace
