// Grid power by auction: each quarter a region sells one forward lot of kW to the highest adders, and each lot has one price.
// The adder is owed on top of energy for some years from connection; giving power back releases it at a cost.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/money.h"
#include "engine/base/numbers.h"
#include "engine/market/exits.h"
#include "engine/market/highest_first.h"
#include "engine/market/pro_rata.h"
#include "engine/scenario/parameters.h"
#include "engine/world/capacities.h"

namespace rackrace {

/// Bids for the lot of one region and quarter. [count] in firm order; 0 kW is no bid.
struct PowerBids {
    std::int64_t kw[kMaxFirms] = {};
    double max_adder_usd_kw_q[kMaxFirms] = {};
    int count = 0;
};

struct PowerLot {
    std::int64_t won_kw[kMaxFirms] = {};
    double adder_usd_kw_q = 0.0;
};

/// Step 1: the most that one firm may bid for, a share of the lot, rounded down.
RACKRACE_HD inline std::int64_t max_lot_kw(const Parameters& p, std::int64_t lot_kw) {
    return floor_to_int64(p.grid_lot_share_max_frac * static_cast<double>(lot_kw));
}

/// Step 2: scales a firm's bids kw[regions], already cut by step 1, by one factor to the kW whose deposit its cash covers, each rounded down.
RACKRACE_HD inline void scale_to_deposit(const Parameters& p, Usd cash, std::int64_t* kw, int regions) {
    const std::int64_t covered = floor_to_int64(max(0.0, to_double(cash)) / p.grid_deposit_usd_kw);
    std::int64_t asked = 0;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < regions; ++r) asked += kw[r];
    if (asked <= covered) return;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < regions; ++r) kw[r] = kw[r] * covered / asked;
}

/// Steps 3 and 4: highest adder first while the lot lasts, equal adders pro rata. The price is the highest adder turned away, 0 if none;
/// a partly filled bid counts as turned away, what step 1 or 2 cut off does not. tie[count]: keyed hash of each firm.
RACKRACE_HD RACKRACE_APART inline PowerLot sell_power_lot(const PowerBids& bids, std::int64_t lot_kw, const std::uint64_t* tie) {
    RankedSteps<kMaxFirms> steps;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < bids.count; ++f) rank_step(steps, {bids.max_adder_usd_kw_q[f], bids.max_adder_usd_kw_q[f], bids.kw[f], f});
    std::int64_t accepted[kMaxFirms] = {};
    PowerLot lot;
    lot.adder_usd_kw_q = accept_highest_first(steps, tie, lot_kw, accepted);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < steps.count; ++i) lot.won_kw[steps.items[i].firm] = accepted[i];
    return lot;
}

/// Part of a lot that connects in the next quarter already, out of kW that are connected and held by nobody: shared pro rata to won_kw[count].
RACKRACE_HD inline void connect_early(const std::int64_t* won_kw, const std::uint64_t* tie, int count, std::int64_t free_kw,
                                      std::int64_t* next_quarter_kw) {
    pro_rata<kMaxFirms>(won_kw, tie, count, free_kw, next_quarter_kw);
}

/// Is the adder of kW connected in quarter `connected_t` owed in quarter `t`?
RACKRACE_HD inline bool is_adder_owed(const Parameters& p, int t, int connected_t) {
    return t >= connected_t && static_cast<double>(t - connected_t) < p.grid_adder_term_q;
}

/// A firm gives back power in a region: every vintage of its adders keeps `kept_frac`. Dollars before rounding.
struct PowerReturn {
    double kept_frac = 1.0;
    double adder_left_usd_q = 0.0;
    double cost_usd = 0.0;
};

/// held_kw, adder_usd_q: connected kW and the adders owed on them a quarter (or kW of one lot not yet connected, and its adders).
/// The average adder is released; what goes costs some quarters of it and part of the deposit. More than held: all of it.
RACKRACE_HD inline PowerReturn give_back_power(const Parameters& p, std::int64_t held_kw, double adder_usd_q, std::int64_t kw) {
    if (held_kw <= 0 || kw <= 0) return {1.0, adder_usd_q, 0.0};
    const std::int64_t given = kw < held_kw ? kw : held_kw;
    PowerReturn result;
    result.kept_frac = static_cast<double>(held_kw - given) / static_cast<double>(held_kw);
    result.adder_left_usd_q = adder_usd_q * result.kept_frac;
    result.cost_usd = p.grid_return_adder_q * (adder_usd_q - result.adder_left_usd_q) + grid_forfeit_usd(p, given);
    return result;
}

}  // namespace rackrace
