// P13: firms train. Compute and hired talent become a stock of effective compute and know-how; models trained a quarter ago are released.
#pragma once

#include "engine/market/shocks.h"
#include "engine/market/training.h"
#include "engine/quarter/orders.h"
#include "engine/scenario/scenario.h"
#include "engine/settle/ledger.h"
#include "engine/world/world.h"

namespace rackrace {

/// Talent and data are paid at once, out of cash in hand: nobody learns on wages it cannot pay. returns what was spent
RACKRACE_HD inline Usd hire_talent(World& world, Ledger& ledger, int f, Usd wanted) {
    const Usd spent = max_usd(Usd{}, min_usd(wanted, cash_of(world, f)));
    post(world, ledger, Kind::talent, f, kStaff, spent);
    ledger.deals.talent[f] = spent;
    return spent;
}

/// The frontier of the next quarter joins the ring: index 0 is the highest capability ever released, then the quarters before.
RACKRACE_HD inline void advance_frontier(const Scenario& scenario, World& world) {
    RACKRACE_NO_UNROLL
    for (int lag = kFrontierLags - 1; lag > 0; --lag) world.frontier_oom[lag] = world.frontier_oom[lag - 1];
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) world.frontier_oom[0] = max(world.frontier_oom[0], world.firms[f].capability_oom);
}

/// P13. Models trained last quarter are released for the next one: customers meet them a quarter after that close (5.10). Then this
/// quarter's runs enter the stock with the know-how at its start, and know-how grows.
/// news_oom [firm]: rise of its released capability by models of its own; what open weights give everybody is no news.
RACKRACE_HD RACKRACE_APART inline void train_models(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, double (&news_oom)[kMaxFirms]) {
    const Parameters& p = scenario.parameters;
    const double open_oom = world.frontier_oom[static_cast<int>(p.open_weight_lag_q)];
    double best_know_how = 0.0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) best_know_how = max(best_know_how, world.firms[f].know_how);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) news_oom[f] = 0.0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Firm& firm = world.firms[f];
        if (!is_active(firm)) continue;
        const double without_own = max(firm.capability_oom, open_oom);
        firm.capability_oom = released_capability_oom(firm.capability_oom, firm.next_capability_oom, open_oom);
        news_oom[f] = firm.capability_oom - without_own;

        const double trained = firm.training_h100e, efficiency = world.training_efficiency * owned_efficiency_ratio(scenario, f, world.t);
        firm.effective_compute_h100e_q = next_effective_compute(p, firm.effective_compute_h100e_q, trained, efficiency, firm.know_how);
        firm.next_capability_oom = trained_capability_oom(p, firm.effective_compute_h100e_q);
        const Usd talent = hire_talent(world, ledger, f, orders[f].hire_talent);
        firm.know_how = next_know_how(p, firm.know_how, trained, to_double(talent), best_know_how);
    }
    advance_frontier(scenario, world);
}

}  // namespace rackrace
