// The used-chip market as a phase. The rent is so high that a chip on sale is worth a new one: F = 10,000 + 2,000 $. The dealer then bids
// 9,000 $ for the first and asks 11,400.
#include <catch2/catch.hpp>
#include <random>

#include "tests/engine/chip_market.h"

using namespace rackrace;

namespace {

/// Alder owns 1,000 chips in racks, so the dealer's depth is 80, and 100 in its warehouse. Birch has 100 too.
struct UsedMarket : ChipMarket {
    UsedMarket() {
        world->spot_ewma_usd_h[1] = 50.0;
        own(kAlder, kChip, 1'000, 100);
        own(kBirch, kChip, 0, 100);
        for (int f : {kAlder, kBirch}) sold_before[f] = cash(f);
    }
    void offer(int f, double usd_chip, std::int32_t chips) { order(f).sell_chips[kChip] = {usd_chip, chips, 0}; }
    void want(int f, double usd_chip, std::int32_t chips) { order(f).buy_used_chips[kChip] = {usd_chip, chips, 0}; }
    Usd earned(int f) const { return cash(f) - sold_before[f]; }
    std::int64_t dealer_stock() const {
        std::int64_t sum = 0;
        for (const std::int32_t chips : world->products[kChip].dealer_chips) sum += chips;
        return sum;
    }
    Usd sold_before[kChipFirms] = {};
};

}  // namespace

TEST_CASE("The dealer buys at its curve: 9,000 $ for the first chip, half of it at the full depth", "[engine][used_chips]") {
    UsedMarket market;
    SECTION("40 of a depth of 80: a quarter less") {
        market.offer(kAlder, 0.0, 40);
        market.trade_used();
        CHECK(market.earned(kAlder) == Usd{40 * 6'750});
        CHECK(market.product(kChip).resale_usd_chip == Approx(6'750.0));
    }
    SECTION("80 and more: half") {
        market.offer(kAlder, 4'500.0, 90);
        market.trade_used();
        CHECK(market.earned(kAlder) == Usd{90 * 4'500});
    }
    SECTION("a reserve above what it pays is not sold; the price stays where it was, between bid and ask") {
        market.offer(kAlder, 8'000.0, 40);
        market.trade_used();
        CHECK(market.earned(kAlder) == Usd{0});
        CHECK(market.product(kChip).resale_usd_chip == Approx(8'000.0));  // it was 9,000
        CHECK(market.firm(kAlder).holdings[kChip].warehouse == 100);
    }
    SECTION("asks above its first bid do not press the price of those that sell") {
        market.offer(kAlder, 9'001.0, 100);
        market.offer(kBirch, 0.0, 8);
        market.trade_used();
        CHECK(market.earned(kBirch) == Usd{8 * 8'550});
    }
    SECTION("nothing offered: three quarters of the value") {
        market.product(kChip).resale_usd_chip = 1'000.0;
        market.trade_used();
        CHECK(market.product(kChip).resale_usd_chip == Approx(9'000.0));
        CHECK(market.product(kChip).last_resale_usd_chip == 1'000.0);
    }
    CHECK(market.books_hold());
}

TEST_CASE("Firms trade at the midpoint of what both sides allow, never under the dealer's bid", "[engine][used_chips]") {
    UsedMarket market;
    SECTION("Birch would sell at 100 $, Cedar pays up to 10,000: the dealer's 8,437.50 is the best rejected bid") {
        market.offer(kBirch, 100.0, 10);
        market.want(kCedar, 10'000.0, 10);
        market.trade_used();  // pressure 10/80: 9,000 x (1 - 0.0625)
        CHECK(market.earned(kBirch) == Usd{10 * 9'219 - 2});  // (8,437.5 + 10,000)/2 = 9,218.75
        CHECK(market.firm(kCedar).holdings[kChip].warehouse == 10);
        CHECK(market.firm(kCedar).holdings[kChip].gross == market.earned(kBirch));
        CHECK(market.product(kChip).resale_usd_chip == Approx(9'218.75));
    }
    SECTION("what firms leave goes to the dealer, and then all pay its bid") {
        market.offer(kBirch, 100.0, 40);
        market.want(kCedar, 10'000.0, 10);
        market.trade_used();
        CHECK(market.earned(kBirch) == Usd{40 * 6'750});
        CHECK(market.dealer_stock() == 30);
    }
    SECTION("a bid is cut to the cash behind it") {
        market.set_cash(kCedar, 35'000);
        market.offer(kBirch, 10'000.0, 40);
        market.want(kCedar, 10'000.0, 10);
        market.trade_used();
        CHECK(market.firm(kCedar).holdings[kChip].warehouse == 3);
        CHECK(market.cash(kCedar) == Usd{5'000});
    }
    SECTION("a firm does not trade with itself") {
        market.offer(kBirch, 9'500.0, 10);
        market.want(kBirch, 10'000.0, 10);
        market.trade_used();
        CHECK(market.firm(kBirch).holdings[kChip].warehouse == 100);
        CHECK(market.ledger->postings == 0);
    }
    CHECK(market.books_hold());
}

TEST_CASE("The dealer asks 95% of the value from the next quarter on, and scraps what it has not sold in four", "[engine][used_chips]") {
    UsedMarket market;
    market.offer(kAlder, 0.0, 40);
    market.want(kCedar, 6'000.0, 40);  // under the dealer's 6,750
    market.trade_used();
    CHECK(market.dealer_stock() == 40);
    CHECK(market.product(kChip).dealer_cost == Usd{40 * 6'750});
    market.open();
    market.want(kCedar, 11'400.0, 10);
    market.trade_used();
    CHECK(market.firm(kCedar).holdings[kChip].warehouse == 10);
    CHECK(received(*market.ledger, kInvestor, Kind::dealer_sale) == Usd{10 * 11'400});
    CHECK(paid(*market.ledger, kInvestor, Kind::dealer_gain) == Usd{10 * (11'400 - 6'750)});
    CHECK(market.dealer_stock() == 30);
    for (int q = 0; q < 2; ++q) {
        market.open();
        market.trade_used();
    }
    CHECK(market.dealer_stock() == 30);
    market.open();
    market.want(kCedar, 11'400.0, 10);
    market.trade_used();  // the fourth quarter of asking is the last
    CHECK(market.dealer_stock() == 0);
    CHECK(market.product(kChip).total_scrapped == 20);
    CHECK(paid(*market.ledger, kInvestor, Kind::dealer_write_down) == Usd{20 * 6'750});
    CHECK(market.product(kChip).dealer_cost == Usd{0});
    CHECK(market.books_hold());
}

TEST_CASE("Under scrap value the dealer pays scrap value and scraps, 3% of the list", "[engine][used_chips]") {
    UsedMarket market;
    market.world->spot_ewma_usd_h[1] = 0.001;  // rent below running cost: worth nothing
    market.offer(kAlder, 300.0, 40);
    market.offer(kBirch, 301.0, 40);
    market.trade_used();
    CHECK(market.earned(kAlder) == Usd{40 * 300});
    CHECK(market.earned(kBirch) == Usd{0});
    CHECK(market.product(kChip).total_scrapped == 40);
    CHECK(market.dealer_stock() == 0);
    CHECK(market.product(kChip).resale_usd_chip == Approx(300.0));
    CHECK(market.books_hold());
}

TEST_CASE("A sale takes the chips' part of cost and depreciation off the books, the last chip the rest", "[engine][used_chips]") {
    UsedMarket market;  // Birch: 100 chips at 12,000 $, 3,000 $ of each depreciated
    market.offer(kBirch, 0.0, 40);
    market.trade_used();
    CHECK(market.firm(kBirch).holdings[kChip].gross == Usd{60 * 12'000});
    CHECK(market.firm(kBirch).holdings[kChip].depreciation == Usd{60 * 3'000});
    CHECK(paid(*market.ledger, market.at(kBirch), Kind::chip_disposal) == Usd{40 * 9'000});
    CHECK(received(*market.ledger, market.at(kBirch), Kind::dealer_purchase) == Usd{40 * 6'750});
    market.firm(kBirch).holdings[kChip].gross -= Usd{1};  // a rounding left over
    balance_of(*market.world, market.at(kBirch), Account::chips_gross) -= Usd{1};
    balance_of(*market.world, market.at(kBirch), Account::paid_in) += Usd{1};
    market.open();
    market.offer(kBirch, 0.0, 60);
    market.order(kBirch).retire_chips[kChip] = 60;  // the 60 went into racks
    market.trade_used();
    CHECK(market.firm(kBirch).holdings[kChip].gross == Usd{0});
    CHECK(market.firm(kBirch).holdings[kChip].depreciation == Usd{0});
    CHECK(market.books_hold());
}

TEST_CASE("Chips in racks are retired first, chips that are not paid yet cannot be sold", "[engine][used_chips]") {
    UsedMarket market;
    market.stock(kChip, 50);
    place_order(*market.scenario, *market.world, *market.ledger, market.at(kCedar), kChip, 1, 50, 10'000.0, Usd{100'000});
    market.open();
    SECTION("not from the racks") {
        market.offer(kAlder, 0.0, 1'000);  // the 100 of the warehouse are in racks now too
        market.trade_used();
        CHECK(market.earned(kAlder) == Usd{0});
    }
    SECTION("retired and sold in one quarter") {
        market.order(kAlder).retire_chips[kChip] = 30;
        market.offer(kAlder, 0.0, 1'000);
        market.trade_used();
        CHECK(market.firm(kAlder).holdings[kChip].installed == 1'070);
        CHECK(market.firm(kAlder).holdings[kChip].warehouse == 0);
    }
    SECTION("Cedar's 50 shipped this quarter") {
        market.order(kCedar).retire_chips[kChip] = 50;
        market.offer(kCedar, 0.0, 50);
        market.trade_used();
        CHECK(market.firm(kCedar).holdings[kChip].warehouse == 50);
        market.pay();
        market.trade_used();
        CHECK(market.firm(kCedar).holdings[kChip].warehouse == 0);
    }
    market.pay();
    CHECK(market.books_hold());
}

TEST_CASE("Whatever is offered and wanted, sellers get their reserve, buyers pay their cap, and no chip or dollar is lost", "[engine][used_chips][property]") {
    std::int64_t traded = 0;
    for (unsigned seed = 0; seed < 200; ++seed) {
        std::mt19937_64 bits(seed);
        const auto number = [&](double most) { return std::uniform_real_distribution<double>(0.0, most)(bits); };
        UsedMarket market;
        market.own(kCedar, kChip, 0, static_cast<std::int32_t>(number(300.0)));
        market.set_cash(kCedar, static_cast<std::int64_t>(number(3e6)));
        for (int q = 0; q < 6; ++q) {
            market.open();
            market.world->spot_ewma_usd_h[1] = number(3.0);
            for (int f : {kAlder, kBirch, kCedar}) {
                market.order(f).retire_chips[kChip] = static_cast<std::int32_t>(number(60.0));
                market.offer(f, number(12'000.0), static_cast<std::int32_t>(number(120.0)));
                market.want(f, number(14'000.0), static_cast<std::int32_t>(number(60.0)));
            }
            const auto before = std::make_unique<World>(*market.world);
            market.trade_used();
            for (int f : {kAlder, kBirch, kCedar}) {
                INFO("seed " << seed << " quarter " << q << " firm " << f);
                const auto chips = [&](const World& world) {
                    return static_cast<std::int64_t>(world.firms[market.at(f)].holdings[kChip].installed) + world.firms[market.at(f)].holdings[kChip].warehouse;
                };
                const std::int64_t more = chips(*market.world) - chips(*before);
                const double money = to_double(market.cash(f) - cash_of(*before, market.at(f)));
                traded += more > 0 ? more : -more;
                if (more > 0) REQUIRE(-money <= market.order(f).buy_used_chips[kChip].usd_chip * static_cast<double>(more) + 5.0);
                if (more < 0) REQUIRE(money >= market.order(f).sell_chips[kChip].usd_chip * static_cast<double>(-more) - 5.0);
                REQUIRE(market.cash(f).value >= 0);
            }
            REQUIRE(market.books_hold());
        }
    }
    CHECK(traded > 10'000);
}
