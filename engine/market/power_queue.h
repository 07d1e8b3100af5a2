// Grid power by waiting: the cohorts of a region's queue and who is energised out of the free kW.
// QUEUE serves the oldest eligible cohort first; PRORATA lets all eligible kW share alike.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/market/weighted_uniform.h"
#include "engine/world/capacities.h"

namespace rackrace {

/// The queue of one region. Cohorts in any order, each of another quarter; firms [count].
struct PowerQueue {
    int asked_t[kMaxCohorts] = {};                      // quarter of the requests
    std::int64_t kw[kMaxCohorts][kMaxFirms] = {};
    double ready_frac[kMaxCohorts][kMaxFirms] = {};     // of the kW: shell finished or soon (grid_readiness_shell_q)
    int cohorts = 0;
    int count = 0;
};

/// kW energised, by the cohort and firm of the queue.
struct Energised {
    std::int64_t kw[kMaxCohorts][kMaxFirms] = {};
};

/// A cohort may be energised once it has waited the region's shortest lead.
RACKRACE_HD inline bool is_eligible(int t, int asked_t, int min_wait_q) { return t - asked_t >= min_wait_q; }

/// Shares `free_kw` by the weighted uniform rule: cap kw[count], weight kW x readiness. Firms without any readiness come after the others
/// and share what those leave by kW (the limit of a small readiness), so enough power always fills everybody.
RACKRACE_HD inline void share_free_power(const std::int64_t* kw, const double* weight, const std::uint64_t* tie, int count, std::int64_t free_kw,
                                         std::int64_t* energised_kw) {
    std::int64_t ready[kMaxFirms] = {}, unready[kMaxFirms] = {}, late[kMaxFirms] = {}, left = free_kw;
    double late_weight[kMaxFirms] = {};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < count; ++f) {
        (weight[f] > 0.0 ? ready : unready)[f] = kw[f];
        late_weight[f] = static_cast<double>(unready[f]);
    }
    weighted_uniform<kMaxFirms>(ready, weight, tie, count, left, energised_kw);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < count; ++f) left -= energised_kw[f];
    weighted_uniform<kMaxFirms>(unready, late_weight, tie, count, left, late);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < count; ++f) energised_kw[f] += late[f];
}

/// The oldest eligible cohort after `after` (-1: of all) by quarter of request, -1 if there is none.
RACKRACE_HD inline int next_eligible_cohort(const PowerQueue& queue, int after, int t, int min_wait_q) {
    int next = -1;
    RACKRACE_NO_UNROLL
    for (int c = 0; c < queue.cohorts; ++c) {
        if (!is_eligible(t, queue.asked_t[c], min_wait_q) || (after >= 0 && queue.asked_t[c] <= queue.asked_t[after])) continue;
        if (next < 0 || queue.asked_t[c] < queue.asked_t[next]) next = c;
    }
    return next;
}

/// Rule QUEUE, quarter t: the oldest eligible cohort first, within a cohort by share_free_power. `energised` is overwritten.
RACKRACE_HD RACKRACE_APART inline void energise_queue(const PowerQueue& queue, const std::uint64_t* tie, int t, int min_wait_q, std::int64_t free_kw,
                                       Energised& energised) {
    energised = {};
    double weight[kMaxFirms] = {};
    RACKRACE_NO_UNROLL
    for (int c = next_eligible_cohort(queue, -1, t, min_wait_q); c >= 0; c = next_eligible_cohort(queue, c, t, min_wait_q)) {
        RACKRACE_NO_UNROLL
        for (int f = 0; f < queue.count; ++f) weight[f] = static_cast<double>(queue.kw[c][f]) * queue.ready_frac[c][f];
        share_free_power(queue.kw[c], weight, tie, queue.count, free_kw, energised.kw[c]);
        RACKRACE_NO_UNROLL
        for (int f = 0; f < queue.count; ++f) free_kw -= energised.kw[c][f];
    }
}

/// Rule PRORATA, quarter t: one sharing over all eligible kW, cap and weight of a firm summed over its cohorts; what a firm gets
/// empties its own oldest cohort first. `energised` is overwritten.
RACKRACE_HD RACKRACE_APART inline void energise_pro_rata(const PowerQueue& queue, const std::uint64_t* tie, int t, int min_wait_q, std::int64_t free_kw,
                                          Energised& energised) {
    energised = {};
    std::int64_t kw[kMaxFirms] = {}, left[kMaxFirms] = {};
    double weight[kMaxFirms] = {};
    RACKRACE_NO_UNROLL
    for (int c = next_eligible_cohort(queue, -1, t, min_wait_q); c >= 0; c = next_eligible_cohort(queue, c, t, min_wait_q)) {
        RACKRACE_NO_UNROLL
        for (int f = 0; f < queue.count; ++f) {
            kw[f] += queue.kw[c][f];
            weight[f] += static_cast<double>(queue.kw[c][f]) * queue.ready_frac[c][f];
        }
    }
    share_free_power(kw, weight, tie, queue.count, free_kw, left);
    RACKRACE_NO_UNROLL
    for (int c = next_eligible_cohort(queue, -1, t, min_wait_q); c >= 0; c = next_eligible_cohort(queue, c, t, min_wait_q)) {
        RACKRACE_NO_UNROLL
        for (int f = 0; f < queue.count; ++f) {
            energised.kw[c][f] = left[f] < queue.kw[c][f] ? left[f] : queue.kw[c][f];
            left[f] -= energised.kw[c][f];
        }
    }
}

}  // namespace rackrace
