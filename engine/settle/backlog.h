// Backlog: take-or-pay money that a contract still owes its seller, in the quarters after this one.
#pragma once

#include "engine/scenario/parameters.h"
#include "engine/world/contract.h"

namespace rackrace {

/// Take-or-pay bill of one quarter at full delivery: round(P x HQ x tau x q_k). model.md 6.4, I10.
RACKRACE_HD inline Usd takeorpay_due(const Parameters& p, const Contract& contract, int t) {
    return to_usd(contract.price_usd_h * p.hours_per_quarter * contract.takeorpay_frac * committed_in(contract, t));
}

/// Sum of it over the quarters after t: those of the ramp one by one, the full ones alike.
RACKRACE_HD inline Usd contract_backlog(const Parameters& p, const Contract& contract, int t) {
    const int full_t = contract.start_t + (contract.ramp_q > 1 ? contract.ramp_q - 1 : 0);
    int k = t + 1 > contract.start_t ? t + 1 : contract.start_t;
    Usd sum{};
    RACKRACE_NO_UNROLL
    for (; k < full_t && k <= contract.end_t; ++k) sum += takeorpay_due(p, contract, k);
    if (k <= contract.end_t) sum += Usd{takeorpay_due(p, contract, k).value * (contract.end_t - k + 1)};
    return sum;
}

}  // namespace rackrace
