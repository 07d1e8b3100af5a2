// What a segment spends on AI products: a share of a finite wallet that grows as quality-adjusted prices fall, in quantities that
// follow slowly. Spending never exceeds the adopters' wallet.
#pragma once

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/market/product_shares.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// Parameters of one segment.
struct SpendingRule {
    double scale;               // B: the share at opening prices is 1/(1+B)
    double quality_slope;       // theta: log price that a power of ten of capability is worth
    double elasticity;          // sigma > 1
    double reference_oom;       // Aref: the frontier at which phat_0 was taken
    double quarters_per_year;   // wallets are annual
};

RACKRACE_HD inline SpendingRule spending_rule(const Parameters& p, int segment) {
    return {p.spending_share_scale[segment], p.quality_price_slope[segment], p.substitution_elasticity[segment],
            p.frontier_capability_2026q1_oom, p.quarters_per_year};
}

struct PriceIndices {
    double price_usd_task;           // pbar
    double quality_price_usd_task;   // phat: at the capability of the reference frontier
};

/// Geometric means over the sellers, weighted by share; sellers without a price hold no share and count for nothing.
RACKRACE_HD inline PriceIndices price_indices(const SpendingRule& rule, const ProductSellers& sellers) {
    double log_price = 0.0, log_quality_price = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < sellers.count; ++i) {
        const ProductSeller& seller = sellers.items[i];
        if (!is_alternative(seller)) continue;
        const double price = log(seller.price_usd_task);
        log_price += seller.share_frac * price;
        log_quality_price += seller.share_frac * (price - rule.quality_slope * (seller.capability_oom - rule.reference_oom));
    }
    return {exp(log_price), exp(log_quality_price)};
}

/// Share of the wallet that adopters want to spend on AI, in (0, 1). price_ratio: phat over phat_0, above 0.
/// Constant elasticity of substitution between AI and everything else, so that no price exhausts more than the wallet.
RACKRACE_HD inline double spending_share(const SpendingRule& rule, double price_ratio) {
    return 1.0 / (1.0 + rule.scale * pow(price_ratio, rule.elasticity - 1.0));
}

/// Task-units a quarter for which adopters would spend `share_frac` of their wallet (dollars a year) at the mean price.
RACKRACE_HD inline double affordable_tasks(const SpendingRule& rule, double wallet_usd_year, double adopters_frac, double share_frac,
                                           double price_usd_task) {
    return wallet_usd_year * adopters_frac * share_frac / (rule.quarters_per_year * price_usd_task);
}

struct StickinessRule {
    double stickiness_frac;     // phi
    double growth_weight_frac;  // of the newest growth in ghat
    double growth_min_frac;
    double growth_max_frac;
};

RACKRACE_HD inline StickinessRule stickiness_rule(const Parameters& p) {
    return {p.quantity_stickiness_frac, p.demand_growth_ewma_weight_frac, p.demand_growth_min_frac, p.demand_growth_max_frac};
}

/// Task-units a quarter that the segment asks: last quarter's, grown as expected, pulled towards the desired ones; bounded by `most`,
/// what the adopters' whole wallet buys. growth_frac is the ghat of last quarter. Without a past quantity: the desired one.
RACKRACE_HD inline double sticky_quantity(const StickinessRule& rule, double last_tasks, double desired_tasks, double growth_frac,
                                          double most_tasks) {
    if (!(desired_tasks > 0.0)) return 0.0;
    if (!(last_tasks > 0.0)) return min(desired_tasks, most_tasks);
    const double log_tasks =
        rule.stickiness_frac * (log(last_tasks) + growth_frac) + (1.0 - rule.stickiness_frac) * log(desired_tasks);
    return min(exp(log_tasks), most_tasks);
}

/// ghat for the next quarter: moving average of the growth of the desired quantity, clipped. (From the growth of the sticky quantity
/// itself demand would resonate and overshoot the wallet.) Without two desired quantities: the last one, clipped.
RACKRACE_HD inline double expected_demand_growth(const StickinessRule& rule, double growth_frac, double last_desired_tasks,
                                                 double desired_tasks) {
    double next = growth_frac;
    if (last_desired_tasks > 0.0 && desired_tasks > 0.0)
        next = (1.0 - rule.growth_weight_frac) * growth_frac + rule.growth_weight_frac * (log(desired_tasks) - log(last_desired_tasks));
    return clamp(next, rule.growth_min_frac, rule.growth_max_frac);
}

}  // namespace rackrace
