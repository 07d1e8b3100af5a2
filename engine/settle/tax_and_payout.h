// Settlement steps S7 and S8: tax on the quarter's income after losses carried forward, what owners take, and the revolver repaid from the rest.
#pragma once

#include "engine/market/chip_backing.h"
#include "engine/settle/debt_service.h"
#include "engine/settle/payments.h"

namespace rackrace {

/// Income before tax: core and AI results, depreciation and other book items, interest.
RACKRACE_HD inline Usd income_before_tax(const Ledger& ledger, int f) {
    const NetFlows net = net_flows(ledger, f);
    return net[Flow::core] + net[Flow::ai] + net[Flow::book] + net[Flow::interest];
}

RACKRACE_HD inline void pay_tax(const Scenario& scenario, World& world, Ledger& ledger, int f, double margin_apr) {
    Firm& firm = world.firms[f];
    pay_arrears(world, ledger, f, kGovernment, margin_apr);
    const Usd income = income_before_tax(ledger, f);
    if (income.value <= 0) {
        firm.loss_carryforward -= income;
        return;
    }
    const Usd offset = min_usd(income, firm.loss_carryforward);
    firm.loss_carryforward -= offset;
    pay(world, ledger, Kind::tax, f, kGovernment, to_usd(to_double(income - offset) * scenario.parameters.tax_rate_frac), margin_apr);
}

/// Cash of the quarter so far.
struct CashFlows {
    Usd costs;             // paid, of classes ai, interest and tax
    Usd before_financing;  // in less out, of kinds of classes other than debt, equity and payout
};

RACKRACE_HD inline CashFlows cash_flows_of(const Ledger& ledger, int f) {
    static constexpr CashUses uses = cash_uses();
    CashFlows flows{};
    RACKRACE_NO_UNROLL
    for (IndexSet left = ledger.moved[f]; !left.is_empty();) {
        const int k = left.take_first();
        const CashUse use = uses.of[k];
        if (use.is_cost) flows.costs += ledger.paid[f][k];
        flows.before_financing.value += use.payer * ledger.paid[f][k].value + use.payee * ledger.received[f][k].value;
    }
    return flows;
}

/// Free cash flow of the last payout_window_q quarters, this one included, that is not paid out yet; never below 0.
RACKRACE_HD inline Usd unpaid_free_cash(const Parameters& p, const Firm& firm, Usd this_quarter) {
    Usd sum = this_quarter;
    RACKRACE_NO_UNROLL
    for (int q = 1; q < static_cast<int>(p.payout_window_q); ++q) sum -= firm.history[q].net_outflow + firm.history[q].payout;
    return max_usd(Usd{}, sum);
}

/// S8: from cash above the minimum the revolver is repaid first, then owners get their share; they get nothing while any bill is unpaid or a
/// covenant is broken, nor of what lenders are owed in the next payout_reserve_q quarters. An estate pays neither.
RACKRACE_HD inline void pay_owners_and_revolver(const Scenario& scenario, World& world, Ledger& ledger, int f) {
    Firm& firm = world.firms[f];
    const CashFlows cash = cash_flows_of(ledger, f);
    firm.cash_costs = cash.costs;  // final: what follows is financing
    firm.history[0].net_outflow = -cash.before_financing;
    if (is_bankrupt(firm)) return;
    const Usd spare = max_usd(Usd{}, cash_of(world, f) - min_cash(scenario.parameters, cash.costs));
    Usd repaid{};
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) {
        if (firm.debt[d].kind != DebtKind::revolver) continue;
        repaid = min_usd(spare, firm.debt[d].principal);
        repay_tranche(world, ledger, f, d, repaid);
    }
    if (arrears_of(world, f).value != 0 || firm.breach_q > 0) return;
    const Usd wish = to_usd(firm.payout_frac * to_double(unpaid_free_cash(scenario.parameters, firm, cash.before_financing)));
    const Usd reserved = principal_within(firm, static_cast<int>(scenario.parameters.payout_reserve_q));
    post(world, ledger, Kind::payout, f, kInvestor, max_usd(Usd{}, min_usd(wish, spare - repaid - reserved)));
}

RACKRACE_HD RACKRACE_APART inline void pay_taxes_and_owners(const Scenario& scenario, World& world, Ledger& ledger, const double* margin_apr) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        pay_tax(scenario, world, ledger, f, margin_apr[f]);
        pay_owners_and_revolver(scenario, world, ledger, f);
    }
}

}  // namespace rackrace
