// Backlog: take-or-pay money that a contract still owes its seller, in the quarters after this one.
#pragma once

#include "engine/scenario/parameters.h"
#include "engine/world/contract.h"

namespace rackrace {

/// Take-or-pay bill of one quarter at full delivery: round(P x HQ x tau x q_k). model.md 6.4, I10.
RACKRACE_HD inline Usd takeorpay_due(const Parameters& p, const Contract& contract, int t) {
    return to_usd(contract.price_usd_h * p.hours_per_quarter * contract.takeorpay_frac * committed_in(contract, t));
}

/// Sum of it over the quarters from first_t to last_t: those of the ramp one by one, the full ones alike.
RACKRACE_HD inline Usd takeorpay_within(const Parameters& p, const Contract& contract, int first_t, int last_t) {
    const int full_t = first_full_t(contract), last = last_t < contract.end_t ? last_t : contract.end_t;
    int k = first_t > contract.start_t ? first_t : contract.start_t;
    Usd sum{};
    RACKRACE_NO_UNROLL
    for (; k < full_t && k <= last; ++k) sum += takeorpay_due(p, contract, k);
    if (k <= last) sum += Usd{takeorpay_due(p, contract, k).value * (last - k + 1)};
    return sum;
}

/// Sum of it over the quarters after t.
RACKRACE_HD inline Usd contract_backlog(const Parameters& p, const Contract& contract, int t) { return takeorpay_within(p, contract, t + 1, contract.end_t); }

}  // namespace rackrace
