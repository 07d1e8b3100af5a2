// A hyperscaler's core business in the quarter: what AI lifts it by (P12) and what rivals ahead in AI take from its growth (P1).
#pragma once

#include "engine/market/core_uplift.h"
#include "engine/scenario/scenario.h"
#include "engine/settle/ledger.h"
#include "engine/world/world.h"

namespace rackrace {

/// Growth that a firm's core loses on entering a quarter, by the capabilities and shares that the last one left. Rivals are the other
/// firms: open-weight models run by others are no rival of a core business.
RACKRACE_HD inline double core_threat_of(const Scenario& scenario, const World& world, int f) {
    if (scenario.firms[f].core_threat_frac_per_oom == 0.0) return 0.0;
    constexpr int consumer = static_cast<int>(Segment::consumer);
    std::int64_t rivals_ppb = 0;
    RACKRACE_NO_UNROLL
    for (int other = 0; other < scenario.firm_count; ++other)
        if (other != f) rivals_ppb += world.firms[other].share_ppb[consumer];
    const double rivals = static_cast<double>(rivals_ppb) * scenario.parameters.share_precision_frac;
    return core_threat_frac(scenario.firms[f].core_threat_frac_per_oom, world.firms[f].capability_oom, world.frontier_oom[0], rivals);
}

/// P12: the extra core revenue of a quarter, by the compute that the core was given. Customers pay it beside the core cash of S1.
RACKRACE_HD inline void receive_uplift(const Scenario& scenario, World& world, Ledger& ledger, int f) {
    const Parameters& p = scenario.parameters;
    const FirmFacts& facts = scenario.firms[f];
    const Firm& firm = world.firms[f];
    if (!(facts.core_saturation_h100e > 0.0)) return;
    const double uplift = core_uplift_usd(firm.core_revenue_usd_q, facts.core_uplift_frac, firm.core_h100e_i, firm.capability_oom,
                                          p.frontier_capability_2026q1_oom, p.core_uplift_capability_slope,
                                          facts.core_saturation_h100e * world.saturation_growth);
    post(world, ledger, Kind::core_receipt, kCustomer, f, to_usd(uplift));
}

}  // namespace rackrace
