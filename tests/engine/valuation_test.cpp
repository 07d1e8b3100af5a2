// Depreciation, credit risk, values and sentiment by example.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/settle/depreciation.h"
#include "engine/settle/rating.h"
#include "engine/settle/valuation.h"
#include "tests/engine/model_parameters.h"

using namespace rackrace;

TEST_CASE("Straight-line charges write off exactly the cost", "[engine][depreciation]") {
    Usd accumulated{0};
    const Usd gross{1000000007};  // a charge is 41,666,667 (rounded up), so the last one is smaller
    int quarters = 0;
    for (; accumulated < gross; ++quarters) accumulated += depreciation_charge(gross, accumulated, 24.0);
    CHECK(accumulated == gross);
    CHECK(quarters == 24);
    CHECK(depreciation_charge(Usd{50}, Usd{0}, 20.0) == Usd{3});
    CHECK(depreciation_charge(Usd{100}, Usd{98}, 20.0) == Usd{2});
    CHECK(depreciation_charge(Usd{0}, Usd{0}, 20.0) == Usd{0});
}

TEST_CASE("A dear book is written down to resale only after two quarters of little use", "[engine][depreciation]") {
    const Parameters& p = model_parameters();
    int underused = next_underused_q(p, 0, 0.3);
    CHECK(impairment_write_down(p, Usd{1000}, Usd{500}, underused) == Usd{0});
    underused = next_underused_q(p, underused, 0.39);
    CHECK(impairment_write_down(p, Usd{1000}, Usd{500}, underused) == Usd{500});
    CHECK(impairment_write_down(p, Usd{650}, Usd{500}, underused) == Usd{0});
    CHECK(next_underused_q(p, underused, 0.4) == 0);
}

TEST_CASE("The worked firm of the credit table defaults with 4.43% a year and pays 5.62%", "[engine][rating]") {
    const Parameters& p = model_parameters();
    const double pd = default_probability_apr(p, 4.5, 2.8, 0.55, 25e9);
    CHECK(pd == Approx(0.0443).margin(5e-5));
    CHECK(unsecured_spread_apr(p, pd, 0.0) == Approx(0.0562).margin(5e-5));
    CHECK(unsecured_spread_apr(p, pd, -0.8) > unsecured_spread_apr(p, pd, 0.0));
}

TEST_CASE("Ratings are bands of default probability with their upper ends inside", "[engine][rating]") {
    const Parameters& p = model_parameters();
    CHECK(credit_rating(p, 0.0, false) == 1);
    CHECK(credit_rating(p, 0.001, false) == 1);
    CHECK(credit_rating(p, 0.0010001, false) == 2);
    CHECK(credit_rating(p, 0.015, false) == 4);
    CHECK(is_rated(p, 4));
    CHECK_FALSE(is_rated(p, 5));
    CHECK(credit_rating(p, 0.2, false) == 9);
    CHECK(credit_rating(p, 0.9, false) == 10);
    CHECK(credit_rating(p, 0.0001, true) == 10);
}

TEST_CASE("A firm that earns nothing has the worst leverage, a lab is judged by its runway", "[engine][rating]") {
    const Parameters& p = model_parameters();
    const CreditProfile firm = {-1e9, 5e9, 0.0, 8e9, 1e8, 0.1, 2e10, 2e9};
    const CreditRisk neocloud = assess_risk(p, Role::neocloud, firm, false, 0.0), lab = assess_risk(p, Role::lab, firm, false, 0.0);
    CHECK(neocloud.leverage == p.leverage_max_ratio);
    CHECK(neocloud.coverage == 0.0);
    CHECK(lab.default_probability_apr == Approx(0.03 + 0.30 * std::exp(-1.0)));
    CHECK(neocloud.default_probability_apr > lab.default_probability_apr);
    CHECK(runway_default_probability_apr(p, runway_q(8e9, -1.0)) == p.runway_pd_floor_apr);
    CHECK(runway_q(-5.0, 1.0) == 0.0);
}

TEST_CASE("Debt worsens and cash improves every figure of a firm's risk", "[engine][rating]") {
    const Parameters& p = model_parameters();
    CreditProfile firm = {1e10, 3e10, 5e9, 5e9, 5e8, 0.2, 5e10, 0.0};
    const CreditRisk now = assess_risk(p, Role::neocloud, firm, false, 0.0);
    firm.debt_usd += 1e10;
    firm.interest_usd_q += 2e8;
    const CreditRisk indebted = assess_risk(p, Role::neocloud, firm, false, 0.0);
    CHECK(indebted.leverage > now.leverage);
    CHECK(indebted.coverage < now.coverage);
    CHECK(indebted.unsecured_spread_apr > now.unsecured_spread_apr);
    firm.cash_usd = 1e12;
    CHECK(leverage_ratio(p, firm) == 0.0);
    firm.interest_usd_q = 0.0;
    CHECK(coverage_ratio(p, firm) == p.coverage_max_ratio);
}

TEST_CASE("Signed receipts above the present pace lift forward EBITDA, a shrinking backlog does not lower it", "[engine][rating]") {
    const Parameters& p = model_parameters();
    CHECK(forward_ebitda_usd_year(p, 1e9, 5e8, 3e9) == Approx(4e9 + 0.6 * 1e9));
    CHECK(forward_ebitda_usd_year(p, 1e9, 5e8, 1e9) == Approx(4e9));
}

TEST_CASE("A failed firm is reorganised where it is worth more alive", "[engine][valuation]") {
    const Parameters& p = model_parameters();
    const double broken_up = liquidation_value_usd(p, 10e9, 5e9, 1e8, 5e7, 1e9);
    CHECK(broken_up == Approx(10e9 + 3e9 + 1e8 + 2e8 + 1e9));
    CHECK(going_concern_value_usd(p, Role::neocloud, 2e9, 9e9, 0.0) == Approx(14e9));
    CHECK(going_concern_value_usd(p, Role::lab, 2e9, 9e9, 0.0) == Approx(31.5e9));
    CHECK(is_reorganised(14e9, 14e9));
    CHECK_FALSE(is_reorganised(broken_up, 14e9));
    CHECK(lowest_acquisition_bid_usd(p, broken_up, 14e9) == broken_up);
    CHECK(lowest_acquisition_bid_usd(p, 1e9, 14e9) == Approx(12.6e9));
}

TEST_CASE("Shares keep option value, and contract and model news together lift them most", "[engine][valuation]") {
    const Parameters& p = model_parameters();
    const EquityInputs sunk = {0.0, -1e9, 0.0, 50e9, 20e9};
    CHECK(equity_value_usd(p, Role::neocloud, sunk, 0.0, 1.0) == Approx(0.02 * 20e9));
    const double both = next_news_factor(p, 1.0, 1.0, 1.0);
    CHECK(both == Approx(1.10));
    CHECK(both - 1.0 > (next_news_factor(p, 1.0, 1.0, 0.0) - 1.0) + (next_news_factor(p, 1.0, 0.0, 1.0) - 1.0));
    CHECK(next_news_factor(p, both, 0.0, 0.0) == Approx(1.05));
    CHECK(contract_news(p, 5000.0, 0.0) == Approx(0.5));
    CHECK(contract_news(p, 5e6, 1e6) == 1.0);
    CHECK(capability_news(p, 0.25) == Approx(0.5));
    CHECK(capability_news(p, -1.0) == 0.0);
}

TEST_CASE("Growth under the extrapolated trend and defaults lower sentiment, within its bounds", "[engine][valuation]") {
    const Parameters& p = model_parameters();
    CHECK(next_sentiment(p, 0.2, 0.18, 0.18, 0.0, 80e9, 0.0) == Approx(0.17));
    CHECK(next_sentiment(p, 0.2, 0.10, 0.18, 0.0, 80e9, 0.0) == Approx(0.13));
    CHECK(next_sentiment(p, 0.2, 0.18, 0.18, 8e9, 80e9, 0.0) == Approx(0.14));
    CHECK(next_sentiment(p, 0.2, 0.18, 0.18, 0.0, 80e9, 1.0) == Approx(0.22));
    CHECK(next_sentiment(p, 0.2, 0.18, 0.18, 1e9, 0.0, 0.0) == p.sentiment_min);
    CHECK(next_sentiment(p, 0.7, 2.0, 0.0, 0.0, 80e9, 0.0) == p.sentiment_max);
    CHECK(next_expected_growth_frac(p, 0.18, 0.10) == Approx(0.16));
}

TEST_CASE("Owners hold what is left after debt, at the better of running on and breaking up", "[engine][valuation]") {
    const Parameters& p = model_parameters();
    const double running = operating_terminal_value_usd(p, 1e9, p.discount_rate_apr[static_cast<int>(Role::hyperscaler)], 5e9);
    CHECK(running == Approx(1e9 * 1.025 / 0.075));
    CHECK(operating_terminal_value_usd(p, -1e9, 0.10, 5e9) == 5e9);
    CHECK(owners_terminal_value_usd(running, 1e9, -5e8, 4e9) == Approx(running - 3.5e9));
    CHECK(owners_terminal_value_usd(5e9, 0.0, 0.0, 8e9) == 0.0);
    CHECK(owners_discount(p, Role::lab, 4) == Approx(1.0 / 1.18));
    CHECK(owners_discount(p, Role::lab, 0) == 1.0);
}
