// What a firm is worth: broken up, as a going concern, to the stock market and to its owners at the end; and the market's mood.
// Dollars as doubles: values are compared and quoted, never posted.
#pragma once

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// LV: chips at fire-sale resale, part of the site book, queue positions at their deposit, some quarters of the regions' last adder on
/// connected kW (adder_usd_q: the sum over regions a quarter), cash.
RACKRACE_HD inline double liquidation_value_usd(const Parameters& p, double chips_usd, double site_book_usd, double queue_deposits_usd,
                                                double adder_usd_q, double cash_usd) {
    return chips_usd + p.site_liquidation_frac * site_book_usd + queue_deposits_usd + p.liquidation_adder_q * adder_usd_q + cash_usd;
}

/// GV: a multiple of EBITDA_fwd, for a lab of run-rate revenue (4 x last quarter's AI revenue), moved by sentiment.
RACKRACE_HD inline double going_concern_value_usd(const Parameters& p, Role role, double ebitda_usd_year, double run_rate_usd_year,
                                                  double sentiment) {
    const double base = role == Role::lab ? p.going_concern_lab_multiple * run_rate_usd_year : p.going_concern_multiple * ebitda_usd_year;
    return base * exp(p.going_concern_sentiment_coefficient * sentiment);
}

/// Lowest bid that takes a firm out of chapter 11.
RACKRACE_HD inline double lowest_acquisition_bid_usd(const Parameters& p, double liquidation_usd, double going_concern_usd) {
    return max(liquidation_usd, p.acquisition_bid_min_ratio * going_concern_usd);
}

/// Without a bid: reorganise (true) or liquidate.
RACKRACE_HD inline bool is_reorganised(double liquidation_usd, double going_concern_usd) { return going_concern_usd >= liquidation_usd; }

/// Size of a quarter's news, each in [0, 1]: contracts signed against own pools, and the rise in released capability.
RACKRACE_HD inline double contract_news(const Parameters& p, double signed_netted_h100e, double own_pools_h100e) {
    return clamp(signed_netted_h100e / max(p.news_contract_floor_h100e, own_pools_h100e), 0.0, 1.0);
}
RACKRACE_HD inline double capability_news(const Parameters& p, double released_rise_oom) {
    return clamp(released_rise_oom / p.news_capability_scale_oom, 0.0, 1.0);
}

/// News factor of this quarter: what is left of the last one's distance to 1, and fresh news. Both kinds together persuade more.
RACKRACE_HD inline double next_news_factor(const Parameters& p, double news_factor, double contract, double capability) {
    const double fresh = p.news_contract_coefficient * contract + p.news_capability_coefficient * capability +
                         p.news_joint_coefficient * contract * capability;
    return 1.0 + p.news_decay_frac * (news_factor - 1.0) + fresh;
}

struct EquityInputs {
    double core_ebitda_usd_year;        // 4 x last quarter's core cash and uplift, without a parent's support
    double ai_ebitda_usd_year;          // the rest of EBITDA_fwd
    double run_rate_usd_year;           // 4 x last quarter's AI revenue; counts for labs
    double net_debt_usd;                // debt + PV of leases - cash
    double assets_usd;
};

/// E, market value of the shares. Never below a small part of the assets: limited liability has option value. News comes on top.
RACKRACE_HD inline double equity_value_usd(const Parameters& p, Role role, const EquityInputs& firm, double sentiment, double news_factor) {
    double value = p.core_multiple * firm.core_ebitda_usd_year - firm.net_debt_usd;
    value += p.ai_multiple[static_cast<int>(role)] * exp(p.ai_multiple_sentiment_coefficient * sentiment) * max(0.0, firm.ai_ebitda_usd_year);
    if (role == Role::lab)
        value += p.lab_revenue_multiple * firm.run_rate_usd_year * exp(p.lab_value_sentiment_coefficient * sentiment);
    return max(p.option_floor_frac * firm.assets_usd, value) * news_factor;
}

/// Sig of the next quarter: growth above the extrapolated trend lifts it, defaults lower it. normal: the quarter's draw.
/// expected_growth_frac is the one before this quarter's update. Source: financial accelerator, Bernanke, Gertler & Gilchrist 1999.
RACKRACE_HD inline double next_sentiment(const Parameters& p, double sentiment, double ai_growth_frac, double expected_growth_frac,
                                         double defaulted_usd, double credit_supply_usd_q, double normal) {
    const double defaults = defaulted_usd > 0.0 ? defaulted_usd / credit_supply_usd_q : 0.0;
    const double next = p.sentiment_persistence_frac * sentiment +
                        p.sentiment_growth_surprise_coefficient * (ai_growth_frac - expected_growth_frac) +
                        p.sentiment_default_coefficient * defaults + p.sentiment_sd * normal;
    return clamp(next, p.sentiment_min, p.sentiment_max);
}

/// gexp of the next quarter.
RACKRACE_HD inline double next_expected_growth_frac(const Parameters& p, double expected_growth_frac, double ai_growth_frac) {
    return expected_growth_frac + p.expected_growth_update_frac * (ai_growth_frac - expected_growth_frac);
}

/// beta^quarters of section 7; the rate is fixed by role, so that leverage cannot buy a lower one.
RACKRACE_HD inline double owners_discount(const Parameters& p, Role role, int quarters) {
    return pow(1.0 + p.discount_rate_apr[static_cast<int>(role)], -static_cast<double>(quarters) / p.quarters_per_year);
}

/// TVO: normal free cash flow growing for ever, or what breaking up brings (without cash, which is in net debt).
/// free_cash_usd_year: mean of the last four quarters of (EBITDA - tax - economic depreciation), a year, contracts at the spot price.
RACKRACE_HD inline double operating_terminal_value_usd(const Parameters& p, double free_cash_usd_year, double discount_rate_apr,
                                                       double liquidation_less_cash_usd) {
    const double growth = p.terminal_growth_apr;
    return max(free_cash_usd_year * (1.0 + growth) / (discount_rate_apr - growth), liquidation_less_cash_usd);
}

/// TVE, what the owners hold at the end: operations, work in progress and the present value of contracts above or below spot, less net
/// debt; never below 0.
RACKRACE_HD inline double owners_terminal_value_usd(double operating_usd, double in_progress_usd, double contracts_usd, double net_debt_usd) {
    return max(0.0, operating_usd + in_progress_usd + contracts_usd - net_debt_usd);
}

}  // namespace rackrace
