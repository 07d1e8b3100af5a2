// The outside alternative: open-weight models of four quarters ago, run by others on spot compute at a mark-up.
#pragma once

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/market/product_demand.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// Dollars a task-unit: mark-up over the spot cost of the compute that the older, smaller model needs.
/// open_oom: frontier of open_weight_lag_q quarters ago; efficiency: public EI > 0.
RACKRACE_HD inline double outside_price_usd_task(const InferenceRule& rule, double markup_ratio, double spot_i_usd_h, double open_oom,
                                                 double frontier_oom, double efficiency) {
    return markup_ratio * spot_i_usd_h * exp(rule.capability_slope * (open_oom - frontier_oom)) /
           (efficiency * rule.utilisation_max_frac);
}

/// Scale of the outside demand curve for class I with the alternative's need of last quarter added: at the last price the curve then
/// asks exactly that much more. scale_h100e and the sum are quantities at the reference price; elasticity < 0.
RACKRACE_HD inline double outside_scale_with_need(double scale_h100e, double need_h100e, double last_price_usd_h,
                                                  double reference_price_usd_h, double elasticity) {
    return scale_h100e + need_h100e * pow(last_price_usd_h / reference_price_usd_h, -elasticity);
}

}  // namespace rackrace
