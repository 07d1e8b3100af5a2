// Used chips: what future rent is worth today, the dealer's curve, and the value that collateral is measured by.
#include "engine/market/used_chips.h"

#include <catch2/catch.hpp>

#include "tests/engine/model_parameters.h"

using namespace rackrace;

namespace {

/// A chip at an inference rent of 1.70 $/h that falls as expected, at the mean energy price and PUE of data/model/regions.csv.
UsedChip chip_of(double perf_i, double it_kw, double new_price_usd) {
    UsedChip chip;
    chip.perf_i_h100e_chip = perf_i;
    chip.it_kw_chip = it_kw;
    chip.new_price_usd_chip = new_price_usd;
    chip.sold_new = true;
    chip.spot_i_ewma_usd_h = 1.70;
    chip.spot_i_ewma_log_change = -0.06;
    chip.energy_usd_mwh = 66.25;
    chip.pue_ratio = 1.186;
    chip.shell_rent_usd_kw_q = 450.0;
    return chip;
}

UsedChip h100() { return chip_of(1.10, 1.45, 36'000); }

}  // namespace

TEST_CASE("At a spot price of 1.70 an H100 is worth 31% of a new one, a GB300 78%", "[engine][used_chips]") {
    const Parameters& p = model_parameters();
    CHECK(fundamental_value_usd_chip(p, h100()) / 36'000 == Approx(0.31).margin(0.01));
    CHECK(fundamental_value_usd_chip(p, chip_of(3.10, 2.20, 60'000)) / 60'000 == Approx(0.78).margin(0.01));
}

TEST_CASE("A chip is worth the rent it still earns: less when rents fall, never more than a new one", "[engine][used_chips]") {
    const Parameters& p = model_parameters();
    const double value = fundamental_value_usd_chip(p, h100());
    CHECK(value > 0.0);
    SECTION("falling rents") {
        UsedChip chip = h100();
        chip.spot_i_ewma_log_change = -0.10;
        CHECK(fundamental_value_usd_chip(p, chip) < value);
    }
    SECTION("the trend is clipped: a boom of 10% a quarter counts as one of 4%") {
        UsedChip boom = h100(), mild = h100();
        boom.spot_i_ewma_log_change = 0.10;
        mild.spot_i_ewma_log_change = 0.04;
        CHECK(fundamental_value_usd_chip(p, boom) == fundamental_value_usd_chip(p, mild));
    }
    SECTION("capped by the price of a new one while that is sold") {
        UsedChip dear = h100();
        dear.spot_i_ewma_usd_h = 50.0;
        CHECK(fundamental_value_usd_chip(p, dear) == 36'000.0);
        dear.sold_new = false;
        CHECK(fundamental_value_usd_chip(p, dear) > 36'000.0);
    }
    SECTION("rent under running cost: nothing") {
        UsedChip dead = h100();
        dead.spot_i_ewma_usd_h = 0.1;
        CHECK(fundamental_value_usd_chip(p, dead) == 0.0);
    }
}

TEST_CASE("The dealer pays less the more is thrown at it, half of its first bid at the end", "[engine][used_chips]") {
    const Parameters& p = model_parameters();
    CHECK(dealer_bid_usd_chip(p, 1000.0, 0.0, 100.0) == Approx(750.0));
    CHECK(dealer_bid_usd_chip(p, 1000.0, 50.0, 100.0) == Approx(562.5));
    CHECK(dealer_bid_usd_chip(p, 1000.0, 5000.0, 100.0) == Approx(375.0));
    CHECK(dealer_bid_usd_chip(p, 1000.0, 1.0, 0.0) == Approx(375.0));
    CHECK(dealer_depth_chips(p, 1000) == Approx(80.0));
    CHECK(dealer_ask_usd_chip(p, 1000.0) == Approx(950.0));
}

TEST_CASE("Resale is the clearing price, the dealer's first bid without offers, and never under scrap", "[engine][used_chips]") {
    const Parameters& p = model_parameters();
    CHECK(resale_usd_chip(p, 10'000.0, 30'000.0, true, 6000.0) == 6000.0);
    CHECK(resale_usd_chip(p, 10'000.0, 30'000.0, false, 0.0) == Approx(7500.0));
    CHECK(resale_usd_chip(p, 100.0, 30'000.0, true, 50.0) == Approx(900.0));
}
