// What a firm spends in a year: lenders and owners give no more cash than that explains (model.md 5.11, use of proceeds).
#pragma once

#include "engine/market/buying_power.h"

namespace rackrace {

/// Cash paid out in the last use_of_proceeds_window_q quarters: net outflow and what came in, which is EBITDA of hyperscalers and suppliers,
/// whose core pays its own costs, and revenue of the others.
RACKRACE_HD inline double last_outlays_usd(const Parameters& p, const Firm& firm) {
    const bool has_core = firm.role == Role::hyperscaler || firm.role == Role::supplier;
    Usd sum{};
    RACKRACE_NO_UNROLL
    for (int q = 0; q < static_cast<int>(p.use_of_proceeds_window_q); ++q) {
        const Flows& flows = firm.history[q];
        sum += flows.net_outflow + (has_core ? flows.ebitda_ai + flows.ebitda_core : flows.revenue);
    }
    return to_double(sum);
}

/// Take-or-pay that a firm owes as a buyer in the next `horizon` quarters, this one among them, above `horizon` times last quarter's.
RACKRACE_HD inline Usd more_takeorpay_within(const Parameters& p, const World& world, int f, int horizon) {
    Usd sum{};
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        const Contract& contract = world.contracts[c];
        if (contract.id == 0 || contract.buyer != f) continue;
        const Usd last = takeorpay_due(p, contract, world.t - 1);
        sum += takeorpay_within(p, contract, world.t, world.t + horizon - 1) - Usd{last.value * horizon};
    }
    return max_usd(Usd{}, sum);
}

/// The larger of last and next four quarters' outlays. Next: chips, sites and plant ordered, running costs at last quarter's pace (interest and
/// take-or-pay among them), more take-or-pay, and principal that falls due, which new money may refinance.
RACKRACE_HD RACKRACE_APART inline double outlays_usd_year(const Scenario& scenario, const World& world, int f) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    const int window = static_cast<int>(p.use_of_proceeds_window_q);
    const Usd committed = open_chip_balances(scenario, firm) + instalments_within(scenario, world, f, window) + plant_due_within(scenario, firm, window);
    const Usd running = Usd{window * firm.cash_costs.value} + more_takeorpay_within(p, world, f, window);
    return max(last_outlays_usd(p, firm), to_double(committed + running + principal_within(firm, window)));
}

}  // namespace rackrace
