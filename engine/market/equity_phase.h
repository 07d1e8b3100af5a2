// P6, money from and to owners: own shares bought back, new shares, venture rounds of labs.
#pragma once

#include "engine/base/random.h"
#include "engine/market/credit_room.h"
#include "engine/market/equity.h"
#include "engine/quarter/orders.h"

namespace rackrace {

/// Largest amount that gives away at most `most_frac` of a company of this value: a / (V (1 - d)) = k with k new shares an old one.
RACKRACE_HD inline double dilution_room_usd(const Parameters& p, double value_usd, double most_frac) {
    if (most_frac >= 1.0) return kWhole;
    const double k = max(0.0, most_frac) / (1.0 - max(0.0, most_frac));
    return value_usd * k * (1.0 - p.equity_discount_base_frac) / (1.0 + k * p.equity_discount_slope);
}

/// Books an issue of shares against the investor. returns the share of the company given
RACKRACE_HD inline double book_issue(World& world, Ledger& ledger, int f, const ShareIssue& issue) {
    const double given = 1.0 - world.firms[f].shares / issue.shares;
    post(world, ledger, Kind::share_issue, kInvestor, f, issue.amount);
    set_shares(world.firms[f], issue.shares);
    return given;
}

/// Buys back own shares from cash above the minimum; not while a covenant is broken (R03).
RACKRACE_HD inline void buy_back(const Scenario& scenario, World& world, Ledger& ledger, int f, Usd asked) {
    const Parameters& p = scenario.parameters;
    Firm& firm = world.firms[f];
    Deal& deal = ledger.deals.buy_back[f];
    deal.code = Code::unfilled;
    if (!may_deal(firm)) return;
    if (firm.breach_q > 0) {
        deal.code = Code::covenant;
        return;
    }
    const Usd spare = max_usd(Usd{}, cash_of(world, f) - min_cash(p, firm.cash_costs));
    const ShareIssue bought = buy_back_shares(p, firm.equity_value_usd, min_usd(asked, spare), firm.shares);
    if (bought.amount.value <= 0) return;
    deal = {to_double(bought.amount), 1.0 - bought.shares / firm.shares, bought.amount < asked ? Code::partial : Code::none};
    post(world, ledger, Kind::share_buy_back, f, kInvestor, bought.amount);
    set_shares(firm, bought.shares);
}

/// What new shares, or a lab's round, are sold on: the market's value, or where that is less what all shares would bring at the last close (TVE) or book
/// equity, whichever is more; a part of the market's value at least. Ours, because E capitalises earnings that a glut takes back: shares sold on it made
/// those who sold them win whatever they did with the money.
RACKRACE_HD inline double issue_value_usd(const Scenario& scenario, const World& world, int f) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    const double market = firm.role == Role::lab ? venture_value_usd(p, p.quarters_per_year * to_double(firm.history[0].ai_revenue), world.sentiment) : firm.equity_value_usd;
    const double book = -to_double(balance_of(world, f, Account::paid_in) + balance_of(world, f, Account::retained));
    return min(market, max(max(firm.terminal_value_usd, book), p.equity_issue_floor_frac * market));
}

/// Largest issue of shares, or venture round of a lab, and the value it dilutes.
struct ShareRoom {
    Room room;
    double value_usd;
};

RACKRACE_HD inline ShareRoom share_room(const Scenario& scenario, const World& world, int f, Usd asked, double most_frac) {
    const Parameters& p = scenario.parameters;
    const bool is_venture = world.firms[f].role == Role::lab;
    ShareRoom out{{asked, Code::none}, issue_value_usd(scenario, world, f)};
    cut_to(out.room, proceeds_room_usd(p, outlays_usd_year(scenario, world, f), to_double(cash_of(world, f))), Code::use_of_proceeds);
    const double largest = is_venture ? min(p.venture_size_max_frac * out.value_usd, p.venture_credit_max_frac * world.credit_supply_usd)
                                      : to_double(share_issue_limit(p, out.value_usd));
    cut_to(out.room, largest, Code::over_credit_limit);
    cut_to(out.room, dilution_room_usd(p, out.value_usd, most_frac), Code::partial);
    return out;
}

/// Whether a lab's round fails, by chance.
RACKRACE_HD inline bool round_fails(const Scenario& scenario, const World& world, int f) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    const double runway = runway_q(to_double(cash_of(world, f)), mean_outflow_usd_q(p, firm));
    return uniform01(world.seed, Stream::finance, world.t, scenario.firms[f].id, 0, 0) < venture_failure_probability(p, world.sentiment, runway);
}

/// Sells shares of one firm. A failed round brings nothing and does not count for the interval: the lab may try again next quarter.
/// returns what a venture round brought, which counts in the use of credit
RACKRACE_HD inline Usd raise_shares(const Scenario& scenario, World& world, Ledger& ledger, int f, Usd asked, double most_frac) {
    const Parameters& p = scenario.parameters;
    Firm& firm = world.firms[f];
    Deal& deal = ledger.deals.raise_equity[f];
    deal.code = Code::unfilled;
    if (!may_deal(firm)) return {};
    const bool is_venture = firm.role == Role::lab;
    if (is_venture && firm.venture_t >= 0 && world.t - firm.venture_t < p.venture_interval_q) {
        deal.code = Code::too_soon;
        return {};
    }
    const ShareRoom most = share_room(scenario, world, f, asked, most_frac);
    const ShareIssue issue = issue_against(p, most.value_usd, most.room.amount, firm.shares);
    if (issue.amount.value <= 0) {
        if (most.room.cut != Code::partial && most.room.cut != Code::none) deal.code = most.room.cut;
        return {};
    }
    if (is_venture && round_fails(scenario, world, f)) return {};
    deal = {to_double(issue.amount), book_issue(world, ledger, f, issue), most.room.cut};
    if (!is_venture) return {};
    firm.venture_t = static_cast<std::int16_t>(world.t);
    return issue.amount;
}

}  // namespace rackrace
