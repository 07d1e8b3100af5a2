// Sealed bids served from the highest score down while the supply lasts: the acceptance rule of the chip auctions and of the power auction.
// Equal scores at the margin share pro rata; the best score that was turned away is what prices are made of.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/market/pro_rata.h"

namespace rackrace {

/// One step of a sealed bid: `units` at `bid` each, ranked by `score` (the bid itself where there is no bonus). firm indexes the tie hashes.
struct RankedStep {
    double score = 0.0;
    double bid = 0.0;
    std::int64_t units = 0;
    int firm = 0;
};

/// Steps of all firms, highest score first. The order among equal scores carries no meaning.
template <int kCapacity>
struct RankedSteps {
    RankedStep items[kCapacity] = {};
    int count = 0;
};

/// Puts a step in its place. Steps of one firm at one bid become one, so that splitting a bid never gains at the margin. Empty steps are dropped.
template <int kCapacity>
RACKRACE_HD RACKRACE_APART void rank_step(RankedSteps<kCapacity>& steps, const RankedStep& step) {
    if (step.units <= 0) return;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < steps.count; ++i) {
        if (steps.items[i].firm != step.firm || steps.items[i].bid != step.bid) continue;
        steps.items[i].units += step.units;
        return;
    }
    int at = steps.count++;
    RACKRACE_NO_UNROLL
    for (; at > 0 && steps.items[at - 1].score < step.score; --at) steps.items[at] = steps.items[at - 1];
    steps.items[at] = step;
}

/// Serves the steps while `supply` lasts and fills accepted[steps.count] with the units of each; tie[firm] as in pro_rata.
/// returns the highest score with a unit that found no supply (a partly filled step counts), 0 if none.
template <int kCapacity>
RACKRACE_HD RACKRACE_APART double accept_highest_first(const RankedSteps<kCapacity>& steps, const std::uint64_t* tie, std::int64_t supply,
                                        std::int64_t* accepted) {
    std::int64_t orders[kCapacity] = {};
    std::uint64_t step_tie[kCapacity] = {};
    std::int64_t left = supply < 0 ? 0 : supply;
    double best_rejected = 0.0;
    int next = 0;
    RACKRACE_NO_UNROLL
    for (int first = 0; first < steps.count; first = next) {
        std::int64_t asked = 0;
        RACKRACE_NO_UNROLL
        for (next = first; next < steps.count && steps.items[next].score == steps.items[first].score; ++next) {
            orders[next - first] = steps.items[next].units;
            step_tie[next - first] = tie[steps.items[next].firm];
            asked += steps.items[next].units;
        }
        if (asked > left && best_rejected < steps.items[first].score) best_rejected = steps.items[first].score;
        pro_rata<kCapacity>(orders, step_tie, next - first, left, accepted + first);
        left -= asked < left ? asked : left;
    }
    return best_rejected;
}

}  // namespace rackrace
