// Shares of a segment's customers by seller: most stay with theirs, movers choose by capability, price and reputation.
// Sellers are firms and, last, the outside alternative (open-weight models run by others).
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"
#include "engine/world/capacities.h"

namespace rackrace {

inline constexpr int kMaxSellers = kMaxFirms + 1;  // every firm and the outside alternative

/// One alternative of one segment. A firm that left, or never posted a price, has price 0: it keeps no customers and wins none.
struct ProductSeller {
    double price_usd_task;
    double share_frac;
    double capability_oom;   // released
    double preference;       // xi: what customers see in it beside capability and price
    double served_frac;      // served over asked of the last quarter in this segment, 1 for the outside alternative
};

/// In firm order, the outside alternative last: it always posts a price, so movers always have somewhere to go.
struct ProductSellers {
    ProductSeller items[kMaxSellers];
    int count;
};

/// Parameters of one segment.
struct ChoiceRule {
    double mover_frac;               // lambda: share of customers that look around each quarter
    double unserved_mover_frac;      // omega: and of those left unserved
    double capability_coefficient;   // alphaA, per power of ten
    double price_coefficient;        // alphaP, of ln price
    double share_coefficient;        // kappaN: the known seller is chosen more
    double share_floor_frac;         // least share from which a preference is derived
};

RACKRACE_HD inline ChoiceRule choice_rule(const Parameters& p, int segment) {
    return {p.mover_frac[segment],       p.unserved_mover_frac,       p.choice_capability_coefficient,
            p.choice_price_coefficient,  p.choice_share_coefficient,  p.choice_share_floor_frac};
}

RACKRACE_HD inline bool is_alternative(const ProductSeller& seller) { return seller.price_usd_task > 0.0; }

/// Value of an alternative to a mover without its preference: capability behind the frontier, price, present share.
RACKRACE_HD inline double observed_value(const ChoiceRule& rule, const ProductSeller& seller, double frontier_oom) {
    return rule.capability_coefficient * (seller.capability_oom - frontier_oom) - rule.price_coefficient * log(seller.price_usd_task) +
           rule.share_coefficient * seller.share_frac;
}

/// What movers choose and where the segment's customers end.
struct ShareStep {
    double share_frac[kMaxSellers];
    double choice_frac[kMaxSellers];  // the movers' logit
    double movers_frac;               // of all customers, new ones included
};

/// Logit choice of the movers; sums to 1 over the alternatives, 0 for a seller without a price. Source: McFadden 1974.
RACKRACE_HD inline void choose_sellers(const ChoiceRule& rule, const ProductSellers& sellers, double frontier_oom, double* choice_frac) {
    double value[kMaxSellers] = {}, top = -kInfinity, sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < sellers.count; ++i) {
        if (!is_alternative(sellers.items[i])) continue;
        value[i] = observed_value(rule, sellers.items[i], frontier_oom) + sellers.items[i].preference;
        top = max(top, value[i]);
    }
    RACKRACE_NO_UNROLL
    for (int i = 0; i < sellers.count; ++i) {
        choice_frac[i] = is_alternative(sellers.items[i]) ? exp(value[i] - top) : 0.0;
        sum += choice_frac[i];
    }
    RACKRACE_NO_UNROLL
    for (int i = 0; i < sellers.count; ++i) choice_frac[i] = sum > 0.0 ? choice_frac[i] / sum : 0.0;
}

/// Shares after one quarter: stayers by seller, and movers (new customers, those whose commitment ends, those unserved) by choice.
/// new_frac  customers new to the segment over all its customers now
/// returns   shares that sum to 1
/// Source: switching costs, Klemperer 1987; Farrell & Klemperer 2007.
RACKRACE_HD RACKRACE_APART inline ShareStep move_customers(const ChoiceRule& rule, const ProductSellers& sellers, double frontier_oom, double new_frac) {
    ShareStep step = {};
    choose_sellers(rule, sellers, frontier_oom, step.choice_frac);
    double stayers = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < sellers.count; ++i) {
        const ProductSeller& seller = sellers.items[i];
        if (!is_alternative(seller)) continue;
        step.share_frac[i] = seller.share_frac * (1.0 - new_frac) * (1.0 - rule.mover_frac) *
                             (1.0 - rule.unserved_mover_frac * (1.0 - seller.served_frac));
        stayers += step.share_frac[i];
    }
    step.movers_frac = 1.0 - stayers;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < sellers.count; ++i) step.share_frac[i] += step.movers_frac * step.choice_frac[i];
    return step;
}

/// Sets every preference so that the movers' logit gives the shares at hand, each floored and the floored ones divided by their sum.
/// Preferences are free up to a constant; these make the exponentials sum to 1.
RACKRACE_HD inline void set_opening_preferences(const ChoiceRule& rule, ProductSellers& sellers, double frontier_oom) {
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < sellers.count; ++i)
        sum += is_alternative(sellers.items[i]) ? max(sellers.items[i].share_frac, rule.share_floor_frac) : 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < sellers.count; ++i) {
        ProductSeller& seller = sellers.items[i];
        if (!is_alternative(seller)) continue;
        seller.preference = log(max(seller.share_frac, rule.share_floor_frac) / sum) - observed_value(rule, seller, frontier_oom);
    }
}

/// Sets the preference of firms that post their first price: beside the incumbents alone each would win the floor over 1 + the floor.
/// is_entrant  [count] sellers without a preference yet; entrants of one quarter do not see each other
RACKRACE_HD inline void set_entrant_preferences(const ChoiceRule& rule, ProductSellers& sellers, const bool* is_entrant,
                                                double frontier_oom) {
    bool has_entrant = false;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < sellers.count; ++i) has_entrant = has_entrant || is_entrant[i];
    if (!has_entrant) return;
    double top = -kInfinity, sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < sellers.count; ++i) {
        if (is_entrant[i] || !is_alternative(sellers.items[i])) continue;
        top = max(top, observed_value(rule, sellers.items[i], frontier_oom) + sellers.items[i].preference);
    }
    RACKRACE_NO_UNROLL
    for (int i = 0; i < sellers.count; ++i) {
        if (is_entrant[i] || !is_alternative(sellers.items[i])) continue;
        sum += exp(observed_value(rule, sellers.items[i], frontier_oom) + sellers.items[i].preference - top);
    }
    if (!(sum > 0.0)) return;
    const double incumbents = top + log(sum);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < sellers.count; ++i) {
        ProductSeller& seller = sellers.items[i];
        if (!is_entrant[i] || !is_alternative(seller)) continue;
        seller.preference = log(rule.share_floor_frac) + incumbents - observed_value(rule, seller, frontier_oom);
    }
}

/// Shares as whole numbers that sum to `whole` exactly (identity I12): rounded down, the rest by largest remainder, equal ones by `tie`.
RACKRACE_HD inline void count_shares(const double* share_frac, const std::uint64_t* tie, int count, std::int32_t whole,
                                     std::int32_t* counted) {
    double remainder[kMaxSellers] = {};
    std::int64_t left = whole;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) {
        const double exact = share_frac[i] * static_cast<double>(whole);
        counted[i] = to_int32(floor_to_int64(exact));
        remainder[i] = exact - static_cast<double>(counted[i]);
        left -= counted[i];
    }
    RACKRACE_NO_UNROLL
    for (int given = 0; given < count && left > 0; ++given, --left) {  // the shares sum to 1, so less than one unit a seller is left
        int best = 0;
        RACKRACE_NO_UNROLL
        for (int i = 1; i < count; ++i)
            if (remainder[i] > remainder[best] || (remainder[i] == remainder[best] && tie[i] > tie[best])) best = i;
        counted[best] += 1;
        remainder[best] = -1.0;
    }
}

}  // namespace rackrace
