// What the opening schedule of sites owes its builders, quarter by quarter. A DELAY halts the work: nothing is owed, and all of it moves.
#pragma once

#include "engine/market/shocks.h"

namespace rackrace {

/// Quarters before t in which work halted, as known in now_t.
RACKRACE_HD inline int halted_before_q(const Scenario& scenario, int t, int now_t) {
    if (scenario.shock_count == 0) return 0;
    int halted = 0;
    RACKRACE_NO_UNROLL
    for (int q = scenario.start_t; q < t; ++q) halted += is_building_halted(scenario, q, now_t) ? 1 : 0;
    return halted;
}

/// Quarter from which an owned shell stands that the schedule has for due_t, as known in now_t. Each quarter of halt before it stands moves it.
RACKRACE_HD inline int shell_arrival_t(const Scenario& scenario, int due_t, int now_t) {
    if (scenario.shock_count == 0) return due_t;
    int arrival_t = due_t;
    RACKRACE_NO_UNROLL
    for (int q = scenario.start_t; q < arrival_t && q < kMaxQuarters; ++q) arrival_t += is_building_halted(scenario, q, now_t) ? 1 : 0;
    return arrival_t;
}

/// Index from which arrivals of the opening schedule are still to come in quarter t or later; kArrivalQuarters and more once all are there.
RACKRACE_HD inline int first_arrival_from(const Scenario& scenario, int t, int now_t) {
    const int work_t = t - halted_before_q(scenario, t, now_t);
    return work_t > scenario.arrivals_t ? work_t - scenario.arrivals_t : 0;
}

/// Instalment that the opening schedule owes in quarter t of the run for one arrival, as known in now_t: equal parts over the build_q quarters
/// of work that end with the arrival; the last is what the books and the other parts left.
RACKRACE_HD inline Usd instalment_due(const Scenario& scenario, const Arrival& arrival, int k, int t, int now_t) {
    const int due_t = scenario.arrivals_t + k, arrival_t = shell_arrival_t(scenario, due_t, now_t);
    if (arrival.build_q == 0 || t > arrival_t || (t < arrival_t && is_building_halted(scenario, t, now_t))) return {};
    const int work_t = t - halted_before_q(scenario, t, now_t);  // the quarter of the schedule whose work is done in t
    if (work_t <= due_t - arrival.build_q) return {};
    const Usd part{arrival.shell_cost.value / arrival.build_q};
    if (work_t < due_t) return part;
    const int in_game = due_t - scenario.start_t + 1, count = in_game < arrival.build_q ? in_game : arrival.build_q;
    return arrival.shell_cost - arrival.shell_spent - Usd{part.value * (count - 1)};
}

}  // namespace rackrace
