// Backlog: take-or-pay money that a contract still owes its seller, in the quarters after this one.
#pragma once

#include "engine/scenario/parameters.h"
#include "engine/world/contract.h"

namespace rackrace {

/// Take-or-pay bill of one quarter at full delivery: round(P x HQ x tau x q_k). model.md 6.4, I10.
RACKRACE_HD inline Usd takeorpay_due(const Parameters& p, const Contract& contract, int t) {
    return to_usd(contract.price_usd_h * p.hours_per_quarter * contract.takeorpay_frac * committed_in(contract, t));
}

/// Sum of it over the quarters after t.
RACKRACE_HD inline Usd contract_backlog(const Parameters& p, const Contract& contract, int t) {
    Usd sum{};
    RACKRACE_NO_UNROLL
    for (int k = t + 1 > contract.start_t ? t + 1 : contract.start_t; k <= contract.end_t; ++k) sum += takeorpay_due(p, contract, k);
    return sum;
}

}  // namespace rackrace
