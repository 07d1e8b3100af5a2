// One quarter of one segment of the AI product market, in order: adoption, shares, price indices, spending, quantity, demand by seller.
// Serving comes after, firm by firm, because it needs the compute that contracts and spot left (segment_priority.h).
#pragma once

#include "engine/base/host_device.h"
#include "engine/market/adoption.h"
#include "engine/market/product_demand.h"
#include "engine/market/product_shares.h"
#include "engine/market/spending.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

struct SegmentRules {
    AdoptionRule adoption;
    ChoiceRule choice;
    SpendingRule spending;
    StickinessRule stickiness;
    double usage_elasticity;
};

RACKRACE_HD inline SegmentRules segment_rules(const Parameters& p, int segment) {
    return {adoption_rule(p, segment), choice_rule(p, segment), spending_rule(p, segment), stickiness_rule(p), p.usage_price_elasticity};
}

/// What a segment carries from quarter to quarter.
struct SegmentMarket {
    double adopters_frac;   // N
    double tasks_q;         // Q, sticky, task-units a quarter
    double desired_tasks_q; // Q*
    double growth_frac;     // ghat
    ProductSellers sellers; // prices, capability, preference and served ratio are given; shares are carried
};

struct SegmentConditions {
    AdoptionConditions adoption;
    double wallet_usd_year;
    double opening_quality_price_usd_task;  // phat_0
};

/// Figures of the quarter beside the state.
struct SegmentQuarter {
    double new_frac;
    double spending_share_frac;
    PriceIndices prices;
    double demand_tasks_q[kMaxSellers];
};

/// Advances a segment by one quarter; the state holds the new shares afterwards.
RACKRACE_HD RACKRACE_APART inline SegmentQuarter advance_segment(const SegmentRules& rules, const SegmentConditions& now, SegmentMarket& state) {
    SegmentQuarter quarter = {};
    const double adopters = adopt(rules.adoption, state.adopters_frac, now.adoption);
    quarter.new_frac = adopters > 0.0 ? (adopters - state.adopters_frac) / adopters : 0.0;
    state.adopters_frac = adopters;

    const ShareStep moved = move_customers(rules.choice, state.sellers, now.adoption.frontier_oom, quarter.new_frac);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < state.sellers.count; ++i) state.sellers.items[i].share_frac = moved.share_frac[i];

    // on the new shares: a seller that lost its customers no longer sets the price they face
    quarter.prices = price_indices(rules.spending, state.sellers);
    const double ratio = quarter.prices.quality_price_usd_task / now.opening_quality_price_usd_task;
    quarter.spending_share_frac = spending_share(rules.spending, ratio);
    const double most = affordable_tasks(rules.spending, now.wallet_usd_year, adopters, 1.0, quarter.prices.price_usd_task);
    const double desired = most * quarter.spending_share_frac;
    state.tasks_q = sticky_quantity(rules.stickiness, state.tasks_q, desired, state.growth_frac, most);
    state.growth_frac = expected_demand_growth(rules.stickiness, state.growth_frac, state.desired_tasks_q, desired);
    state.desired_tasks_q = desired;

    RACKRACE_NO_UNROLL
    for (int i = 0; i < state.sellers.count; ++i) {
        const ProductSeller& seller = state.sellers.items[i];
        quarter.demand_tasks_q[i] = seller_demand(state.tasks_q, seller.share_frac, seller.price_usd_task, quarter.prices.price_usd_task,
                                                  rules.usage_elasticity);
    }
    return quarter;
}

}  // namespace rackrace
