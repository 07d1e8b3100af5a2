// Around the chip sale: what a firm can back, how a supplier ranks it, how the list price moves, what goes back unpaid.
#include "engine/market/chip_backing.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/market/chip_priority.h"
#include "engine/market/chip_return.h"
#include "engine/market/list_price.h"
#include "engine/market/row_demand.h"
#include "tests/engine/model_parameters.h"

using namespace rackrace;

TEST_CASE("A bid is cut from its lowest step up, to the buyer cap and to the money behind it", "[engine][chips]") {
    ChipBid bid{{50, 60}, {70, 70}, 2};  // in any order
    SECTION("the cap binds") {
        cut_bid(bid, 100, 8.0, Usd{1'000'000'000}, Usd{0});
        CHECK(bid.price_usd_chip[0] == 60.0);
        CHECK(bid.units[0] == 70);
        CHECK(bid.units[1] == 30);
    }
    SECTION("the money binds: 6,000 $ back 70 at 68 $ and 21 at 58 $") {
        cut_bid(bid, 1000, 8.0, Usd{6000}, Usd{0});
        CHECK(bid.units[0] == 70);
        CHECK(bid.units[1] == 21);
    }
    SECTION("awards of products sold earlier count against the same money") {
        cut_bid(bid, 1000, 8.0, Usd{6000}, Usd{5000});
        CHECK(bid.steps == 1);
        CHECK(bid.units[0] == 14);
    }
    SECTION("nothing below a cut step is left, and negative buying power backs nothing") {
        cut_bid(bid, 1000, 8.0, Usd{-10}, Usd{0});
        CHECK(bid.steps == 0);
    }
}

TEST_CASE("Buying power counts open balances and half a quarter of cash costs against the funds", "[engine][chips]") {
    const Parameters& p = model_parameters();
    const BuyingFunds funds{Usd{100}, Usd{50}, Usd{80}, Usd{60}, Usd{60}, Usd{25}};
    CHECK(buying_power(p, funds) == Usd{100 + 50 + 2 * (80 - 60) - 30 - 25});
    CHECK(max_units(0.35, 101) == 35);
}

TEST_CASE("Weights grow with stock, loyalty, readiness and favour, the bonus stays between -5% and 20%", "[engine][chips]") {
    const Parameters& p = model_parameters();
    CHECK(allocation_weight(p, {0, 0.0, 0.0, 0.0}) == Approx(31.6227766));
    CHECK(allocation_weight(p, {1'000'000, 1.0, 1.0, 1.0}) == Approx(12188.5836856));
    CHECK(score_bonus(p, {0, 0.0, 0.0, 0.0}) == -0.05);
    CHECK(score_bonus(p, {0, 1.0, 1.0, 1.0}) == Approx(0.20));
    CHECK(score_bonus(p, {0, 0.0, 0.0, 0.5}) == 0.0);
}

TEST_CASE("Loyalty moves a tenth of the way, readiness needs power for a usual award of at least 10 MW", "[engine][chips]") {
    const Parameters& p = model_parameters();
    CHECK(next_loyalty(p, 0.5, 1.0) == Approx(0.55));
    CHECK(readiness(p, 5000.0, 0.0) == 0.5);
    CHECK(readiness(p, 5000.0, 40000.0) == 0.125);
    CHECK(readiness(p, 90000.0, 40000.0) == 1.0);
    CHECK(readiness(p, -1.0, 0.0) == 0.0);
}

TEST_CASE("The list price follows the auction a step at a time and falls when chips stay unsold", "[engine][chips]") {
    const Parameters& p = model_parameters();
    ListPriceNews news{100.0, 100.0, 90.0, 50, 50, 20.0, 100.0, false, true};
    CHECK(next_list_price(p, news) == Approx(100.0));
    SECTION("a dear quarter lifts it by 6% in logs at most") {
        news.mean_price_usd_chip = 500.0;
        CHECK(next_list_price(p, news) == Approx(106.1836547));
    }
    SECTION("half unsold costs 2 points") {
        news.on_sale = 100;
        CHECK(next_list_price(p, news) == Approx(98.0198673));
    }
    SECTION("nothing sold: the reserve stands for the price") {
        news.sold = 0;
        CHECK(next_list_price(p, news) == Approx(100.0 * std::exp(0.3 * std::log(0.9) - 0.04)));
    }
    SECTION("a successor takes 2% a quarter, posted prices too") {
        news.successor_sells = true;
        news.follows_market = false;
        CHECK(next_list_price(p, news) == Approx(98.0));
    }
    SECTION("never under 1.2 times cost nor above twice the launch list") {
        news.unit_cost_usd_chip = 90.0;
        CHECK(next_list_price(p, news) == Approx(108.0));
        news.unit_cost_usd_chip = 20.0;
        news.launch_list_usd_chip = 45.0;
        CHECK(next_list_price(p, news) == Approx(90.0));
    }
}

TEST_CASE("In-house chips cost their owner the house's margin, and the world outside buys less when the list rises", "[engine][chips]") {
    const Parameters& p = model_parameters();
    CHECK(captive_list_price(p, 5000.0) == Approx(7000.0));
    CHECK(row_demand_chips(p, 0.15, 1000.0, 50.0, 50.0) == Approx(150.0));
    CHECK(row_demand_chips(p, 0.15, 1000.0, 50.0, 100.0) == Approx(75.0));
}

TEST_CASE("Unpaid chips go back from the warehouse first, then out of service", "[engine][chips]") {
    ChipStock stock{100, 500};
    CHECK(return_chips(stock, 60) == 60);
    CHECK(stock.warehouse == 40);
    CHECK(return_chips(stock, 60) == 60);
    CHECK(stock.warehouse == 0);
    CHECK(stock.installed == 480);
    CHECK(return_chips(stock, 1000) == 480);
    CHECK(stock.installed == 0);
}
