// The sale of one new product in one quarter: sealed steps, a reserve and a supply go in; units and payment of each firm come out.
// Five rules, chosen by the scenario. Steps arrive cut to the buyer cap and to their backing (chip_backing.h); posts nothing.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/money.h"
#include "engine/market/highest_first.h"
#include "engine/market/pro_rata.h"
#include "engine/market/weighted_uniform.h"
#include "engine/scenario/scenario.h"
#include "engine/world/capacities.h"

namespace rackrace {

/// The demand curve of a firm for a product: up to units[k] more chips at price_usd_chip[k] or less, k < steps.
struct ChipBid {
    double price_usd_chip[kMaxSteps] = {};
    std::int64_t units[kMaxSteps] = {};
    int steps = 0;
};

/// What is sold, to whom, by whose weights. [count] in firm order; firms that do not bid have no steps.
struct ChipSale {
    ChipBid bids[kMaxFirms] = {};
    double score_bonus_frac[kMaxFirms] = {};  // UNIFORM and PAYBID: score = bid x (1 + this), above -1
    double weight[kMaxFirms] = {};            // POSTED: shares of a short supply, above 0
    int count = 0;
    std::int64_t supply = 0;
    double reserve_usd_chip = 0.0;            // list x price multiplier; under POSTED and PROPORTIONAL the price itself
};

/// [count] in firm order. The sum of units never exceeds the supply, and no firm pays more than it bid for what it got.
struct ChipAwards {
    std::int64_t units[kMaxFirms] = {};
    std::int64_t unfilled[kMaxFirms] = {};    // bid at or above the reserve, but not served
    double price_usd_chip[kMaxFirms] = {};    // mean over the units; 0 without any
    Usd payment[kMaxFirms] = {};
    double best_rejected_score = 0.0;         // auctions: the highest score that found no supply, 0 if none
};

inline constexpr int kMaxChipSteps = kMaxFirms * kMaxSteps;

/// Units of a bid at or above the reserve; the steps under it are struck out.
RACKRACE_HD inline std::int64_t units_at_or_above(const ChipBid& bid, double reserve_usd_chip) {
    std::int64_t units = 0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < bid.steps; ++k) units += bid.price_usd_chip[k] >= reserve_usd_chip && bid.units[k] > 0 ? bid.units[k] : 0;
    return units;
}

/// One price for all, a short supply shared by weight or pro rata to orders.
RACKRACE_HD inline void clear_at_posted_price(const ChipSale& sale, const std::uint64_t* tie, bool by_weight, ChipAwards& awards) {
    awards = {};
    std::int64_t orders[kMaxFirms] = {};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < sale.count; ++f) orders[f] = units_at_or_above(sale.bids[f], sale.reserve_usd_chip);
    if (by_weight) weighted_uniform<kMaxFirms>(orders, sale.weight, tie, sale.count, sale.supply, awards.units);
    else pro_rata<kMaxFirms>(orders, tie, sale.count, sale.supply, awards.units);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < sale.count; ++f) {
        awards.unfilled[f] = orders[f] - awards.units[f];
        if (awards.units[f] == 0) continue;
        awards.price_usd_chip[f] = sale.reserve_usd_chip;
        awards.payment[f] = to_usd(sale.reserve_usd_chip * static_cast<double>(awards.units[f]));
    }
}

/// POSTED: the weighted uniform rule, so padding an order does not raise its award.
/// Source: Sprumont 1991; weighted forms, Barbera, Jackson & Neme 1997.
RACKRACE_HD inline void clear_posted(const ChipSale& sale, const std::uint64_t* tie, ChipAwards& awards) {
    clear_at_posted_price(sale, tie, true, awards);
}

/// PROPORTIONAL: pro rata to orders, which invites padding (Cachon & Lariviere 1999); for ablation.
RACKRACE_HD inline void clear_proportional(const ChipSale& sale, const std::uint64_t* tie, ChipAwards& awards) {
    clear_at_posted_price(sale, tie, false, awards);
}

/// Who is served in an auction, before anyone pays: units by step and by firm, and what those units are worth at the firm's own bids.
struct ChipAcceptance {
    RankedSteps<kMaxChipSteps> steps;
    double value_usd[kMaxFirms] = {};
    double lowest_bid_usd_chip[kMaxFirms] = {};  // of the steps served, in part or whole
};

/// Serves the highest scores first (bids alone where `scored` is false). Fills units, unfilled and the best rejected score of `awards`, and
/// `acceptance`, which arrives empty.
RACKRACE_HD inline void accept_chip_bids(const ChipSale& sale, const std::uint64_t* tie, bool scored, ChipAwards& awards,
                                         ChipAcceptance& acceptance) {
    awards = {};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < sale.count; ++f) {
        const double factor = scored ? 1.0 + sale.score_bonus_frac[f] : 1.0;
        RACKRACE_NO_UNROLL
        for (int k = 0; k < sale.bids[f].steps; ++k) {
            const double bid = sale.bids[f].price_usd_chip[k];
            if (bid >= sale.reserve_usd_chip) rank_step(acceptance.steps, {bid * factor, bid, sale.bids[f].units[k], f});
        }
    }
    std::int64_t accepted[kMaxChipSteps] = {};
    awards.best_rejected_score = accept_highest_first(acceptance.steps, tie, sale.supply, accepted);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < acceptance.steps.count; ++i) {
        const RankedStep& step = acceptance.steps.items[i];
        awards.units[step.firm] += accepted[i];
        awards.unfilled[step.firm] += step.units - accepted[i];
        acceptance.value_usd[step.firm] += step.bid * static_cast<double>(accepted[i]);
        if (accepted[i] > 0) acceptance.lowest_bid_usd_chip[step.firm] = step.bid;
    }
}

/// UNIFORM: each firm pays the best rejected score, taken back through its own bonus, or the reserve if that is higher, for all its units.
/// Large buyers shade their demand (Ausubel & Cramton 2002; Ausubel et al. 2014).
RACKRACE_HD inline void clear_uniform(const ChipSale& sale, const std::uint64_t* tie, ChipAwards& awards) {
    ChipAcceptance acceptance;
    accept_chip_bids(sale, tie, true, awards, acceptance);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < sale.count; ++f) {
        if (awards.units[f] == 0) continue;
        const double price = max(sale.reserve_usd_chip, awards.best_rejected_score / (1.0 + sale.score_bonus_frac[f]));
        // every served score is at least the best rejected one; multiplying and dividing by the bonus may still end one bit above the bid
        awards.price_usd_chip[f] = min(price, acceptance.lowest_bid_usd_chip[f]);
        awards.payment[f] = to_usd(awards.price_usd_chip[f] * static_cast<double>(awards.units[f]));
    }
}

/// PAYBID: the acceptance of UNIFORM, each unit at its own bid.
RACKRACE_HD inline void clear_pay_bid(const ChipSale& sale, const std::uint64_t* tie, ChipAwards& awards) {
    ChipAcceptance acceptance;
    accept_chip_bids(sale, tie, true, awards, acceptance);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < sale.count; ++f) {
        if (awards.units[f] == 0) continue;
        awards.price_usd_chip[f] = acceptance.value_usd[f] / static_cast<double>(awards.units[f]);
        awards.payment[f] = to_usd(acceptance.value_usd[f]);
    }
}

/// Value at bid of the best use of `supply` by all firms but `without` (-1: by all), unsold units counted at the reserve.
/// Equal bids are summed in units first, so that the value is the same in any order of the firms.
RACKRACE_HD inline double value_of_best_use(const RankedSteps<kMaxChipSteps>& steps, int without, std::int64_t supply, double reserve_usd_chip) {
    double value = 0.0;
    std::int64_t left = supply < 0 ? 0 : supply;
    int next = 0;
    RACKRACE_NO_UNROLL
    for (int first = 0; first < steps.count && left > 0; first = next) {
        std::int64_t units = 0;
        RACKRACE_NO_UNROLL
        for (next = first; next < steps.count && steps.items[next].score == steps.items[first].score; ++next)
            units += steps.items[next].firm == without ? 0 : steps.items[next].units;
        units = units < left ? units : left;
        value += steps.items[first].bid * static_cast<double>(units);
        left -= units;
    }
    return value + reserve_usd_chip * static_cast<double>(left);
}

/// VICKREY: acceptance on bids without bonus; each firm pays what the others lose by its presence. Truth is dominant for falling marginal values.
/// Source: Vickrey 1961, multi-unit form.
RACKRACE_HD inline void clear_vickrey(const ChipSale& sale, const std::uint64_t* tie, ChipAwards& awards) {
    ChipAcceptance acceptance;
    accept_chip_bids(sale, tie, false, awards, acceptance);
    const double value = value_of_best_use(acceptance.steps, -1, sale.supply, sale.reserve_usd_chip);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < sale.count; ++f) {
        if (awards.units[f] == 0) continue;
        const double others_alone = value_of_best_use(acceptance.steps, f, sale.supply, sale.reserve_usd_chip);
        awards.payment[f] = to_usd(others_alone - (value - acceptance.value_usd[f]));
        awards.price_usd_chip[f] = to_double(awards.payment[f]) / static_cast<double>(awards.units[f]);
    }
}

/// One product, one quarter, by the scenario's rule. tie[count]: keyed hash of each firm for this quarter and product.
/// `awards` is overwritten (filled in place: a returned copy took the device 255 registers). No supply or no bid at the reserve: nothing sold.
RACKRACE_HD RACKRACE_APART inline void clear_chips(ChipRule rule, const ChipSale& sale, const std::uint64_t* tie, ChipAwards& awards) {
    switch (rule) {
        case ChipRule::posted: clear_posted(sale, tie, awards); break;
        case ChipRule::proportional: clear_proportional(sale, tie, awards); break;
        case ChipRule::uniform: clear_uniform(sale, tie, awards); break;
        case ChipRule::pay_bid: clear_pay_bid(sale, tie, awards); break;
        case ChipRule::vickrey: clear_vickrey(sale, tie, awards); break;
    }
}

}  // namespace rackrace
