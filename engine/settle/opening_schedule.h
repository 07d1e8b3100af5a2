// What the opening schedule of sites owes its builders, quarter by quarter.
#pragma once

#include "engine/scenario/scenario.h"

namespace rackrace {

/// Index of the first arrival of the opening schedule in quarter t or later; kArrivalQuarters and more once all are there.
RACKRACE_HD inline int first_arrival_from(const Scenario& scenario, int t) { return t > scenario.arrivals_t ? t - scenario.arrivals_t : 0; }

/// Instalment that the opening schedule owes in quarter t of the run for one arrival: equal parts over the build_q quarters that end with
/// the arrival; the last is what the books and the other parts left.
RACKRACE_HD inline Usd instalment_due(const Scenario& scenario, const Arrival& arrival, int k, int t) {
    const int arrival_t = scenario.arrivals_t + k;
    if (arrival.build_q == 0 || t > arrival_t || t <= arrival_t - arrival.build_q) return {};
    const Usd part{arrival.shell_cost.value / arrival.build_q};
    if (t < arrival_t) return part;
    const int in_game = arrival_t - scenario.start_t + 1, count = in_game < arrival.build_q ? in_game : arrival.build_q;
    return arrival.shell_cost - arrival.shell_spent - Usd{part.value * (count - 1)};
}

}  // namespace rackrace
