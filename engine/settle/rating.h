// How lenders see a firm: leverage, coverage, yearly default probability, rating 1 to 10 and the spread they ask.
#pragma once

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// EBITDA_fwd, dollars a year: the mean of the last ebitda_window_q quarters, and part of the take-or-pay receipts of the next four
/// quarters (chips installed or ordered) above the present pace.
RACKRACE_HD inline double forward_ebitda_usd_year(const Parameters& p, double mean_ebitda_usd_q, double mean_receipts_usd_q,
                                                  double next_receipts_usd_year) {
    const double growth = max(0.0, next_receipts_usd_year - p.quarters_per_year * mean_receipts_usd_q);
    return p.quarters_per_year * mean_ebitda_usd_q + p.ebitda_backlog_frac * growth;
}

/// What the risk of a firm is judged by. Money as doubles: ratios only, nothing of it is posted.
struct CreditProfile {
    double ebitda_usd_year;         // EBITDA_fwd
    double debt_usd;
    double lease_pv_usd;
    double cash_usd;
    double interest_usd_q;          // last quarter
    double concentration;           // HHI of the backlog's customers, concentration_unnamed without named ones
    double assets_usd;
    double net_outflow_usd_q;       // mean of the last runway_window_q quarters
};

/// L: debt and leases less part of the cash over EBITDA_fwd, in [0, leverage_max_ratio]; the maximum where nothing is earned.
RACKRACE_HD inline double leverage_ratio(const Parameters& p, const CreditProfile& firm) {
    if (!(firm.ebitda_usd_year > 0.0)) return p.leverage_max_ratio;
    const double owed = max(0.0, firm.debt_usd + firm.lease_pv_usd - p.leverage_cash_frac * firm.cash_usd);
    return min(p.leverage_max_ratio, owed / firm.ebitda_usd_year);
}

/// C: EBITDA_fwd over annual interest, in [0, coverage_max_ratio]; the maximum without interest.
RACKRACE_HD inline double coverage_ratio(const Parameters& p, const CreditProfile& firm) {
    if (!(firm.interest_usd_q > 0.0)) return p.coverage_max_ratio;
    return clamp(firm.ebitda_usd_year / (p.quarters_per_year * firm.interest_usd_q), 0.0, p.coverage_max_ratio);
}

/// Default probability a year. Source: hazard form as in Campbell, Hilscher & Szilagyi 2008; coefficients fitted to six cases.
RACKRACE_HD inline double default_probability_apr(const Parameters& p, double leverage, double coverage, double concentration,
                                                  double assets_usd) {
    const double size = max(p.size_min, assets_usd / p.size_unit_usd);
    return logistic(p.pd_intercept + p.pd_leverage_coefficient * leverage + p.pd_coverage_coefficient * log(1.0 + coverage) +
                    p.pd_concentration_coefficient * concentration + p.pd_size_coefficient * log(size));
}

/// Quarters that the cash lasts at the mean net outflow; infinity where cash comes in, 0 without cash.
RACKRACE_HD inline double runway_q(double cash_usd, double net_outflow_usd_q) {
    if (!(net_outflow_usd_q > 0.0)) return kInfinity;
    return max(0.0, cash_usd) / net_outflow_usd_q;
}

/// Default probability a year of a lab that earns nothing: by its runway, since by the first formula none could sign a contract. Ours.
RACKRACE_HD inline double runway_default_probability_apr(const Parameters& p, double runway) {
    return p.runway_pd_floor_apr + p.runway_pd_slope_apr * exp(-runway / p.runway_pd_scale_q);
}

/// 1 (best) to 10: the band of the default probability, upper ends included; 10 above the last one or in breach of a covenant.
RACKRACE_HD inline int credit_rating(const Parameters& p, double default_probability, bool is_in_breach) {
    int rating = 1;
    RACKRACE_NO_UNROLL
    while (rating <= kRatingBands && (is_in_breach || default_probability > p.rating_pd_max_apr[rating - 1])) ++rating;
    return rating;
}

/// "Rated" in contracts and borrowing bases: good enough for the larger advance.
RACKRACE_HD inline bool is_rated(const Parameters& p, int rating) { return rating <= p.rated_rating_max; }

/// Spread over the risk-free rate, a year. novelty (nu): 1 unsecured, above while lenders learn a kind; sentiment widens all.
/// Source: reduced form, Duffie & Singleton 1999.
RACKRACE_HD inline double credit_spread_apr(const Parameters& p, double novelty, double loss_given_default_frac, double default_probability,
                                            double sentiment) {
    return novelty * exp(p.spread_sentiment_coefficient * sentiment) *
           (p.spread_base_apr + p.risk_premium_ratio * loss_given_default_frac * default_probability);
}

RACKRACE_HD inline double unsecured_spread_apr(const Parameters& p, double default_probability, double sentiment) {
    return credit_spread_apr(p, p.novelty_unsecured_ratio, p.loss_given_default_unsecured_frac, default_probability, sentiment);
}

struct CreditRisk {
    double leverage;
    double coverage;
    double default_probability_apr;
    int rating;
    double unsecured_spread_apr;
};

/// The whole judgement of one firm.
RACKRACE_HD inline CreditRisk assess_risk(const Parameters& p, Role role, const CreditProfile& firm, bool is_in_breach, double sentiment) {
    CreditRisk risk = {};
    risk.leverage = leverage_ratio(p, firm);
    risk.coverage = coverage_ratio(p, firm);
    const bool by_runway = role == Role::lab && !(firm.ebitda_usd_year > 0.0);
    risk.default_probability_apr =
        by_runway ? runway_default_probability_apr(p, runway_q(firm.cash_usd, firm.net_outflow_usd_q))
                  : default_probability_apr(p, risk.leverage, risk.coverage, firm.concentration, firm.assets_usd);
    risk.rating = credit_rating(p, risk.default_probability_apr, is_in_breach);
    risk.unsecured_spread_apr = unsecured_spread_apr(p, risk.default_probability_apr, sentiment);
    return risk;
}

}  // namespace rackrace
