// Loans signed and not yet drawn: building instalments and chip balances draw them in the settlement, before cash.
#pragma once

#include "engine/settle/payments.h"
#include "engine/settle/rating.h"

namespace rackrace {

/// Draws `drawn` > 0 of the signed money `line`, which has as much, into a tranche of its kind; the margin is that of the day, weighted by
/// principal with older draws. Without a free slot for the tranche nothing is drawn.
RACKRACE_HD inline void draw_signed(World& world, Ledger& ledger, int f, DebtKind kind, Usd& line, Usd drawn, double margin_apr, int term_q) {
    const int d = find_tranche(world, f, kind);
    if (d < 0) return;
    Tranche& tranche = world.firms[f].debt[d];
    if (tranche.kind == DebtKind::none) {
        tranche = Tranche{};
        tranche.kind = kind;
        tranche.is_floating = tranche.is_amortising = tranche.is_secured = 1;
        tranche.left_q = static_cast<std::int16_t>(term_q);
    }
    const double old = to_double(tranche.principal), more = to_double(drawn);
    tranche.rate_apr = (tranche.rate_apr * old + margin_apr * more) / (old + more);
    tranche.principal += drawn;
    line -= drawn;
    post(world, ledger, Kind::debt_issue, kInvestor, f, drawn, d);
}

/// What a signed project line costs above the policy rate on the day of a draw: the term premium, and lenders' loss of site debt at the
/// firm's own risk.
RACKRACE_HD inline double project_margin_apr(const Scenario& scenario, const World& world, int f) {
    const Parameters& p = scenario.parameters;
    const double novelty = 1.0 + p.novelty_initial_extra * exp(-world.t / p.novelty_decay_q);
    return p.term_premium_apr + credit_spread_apr(p, novelty, p.loss_given_default_project_frac, world.firms[f].default_probability_apr, world.sentiment);
}

/// The same for the signed contract-backed line: that of the loan it belongs to, which every firm with such a line has.
RACKRACE_HD inline double contract_backed_margin_apr(const Scenario& scenario, const World& world, int f) {
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d)
        if (world.firms[f].debt[d].kind == DebtKind::contract_backed) return world.firms[f].debt[d].rate_apr;
    return project_margin_apr(scenario, world, f);
}

/// Signed project money is drawn by building instalments, before cash, as far as it goes.
RACKRACE_HD inline void draw_project(const Scenario& scenario, World& world, Ledger& ledger, int f, Usd amount) {
    Usd& line = world.firms[f].undrawn_project;
    const Usd drawn = min_usd(line, amount);
    if (drawn.value <= 0) return;
    draw_signed(world, ledger, f, DebtKind::project, line, drawn, project_margin_apr(scenario, world, f),
                static_cast<int>(scenario.parameters.opening_project_loan_q));
}

/// Signed contract-backed money is drawn by what is due for chips that shipped, before cash, as far as it goes.
RACKRACE_HD inline void draw_contract_backed(const Scenario& scenario, World& world, Ledger& ledger, int f, Usd amount) {
    Usd& line = world.firms[f].undrawn_contract_backed;
    const Usd drawn = min_usd(line, amount);
    if (drawn.value <= 0) return;
    draw_signed(world, ledger, f, DebtKind::contract_backed, line, drawn, contract_backed_margin_apr(scenario, world, f),
                static_cast<int>(scenario.parameters.opening_project_loan_q));
}

}  // namespace rackrace
