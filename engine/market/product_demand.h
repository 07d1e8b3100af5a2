// From a segment's quantity to one seller: the task-units its customers ask, the compute they need, what is served and paid.
#pragma once

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// Task-units that a seller's customers ask: their share of the segment, less at a price above the mean (locked-in customers use less
/// of a dear service), never more below it, so that the sum of price x demand stays within mean price x segment quantity.
/// usage_elasticity < 0. Without a price: none.
RACKRACE_HD inline double seller_demand(double segment_tasks, double share_frac, double price_usd_task, double mean_price_usd_task,
                                        double usage_elasticity) {
    if (!(price_usd_task > 0.0)) return 0.0;
    const double usage = price_usd_task > mean_price_usd_task ? pow(price_usd_task / mean_price_usd_task, usage_elasticity) : 1.0;
    return segment_tasks * share_frac * usage;
}

struct InferenceRule {
    double capability_slope;       // chi: a stronger model needs more compute a task-unit
    double hours_per_quarter;
    double utilisation_max_frac;   // umax
};

RACKRACE_HD inline InferenceRule inference_rule(const Parameters& p) {
    return {p.need_capability_slope, p.hours_per_quarter, p.inference_utilisation_max_frac};
}

/// H100e (of perfI) that serve the task-units at the seller's capability and at inference efficiency `efficiency` (EI > 0).
RACKRACE_HD inline double inference_need_h100e(const InferenceRule& rule, double tasks, double capability_oom, double frontier_oom,
                                               double efficiency) {
    return tasks * exp(rule.capability_slope * (capability_oom - frontier_oom)) /
           (efficiency * rule.hours_per_quarter * rule.utilisation_max_frac);
}

/// Part of the need that the allotted compute serves, at most 1; 1 without need.
RACKRACE_HD inline double served_ratio(double allotted_h100e, double need_h100e) {
    return need_h100e > 0.0 ? min(1.0, allotted_h100e / need_h100e) : 1.0;
}

/// Dollars of a quarter from one segment, before the firm's one rounding.
RACKRACE_HD inline double product_revenue_usd(double price_usd_task, double tasks, double served_frac) {
    return price_usd_task * tasks * served_frac;
}

}  // namespace rackrace
