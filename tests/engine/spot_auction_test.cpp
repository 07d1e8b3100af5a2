// The spot market for GPU-hours: one price between what traders accept, the outside's step curves, netting of own orders.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "engine/base/hash.h"
#include "engine/market/outside_spot.h"
#include "engine/market/spot_auction.h"
#include "tests/engine/model_parameters.h"

using namespace rackrace;

namespace {

SpotOrders side(const std::vector<std::pair<double, std::int64_t>>& orders) {
    SpotOrders out;
    for (const auto& [price, quantity] : orders) add_order(out, {out.count, price, quantity, hash64(3, out.count)});
    return out;
}

struct Book {
    SpotOrders asks, bids;
};

/// Random orders with many equal prices, some of them empty.
Book random_book(std::mt19937_64& draw) {
    const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(draw); };
    Book book;
    for (SpotOrders* orders : {&book.asks, &book.bids}) {
        orders->count = pick(0, 40);
        for (int i = 0; i < orders->count; ++i) orders->rows[i] = {kCustomer, 0.01 * pick(0, 30), pick(0, 3) == 0 ? 0 : pick(1, 500), draw()};
    }
    return book;
}

std::int64_t sum(const std::int64_t* values, int count) {
    std::int64_t total = 0;
    for (int i = 0; i < count; ++i) total += values[i];
    return total;
}

}  // namespace

TEST_CASE("The spot price lies midway between what the last traders and the first rejected ones allow", "[engine][spot]") {
    const Parameters& p = model_parameters();
    SECTION("a rejected bid lifts it over the reserve") {
        const SpotClearing clearing = clear_spot(p, side({{0.5, 100}}), side({{2.0, 100}, {1.6, 50}}), 1.0);
        CHECK(clearing.quantity == 100);
        CHECK(clearing.price_usd_h == Approx(1.8));
    }
    SECTION("a bid filled in part bounds it on both sides") {
        const SpotClearing clearing = clear_spot(p, side({{0.5, 100}}), side({{2.0, 150}}), 1.0);
        CHECK(clearing.price_usd_h == 2.0);
        CHECK(clearing.bought[0] == 100);
    }
    SECTION("without a trade last quarter's price moves between best bid and best ask") {
        CHECK(clear_spot(p, side({{1.5, 10}}), side({{1.2, 10}}), 1.0).price_usd_h == 1.2);
        CHECK(clear_spot(p, side({{1.5, 10}}), side({{1.2, 10}}), 1.4).price_usd_h == 1.4);
        CHECK(clear_spot(p, side({}), side({}), 1.4).price_usd_h == 1.4);
        CHECK(clear_spot(p, side({}), side({}), 0.001).price_usd_h == p.spot_price_min_usd_h);
    }
    SECTION("orders at the marginal price share pro rata") {
        const SpotClearing clearing = clear_spot(p, side({{0.5, 90}}), side({{2.0, 40}, {1.0, 60}, {1.0, 40}}), 1.0);
        CHECK(clearing.bought[0] == 40);
        CHECK(clearing.bought[1] == 30);
        CHECK(clearing.bought[2] == 20);
    }
}

TEST_CASE("In the spot market as much is sold as bought, nobody pays above its cap or sells under its reserve", "[engine][spot]") {
    const Parameters& p = model_parameters();
    std::mt19937_64 draw(31);
    std::int64_t traded = 0;
    for (int run = 0; run < 2000; ++run) {
        const Book book = random_book(draw);
        const SpotClearing clearing = clear_spot(p, book.asks, book.bids, 0.15);
        REQUIRE(sum(clearing.sold, book.asks.count) == clearing.quantity);
        REQUIRE(sum(clearing.bought, book.bids.count) == clearing.quantity);
        traded += clearing.quantity;
        REQUIRE(clearing.price_usd_h >= p.spot_price_min_usd_h);
        for (int i = 0; i < book.asks.count; ++i) {
            const SpotOrder& ask = book.asks.rows[i];
            REQUIRE((clearing.sold[i] == 0 || ask.price_usd_h <= clearing.price_usd_h));
            REQUIRE(clearing.sold[i] <= ask.quantity);
            const double reserve = std::max(ask.price_usd_h, p.spot_price_min_usd_h);
            REQUIRE((clearing.quantity == 0 || reserve >= clearing.price_usd_h || clearing.sold[i] == ask.quantity));
        }
        for (int i = 0; i < book.bids.count; ++i) {
            const SpotOrder& bid = book.bids.rows[i];
            REQUIRE((clearing.bought[i] == 0 || bid.price_usd_h >= clearing.price_usd_h));
            REQUIRE(clearing.bought[i] <= bid.quantity);
            REQUIRE((clearing.quantity == 0 || bid.price_usd_h <= clearing.price_usd_h || clearing.bought[i] == bid.quantity));
        }
    }
    CHECK(traded > 100000);
}

TEST_CASE("The order of spot orders changes no fill", "[engine][spot]") {
    const Parameters& p = model_parameters();
    std::mt19937_64 draw(32);
    int fills = 0;
    for (int run = 0; run < 500; ++run) {
        const Book book = random_book(draw);
        Book moved = book;
        std::shuffle(moved.asks.rows, moved.asks.rows + moved.asks.count, draw);
        std::shuffle(moved.bids.rows, moved.bids.rows + moved.bids.count, draw);
        const SpotClearing before = clear_spot(p, book.asks, book.bids, 0.1), after = clear_spot(p, moved.asks, moved.bids, 0.1);
        REQUIRE(before.price_usd_h == after.price_usd_h);
        const auto list = [](const SpotOrders& orders, const std::int64_t* filled) {
            std::vector<std::pair<std::uint64_t, std::int64_t>> all;
            for (int i = 0; i < orders.count; ++i) all.emplace_back(orders.rows[i].tie, filled[i]);
            std::sort(all.begin(), all.end());
            return all;
        };
        REQUIRE(list(book.asks, before.sold) == list(moved.asks, after.sold));
        REQUIRE(list(book.bids, before.bought) == list(moved.bids, after.bought));
        fills += before.quantity > 0;
    }
    CHECK(fills > 300);
}

TEST_CASE("A firm's own bids and asks cancel before the auction, its cheapest ask first", "[engine][spot]") {
    SpotOrders asks, bids;
    add_order(asks, {0, 1.0, 50, 1});
    add_order(asks, {0, 0.5, 30, 2});
    add_order(asks, {1, 0.7, 40, 3});
    add_order(bids, {0, 2.0, 60, 4});
    add_order(bids, {2, 2.0, 60, 5});
    net_own_orders(asks, bids);
    CHECK(asks.rows[0].quantity == 20);
    CHECK(asks.rows[1].quantity == 0);
    CHECK(asks.rows[2].quantity == 40);
    CHECK(bids.rows[0].quantity == 0);
    CHECK(bids.rows[1].quantity == 60);
}

TEST_CASE("The outside's steps add up to its demand and supply at each step's price", "[engine][spot]") {
    const Parameters& p = model_parameters();
    SpotOrders asks, bids;
    add_outside_bids(p, 500'000, 1.7, 1, bids);
    add_outside_asks(p, 200'000, 1.7, 2, asks);
    REQUIRE(bids.count == static_cast<int>(p.outside_step_count));
    CHECK(bids.rows[0].price_usd_h == Approx(1.7 * 4));
    CHECK(bids.rows[bids.count - 1].price_usd_h == Approx(1.7 / 4));
    std::int64_t asked = 0, offered = 0;
    for (int k = 0; k < bids.count; ++k) {
        asked += bids.rows[k].quantity;
        REQUIRE(static_cast<double>(asked) == Approx(500'000 * std::pow(bids.rows[k].price_usd_h / 2.0, -1.2)).margin(1.0));
    }
    for (int k = 0; k < asks.count; ++k) {
        offered += asks.rows[k].quantity;
        REQUIRE(static_cast<double>(offered) == Approx(200'000 * std::pow(asks.rows[k].price_usd_h / 2.0, 0.5)).margin(1.0));
    }
    const SpotClearing clearing = clear_spot(p, asks, bids, 1.7);
    CHECK(clearing.quantity > 0);
}

TEST_CASE("Unsold training hours enter the inference market at the same money", "[engine][spot]") {
    const SpotOrder ask{3, 1.5, 1000, 9};
    const SpotOrder moved = as_inference_ask(ask, 400, 1.5);
    CHECK(moved.quantity == 600);
    CHECK(moved.price_usd_h == Approx(1.0));
    CHECK(moved.party == 3);
}

TEST_CASE("A buyer bids for no more hours than its cash pays at its cap", "[engine][spot]") {
    const Parameters& p = model_parameters();
    CHECK(affordable_h100e(p, Usd{2190 * 2 * 50}, 2.0) == 50);
    CHECK(affordable_h100e(p, Usd{2190 * 2 * 50 - 1}, 2.0) == 49);
    CHECK(affordable_h100e(p, Usd{-5}, 2.0) == 0);
}
