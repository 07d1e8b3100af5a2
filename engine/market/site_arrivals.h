// P2: leases that start and end, and what the opening schedule brings.
#pragma once

#include "engine/market/exogenous.h"
#include "engine/market/site_power.h"
#include "engine/settle/opening_schedule.h"

namespace rackrace {

/// Adds leased kW to the firm's one lease of a region: rent and quarters left are means weighted by kW, quarters rounded up.
RACKRACE_HD inline void merge_lease(Site& site, std::int32_t kw, double rent_usd_kw_q, int left_q) {
    if (kw <= 0) return;
    const double old_kw = site.lease_kw, sum = old_kw + kw;
    site.lease_rent_usd_kw_q = (site.lease_rent_usd_kw_q * old_kw + rent_usd_kw_q * kw) / sum;
    site.lease_left_q = static_cast<std::int16_t>(ceil_to_int64((site.lease_left_q * old_kw + static_cast<double>(left_q) * kw) / sum));
    site.lease_kw += kw;
}

/// A lease whose last rent is paid: the kW go back to the landlord.
RACKRACE_HD inline void end_lease(Site& site) {
    if (site.lease_left_q > 0) return;
    site.lease_kw = 0;
    site.lease_rent_usd_kw_q = 0.0;
}

/// What the opening schedule has for quarter t; nullptr outside its quarters. Its owned shells can come later: shell_arriving_kw.
RACKRACE_HD inline const Arrival* arrival_in(const Scenario& scenario, int f, int r, int t) {
    const int k = t - scenario.arrivals_t;
    return k >= 0 && k < kArrivalQuarters ? &scenario.arrivals[f][r][k] : nullptr;
}

/// IT kW of owned shells of the opening schedule that stand from quarter t on, as known in now_t: DELAY moves them.
RACKRACE_HD inline std::int32_t shell_arriving_kw(const Scenario& scenario, int f, int r, int t, int now_t) {
    if (scenario.shock_count == 0) {
        const Arrival* arrival = arrival_in(scenario, f, r, t);
        return arrival == nullptr ? 0 : arrival->shell_kw;
    }
    std::int32_t kw = 0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kArrivalQuarters; ++k)
        if (shell_arrival_t(scenario, scenario.arrivals_t + k, now_t) == t) kw += scenario.arrivals[f][r][k].shell_kw;
    return kw;
}

/// Who holds the opening schedule of firm f: f itself, the firm that acquired it, -1 after a liquidation.
RACKRACE_HD inline int schedule_holder(const World& world, int f) {
    RACKRACE_NO_UNROLL
    while (world.firms[f].status == FirmStatus::acquired) f = world.firms[f].taken_by - 1;
    return world.firms[f].status == FirmStatus::liquidated ? -1 : f;
}

/// The opening schedules that firm f holds, a bit by firm: its own while it is in business, and those of firms it acquired.
RACKRACE_HD inline std::uint32_t held_schedules(const Scenario& scenario, const World& world, int f) {
    std::uint32_t held = 0;
    RACKRACE_NO_UNROLL
    for (int from = 0; from < scenario.firm_count; ++from) {
        if (from != f && world.firms[from].status != FirmStatus::acquired) continue;
        if (schedule_holder(world, from) == f) held |= 1u << from;
    }
    return held;
}
static_assert(kMaxFirms <= 32);

/// Calls visit(arrival, k) for every arrival still to come of the opening schedules that firm f holds; k is its quarter of the schedule.
template <class Visit>
RACKRACE_HD inline void visit_held_arrivals(const Scenario& scenario, const World& world, int f, const Visit& visit) {
    const int next = first_arrival_from(scenario, world.t, world.t);
    if (next >= kArrivalQuarters) return;
    RACKRACE_NO_UNROLL
    for (std::uint32_t held = held_schedules(scenario, world, f); held != 0; held &= held - 1) {
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) {
            RACKRACE_NO_UNROLL
            for (int k = next; k < kArrivalQuarters; ++k) visit(scenario.arrivals[lowest_bit(held)][r][k], k);
        }
    }
}

/// What the opening schedules in `held` bring to region r in quarter t, as known in now_t: kW only.
RACKRACE_HD inline Arrival arriving_kw(const Scenario& scenario, std::uint32_t held, int r, int t, int now_t) {
    Arrival sum{};
    const bool is_over = scenario.shock_count == 0 && arrival_in(scenario, 0, r, t) == nullptr;  // a DELAY can move shells beyond the last quarter
    RACKRACE_NO_UNROLL
    for (; held != 0 && !is_over; held &= held - 1) {
        const int from = lowest_bit(held);
        sum.shell_kw += shell_arriving_kw(scenario, from, r, t, now_t);
        const Arrival* arrival = arrival_in(scenario, from, r, t);
        if (arrival == nullptr) continue;
        sum.grid_kw += arrival->grid_kw;
        sum.lease_kw += arrival->lease_kw;
    }
    return sum;
}

}  // namespace rackrace
