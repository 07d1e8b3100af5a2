// Identity I15: a firm that left holds nothing and owes nothing: at once when it was acquired, two quarters after the decision when it was
// liquidated.
#pragma once

#include "engine/market/power_connection.h"
#include "engine/settle/broken.h"

namespace rackrace {

/// Quarters since the default, at the close of which a liquidated estate is wound up.
RACKRACE_HD inline int wound_up_q(const Parameters& p) { return static_cast<int>(p.chapter_11_q + p.liquidation_q); }

/// Whether the books of a firm are closed for good.
RACKRACE_HD inline bool is_gone(const Parameters& p, const Firm& firm) {
    return firm.status == FirmStatus::acquired || (firm.status == FirmStatus::liquidated && firm.estate_q > wound_up_q(p));
}

/// kW, chips, orders, projects and loans that a firm holds or waits for.
RACKRACE_HD inline std::int64_t things_held(const Scenario& scenario, const Firm& firm) {
    std::int64_t sum = firm.undrawn_contract_backed.value + firm.undrawn_project.value;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        sum += static_cast<std::int64_t>(firm.holdings[p].installed) + firm.holdings[p].warehouse;
        RACKRACE_NO_UNROLL
        for (int slot = 0; slot < kOrderSlots; ++slot) sum += firm.orders[p][slot].chips;
    }
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const Site& site = firm.sites[r];
        sum += static_cast<std::int64_t>(site.shell_kw) + site.grid_kw + site.onsite_kw + site.lease_kw + waiting_kw(scenario, site);
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kOnsiteSlots; ++k) sum += site.onsite_coming_kw[k];
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kLeaseSlots; ++k) sum += site.lease_coming_kw[k];
    }
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kMaxProjects; ++i) sum += firm.projects[i].kw;
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) sum += firm.debt[d].principal.value;
    return sum;
}

/// I15. who: the firm; by: what it still holds, an amount or a number of things.
RACKRACE_HD inline Broken check_exits(const Scenario& scenario, const World& world) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (!is_gone(scenario.parameters, world.firms[f])) continue;
        const std::int64_t held = things_held(scenario, world.firms[f]);
        if (held != 0) return {15, Subject::party, f, held};
        RACKRACE_NO_UNROLL
        for (int a = 0; a < static_cast<int>(Account::paid_in); ++a)
            if (world.balance[f][a].value != 0) return {15, Subject::party, f, world.balance[f][a].value};
        RACKRACE_NO_UNROLL
        for (int c = 0; c < kMaxContracts; ++c) {
            const Contract& contract = world.contracts[c];
            if (contract.id != 0 && contract.end_t > world.t && (contract.seller == f || contract.buyer == f)) return {15, Subject::party, f, contract.id};
        }
    }
    return {};
}

}  // namespace rackrace
