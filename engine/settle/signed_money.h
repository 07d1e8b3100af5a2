// Loans signed and not yet drawn: building instalments and chip balances draw them in the settlement, before cash.
#pragma once

#include "engine/market/asset_backed_loan.h"
#include "engine/settle/payments.h"

namespace rackrace {

/// What site debt costs above the policy rate: the term premium, and lenders' loss of it at the firm's own risk.
RACKRACE_HD inline double site_debt_margin_apr(const Parameters& p, double pd_apr, double sentiment, int t) {
    return p.term_premium_apr + credit_spread_apr(p, novelty_ratio(p, t), p.loss_given_default_project_frac, pd_apr, sentiment);
}

/// Adds `amount` to a signed line: margin and term are means weighted by what is not drawn, the term rounded up.
RACKRACE_HD inline void sign_line(Usd& line, double& line_margin_apr, std::int16_t& line_term_q, Usd amount, double margin_apr, int term_q) {
    const double old = to_double(line), more = to_double(amount);
    line_margin_apr = (line_margin_apr * old + margin_apr * more) / (old + more);
    line_term_q = weighted_term_q(old, line_term_q, more, term_q);
    line += amount;
}

/// What may be drawn of the signed lines now: nothing while a covenant is broken.
RACKRACE_HD inline Usd drawable_contract_backed(const Firm& firm) { return firm.breach_q > 0 ? Usd{} : firm.undrawn_contract_backed; }
RACKRACE_HD inline Usd drawable_project(const Firm& firm) { return firm.breach_q > 0 ? Usd{} : firm.undrawn_project; }

/// Draws `drawn` > 0 of the signed money `line`, which has as much. Without a slot for the loan nothing is drawn.
RACKRACE_HD inline void draw_signed(World& world, Ledger& ledger, int f, DebtKind kind, Usd& line, Usd drawn, double margin_apr, int term_q) {
    Tranche loan{};
    loan.kind = kind;
    loan.is_floating = loan.is_amortising = loan.is_secured = 1;
    loan.left_q = static_cast<std::int16_t>(term_q);
    loan.principal = drawn;
    loan.rate_apr = margin_apr;
    const int d = add_tranche(world, f, loan);
    if (d < 0) return;
    line -= drawn;
    post(world, ledger, Kind::debt_issue, kInvestor, f, drawn, d);
}

/// Signed project money is drawn by building instalments, before cash, as far as it goes.
RACKRACE_HD inline void draw_project(World& world, Ledger& ledger, int f, Usd amount) {
    Firm& firm = world.firms[f];
    const Usd drawn = min_usd(drawable_project(firm), amount);
    if (drawn.value > 0) draw_signed(world, ledger, f, DebtKind::project, firm.undrawn_project, drawn, firm.project_margin_apr, firm.project_term_q);
}

/// Signed contract-backed money is drawn by what is due for chips that shipped, before cash, as far as it goes.
RACKRACE_HD inline void draw_contract_backed(World& world, Ledger& ledger, int f, Usd amount) {
    Firm& firm = world.firms[f];
    const Usd drawn = min_usd(drawable_contract_backed(firm), amount);
    if (drawn.value <= 0) return;
    draw_signed(world, ledger, f, DebtKind::contract_backed, firm.undrawn_contract_backed, drawn, firm.contract_backed_margin_apr, firm.contract_backed_term_q);
}

/// Terms of the lines in the opening books: a contract-backed one has those of the loan it belongs to; site debt is priced by the firm's
/// opening risk, and so is a contract-backed line without a loan.
RACKRACE_HD inline void price_opening_lines(const Scenario& scenario, World& world) {
    const Parameters& p = scenario.parameters;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Firm& firm = world.firms[f];
        const double margin_apr = site_debt_margin_apr(p, firm.default_probability_apr, world.sentiment, world.t);
        const auto term_q = static_cast<std::int16_t>(p.opening_project_loan_q);
        if (firm.undrawn_project.value > 0) {
            firm.project_margin_apr = margin_apr;
            firm.project_term_q = term_q;
        }
        if (firm.undrawn_contract_backed.value <= 0) continue;
        firm.contract_backed_margin_apr = margin_apr;
        firm.contract_backed_term_q = term_q;
        RACKRACE_NO_UNROLL
        for (int d = kMaxTranches - 1; d >= 0; --d) {
            if (firm.debt[d].kind != DebtKind::contract_backed || firm.debt[d].is_floating == 0) continue;
            firm.contract_backed_margin_apr = firm.debt[d].rate_apr;
            firm.contract_backed_term_q = firm.debt[d].left_q;
        }
    }
}

}  // namespace rackrace
