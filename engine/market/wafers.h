// Packaging capacity, the only source of chips: who gets how many wafers three quarters ahead, and what comes out of them.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/money.h"
#include "engine/base/numbers.h"
#include "engine/market/weighted_uniform.h"
#include "engine/scenario/parameters.h"
#include "engine/world/capacities.h"

namespace rackrace {

/// The requests of one quarter, for output at t + wafer_lead_q. [count] in supplier order, wafers a quarter.
struct WaferRequests {
    std::int64_t request[kMaxSuppliers] = {};
    std::int64_t last[kMaxSuppliers] = {};         // own allotment of the quarter before that output
    double mean_allotment[kMaxSuppliers] = {};     // of the last wafer_weight_window_q known ones
    int count = 0;
    double capacity_last = 0.0;                    // Omega of the quarter before
    double capacity = 0.0;                         // Omega of the quarter asked for
};

struct WaferAllotment {
    std::int64_t guaranteed[kMaxSuppliers] = {};
    std::int64_t wafers[kMaxSuppliers] = {};       // guaranteed part included; take-or-pay
};

/// A share of the last allotment is safe, grown or shrunk with the capacity; the rest of the capacity goes by the weighted uniform rule
/// with the mean allotment as weight, so asking for more than one's share gains nothing.
/// Whole wafers, guarantees rounded down. The sum stays within the capacity as long as the last allotments did.
RACKRACE_HD RACKRACE_APART inline WaferAllotment allot_wafers(const Parameters& p, const WaferRequests& requests, const std::uint64_t* tie) {
    WaferAllotment result;
    const double growth = requests.capacity_last > 0.0 ? requests.capacity / requests.capacity_last : kInfinity;
    const double ratio = min(p.wafer_guaranteed_growth_max_ratio, growth);
    std::int64_t open[kMaxSuppliers] = {}, more[kMaxSuppliers] = {}, left = floor_to_int64(requests.capacity);
    double weight[kMaxSuppliers] = {};
    RACKRACE_NO_UNROLL
    for (int s = 0; s < requests.count; ++s) {
        const std::int64_t safe = floor_to_int64(p.wafer_guaranteed_frac * static_cast<double>(requests.last[s]) * ratio);
        result.guaranteed[s] = requests.request[s] < safe ? requests.request[s] : safe;
        open[s] = requests.request[s] - result.guaranteed[s];
        weight[s] = max(requests.mean_allotment[s], p.wafer_weight_floor_frac * requests.capacity);
        left -= result.guaranteed[s];
    }
    weighted_uniform<kMaxSuppliers>(open, weight, tie, requests.count, left, more);
    RACKRACE_NO_UNROLL
    for (int s = 0; s < requests.count; ++s) result.wafers[s] = result.guaranteed[s] + more[s];
    return result;
}

/// Share of packages that work, `age_q` quarters after the first output: learning from `initial_frac` to `mature_frac`.
RACKRACE_HD inline double package_yield(const Parameters& p, double initial_frac, double mature_frac, double age_q) {
    return mature_frac - (mature_frac - initial_frac) * exp(-age_q / p.yield_learning_q);
}

/// Chips out of the share `mix_frac` of a supplier's wafers, whole ones, rounded down.
RACKRACE_HD inline std::int64_t chips_from_wafers(std::int64_t wafers, double mix_frac, double chips_per_wafer, double yield_frac) {
    return floor_to_int64(static_cast<double>(wafers) * mix_frac * chips_per_wafer * yield_frac);
}

/// Wafers that an owner's request for in-house chips needs, rounded up. Nothing works (yield 0): nothing is asked for.
RACKRACE_HD inline std::int64_t wafers_for_chips(std::int64_t chips, double chips_per_wafer, double yield_frac) {
    const double chips_out = chips_per_wafer * yield_frac;
    return chips_out > 0.0 ? ceil_to_int64(static_cast<double>(chips) / chips_out) : 0;
}

/// Charge for allotted wafers left out of the mix: dies and memory were ordered too, so part of the newest product's cost is lost.
RACKRACE_HD inline Usd unused_wafer_charge(const Parameters& p, std::int64_t wafers, double mix_sum_frac, double newest_unit_cost_usd_chip,
                                           double newest_chips_per_wafer) {
    const double unused = static_cast<double>(wafers) * max(0.0, 1.0 - mix_sum_frac);
    return to_usd(unused * p.unused_wafer_charge_frac * newest_unit_cost_usd_chip * newest_chips_per_wafer);
}

}  // namespace rackrace
