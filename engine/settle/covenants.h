// P15, first part: covenants of secured loans and bonds are tested; breach costs points, draws and cash, a second one in a row the loan itself.
#pragma once

#include "engine/market/chip_backing.h"
#include "engine/settle/borrowing_base.h"
#include "engine/settle/broken_up.h"
#include "engine/settle/debt_service.h"
#include "engine/settle/firm_value.h"

namespace rackrace {

/// What covenants are held against.
struct CovenantFigures {
    double cash_usd;
    double min_cash_usd;       // of the last quarter's cash costs
    double leverage;           // L
    double receipts_usd_q;     // take-or-pay received in the last quarter
    double service_usd_q;      // of all contract-backed loans in the next settlement: interest and amortisation
};

/// leverage: L now.
RACKRACE_HD inline CovenantFigures covenant_figures(const Scenario& scenario, const World& world, int f, double leverage) {
    const Firm& firm = world.firms[f];
    CovenantFigures figures{};
    figures.cash_usd = to_double(cash_of(world, f));
    figures.min_cash_usd = to_double(min_cash(scenario.parameters, firm.cash_costs));
    figures.leverage = leverage;
    figures.receipts_usd_q = to_double(firm.history[0].takeorpay_receipts);
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d)
        if (firm.debt[d].kind == DebtKind::contract_backed)
            figures.service_usd_q += to_double(interest_of(scenario, world, firm, firm.debt[d]) + principal_due(firm.debt[d]));
    return figures;
}

/// Covenants bind from the covenant_first_test_q-th quarter of a loan on; a loan of age 0 is in its first.
RACKRACE_HD inline bool is_tested(const Parameters& p, const Tranche& tranche) {
    return has_covenants(tranche) && tranche.age_q + 1 >= p.covenant_first_test_q;
}

/// Smallest headroom (limit - value)/limit over the covenants of one loan, of floors (value - limit)/limit: cash, for a neocloud L, for a
/// contract-backed loan debt service cover. 1 where none binds.
RACKRACE_HD inline double covenant_headroom_frac(const Parameters& p, Role role, const CovenantFigures& figures, const Tranche& tranche) {
    double headroom = 1.0;
    if (!is_tested(p, tranche)) return headroom;
    if (figures.min_cash_usd > 0.0) headroom = min(headroom, figures.cash_usd / figures.min_cash_usd - 1.0);
    if (role == Role::neocloud) {
        const bool is_late = tranche.age_q >= p.covenant_leverage_step_q;
        headroom = min(headroom, 1.0 - figures.leverage / (is_late ? p.covenant_leverage_final_neocloud_ratio : p.covenant_leverage_initial_neocloud_ratio));
    }
    if (tranche.kind == DebtKind::contract_backed && figures.service_usd_q > 0.0)
        headroom = min(headroom, p.covenant_dscr_receipts_frac * figures.receipts_usd_q / figures.service_usd_q / p.covenant_dscr_min_ratio - 1.0);
    return headroom;
}

/// The same over all loans of a firm: below 0 is breach.
RACKRACE_HD inline double covenant_headroom_frac(const Parameters& p, const Firm& firm, const CovenantFigures& figures) {
    double headroom = 1.0;
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) headroom = min(headroom, covenant_headroom_frac(p, firm.role, figures, firm.debt[d]));
    return headroom;
}

/// Firms whose covenants are tested now.
RACKRACE_HD inline FirmSet firms_under_test(const Scenario& scenario, const World& world) {
    FirmSet set = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const Firm& firm = world.firms[f];
        if (!may_deal(firm)) continue;
        RACKRACE_NO_UNROLL
        for (int d = 0; d < kMaxTranches; ++d)
            if (is_tested(scenario.parameters, firm.debt[d])) set |= 1u << f;
    }
    return set;
}

/// L of the firms of the set at this moment. leverage [firm] is filled for them.
RACKRACE_HD RACKRACE_APART inline void fill_leverage(const Scenario& scenario, const World& world, FirmSet firms, double* leverage) {
    if (firms == 0) return;
    const double discount = quarter_discount(scenario.parameters);
    Annuities annuity;
    fill_annuities(scenario, world, discount, annuity);
    ContractBook books[kMaxFirms];
    read_contracts(scenario, world, contracts_sold_by(world, firms), discount, books);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (!has_firm(firms, f)) continue;
        const CreditProfile profile = credit_profile(scenario, world, f, books[f], lease_value(scenario, world.firms[f], f, annuity).total_usd);
        leverage[f] = leverage_ratio(scenario.parameters, profile);
    }
}

/// In breach, cash above the minimum repays secured debt at par, all of it alike.
RACKRACE_HD inline void sweep_cash(const Scenario& scenario, World& world, Ledger& ledger, int f) {
    const Firm& firm = world.firms[f];
    const Usd spare = max_usd(Usd{}, cash_of(world, f) - min_cash(scenario.parameters, firm.cash_costs));
    Usd secured[kMaxTranches] = {}, parts[kMaxTranches];
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d)
        if (firm.debt[d].is_secured != 0) secured[d] = firm.debt[d].principal;
    share_among_loans(world, firm, secured, spare, parts);
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d)
        if (parts[d].value != 0) repay_tranche(world, ledger, f, d, parts[d]);
}

/// Whether lenders recover as much of a going concern as of its parts, chips at resale, at most what they are owed: then they wait, and
/// earn the points.
RACKRACE_HD inline bool lenders_wait(const Scenario& scenario, const World& world, int f) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    const double parts = broken_up_usd(scenario, world, f, chip_collateral(scenario, world, firm).resale_usd, to_double(cash_of(world, f)));
    const double run_rate = p.quarters_per_year * to_double(firm.history[0].ai_revenue);
    const double going_concern = going_concern_value_usd(p, firm.role, firm.ebitda_forward_usd, run_rate, world.sentiment);
    const double owed = to_double(-balance_of(world, f, Account::debt));
    return min(owed, going_concern) >= min(owed, parts);
}

/// The earnings of the quarter that was settled, as fill_histories will write them: covenants read them first.
RACKRACE_HD inline void read_earnings(World& world, const Ledger& ledger, int f) {
    Flows& flows = world.firms[f].history[0];
    const NetFlows net = net_flows(ledger, f);
    flows.ebitda_ai = net[Flow::ai];
    flows.ebitda_core = net[Flow::core];
    flows.ai_revenue = received(ledger, f, Kind::ai_revenue);
}

/// Tests every firm after the settlement, sweeps the cash of those in breach, calls the debt of those that broke a covenant too often, and
/// counts the age of all loans.
RACKRACE_HD RACKRACE_APART inline void test_covenants(const Scenario& scenario, World& world, Ledger& ledger) {
    const Parameters& p = scenario.parameters;
    const FirmSet tested = firms_under_test(scenario, world);
    FirmSet leveraged = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (!has_firm(tested, f)) continue;
        read_earnings(world, ledger, f);
        if (world.firms[f].role == Role::neocloud) leveraged |= 1u << f;
    }
    double leverage[kMaxFirms] = {};
    fill_leverage(scenario, world, leveraged, leverage);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Firm& firm = world.firms[f];
        const bool is_broken = has_firm(tested, f) && covenant_headroom_frac(p, firm, covenant_figures(scenario, world, f, leverage[f])) < 0.0;
        firm.breach_q = static_cast<std::int16_t>(is_broken ? firm.breach_q + 1 : 0);
        if (is_broken) sweep_cash(scenario, world, ledger, f);
        if (firm.breach_q >= p.covenant_acceleration_breaches && !lenders_wait(scenario, world, f)) firm.accelerated = 1;
        RACKRACE_NO_UNROLL
        for (int d = 0; d < kMaxTranches; ++d)
            if (firm.debt[d].kind != DebtKind::none && firm.debt[d].age_q < 255) ++firm.debt[d].age_q;
    }
}

}  // namespace rackrace
