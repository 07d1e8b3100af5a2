// Money from owners: shares issued and bought back, convertibles, venture rounds of labs. Share counts start at 1; `E` is the equity value.
#pragma once

#include "engine/base/host_device.h"
#include "engine/base/money.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

struct ShareIssue {
    Usd amount;            // cash in, or out for a buy-back
    double discount_frac;  // d: of the price under the value an issue, over it for a buy-back
    double shares;         // after it
};

/// d: the market takes more off the price of a larger issue.
RACKRACE_HD inline double issue_discount(const Parameters& p, Usd amount, double value_usd) {
    return p.equity_discount_base_frac + p.equity_discount_slope * to_double(amount) / value_usd;
}

/// New shares for `amount` at value (1 - d). No value, no issue.
RACKRACE_HD inline ShareIssue issue_against(const Parameters& p, double value_usd, Usd amount, double shares) {
    if (!(value_usd > 0.0) || amount <= Usd{0}) return {Usd{0}, 0.0, shares};
    const double discount = issue_discount(p, amount, value_usd);
    return {amount, discount, shares * (1.0 + to_double(amount) / (value_usd * (1.0 - discount)))};
}

/// Largest issue or buy-back of a quarter.
RACKRACE_HD inline Usd share_issue_limit(const Parameters& p, double equity_usd) {
    return Usd{floor_to_int64(max(0.0, p.equity_issue_max_frac * equity_usd))};
}

/// Sells shares of a firm worth equity_usd for at most `asked`.
RACKRACE_HD inline ShareIssue issue_shares(const Parameters& p, double equity_usd, Usd asked, double shares) {
    return issue_against(p, equity_usd, min_usd(asked, share_issue_limit(p, equity_usd)), shares);
}

/// Buys back own shares at value (1 + d) for at most `asked`. The count never falls below the opening one; what would is cut, so that
/// nothing is paid for it.
RACKRACE_HD inline ShareIssue buy_back_shares(const Parameters& p, double equity_usd, Usd asked, double shares) {
    const Usd amount = min_usd(asked, share_issue_limit(p, equity_usd));
    if (amount <= Usd{0} || !(shares > p.opening_shares)) return {Usd{0}, 0.0, shares};
    const double discount = issue_discount(p, amount, equity_usd);
    const double bought_frac = to_double(amount) / (equity_usd * (1.0 + discount));
    if (shares * (1.0 - bought_frac) >= p.opening_shares) return {amount, discount, shares * (1.0 - bought_frac)};
    // amount = s V (1 + base + slope amount / V) for the share s that leaves the opening count
    const double share = 1.0 - p.opening_shares / shares;
    const double last = share * equity_usd * (1.0 + p.equity_discount_base_frac) / (1.0 - share * p.equity_discount_slope);
    const Usd cut = min_usd(amount, Usd{floor_to_int64(last)});
    return {cut, issue_discount(p, cut, equity_usd), p.opening_shares};
}

struct ConvertibleTerms {
    double coupon_apr;
    double conversion_usd_share;
    double conversion_shares;  // of the whole tranche
};

/// Terms at issue: a lower coupon for the right to take shares at a price above today's. equity_usd, shares > 0.
RACKRACE_HD inline ConvertibleTerms convertible_terms(const Parameters& p, double unsecured_rate_apr, Usd principal, double equity_usd,
                                                      double shares) {
    const double price = p.convertible_conversion_ratio * equity_usd / shares;
    return {max(0.0, unsecured_rate_apr - p.convertible_coupon_reduction_apr), price, to_double(principal) / price};
}

/// Most convertible principal that a firm may still issue.
RACKRACE_HD inline Usd convertible_room(const Parameters& p, double equity_usd, Usd outstanding) {
    return max_usd(Usd{0}, Usd{floor_to_int64(p.convertible_outstanding_max_frac * equity_usd)} - outstanding);
}

/// Value of a lab to venture investors: a multiple of run-rate revenue (4 x last quarter's AI revenue), moved by sentiment.
RACKRACE_HD inline double venture_value_usd(const Parameters& p, double run_rate_usd_year, double sentiment) {
    return p.lab_revenue_multiple * run_rate_usd_year * exp(p.lab_value_sentiment_coefficient * sentiment);
}

/// One round of at most `asked`, a part of the value and a part of the quarter's credit supply; it dilutes as an issue of shares.
RACKRACE_HD inline ShareIssue venture_round(const Parameters& p, double value_usd, Usd asked, double credit_supply_usd, double shares) {
    const double largest = min(p.venture_size_max_frac * value_usd, p.venture_credit_max_frac * credit_supply_usd);
    return issue_against(p, value_usd, min_usd(asked, Usd{floor_to_int64(max(0.0, largest))}), shares);
}

/// Probability that a round fails: bad sentiment and little runway frighten investors.
RACKRACE_HD inline double venture_failure_probability(const Parameters& p, double sentiment, double runway) {
    const double haste = max(0.0, 1.0 - runway / p.venture_failure_runway_q);
    return clamp(p.venture_failure_base_frac + p.venture_failure_sentiment * sentiment + p.venture_failure_runway * haste, 0.0,
                 p.venture_failure_max_frac);
}

}  // namespace rackrace
