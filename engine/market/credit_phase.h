// P6: firms repay, suppliers grant credit, owners give and take money, and the credit market clears once over bonds, converts, contract-backed
// and project loans. After the contract market: what was signed there is collateral.
#pragma once

#include "engine/market/credit_clearing.h"
#include "engine/market/equity_phase.h"
#include "engine/market/shocks.h"
#include "engine/market/tie_hash.h"
#include "engine/settle/covenants.h"

namespace rackrace {

inline constexpr int kCreditSupplyQuarter = 8;  // 2026Q1, the quarter of credit_supply_2026q1_usd

/// Scr of this quarter before what revolvers took: the market's appetite, moved by sentiment.
RACKRACE_HD inline double market_credit_supply_usd(const Scenario& scenario, const World& world) {
    const Parameters& p = scenario.parameters;
    return p.credit_supply_2026q1_usd * pow(1.0 + p.credit_supply_growth_frac, world.t - kCreditSupplyQuarter) *
           exp(p.credit_supply_sentiment_coefficient * world.sentiment) * credit_supply_factor(scenario, world.t);
}

/// Revolver debt of all firms.
RACKRACE_HD inline Usd all_revolver_debt(const Scenario& scenario, const World& world) {
    Usd sum{};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) sum += revolver_drawn(world.firms[f]);
    return sum;
}

/// Pays back loans at par as far as the cash goes, all that were named alike: before new money, since it was promised from the cash in hand.
RACKRACE_HD inline void repay_loans(World& world, Ledger& ledger, int f, const Orders& order) {
    Usd asked[kMaxTranches] = {}, parts[kMaxTranches], sum{};
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d)
        if (world.firms[f].debt[d].kind != DebtKind::none) sum += asked[d] = max_usd(Usd{}, min_usd(order.repay[d], world.firms[f].debt[d].principal));
    if (sum.value == 0) return;
    share_among_loans(world, world.firms[f], asked, cash_of(world, f), parts);
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d)
        if (parts[d].value != 0) {
            ledger.deals.repaid[f][d] = parts[d];
            repay_tranche(world, ledger, f, d, parts[d]);
        }
}

/// A request as the market saw it, beside its row in CreditRequests.
struct LoanAsk {
    std::int16_t firm;
    std::int16_t slot;       // of the firm's orders
    Code cut;                // of its room
    double quote_apr;
};

struct LoanAsks {
    LoanAsk rows[kMaxCreditRequests];
    int longest_contract_q[kMaxFirms];
};

RACKRACE_HD inline bool can_borrow(const Firm& firm, const LoanRequest& request) {
    if (request.amount.value <= 0 || request.tenor_q < 1 || !may_deal(firm)) return false;
    const auto kind = static_cast<DebtKind>(request.kind);
    if (kind == DebtKind::convertible) return firm.role != Role::hyperscaler;
    return kind == DebtKind::bond || kind == DebtKind::contract_backed || kind == DebtKind::project;
}

/// Adds the requests of one firm, cut to their room and quoted. A request that its quote is too dear for makes no bid and takes no room.
RACKRACE_HD RACKRACE_APART inline void ask_for_loans(const Scenario& scenario, const World& world, int f, const Orders& order, const CreditProfile& profile,
                                                     CreditRequests& requests, LoanAsks& asks) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    Usd contract_backed{};
    RACKRACE_NO_UNROLL
    for (const LoanRequest& request : order.borrow)
        if (static_cast<DebtKind>(request.kind) == DebtKind::contract_backed) contract_backed += request.amount;
    Borrower borrower = borrower_of(scenario, world, f, profile, contract_backed);
    asks.longest_contract_q[f] = borrower.longest_contract_q;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kMaxRaises; ++k) {
        const LoanRequest& request = order.borrow[k];
        if (!can_borrow(firm, request)) continue;
        const auto kind = static_cast<DebtKind>(request.kind);
        const Room room = cut_to_room(p, firm, borrower, kind, request.amount);
        const Quote quote = quote_after_issue(p, world, firm.role, borrower, kind, room.amount);
        double margin = min(request.max_apr, p.borrowing_rate_max_apr) - quote.apr;
        if (quote.unsecured_apr > p.borrowing_rate_max_apr && is_paid_out(kind)) margin = min(margin, -1.0);  // a convert's coupon hides it
        if (margin >= 0.0) count_as_lent(borrower, kind, room.amount, quote.after);
        asks.rows[requests.count] = {static_cast<std::int16_t>(f), static_cast<std::int16_t>(k), room.cut, quote.apr};
        requests.rows[requests.count++] = {room.amount, margin, quote.pd_apr, tie_of(scenario, world, TieMarket::credit, k, f)};
    }
}

/// Money of one kind that a firm gets at once, summed over its requests: one tranche.
struct Issue {
    Usd amount;
    double rate_usd;  // sum of amount x rate
    double term_usd;  // sum of amount x quarters
};

/// share_price_usd: at the start of the phase.
RACKRACE_HD inline void book_debt_issue(const Scenario& scenario, World& world, Ledger& ledger, int f, DebtKind kind, const Issue& issue, double share_price_usd) {
    if (issue.amount.value == 0) return;
    const double usd = to_double(issue.amount);
    Tranche loan{};
    loan.kind = kind;
    loan.left_q = static_cast<std::int16_t>(ceil_to_int64(issue.term_usd / usd - 1e-9));
    loan.principal = issue.amount;
    loan.rate_apr = issue.rate_usd / usd;
    if (kind == DebtKind::convertible) loan.conversion_price = scenario.parameters.convertible_conversion_ratio * share_price_usd;
    const int d = take_slot(world, f, kind);
    if (d < 0) return;
    world.firms[f].debt[d] = loan;
    post(world, ledger, Kind::debt_issue, kInvestor, f, issue.amount, d);
}

/// What the clearing gave a firm: bonds and converts are cash now, the other kinds lines to be drawn. Tells the firm of each request.
RACKRACE_HD RACKRACE_APART inline void fill_loans(const Scenario& scenario, World& world, const Orders& order, Ledger& ledger, int f, const CreditRequests& requests,
                                                  const LoanAsks& asks, const CreditClearing& clearing, double share_price_usd) {
    Firm& firm = world.firms[f];
    Issue bond{}, convertible{};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < requests.count; ++i) {
        if (asks.rows[i].firm != f) continue;
        const LoanRequest& request = order.borrow[asks.rows[i].slot];
        const Usd filled = clearing.filled[i], asked = requests.rows[i].amount;
        const double usd = to_double(filled), rate = asks.rows[i].quote_apr + clearing.addon_apr;
        const Code by_market = filled.value == 0 ? Code::unfilled : Code::partial;
        ledger.deals.borrow[f][asks.rows[i].slot] = {usd, rate, filled < asked ? by_market : asks.rows[i].cut};
        if (filled.value == 0) continue;
        const auto kind = static_cast<DebtKind>(request.kind);
        int term_q = request.tenor_q;
        if (kind == DebtKind::contract_backed) {
            if (asks.longest_contract_q[f] < term_q) term_q = asks.longest_contract_q[f];  // it amortises over the life of what is pledged
            sign_line(firm.undrawn_contract_backed, firm.contract_backed_margin_apr, firm.contract_backed_term_q, filled, rate - world.policy_rate_apr, term_q);
        } else if (kind == DebtKind::project) {
            sign_line(firm.undrawn_project, firm.project_margin_apr, firm.project_term_q, filled, rate - world.policy_rate_apr, term_q);
        } else {
            Issue& issue = kind == DebtKind::bond ? bond : convertible;
            issue.amount += filled;
            issue.rate_usd += usd * rate;
            issue.term_usd += usd * term_q;
        }
    }
    book_debt_issue(scenario, world, ledger, f, DebtKind::bond, bond, share_price_usd);
    book_debt_issue(scenario, world, ledger, f, DebtKind::convertible, convertible, share_price_usd);
}

/// The credit market of the quarter. borrowers: firms with a request.
RACKRACE_HD RACKRACE_APART inline void clear_loans(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, FirmSet borrowers, Usd supply,
                                                   const double* share_price_usd) {
    const double discount = quarter_discount(scenario.parameters);
    Annuities annuity;
    fill_annuities(scenario, world, discount, annuity);
    ContractBook books[kMaxFirms];
    read_contracts(scenario, world, contracts_sold_by(world, borrowers), discount, books);
    CreditRequests requests;
    LoanAsks asks{};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (!has_firm(borrowers, f)) continue;
        const CreditProfile profile = credit_profile(scenario, world, f, books[f], lease_value(scenario, world.firms[f], f, annuity).total_usd);
        ask_for_loans(scenario, world, f, orders[f], profile, requests, asks);
    }
    const CreditClearing clearing = clear_credit(scenario.parameters, requests, supply);
    world.credit_addon_apr = clearing.addon_apr;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < requests.count; ++i) {
        world.credit_asked += requests.rows[i].amount;
        world.credit_filled += clearing.filled[i];
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f)
        if (has_firm(borrowers, f)) fill_loans(scenario, world, orders[f], ledger, f, requests, asks, clearing, share_price_usd[f]);
}

/// P6 for all firms. What was drawn on revolvers since the last clearing takes of the supply first.
RACKRACE_HD RACKRACE_APART inline void raise_money(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger) {
    const Usd drawn = all_revolver_debt(scenario, world);
    world.credit_supply_usd = market_credit_supply_usd(scenario, world);
    const double supply = world.credit_supply_usd - to_double(max_usd(Usd{}, drawn - world.revolver_debt));
    world.credit_addon_apr = 0.0;
    world.credit_asked = world.credit_filled = Usd{};
    double share_price_usd[kMaxFirms];
    FirmSet borrowers = 0;
    grant_credits(scenario, world, orders);
    RACKRACE_NO_UNROLL
    for (int suppliers = 0; suppliers <= 1; ++suppliers) {  // last, and before anybody spends: what they lent comes back to them
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f)
            if ((world.firms[f].role == Role::supplier) == (suppliers != 0)) repay_loans(world, ledger, f, orders[f]);
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        share_price_usd[f] = world.firms[f].equity_value_usd / world.firms[f].shares;
        if (orders[f].buy_back.value > 0) buy_back(scenario, world, ledger, f, orders[f].buy_back);
        if (orders[f].raise_equity.value > 0) world.credit_filled += raise_shares(scenario, world, ledger, f, orders[f].raise_equity, orders[f].raise_equity_max_frac);
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kMaxRaises; ++k) {
            if (orders[f].borrow[k].amount.value <= 0) continue;
            ledger.deals.borrow[f][k].code = Code::unfilled;  // until the market says otherwise
            if (can_borrow(world.firms[f], orders[f].borrow[k])) borrowers |= 1u << f;
        }
    }
    if (borrowers != 0) clear_loans(scenario, world, orders, ledger, borrowers, Usd{floor_to_int64(max(0.0, supply))}, share_price_usd);
    world.revolver_debt = all_revolver_debt(scenario, world);
}

}  // namespace rackrace
