// The reduced market of bench/: recorded hashes, and that the small market behaves as its page says.
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "bench/reduced_market/batch.h"
#include "bench/reduced_market/strategies.h"
#include "engine/scenario/csv.h"
#include "tests/temporary_folder.h"

namespace rackrace::reduced {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(RACKRACE_SOURCE_DIR) / "bench" / "reduced_market";

Path path() {
    auto read = read_path(kFolder / "shocks.csv");
    REQUIRE(read);
    return *read;
}

TEST_CASE("The reduced market gives the recorded hash of every batch", "[bench][reduced_market]") {
    const auto table = read_csv(kFolder / "hashes.csv", {"markets", "strategies", "hash"});
    REQUIRE(table);
    CHECK(table->rows.size() == 6);
    Refusals refusals;
    for (const CsvRow& row : table->rows) {
        const CsvCells cells(*table, row, refusals);
        const int markets = static_cast<int>(cells.whole("markets")), strategies = static_cast<int>(cells.whole("strategies"));
        char hash[17];
        std::snprintf(hash, sizeof hash, "%016llx", static_cast<unsigned long long>(hash_states(play(path(), draw_factors(markets), strategies))));
        INFO(markets << " markets, " << strategies << " strategies");
        CHECK(cells.text("hash") == hash);
    }
    CHECK(refusals.empty());
}

TEST_CASE("The hash of a batch tells a changed bit, and markets that changed places", "[bench][reduced_market]") {
    std::vector<Market> markets = play(path(), draw_factors(3), 4);
    const std::uint64_t hash = hash_states(markets);
    std::swap(markets[0], markets[2]);
    CHECK(hash_states(markets) != hash);
    std::swap(markets[0], markets[2]);
    CHECK(hash_states(markets) == hash);
    markets[1].firms[7].cash_usd = std::nextafter(markets[1].firms[7].cash_usd, kInfinity);
    CHECK(hash_states(markets) != hash);
}

TEST_CASE("In every quarter chips go to bids at the reserve or above, within the supply, and no more hours are sold than chips work",
          "[bench][reduced_market]") {
    const std::vector<Factors> factors = draw_factors(20);
    const Path rows = path();
    int short_sales = 0, idle_quarters = 0;
    double failures = 0.0;
    for (int m = 0; m < 20; ++m) {
        Market market = opening_market();
        for (int t = 0; t < kQuarters; ++t) {
            Market before = market;
            Orders orders;
            double payment_usd[kFirms];
            const double supply = round_down(rows[t].supply_chips * factors[m * kQuarters + t].supply);
            decide(before, rows[t].reserve_usd_chip, Strategies{kStrategies}, orders);
            const double chips = fleet_chips(before);
            sell_chips(before, orders, supply, rows[t].reserve_usd_chip, payment_usd);
            REQUIRE(fleet_chips(before) - chips <= supply);
            REQUIRE(before.chip_price_usd >= rows[t].reserve_usd_chip);
            for (int f = 0; f < kFirms; ++f) REQUIRE((payment_usd[f] == 0.0 || before.chip_price_usd <= orders.bid_usd_chip[f]));
            short_sales += before.chip_price_usd > rows[t].reserve_usd_chip;

            play_quarter(market, rows[t], factors[m * kQuarters + t], Strategies{kStrategies});
            REQUIRE(market.utilisation_frac <= 1.0);
            idle_quarters += market.utilisation_frac < 1.0;
            for (const Firm& firm : market.firms) REQUIRE((firm.cash_usd >= 0.0 && firm.debt_usd >= 0.0 && firm.chips >= 0.0));
        }
        for (const Firm& firm : market.firms) failures += firm.failures;
    }
    // the shocks reach every branch: peers that agree have agreed on all of them
    CHECK(short_sales > 0);
    CHECK(idle_quarters > 0);
    CHECK(failures > 0.0);
}

TEST_CASE("The spot price is the ask that demand ends in, lies between two asks, or clears all chips", "[bench][reduced_market]") {
    Market market = opening_market();
    double asks[kFirms], sold[kFirms];
    for (int f = 0; f < kFirms; ++f) {
        asks[f] = f < 2 ? 0.6 + 0.9 * f : 3.0;
        market.firms[f].chips = f < 2 ? 1000.0 : 0.0;
    }
    SECTION("inside the second offer") {
        market.demand_chips = 3000.0;  // 1,500 at 1.5 USD
        clear_spot(market, asks, sold);
        CHECK(market.price_usd_h == 1.5);
        CHECK(sold[0] == 1000.0);
        CHECK(sold[1] == 500.0);
        CHECK(market.utilisation_frac == 0.75);
    }
    SECTION("between the offers") {
        market.demand_chips = 1640.0;  // 1,413 at 0.6 USD, 820 at 1.5
        clear_spot(market, asks, sold);
        CHECK(market.price_usd_h == Approx(1.2));
        CHECK(sold[0] == 1000.0);
        CHECK(sold[1] == 0.0);
    }
    SECTION("above all offers") {
        for (int f = 2; f < kFirms; ++f) asks[f] = 1.5;
        market.demand_chips = 10000.0;
        clear_spot(market, asks, sold);
        CHECK(market.price_usd_h == Approx(3.0));
        CHECK(sold[1] == 1000.0);
        CHECK(market.utilisation_frac == 1.0);
    }
}

TEST_CASE("A path that lacks a quarter, or has two in the wrong order, is refused", "[bench][reduced_market]") {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "shocks.csv";
    std::ofstream out(file);
    out << "quarter,demand_growth_frac,supply_chips,reserve_usd_chip\n";
    SECTION("order") {
        out << "1,0.1,10,10\n0,0.1,10,10\n" << std::flush;
        const auto read = read_path(file);
        REQUIRE_FALSE(read);
        CHECK(read.error().text().find("shocks.csv:2: quarters are out of order") != std::string::npos);
    }
    SECTION("number") {
        out << "0,0.1,10,10\n" << std::flush;
        const auto read = read_path(file);
        REQUIRE_FALSE(read);
        CHECK(read.error().text().find("1 quarters") != std::string::npos);
    }
}

}  // namespace
}  // namespace rackrace::reduced
