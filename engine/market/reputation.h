// Reliability `rel` of a firm, in [0, 1]: what it delivered of what it owed, and whether it forced its sellers to renegotiate.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"
#include "engine/world/world.h"

namespace rackrace {

/// rel after a quarter, over all contracts that the firm sells: falls by the share not delivered, not below 0. Without a shortfall, and
/// also where nothing was due, it closes part of the gap to 1.
RACKRACE_HD inline double next_reliability(const Parameters& p, double reliability, std::int64_t due, std::int64_t delivered) {
    if (delivered < due) return max(0.0, reliability - static_cast<double>(due - delivered) / static_cast<double>(due));
    return reliability + p.reliability_recovery_frac * (1.0 - reliability);
}

/// rel of a buyer that has forced one renegotiation, not below 0.
RACKRACE_HD inline double reliability_after_renegotiation(const Parameters& p, double reliability) {
    return max(0.0, reliability - p.renegotiation_reliability_loss_frac);
}

/// What sellers see of a buyer: its rel where a contract that it buys by was forced down, as long as that lives, whoever bought by it then; else 1,
/// since what it failed to deliver does not touch those whom it pays.
RACKRACE_HD inline double buyer_reliability(const World& world, int buyer) {
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c)
        if (world.contracts[c].id != 0 && world.contracts[c].buyer == buyer && world.contracts[c].renegotiated_t >= 0) return world.firms[buyer].reliability_frac;
    return 1.0;
}

}  // namespace rackrace
