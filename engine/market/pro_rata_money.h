// Whole dollars pro rata to claims, leftovers by largest remainder, equal remainders by keyed hash, never by index. As pro_rata.h, with
// products of dollars that need 128 bits.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/money.h"
#include "engine/market/pro_rata.h"

namespace rackrace {

/// Splits `available` over `count` claims in proportion to them; claims within it are paid in full. claims >= 0, their sum below 2^53;
/// shares[count] is filled and sums to min(max(available, 0), sum of claims). tie[count]: keyed hashes.
template <int kCapacity> RACKRACE_HD void pro_rata_money(const Usd* claims, const std::uint64_t* tie, int count, Usd available, Usd* shares) {
    using Wide = unsigned __int128;
    std::int64_t claimed = 0, given = 0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) claimed += claims[i].value;
    const std::int64_t supply = available.value < 0 ? 0 : available.value;
    std::int64_t orders[kCapacity] = {}, awards[kCapacity] = {};
    double remainders[kCapacity] = {};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) {
        orders[i] = awards[i] = claims[i].value;
        if (claimed > supply) {
            const Wide product = static_cast<Wide>(orders[i]) * static_cast<Wide>(supply);
            awards[i] = static_cast<std::int64_t>(product / static_cast<Wide>(claimed));
            remainders[i] = static_cast<double>(static_cast<std::int64_t>(product % static_cast<Wide>(claimed)));
        }
        given += awards[i];
    }
    if (claimed > supply) give_leftovers(orders, tie, count, supply - given, remainders, awards);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) shares[i] = Usd{awards[i]};
}

}  // namespace rackrace
