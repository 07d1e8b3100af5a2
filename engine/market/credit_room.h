// What lenders would lend a firm and at what rate: the cut of a request to its room and the quote after issue (model.md 5.11, Quantity 1, 2).
// Asked request by request: what a firm asked for before counts as lent.
#pragma once

#include "engine/market/equity.h"
#include "engine/market/outlays.h"
#include "engine/quarter/codes.h"
#include "engine/settle/borrowing_base.h"
#include "engine/settle/firm_rating.h"

namespace rackrace {

/// A firm before its lenders; requests that were quoted are in it.
struct Borrower {
    CreditProfile profile;
    BuyersRisk buyers;
    double outlays_usd;        // of a year
    double signed_usd;         // signed so far in this market: it will be spent before cash
    double base_room_usd;      // borrowing base less contract-backed debt, drawn and signed
    double project_room_usd;
    double convertible_room_usd;
    int longest_contract_q;
};

/// Cost of the sites that the firm builds: the opening schedule's begun and not finished, and its own projects.
RACKRACE_HD inline double sites_in_building_usd(const Scenario& scenario, const World& world, int f) {
    Usd sum{};
    visit_held_arrivals(scenario, world, f, [&](const Arrival& arrival, int k) {
        if (scenario.arrivals_t + k - arrival.build_q < world.t) sum += arrival.shell_cost;
    });
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kMaxProjects; ++i)
        if (world.firms[f].projects[i].kw != 0) sum += world.firms[f].projects[i].cost;
    return to_double(sum);
}

/// What contract-backed lenders would sign now, of `asked`. The more of the debt is new, the more of the chips counts at cost, so amount and
/// base are found together, from above.
RACKRACE_HD inline double base_room_usd(const Scenario& scenario, const World& world, int f, const NettedReceipts& net, Usd asked) {
    const Firm& firm = world.firms[f];
    const double used = to_double(principal_of(firm, DebtKind::contract_backed) + firm.undrawn_contract_backed);
    double room = 0.0;
    RACKRACE_NO_UNROLL
    for (int step = 0; step < 8; ++step) {  // settled to a few percent at most: each step moves by a part of the last
        room = max(0.0, base_of_firm_usd(scenario, world, f, net, asked) - used);
        const Usd less = min_usd(asked, Usd{floor_to_int64(room)});
        if (less == asked) break;
        asked = less;
    }
    return room;
}

/// profile: of this moment. asked: of contract-backed money.
RACKRACE_HD inline Borrower borrower_of(const Scenario& scenario, const World& world, int f, const CreditProfile& profile, Usd asked) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    const NettedReceipts net = netted_receipts(scenario, world, f, quarter_discount(p));
    Borrower b{};
    b.profile = profile;
    b.buyers = risk_of_buyers(p, world, f, net);
    b.outlays_usd = outlays_usd_year(scenario, world, f);
    b.base_room_usd = base_room_usd(scenario, world, f, net, asked);
    b.project_room_usd = p.project_debt_cost_frac * sites_in_building_usd(scenario, world, f) - to_double(principal_of(firm, DebtKind::project) + firm.undrawn_project);
    b.convertible_room_usd = to_double(convertible_room(p, firm.equity_value_usd, principal_of(firm, DebtKind::convertible)));
    b.longest_contract_q = net.longest_q;
    return b;
}

/// Money that is there at once; the other kinds are signed, and drawn by chips and sites.
RACKRACE_HD inline bool is_paid_out(DebtKind kind) { return kind == DebtKind::bond || kind == DebtKind::convertible; }

/// The firm with `usd` more of such debt, at `rate_apr`.
RACKRACE_HD inline CreditProfile after_issue(const Parameters& p, const CreditProfile& profile, DebtKind kind, double usd, double rate_apr) {
    CreditProfile after = profile;
    after.debt_usd += usd;
    after.interest_usd_q += usd * rate_apr / p.quarters_per_year;
    if (!is_paid_out(kind)) return after;
    after.cash_usd += usd;
    after.assets_usd += usd;
    return after;
}

/// Judged by how long its cash lasts: a lab that earns nothing.
RACKRACE_HD inline bool is_judged_by_runway(Role role, const CreditProfile& profile) { return role == Role::lab && !(profile.ebitda_usd_year > 0.0); }

/// An amount cut by bounds: the code of the bound that cut it last, none where it fits.
struct Room {
    Usd amount;
    Code cut;
};

RACKRACE_HD inline void cut_to(Room& room, double limit_usd, Code code) {
    const Usd most{floor_to_int64(max(0.0, limit_usd))};
    if (room.amount <= most) return;
    room = {most, code};
}

/// Largest issue that leaves L at Lmax: part of the cash that it brings counts against it. Nothing where nothing is earned.
RACKRACE_HD inline double leverage_room_usd(const Parameters& p, Role role, const CreditProfile& profile, DebtKind kind) {
    if (!(profile.ebitda_usd_year > 0.0)) return 0.0;
    const double owed = profile.debt_usd + profile.lease_pv_usd - p.leverage_cash_frac * profile.cash_usd;
    const double room = p.issue_leverage_max_ratio[static_cast<int>(role)] * profile.ebitda_usd_year - owed;
    return is_paid_out(kind) ? room / (1.0 - p.leverage_cash_frac) : room;
}

/// Use of proceeds: what cash after issue may still take. Signed money counts too: it leaves cash unspent.
RACKRACE_HD inline double proceeds_room_usd(const Parameters& p, double outlays_usd, double cash_usd) { return p.use_of_proceeds_ratio * outlays_usd - cash_usd; }

/// Cuts a request of `asked`. No signed money in breach of a covenant (R03).
RACKRACE_HD inline Room cut_to_room(const Parameters& p, const Firm& firm, const Borrower& b, DebtKind kind, Usd asked) {
    Room room{asked, Code::none};
    cut_to(room, proceeds_room_usd(p, b.outlays_usd, b.profile.cash_usd + b.signed_usd), Code::use_of_proceeds);
    if (kind == DebtKind::convertible) cut_to(room, b.convertible_room_usd, Code::over_credit_limit);
    if (kind == DebtKind::contract_backed) cut_to(room, b.base_room_usd, Code::over_credit_limit);
    if (kind == DebtKind::project) cut_to(room, b.project_room_usd, Code::over_credit_limit);
    if (!is_paid_out(kind) && firm.breach_q > 0) cut_to(room, 0.0, Code::covenant);
    if (!is_judged_by_runway(firm.role, b.profile)) {
        cut_to(room, leverage_room_usd(p, firm.role, b.profile, kind), Code::over_credit_limit);
        return room;
    }
    const CreditProfile after = after_issue(p, b.profile, kind, to_double(room.amount), 0.0);
    if (runway_default_probability_apr(p, runway_q(after.cash_usd, after.net_outflow_usd_q)) > p.issue_runway_pd_max_lab_apr) cut_to(room, 0.0, Code::over_credit_limit);
    return room;
}

/// A price after issue, the policy rate in it.
struct Quote {
    double apr;
    double unsecured_apr;  // of a bond
    double pd_apr;
    CreditProfile after;
};

/// Interest of the new debt itself counts at the unsecured rate before the issue.
RACKRACE_HD inline Quote quote_after_issue(const Parameters& p, const World& world, Role role, const Borrower& b, DebtKind kind, Usd amount) {
    const double risk_free = world.policy_rate_apr + p.term_premium_apr;
    const double before = risk_free + assess_risk(p, role, b.profile, false, world.sentiment).unsecured_spread_apr;
    Quote quote{};
    quote.after = after_issue(p, b.profile, kind, to_double(amount), before);
    const CreditRisk risk = assess_risk(p, role, quote.after, false, world.sentiment);
    quote.pd_apr = risk.default_probability_apr;
    quote.apr = quote.unsecured_apr = risk_free + risk.unsecured_spread_apr;
    if (kind == DebtKind::convertible) quote.apr = max(0.0, quote.apr - p.convertible_coupon_reduction_apr);
    if (kind == DebtKind::project) quote.apr = world.policy_rate_apr + site_debt_margin_apr(p, quote.pd_apr, world.sentiment, world.t);
    if (kind != DebtKind::contract_backed) return quote;
    const auto spread = [&](bool is_rated) { return contract_backed_spread_apr(p, b.buyers.pd_apr, quote.pd_apr, is_rated, world.sentiment, world.t); };
    quote.apr = risk_free + b.buyers.rated_frac * spread(true) + (1.0 - b.buyers.rated_frac) * spread(false);
    return quote;
}

/// Counts a quoted request as lent.
RACKRACE_HD inline void count_as_lent(Borrower& b, DebtKind kind, Usd amount, const CreditProfile& after) {
    const double usd = to_double(amount);
    b.profile = after;
    if (!is_paid_out(kind)) b.signed_usd += usd;
    if (kind == DebtKind::convertible) b.convertible_room_usd -= usd;
    if (kind == DebtKind::contract_backed) b.base_room_usd -= usd;
    if (kind == DebtKind::project) b.project_room_usd -= usd;
}

/// A firm before lenders of bonds, as its last accounts show it, with the cash and debt of now.
RACKRACE_HD inline Borrower bond_borrower(const Scenario& scenario, const World& world, int f) {
    const Firm& firm = world.firms[f];
    Annuities annuity;
    fill_annuities(quarter_discount(scenario.parameters), longest_lease_q(scenario, firm), annuity);
    Borrower b{};
    b.profile = credit_profile(scenario, world, f, ContractBook{}, lease_value(scenario, firm, f, annuity).total_usd);
    b.profile.ebitda_usd_year = firm.ebitda_forward_usd;
    b.profile.concentration = firm.concentration;
    b.outlays_usd = outlays_usd_year(scenario, world, f);
    return b;
}

/// More than any firm asks for.
RACKRACE_HD constexpr Usd most_money() { return Usd{std::int64_t{1} << 50}; }

/// The largest bond that a firm would get at borrowing_rate_max_apr if nobody else asked.
RACKRACE_HD RACKRACE_APART inline Usd largest_bond(const Parameters& p, const World& world, int f, const Borrower& b) {
    const Firm& firm = world.firms[f];
    const auto is_quoted = [&](Usd amount) {
        return quote_after_issue(p, world, firm.role, b, DebtKind::bond, amount).apr <= p.borrowing_rate_max_apr;
    };
    Usd high = cut_to_room(p, firm, b, DebtKind::bond, most_money()).amount, low{};
    if (is_quoted(high)) return high;
    RACKRACE_NO_UNROLL
    while (high.value - low.value > 1) {
        const Usd middle{low.value + (high.value - low.value) / 2};
        (is_quoted(middle) ? low : high) = middle;
    }
    return low;
}

}  // namespace rackrace
