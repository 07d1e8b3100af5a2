// How a firm pays a bill: from cash, then the revolver, and what it cannot pay becomes arrears to that creditor.
#pragma once

#include "engine/scenario/scenario.h"
#include "engine/settle/ledger.h"
#include "engine/settle/rating.h"
#include "engine/settle/tranches.h"

namespace rackrace {

/// What a draw on the revolver costs above the policy rate: the term premium and the unsecured spread of the day (5.11). 0 for a party that
/// is no firm, which has none.
RACKRACE_HD inline double revolver_margin_apr(const Scenario& scenario, const World& world, int f) {
    if (!is_firm(f)) return 0.0;
    const Parameters& p = scenario.parameters;
    return p.term_premium_apr + unsecured_spread_apr(p, world.firms[f].default_probability_apr, world.sentiment);
}

/// The revolver's tranche, or a free slot for it; -1 if neither.
RACKRACE_HD inline int find_revolver(World& world, int f) {
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d)
        if (world.firms[f].debt[d].kind == DebtKind::revolver) return d;
    return take_slot(world, f, DebtKind::revolver);
}

RACKRACE_HD inline Usd revolver_drawn(const Firm& firm) {
    Usd drawn{};
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d)
        if (firm.debt[d].kind == DebtKind::revolver) drawn += firm.debt[d].principal;
    return drawn;
}

/// What the revolver still gives.
RACKRACE_HD inline Usd undrawn_revolver(const Firm& firm) { return max_usd(Usd{}, firm.revolver_limit - revolver_drawn(firm)); }

/// Draws on the revolver, at the margin of the day (that of an older draw moves with it: one floating tranche).
RACKRACE_HD inline void draw_revolver(World& world, Ledger& ledger, int f, Usd amount, double margin_apr) {
    if (amount.value <= 0) return;
    const int d = find_revolver(world, f);
    if (d < 0) return;
    Tranche& tranche = world.firms[f].debt[d];
    if (tranche.kind == DebtKind::none) {
        tranche = Tranche{};
        tranche.kind = DebtKind::revolver;
        tranche.is_floating = 1;
    }
    tranche.rate_apr = margin_apr;
    tranche.principal += amount;
    post(world, ledger, Kind::debt_issue, kInvestor, f, amount, d);
}

/// Money that a firm can pay with now: cash and the rest of its revolver.
RACKRACE_HD inline Usd means_of(const World& world, int f) { return max_usd(Usd{}, cash_of(world, f)) + undrawn_revolver(world.firms[f]); }

/// Covers a cash balance below zero: the revolver first, then `creditor` waits.
RACKRACE_HD inline void cover_shortage(World& world, Ledger& ledger, int f, int creditor, double margin_apr) {
    if (!is_firm(f) || cash_of(world, f).value >= 0) return;
    draw_revolver(world, ledger, f, min_usd(-cash_of(world, f), undrawn_revolver(world.firms[f])), margin_apr);
    const Usd unpaid = max_usd(Usd{}, -cash_of(world, f));
    post(world, ledger, Kind::arrears, f, creditor, unpaid);
    world.arrears[f][creditor][0] += unpaid;
}

/// Pays a bill in full or as far as the means go; the rest is arrears to the payee. The kind is posted whole, so income and cost are whole.
RACKRACE_HD inline void pay(World& world, Ledger& ledger, Kind kind, int f, int payee, Usd amount, double margin_apr, std::int32_t reference = 0) {
    post(world, ledger, kind, f, payee, amount, reference);
    cover_shortage(world, ledger, f, payee, margin_apr);
}

/// Pays what is owed to a creditor from quarters before, oldest first, as far as the means go. A bankrupt firm's old bills are claims on its estate.
RACKRACE_HD inline void pay_arrears(World& world, Ledger& ledger, int f, int creditor, double margin_apr) {
    if (is_bankrupt(world.firms[f])) return;
    Usd& old = world.arrears[f][creditor][1];
    if (old.value == 0) return;
    const Usd amount = min_usd(old, means_of(world, f));
    post(world, ledger, Kind::arrears_payment, f, creditor, amount);
    old -= amount;
    if (cash_of(world, f).value < 0) draw_revolver(world, ledger, f, -cash_of(world, f), margin_apr);
}

RACKRACE_HD inline Usd arrears_of(const World& world, int f) { return -balance_of(world, f, Account::payables); }

/// At the start of a quarter: what the last one left unpaid is old now, and joins the dues of its step.
RACKRACE_HD inline void age_arrears(const Scenario& scenario, World& world, Ledger& ledger) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int party = 0; party < kParties; ++party) ledger.last_arrears[f][party] = Usd{};
        if (arrears_of(world, f).value == 0) continue;
        RACKRACE_NO_UNROLL
        for (int party = 0; party < kParties; ++party) {
            ledger.last_arrears[f][party] = world.arrears[f][party][0];
            world.arrears[f][party][1] += world.arrears[f][party][0];
            world.arrears[f][party][0] = Usd{};
        }
    }
}

/// At the end of a settlement: whether a firm owes, and whether any of it is two quarters old, whoever the creditor. The oldest are paid
/// first, so what is left of the old arrears beyond last quarter's is older than that.
RACKRACE_HD inline void judge_arrears(const Scenario& scenario, World& world, const Ledger& ledger) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        FirmStatus& status = world.firms[f].status;
        if (status == FirmStatus::chapter_11 || !is_active(world.firms[f])) continue;
        status = arrears_of(world, f).value == 0 ? FirmStatus::healthy : FirmStatus::in_arrears;
        if (status == FirmStatus::healthy) continue;
        RACKRACE_NO_UNROLL
        for (int party = 0; party < kParties; ++party)
            if (world.arrears[f][party][1] > ledger.last_arrears[f][party]) status = FirmStatus::overdue;
    }
}

}  // namespace rackrace
