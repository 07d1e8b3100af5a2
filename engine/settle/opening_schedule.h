// What the opening schedule of sites owes its builders, quarter by quarter.
#pragma once

#include "engine/scenario/scenario.h"

namespace rackrace {

/// Instalment that the opening schedule owes in quarter t for one arrival: equal parts over the build_q quarters that end with the
/// arrival, the remainder in the last.
RACKRACE_HD inline Usd instalment_due(const Scenario& scenario, const Arrival& arrival, int k, int t) {
    const int arrival_t = scenario.arrivals_t + k;
    if (arrival.build_q == 0 || t > arrival_t || t <= arrival_t - arrival.build_q) return {};
    const Usd part{arrival.shell_cost.value / arrival.build_q};
    return t == arrival_t ? Usd{arrival.shell_cost.value - part.value * (arrival.build_q - 1)} : part;
}

}  // namespace rackrace
