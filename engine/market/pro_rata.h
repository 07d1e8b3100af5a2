// Whole units out of fractions: shares pro rata to orders, leftovers by largest remainder, equal remainders by keyed hash, never by index.
// For marginal ties of auctions, proportional rationing, lots that connect early, output that falls short.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"

namespace rackrace {

/// Hands out `left` more units, one each to the largest remainders, equal ones by `tie` descending; nobody gets more than its order.
/// remainders[count] in [0, 1) or on any common scale, used up; awards[count] is added to.
RACKRACE_HD inline void give_leftovers(const std::int64_t* orders, const std::uint64_t* tie, int count, std::int64_t left, double* remainders,
                                       std::int64_t* awards) {
    RACKRACE_NO_UNROLL
    for (; left > 0; --left) {
        int best = -1;
        RACKRACE_NO_UNROLL
        for (int i = 0; i < count; ++i) {
            if (awards[i] >= orders[i]) continue;
            if (best < 0 || remainders[i] > remainders[best] || (remainders[i] == remainders[best] && tie[i] > tie[best])) best = i;
        }
        if (best < 0) return;
        awards[best] += 1;
        remainders[best] = -1.0;  // one unit each before anyone gets a second
    }
}

/// Splits `supply` units over `count` orders in proportion to them. Demand within supply: all filled.
/// orders >= 0; an order times the supply must fit in 63 bits (both are stored in 32); awards[count] is filled and sums to
/// min(supply, sum of orders). Exact in integers, so equal remainders are equal in any order of the firms.
template <int kCapacity>
RACKRACE_HD RACKRACE_APART void pro_rata(const std::int64_t* orders, const std::uint64_t* tie, int count, std::int64_t supply, std::int64_t* awards) {
    std::int64_t asked = 0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) asked += orders[i];
    if (supply < 0) supply = 0;
    if (asked <= supply) {
        RACKRACE_NO_UNROLL
        for (int i = 0; i < count; ++i) awards[i] = orders[i];
        return;
    }
    double remainders[kCapacity];
    std::int64_t given = 0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) {
        const std::int64_t product = orders[i] * supply, award = product / asked;
        awards[i] = award;
        remainders[i] = static_cast<double>(product - award * asked);
        given += award;
    }
    give_leftovers(orders, tie, count, supply - given, remainders, awards);
}

}  // namespace rackrace
