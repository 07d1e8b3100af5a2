// The weighted uniform rule: who gets how much of a short supply, by weight, never more than asked. Used by POSTED chip sales,
// wafers, lease supply, the on-site limit and power cohorts. Asking for more than one's share does not raise it.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/market/pro_rata.h"

namespace rackrace {

/// Splits `supply` units over `count` orders: award_i = min(order_i, lambda * weight_i) with lambda such that the awards use up the
/// supply, whole units by largest remainder, equal remainders by `tie` descending (never by index). Demand within supply: all filled.
/// orders >= 0, weights > 0 where an order is; awards[count] is filled and sums to min(supply, sum of orders).
/// Source: Sprumont 1991; weighted forms, Barbera, Jackson & Neme 1997.
template <int kCapacity>
RACKRACE_HD RACKRACE_APART void weighted_uniform(const std::int64_t* orders, const double* weights, const std::uint64_t* tie, int count, std::int64_t supply,
                                  std::int64_t* awards) {
    std::int64_t asked = 0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) asked += orders[i];
    if (supply < 0) supply = 0;
    if (asked <= supply) {
        RACKRACE_NO_UNROLL
        for (int i = 0; i < count; ++i) awards[i] = orders[i];
        return;
    }
    // Orders below their share of what is left are filled; each round frees supply for the others, so at most `count` rounds.
    bool filled[kCapacity] = {};
    double left = static_cast<double>(supply), lambda = 0.0;
    RACKRACE_NO_UNROLL
    for (int round = 0; round < count; ++round) {
        double weight = 0.0;
        RACKRACE_NO_UNROLL
        for (int i = 0; i < count; ++i) weight += filled[i] || orders[i] == 0 ? 0.0 : weights[i];
        lambda = weight > 0.0 ? left / weight : 0.0;
        bool changed = false;
        RACKRACE_NO_UNROLL
        for (int i = 0; i < count; ++i) {
            if (filled[i] || orders[i] == 0 || static_cast<double>(orders[i]) > lambda * weights[i]) continue;
            filled[i] = true;
            changed = true;
        }
        if (!changed) break;
        left = static_cast<double>(supply);
        RACKRACE_NO_UNROLL
        for (int i = 0; i < count; ++i) left -= filled[i] ? static_cast<double>(orders[i]) : 0.0;
    }
    double remainder[kCapacity] = {};
    std::int64_t given = 0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) {
        const double share = filled[i] || orders[i] == 0 ? static_cast<double>(orders[i]) : lambda * weights[i];
        awards[i] = floor_to_int64(share);
        remainder[i] = share - static_cast<double>(awards[i]);
        given += awards[i];
    }
    give_leftovers(orders, tie, count, supply - given, remainder, awards);
}

}  // namespace rackrace
