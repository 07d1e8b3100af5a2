// Credit of a quarter: the worked case of model.md 5.17, rationing, contract-backed loans, money from owners.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "engine/base/hash.h"
#include "engine/market/asset_backed_loan.h"
#include "engine/market/concentration.h"
#include "engine/market/credit_clearing.h"
#include "engine/market/equity.h"
#include "tests/engine/model_parameters.h"

using namespace rackrace;

namespace {

void ask(CreditRequests& requests, std::int64_t amount, double margin_apr, double pd_apr = 0.02) {
    requests.rows[requests.count] = {Usd{amount}, margin_apr, pd_apr, hash64(6, requests.count)};
    ++requests.count;
}

}  // namespace

TEST_CASE("Credit goes to the highest margins, all at the add-on of the best one turned away", "[engine][credit]") {
    CreditRequests requests;
    ask(requests, 6, 0.030);
    ask(requests, 5, 0.015);
    ask(requests, 4, 0.008);
    const CreditClearing clearing = clear_credit(model_parameters(), requests, Usd{10});
    CHECK(clearing.filled[0] == Usd{6});
    CHECK(clearing.filled[1] == Usd{4});
    CHECK(clearing.filled[2] == Usd{0});
    CHECK(clearing.addon_apr == 0.015);
}

TEST_CASE("Where the add-on meets its cap the safest borrowers are served first", "[engine][credit]") {
    CreditRequests requests;
    ask(requests, 6, 0.12, 0.15);
    ask(requests, 6, 0.07, 0.02);
    ask(requests, 6, 0.04, 0.01);
    const CreditClearing clearing = clear_credit(model_parameters(), requests, Usd{8});
    CHECK(clearing.addon_apr == model_parameters().credit_addon_max_apr);
    CHECK(clearing.filled[0] == Usd{2});
    CHECK(clearing.filled[1] == Usd{6});
    CHECK(clearing.filled[2] == Usd{0});
}

TEST_CASE("A request whose highest rate is under its quote gets nothing and sets no add-on", "[engine][credit]") {
    CreditRequests requests;
    ask(requests, 6, -0.001);
    ask(requests, 6, 0.010);
    const CreditClearing clearing = clear_credit(model_parameters(), requests, Usd{100});
    CHECK(clearing.filled[0] == Usd{0});
    CHECK(clearing.filled[1] == Usd{6});
    CHECK(clearing.addon_apr == 0.0);
}

TEST_CASE("Credit never exceeds supply or requests, and the order of requests changes nothing", "[engine][credit]") {
    std::mt19937_64 draw(61);
    const auto pick = [&](std::int64_t low, std::int64_t high) { return std::uniform_int_distribution<std::int64_t>(low, high)(draw); };
    for (int run = 0; run < 1000; ++run) {
        CreditRequests requests;
        const int count = static_cast<int>(pick(0, kMaxCreditRequests));
        for (int i = 0; i < count; ++i)
            ask(requests, pick(0, 9'000'000'000), 0.005 * static_cast<double>(pick(-2, 14)), 0.01 * static_cast<double>(pick(0, 9)));
        const Usd supply{pick(0, 400'000'000'000)};
        const CreditClearing clearing = clear_credit(model_parameters(), requests, supply);
        Usd filled{0}, asked{0};
        for (int i = 0; i < count; ++i) {
            REQUIRE(clearing.filled[i] <= requests.rows[i].amount);
            REQUIRE((clearing.filled[i] == Usd{0} || requests.rows[i].margin_apr >= clearing.addon_apr));
            filled += clearing.filled[i];
            asked += requests.rows[i].margin_apr >= 0.0 ? requests.rows[i].amount : Usd{0};
        }
        REQUIRE(filled == min_usd(supply, asked));
        REQUIRE((clearing.addon_apr == 0.0 || asked > supply));

        CreditRequests moved = requests;
        std::shuffle(moved.rows, moved.rows + count, draw);
        const CreditClearing again = clear_credit(model_parameters(), moved, supply);
        REQUIRE(again.addon_apr == clearing.addon_apr);
        for (int i = 0; i < count; ++i) {
            const auto* same = std::find_if(moved.rows, moved.rows + count, [&](const CreditRequest& r) { return r.tie == requests.rows[i].tie; });
            REQUIRE(again.filled[same - moved.rows] == clearing.filled[i]);
        }
    }
}

TEST_CASE("A borrowing base counts one buyer up to 60 percent and ages its chips from cost to resale", "[engine][credit]") {
    const Parameters& p = model_parameters();
    Pledge pledge;
    pledge.buyers = 1;
    pledge.buyer_usd[0] = 10e9;
    pledge.is_rated[0] = true;
    pledge.chips_cost_usd = pledge.chips_resale_usd = 50e9;
    CHECK(borrowing_base_usd(p, pledge) == Approx(0.75 * 6e9));
    pledge.chips_cost_usd = 3e9;
    pledge.chips_resale_usd = 2e9;
    pledge.loan_age_q = 3;
    CHECK(borrowing_base_usd(p, pledge) == Approx(0.85 * 3e9 + 0.25 * 6e9));
    pledge.loan_age_q = 4;
    CHECK(borrowing_base_usd(p, pledge) == Approx(0.85 * 2e9 + 0.25 * 6e9));
}

TEST_CASE("The spread of a contract-backed loan follows its customers and falls as lenders learn the kind", "[engine][credit]") {
    const Parameters& p = model_parameters();
    CHECK(contract_backed_spread_apr(p, 0.01, 0.05, false, 0.0, 9) < contract_backed_spread_apr(p, 0.05, 0.01, false, 0.0, 9));
    CHECK(contract_backed_spread_apr(p, 0.01, 0.05, true, 0.0, 0) > 2.0 * contract_backed_spread_apr(p, 0.01, 0.05, true, 0.0, 9));
    CHECK(contract_backed_spread_apr(p, 0.01, 0.05, true, -0.5, 9) > contract_backed_spread_apr(p, 0.01, 0.05, true, 0.0, 9));
}

TEST_CASE("No revolver in breach, and concentration is 1 for a single customer", "[engine][credit]") {
    const Parameters& p = model_parameters();
    CHECK(revolver_limit_usd(p, 1e9, 8e9, false) == 2e9);
    CHECK(revolver_limit_usd(p, 3e9, 8e9, false) == 3e9);
    CHECK(revolver_limit_usd(p, 3e9, 8e9, true) == 0.0);
    const double one[] = {7.0}, four[] = {2.0, 2.0, 2.0, 2.0};
    CHECK(herfindahl(one, 1, 0.1) == 1.0);
    CHECK(herfindahl(four, 4, 0.1) == Approx(0.25));
    CHECK(herfindahl(one, 0, 0.1) == 0.1);
}

TEST_CASE("Shares are sold at a discount that grows with the issue, at most a tenth of the value", "[engine][equity]") {
    const Parameters& p = model_parameters();
    const ShareIssue issue = issue_shares(p, 100e9, Usd{50'000'000'000}, 1.0);
    CHECK(issue.amount == Usd{10'000'000'000});
    CHECK(issue.discount_frac == Approx(0.08));
    CHECK(issue.shares == Approx(1.0 + 0.1 / 0.92));
    CHECK(issue_shares(p, 0.0, Usd{50}, 1.0).amount == Usd{0});
}

TEST_CASE("Buying back pays a premium and stops at the opening number of shares", "[engine][equity]") {
    const Parameters& p = model_parameters();
    const ShareIssue some = buy_back_shares(p, 100e9, Usd{5'000'000'000}, 1.5);
    CHECK(some.amount == Usd{5'000'000'000});
    CHECK(some.shares == Approx(1.5 * (1.0 - 0.05 / 1.055)));
    const ShareIssue last = buy_back_shares(p, 100e9, Usd{10'000'000'000}, 1.02);
    CHECK(last.shares == 1.0);
    CHECK(last.amount < Usd{2'100'000'000});
    CHECK(1.02 * (1.0 - to_double(last.amount) / (100e9 * (1.0 + last.discount_frac))) == Approx(1.0));
    CHECK(buy_back_shares(p, 100e9, Usd{5'000'000'000}, 1.0).amount == Usd{0});
}

TEST_CASE("Issuing and buying back at once loses money, so that neither buys a score", "[engine][equity]") {
    const Parameters& p = model_parameters();
    const ShareIssue sold = issue_shares(p, 100e9, Usd{5'000'000'000}, 1.0);
    const ShareIssue back = buy_back_shares(p, 100e9, sold.amount, sold.shares);
    CHECK(back.shares > 1.0);
}

TEST_CASE("A venture round is bounded by value and by a third of the credit supply", "[engine][equity]") {
    const Parameters& p = model_parameters();
    CHECK(venture_round(p, 100e9, Usd{90'000'000'000}, 900e9, 1.0).amount == Usd{15'000'000'000});
    CHECK(venture_round(p, 1000e9, Usd{900'000'000'000}, 90e9, 1.0).amount.value == Approx(30e9));
    CHECK(venture_failure_probability(p, 0.0, 8.0) == Approx(0.1));
    CHECK(venture_failure_probability(p, -1.0, 0.0) == Approx(0.7));
    CHECK(venture_failure_probability(p, 0.75, 8.0) == 0.0);
    CHECK(venture_value_usd(p, 10e9, 0.0) == Approx(140e9));
}

TEST_CASE("A convertible pays a lower coupon for shares at a price above today's", "[engine][equity]") {
    const Parameters& p = model_parameters();
    const ConvertibleTerms terms = convertible_terms(p, 0.09, Usd{1'300'000'000}, 100e9, 2.0);
    CHECK(terms.coupon_apr == Approx(0.05));
    CHECK(terms.conversion_usd_share == Approx(65e9));
    CHECK(terms.conversion_shares == Approx(0.02));
    CHECK(convertible_terms(p, 0.03, Usd{1}, 100e9, 2.0).coupon_apr == 0.0);
    CHECK(convertible_room(p, 100e9, Usd{14'000'000'000}) == Usd{1'000'000'000});
    CHECK(convertible_room(p, 100e9, Usd{16'000'000'000}) == Usd{0});
}
