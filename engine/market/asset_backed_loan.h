// Contract-backed loans (ABL): the spread that follows the customers more than the borrower, and the borrowing base of contracts, chips
// and sites. Dollars as doubles: limits and rates, posted only when a draw is made.
#pragma once

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"
#include "engine/settle/rating.h"

namespace rackrace {

/// nu of ABL and PROJ: what lenders add while they learn the kind, falling from 2024Q1 (t = 0).
RACKRACE_HD inline double novelty_ratio(const Parameters& p, int t) {
    return 1.0 + p.novelty_initial_extra * exp(-static_cast<double>(t) / p.novelty_decay_q);
}

/// Spread of an ABL over the risk-free rate, a year. buyers_pd_apr: default probability of the pledged contracts' buyers, weighted by
/// value; is_rated: whether they are. The addition stands outside novelty and sentiment.
RACKRACE_HD inline double contract_backed_spread_apr(const Parameters& p, double buyers_pd_apr, double seller_pd_apr, bool is_rated, double sentiment,
                                                     int t) {
    const double pd = p.abl_buyer_pd_weight_frac * buyers_pd_apr + p.abl_seller_pd_weight_frac * seller_pd_apr;
    return credit_spread_apr(p, novelty_ratio(p, t), p.loss_given_default_abl_frac, pd, sentiment) +
           (is_rated ? p.abl_rated_addition_apr : p.abl_unrated_addition_apr);
}

/// What one ABL can be drawn against. A buyer's value: present value of its take-or-pay receipts, netted against what the borrower buys
/// from it; each buyer, OUTSIDE too, has one entry.
struct Pledge {
    double buyer_usd[kMaxFirms + 1] = {};
    bool is_rated[kMaxFirms + 1] = {};
    int buyers = 0;
    double chips_cost_usd = 0.0;
    double chips_resale_usd = 0.0;
    double sites_book_usd = 0.0;
    int loan_age_q = 0;  // 0 in the quarter of signing
};

/// The borrowing base. A buyer counts up to abl_buyer_share_max_frac of the uncapped sum; chips count at max(cost, resale) in the loan's
/// first abl_cost_basis_q quarters, then at resale.
RACKRACE_HD inline double borrowing_base_usd(const Parameters& p, const Pledge& pledge) {
    double sum = 0.0, rated = 0.0, unrated = 0.0;
    RACKRACE_NO_UNROLL
    for (int b = 0; b < pledge.buyers; ++b) sum += pledge.buyer_usd[b];
    RACKRACE_NO_UNROLL
    for (int b = 0; b < pledge.buyers; ++b) (pledge.is_rated[b] ? rated : unrated) += min(pledge.buyer_usd[b], p.abl_buyer_share_max_frac * sum);
    const double chips = pledge.loan_age_q < p.abl_cost_basis_q ? max(pledge.chips_cost_usd, pledge.chips_resale_usd) : pledge.chips_resale_usd;
    const double by_contracts = p.abl_advance_rated_frac * rated + p.abl_advance_unrated_frac * unrated;
    const double by_assets =
        p.abl_loan_to_value_frac * (chips + p.abl_site_advance_frac * pledge.sites_book_usd) + p.abl_backlog_addition_frac * rated;
    return min(by_contracts, by_assets);
}

/// Limit of the revolver: the opening line or part of last year's EBITDA, if more; none in breach.
RACKRACE_HD inline double revolver_limit_usd(const Parameters& p, double opening_line_usd, double ebitda_of_window_usd, bool is_in_breach) {
    return is_in_breach ? 0.0 : max(opening_line_usd, p.revolver_limit_ratio * ebitda_of_window_usd);
}

}  // namespace rackrace
