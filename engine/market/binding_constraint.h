// What held a firm back this quarter: the metric that shows the bottleneck move from chips to power.
#pragma once

#include "engine/base/host_device.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

enum class BindingConstraint : int { demand = 0, power = 1, shell = 2, money = 3, chips = 4 };

/// A firm's quarter as the metric sees it. kW of IT load, summed over its regions.
struct ConstraintSigns {
    double utilisation_frac = 0.0;
    double free_kw = 0.0;        // usable less used
    double usable_kw = 0.0;
    double power_kw = 0.0;       // (grid + on-site) / PUE
    double shell_kw = 0.0;       // own and leased
    bool bids_cut = false;       // by buying power
    bool credit_refused = false;
    bool bid_unfilled = false;   // a chip bid at or above the reserve
};

/// First match: idle compute says demand; full sites say power or shell, the smaller of them (power if equal); then money, then chips; else demand.
RACKRACE_HD inline BindingConstraint binding_constraint(const Parameters& p, const ConstraintSigns& signs) {
    if (signs.utilisation_frac < p.binding_utilisation_frac) return BindingConstraint::demand;
    if (signs.free_kw < p.binding_free_power_frac * signs.usable_kw)
        return signs.power_kw <= signs.shell_kw ? BindingConstraint::power : BindingConstraint::shell;
    if (signs.bids_cut || signs.credit_refused) return BindingConstraint::money;
    if (signs.bid_unfilled) return BindingConstraint::chips;
    return BindingConstraint::demand;
}

}  // namespace rackrace
