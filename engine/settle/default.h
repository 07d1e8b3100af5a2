// How distress begins: what counts as a default, and what changes on the day of it (model.md 5.15). From then on the estate waits for bids,
// its unsecured debt is not served, its old bills are claims, and nobody lends to it.
#pragma once

#include "engine/market/shocks.h"
#include "engine/settle/contract_end.h"

namespace rackrace {

/// Arrears two quarters old, coupons missed, secured debt unpaid (both counted in S5), debt that lenders called, or a REPUDIATE shock.
RACKRACE_HD inline bool is_in_default(const Scenario& scenario, const World& world, int f) {
    const Firm& firm = world.firms[f];
    if (!is_active(firm) || is_bankrupt(firm)) return false;
    return firm.status == FirmStatus::overdue || firm.missed_coupons >= static_cast<int>(scenario.parameters.default_missed_coupons) || firm.accelerated != 0 ||
           repudiating_firm(scenario, world.t) == f;
}

/// Takes back from U what owners were paid in the last clawback_window_q quarters, this one included: its payout joins U after P15.
RACKRACE_HD inline void claw_back(const Scenario& scenario, const World& world, const Ledger& ledger, int f, Firm& firm) {
    const Parameters& p = scenario.parameters;
    RACKRACE_NO_UNROLL
    for (int q = 0; q < static_cast<int>(p.clawback_window_q) && q < kHistoryQuarters; ++q) {
        if (world.t - q < scenario.start_t) break;
        const Usd payout = q == 0 ? paid(ledger, f, Kind::payout) : firm.history[q].payout;
        firm.discounted_payouts_usd -= owners_discount(p, firm.role, world.t - q - scenario.start_t + 1) * firm.own_frac * to_double(payout);
    }
}

/// The day of the default: signed credit is gone, contracts that burden the estate are rejected.
RACKRACE_HD RACKRACE_APART inline void enter_chapter_11(const Scenario& scenario, World& world, Ledger& ledger, int f) {
    Firm& firm = world.firms[f];
    world.defaulted_debt -= balance_of(world, f, Account::debt);
    claw_back(scenario, world, ledger, f, firm);
    firm.status = FirmStatus::chapter_11;
    firm.estate_q = 1;
    firm.revolver_limit = firm.undrawn_contract_backed = firm.undrawn_project = Usd{};
    RACKRACE_NO_UNROLL
    for (CreditLine& line : world.credit_lines)
        if (line.left.value != 0 && line.buyer == f) line = CreditLine{};
    reject_contracts(scenario, world, ledger, f, false);
}

/// The way out without a sale. Secured debt is reinstated up to its collateral; the rest of all debt becomes shares. Bills from before are written off:
/// who sent them gets shares that the books do not show. The first owners hold nothing.
RACKRACE_HD RACKRACE_APART inline void reorganise(const Scenario& scenario, World& world, Ledger& ledger, int f, const EstateValue& value) {
    Firm& firm = world.firms[f];
    Usd kept[kMaxTranches];
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) kept[d] = min_usd(firm.debt[d].principal, collateral_of(firm, firm.debt[d], value.chips_usd, value.sites_usd));
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) {
        Tranche& tranche = firm.debt[d];
        if (tranche.kind == DebtKind::none) continue;
        post(world, ledger, Kind::conversion, f, creditor_of(world, tranche), tranche.principal - kept[d], d);
        tranche.principal = kept[d];
        if (kept[d].value == 0) tranche = Tranche{};
    }
    RACKRACE_NO_UNROLL
    for (int party = 0; party < kParties; ++party)
        if (owed_to(world, f, party).value != 0) close_arrears(world, ledger, f, party, Usd{});
    wipe_out(scenario, world, ledger, f, Usd{});
    firm.status = FirmStatus::healthy;
    firm.estate_q = firm.missed_coupons = firm.breach_q = 0;
    firm.accelerated = 0;
}

}  // namespace rackrace
