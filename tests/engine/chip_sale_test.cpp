// The sale of new chips: the worked cases of model.md 5.17 and the laws that every rule keeps on random bids.
#include "engine/market/chip_sale.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <random>
#include <vector>

#include "engine/base/hash.h"

using namespace rackrace;

namespace {

constexpr ChipRule kRules[] = {ChipRule::posted, ChipRule::proportional, ChipRule::uniform, ChipRule::pay_bid, ChipRule::vickrey};

struct TieHashes {
    std::uint64_t of[kMaxFirms];
    TieHashes() {
        for (int f = 0; f < kMaxFirms; ++f) of[f] = hash64(7, f);
    }
};
const TieHashes kTie;

ChipBid one_step(double price, std::int64_t units) { return {{price}, {units}, 1}; }

/// A 60 x 70, B 58 x 50, C 55 x 60 for 100 chips at a reserve of 40.
ChipSale three_bidders() {
    ChipSale sale;
    sale.bids[0] = one_step(60, 70);
    sale.bids[1] = one_step(58, 50);
    sale.bids[2] = one_step(55, 60);
    sale.count = 3;
    sale.supply = 100;
    sale.reserve_usd_chip = 40;
    return sale;
}

/// Random bids with many equal prices, a bonus and a weight each; steps fall in price.
ChipSale random_sale(std::mt19937_64& draw) {
    const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(draw); };
    ChipSale sale;
    sale.count = pick(1, kMaxFirms);
    sale.supply = pick(0, 1500);
    sale.reserve_usd_chip = pick(40, 60);
    for (int f = 0; f < sale.count; ++f) {
        sale.score_bonus_frac[f] = pick(-2, 8) * 0.025;
        sale.weight[f] = pick(1, 9);
        sale.bids[f].steps = pick(0, kMaxSteps);
        int price = 95;
        for (int k = 0; k < sale.bids[f].steps; ++k) {
            price -= pick(1, 12);
            sale.bids[f].price_usd_chip[k] = price;
            sale.bids[f].units[k] = pick(1, 200);
        }
    }
    return sale;
}

ChipAwards cleared(ChipRule rule, const ChipSale& sale, const std::uint64_t* tie = kTie.of) {
    ChipAwards awards;
    clear_chips(rule, sale, tie, awards);
    return awards;
}

std::int64_t sold(const ChipAwards& awards) { return std::accumulate(awards.units, awards.units + kMaxFirms, std::int64_t{0}); }

/// What `units` are worth to a firm whose values are its steps: the dearest first.
double value_of(const ChipBid& values, std::int64_t units) {
    double worth = 0.0;
    for (int k = 0; k < values.steps; ++k) {
        const std::int64_t taken = std::min(units, values.units[k]);
        worth += values.price_usd_chip[k] * static_cast<double>(taken);
        units -= taken;
    }
    return worth;
}

ChipSale permuted(const ChipSale& sale, const std::vector<int>& place) {
    ChipSale moved = sale;
    for (int f = 0; f < sale.count; ++f) {
        const int to = place[static_cast<std::size_t>(f)];
        moved.bids[to] = sale.bids[f];
        moved.score_bonus_frac[to] = sale.score_bonus_frac[f];
        moved.weight[to] = sale.weight[f];
    }
    return moved;
}

}  // namespace

TEST_CASE("The uniform auction with a bonus serves the highest scores at the best rejected one", "[engine][chips]") {
    ChipSale sale = three_bidders();
    sale.score_bonus_frac[1] = 0.05;
    const ChipAwards awards = cleared(ChipRule::uniform, sale);
    CHECK(awards.units[0] == 50);
    CHECK(awards.units[1] == 50);
    CHECK(awards.units[2] == 0);
    CHECK(awards.price_usd_chip[0] == 60.0);
    CHECK(awards.price_usd_chip[1] == Approx(57.142857));
    CHECK(awards.payment[1] == Usd{2857});
    CHECK(awards.unfilled[0] == 20);
}

TEST_CASE("The uniform auction sells at the reserve when there is enough for all", "[engine][chips]") {
    ChipSale sale = three_bidders();
    sale.supply = 1000;
    const ChipAwards awards = cleared(ChipRule::uniform, sale);
    CHECK(sold(awards) == 180);
    for (int f = 0; f < 3; ++f) CHECK(awards.price_usd_chip[f] == 40.0);
}

TEST_CASE("A bid under the reserve is struck out and sets no price, bonus or not", "[engine][chips]") {
    ChipSale sale = three_bidders();
    sale.reserve_usd_chip = 58;
    sale.supply = 70;
    sale.bids[1] = one_step(57, 50);
    sale.score_bonus_frac[1] = 0.2;
    const ChipAwards awards = cleared(ChipRule::uniform, sale);
    CHECK(awards.units[0] == 70);
    CHECK(awards.price_usd_chip[0] == 58.0);
    CHECK(awards.unfilled[1] == 0);
}

TEST_CASE("Equal scores at the margin share pro rata", "[engine][chips]") {
    ChipSale sale = three_bidders();
    for (ChipBid& bid : sale.bids) bid.price_usd_chip[0] = 60;
    sale.supply = 90;
    const ChipAwards awards = cleared(ChipRule::uniform, sale);
    CHECK(awards.units[0] == 35);
    CHECK(awards.units[1] == 25);
    CHECK(awards.units[2] == 30);
}

TEST_CASE("Pay-as-bid serves whom the uniform auction serves, each unit at its own bid", "[engine][chips]") {
    ChipSale sale = three_bidders();
    sale.score_bonus_frac[1] = 0.05;
    const ChipAwards awards = cleared(ChipRule::pay_bid, sale);
    CHECK(awards.payment[0] == Usd{3000});
    CHECK(awards.payment[1] == Usd{2900});
}

TEST_CASE("Vickrey charges what the others lose", "[engine][chips]") {
    const ChipAwards awards = cleared(ChipRule::vickrey, three_bidders());
    CHECK(awards.units[0] == 70);
    CHECK(awards.payment[0] == Usd{3910});
    CHECK(awards.units[1] == 30);
    CHECK(awards.payment[1] == Usd{1650});
    CHECK(awards.units[2] == 0);
}

TEST_CASE("At a posted price a short supply goes by weight, and a padded order gains nothing", "[engine][chips]") {
    ChipSale sale;
    sale.bids[0] = one_step(60, 50);
    sale.bids[1] = one_step(60, 80);
    sale.bids[2] = one_step(60, 200);
    sale.bids[3] = one_step(60, 30);
    const double weights[] = {1, 2, 2, 1};
    std::copy(weights, weights + 4, sale.weight);
    sale.count = 4;
    sale.supply = 200;
    sale.reserve_usd_chip = 50;
    for (const std::int64_t third_order : {200, 2000}) {
        sale.bids[2].units[0] = third_order;
        const ChipAwards awards = cleared(ChipRule::posted, sale);
        CHECK(awards.units[0] == 34);
        CHECK(awards.units[1] == 68);
        CHECK(awards.units[2] == 68);
        CHECK(awards.units[3] == 30);
        CHECK(awards.payment[3] == Usd{1500});
    }
    CHECK(cleared(ChipRule::proportional, sale).units[2] == 185);  // where padding pays
}

TEST_CASE("No supply or no bid means no sale under every rule", "[engine][chips]") {
    for (const ChipRule rule : kRules) {
        ChipSale sale = three_bidders();
        for (int f = 0; f < 3; ++f) sale.weight[f] = 1.0;
        sale.supply = 0;
        CHECK(sold(cleared(rule, sale)) == 0);
        CHECK(cleared(rule, sale).payment[0] == Usd{0});
        ChipSale nobody;
        nobody.supply = 100;
        CHECK(sold(cleared(rule, nobody)) == 0);
    }
}

TEST_CASE("Under every rule supply is used up or demand is, and nobody pays above its bids or under the reserve", "[engine][chips][random]") {
    std::mt19937_64 draw(1);
    for (int trial = 0; trial < 2000; ++trial) {
        const ChipSale sale = random_sale(draw);
        for (const ChipRule rule : kRules) {
            const ChipAwards awards = cleared(rule, sale);
            std::int64_t asked = 0;
            bool fair = true;
            for (int f = 0; f < sale.count; ++f) {
                const std::int64_t demand = units_at_or_above(sale.bids[f], sale.reserve_usd_chip);
                asked += demand;
                fair = fair && awards.units[f] >= 0 && awards.units[f] + awards.unfilled[f] == demand;
                fair = fair && to_double(awards.payment[f]) <= value_of(sale.bids[f], awards.units[f]) + 0.5;
                fair = fair && to_double(awards.payment[f]) >= sale.reserve_usd_chip * static_cast<double>(awards.units[f]) - 0.5;
            }
            INFO("trial " << trial << " rule " << static_cast<int>(rule));
            REQUIRE(fair);
            REQUIRE(sold(awards) == std::min(asked, sale.supply));
        }
    }
}

TEST_CASE("In the uniform auction nobody pays above its lowest accepted step", "[engine][chips][random]") {
    std::mt19937_64 draw(2);
    for (int trial = 0; trial < 2000; ++trial) {
        const ChipSale sale = random_sale(draw);
        const ChipAwards awards = cleared(ChipRule::uniform, sale);
        bool below = true;
        for (int f = 0; f < sale.count; ++f) {
            std::int64_t left = awards.units[f];
            for (int k = 0; k < sale.bids[f].steps && left > 0; ++k) {
                below = below && awards.price_usd_chip[f] <= sale.bids[f].price_usd_chip[k];
                left -= sale.bids[f].units[k];
            }
        }
        REQUIRE(below);
    }
}

TEST_CASE("Permuting the firms permutes the awards and changes nothing else", "[engine][chips][random]") {
    std::mt19937_64 draw(3);
    for (int trial = 0; trial < 1000; ++trial) {
        const ChipSale sale = random_sale(draw);
        std::vector<int> place(static_cast<std::size_t>(sale.count));
        std::iota(place.begin(), place.end(), 0);
        std::shuffle(place.begin(), place.end(), draw);
        std::uint64_t tie[kMaxFirms] = {};
        for (int f = 0; f < sale.count; ++f) tie[place[static_cast<std::size_t>(f)]] = kTie.of[f];
        for (const ChipRule rule : kRules) {
            const ChipAwards before = cleared(rule, sale);
            const ChipAwards after = cleared(rule, permuted(sale, place), tie);
            bool same = before.best_rejected_score == after.best_rejected_score;
            for (int f = 0; f < sale.count; ++f) {
                const int to = place[static_cast<std::size_t>(f)];
                same = same && before.units[f] == after.units[to] && before.payment[f] == after.payment[to];
                same = same && before.price_usd_chip[f] == after.price_usd_chip[to] && before.unfilled[f] == after.unfilled[to];
            }
            INFO("trial " << trial << " rule " << static_cast<int>(rule));
            REQUIRE(same);
        }
    }
}

TEST_CASE("Padding an order never raises a rationed award under the weighted uniform rule", "[engine][chips][random]") {
    std::mt19937_64 draw(4);
    int rationed = 0;
    for (int trial = 0; trial < 2000; ++trial) {
        ChipSale sale = random_sale(draw);
        const int f = static_cast<int>(draw() % static_cast<std::uint64_t>(sale.count));
        const ChipAwards honest = cleared(ChipRule::posted, sale);
        if (honest.unfilled[f] == 0) continue;
        ++rationed;
        for (int k = 0; k < sale.bids[f].steps; ++k) sale.bids[f].units[k] *= 10;
        REQUIRE(cleared(ChipRule::posted, sale).units[f] == honest.units[f]);
    }
    CHECK(rationed > 200);
}

TEST_CASE("Under Vickrey no other bid beats the true values", "[engine][chips][random]") {
    std::mt19937_64 draw(5);
    for (int trial = 0; trial < 3000; ++trial) {
        const ChipSale truth = random_sale(draw);
        const int f = static_cast<int>(draw() % static_cast<std::uint64_t>(truth.count));
        const ChipAwards honest = cleared(ChipRule::vickrey, truth);
        const double gain = value_of(truth.bids[f], honest.units[f]) - to_double(honest.payment[f]);
        ChipSale lie = truth;
        lie.bids[f] = random_sale(draw).bids[0];
        const ChipAwards other = cleared(ChipRule::vickrey, lie);
        REQUIRE(value_of(truth.bids[f], other.units[f]) - to_double(other.payment[f]) <= gain);
    }
}
