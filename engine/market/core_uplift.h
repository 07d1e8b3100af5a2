// What AI does to a hyperscaler's core business: compute used inside it lifts revenue, a rival's better models erode its growth.
#pragma once

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"

namespace rackrace {

/// Extra core revenue of a quarter, dollars: rises with the compute given to the core and with the models that run on it, up to
/// uplift_frac of core revenue. use_h100e counts in perfI; saturation_h100e (Z0 > 0) is the scale of diminishing returns.
RACKRACE_HD inline double core_uplift_usd(double core_revenue_usd_q, double uplift_frac, double use_h100e, double capability_oom,
                                          double reference_oom, double capability_slope, double saturation_h100e) {
    const double effective = use_h100e * exp(capability_slope * (capability_oom - reference_oom));
    return core_revenue_usd_q * uplift_frac * (1.0 - exp(-effective / saturation_h100e));
}

/// Growth a quarter that the core loses to rivals ahead of it. threat_frac per power of ten; rivals' share of consumers in [0, 1].
RACKRACE_HD inline double core_threat_frac(double threat_frac, double capability_oom, double frontier_oom, double rivals_consumer_frac) {
    return threat_frac * max(0.0, frontier_oom - capability_oom) * rivals_consumer_frac;
}

}  // namespace rackrace
