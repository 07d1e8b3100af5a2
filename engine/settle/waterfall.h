// Who gets what of a defaulted firm: secured claims from their collateral, then unsecured claims pro rata, a secured deficiency among
// them, then the owners.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/money.h"
#include "engine/market/pro_rata_money.h"
#include "engine/world/capacities.h"

namespace rackrace {

inline constexpr int kMaxClaims = 64;  // 12 tranches, 30 parties' arrears and rejected contracts, a vendor loan of each supplier, and room

struct Claim {
    Usd owed;        // >= 0
    Usd collateral;  // value of what secures it, >= 0; 0 for an unsecured claim
    std::uint64_t tie = 0;
};

struct Claims {
    Claim rows[kMaxClaims] = {};
    int count = 0;
};

struct Recovery {
    Usd paid[kMaxClaims] = {};  // never above owed
    Usd owners;                 // what no creditor is owed
};

/// Shares out `value`, which includes all collateral. Collateral beyond its claim goes to the unsecured. Should the value not even cover
/// what collateral secures, the secured share it pro rata. Whole dollars by largest remainder; paid and owners sum to max(value, 0).
RACKRACE_HD inline Recovery pay_by_priority(const Claims& claims, Usd value) {
    Recovery out;
    Usd secured[kMaxClaims] = {}, rest[kMaxClaims] = {}, shares[kMaxClaims] = {};
    std::uint64_t tie[kMaxClaims] = {};
    Usd left = max_usd(value, Usd{0});
    RACKRACE_NO_UNROLL
    for (int i = 0; i < claims.count; ++i) {
        secured[i] = min_usd(claims.rows[i].owed, claims.rows[i].collateral);
        tie[i] = claims.rows[i].tie;
    }
    pro_rata_money<kMaxClaims>(secured, tie, claims.count, left, out.paid);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < claims.count; ++i) {
        left -= out.paid[i];
        rest[i] = claims.rows[i].owed - out.paid[i];
    }
    pro_rata_money<kMaxClaims>(rest, tie, claims.count, left, shares);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < claims.count; ++i) {
        out.paid[i] += shares[i];
        left -= shares[i];
    }
    out.owners = left;
    return out;
}

}  // namespace rackrace
