// Helpers that scripts call, on plain numbers.
#include "agents/helpers.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <memory>

#include "tests/agents/host_support.h"

using namespace rackrace;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

const Parameters& rules() {
    static const Parameters p = host_test::ScriptedMarket().market.scenario->parameters;
    return p;
}

/// A chip of one training hour an hour, without energy: its rent is what the hours bring less upkeep.
ProductView plain_chip(double list_usd) {
    ProductView chip{};
    chip.list_usd_chip = list_usd;
    chip.perf_t_chip = chip.perf_i_chip = 1.0;
    return chip;
}

/// Dollars an hour at which the rent of a chip of this price is that much a quarter.
double usd_h_for(double rent_usd_q, double list_usd) {
    const Parameters& p = rules();
    const double upkeep = p.upkeep_apr[static_cast<int>(Role::neocloud)] / p.quarters_per_year * list_usd;
    return (rent_usd_q + upkeep) / (p.uptime_frac[static_cast<int>(Role::neocloud)] * p.hours_per_quarter);
}

double return_of(double list_usd, double rent_usd_q) { return irr_rent(rules(), Role::neocloud, plain_chip(list_usd), usd_h_for(rent_usd_q, list_usd), 0.0, 1.0); }

}  // namespace

TEST_CASE("The yearly return of a chip is the rate at which the rents of 20 quarters pay its price", "[agents][helpers]") {
    const double keep = 1.0 - rules().rent_decline_frac, price = 50000.0;
    for (const double rate : {-0.95, -0.5, -0.1, 0.0, 0.05, 0.1, 0.3, 1.0, 3.0, 9.0}) {
        INFO(rate);
        double worth = 0.0;
        for (int k = 0; k < 20; ++k) worth += std::pow(keep, k) * std::pow(1.0 + rate, -(k + 1) / 4.0);
        CHECK_THAT(return_of(price, price / worth), WithinAbs(rate, 1e-9));
    }
    CHECK(return_of(price, 0.0) == -1.0);      // no rent
    CHECK(return_of(price, 1e-9) == -0.99);    // next to none
    CHECK(return_of(price, 10 * price) == 10.0);
}

TEST_CASE("An outlook that is kept gives what a new one gives, however prices change", "[agents][helpers]") {
    const Parameters& p = rules();
    auto market = std::make_unique<MarketFigures>();
    MeView me{};
    me.capacity_mh = 5.0;
    market->products[0] = plain_chip(40000.0);
    market->products[0].kw_chip = 1.5;
    market->products_count = market->newest_i = market->regions_count = 1;
    market->regions[0].pue_ratio = 1.2;
    market->util_frac = 0.9;
    Outlook kept;
    int differences = 0;
    double last = 0.0;
    for (int i = 0; i < 400; ++i) {
        // one number after the other changes, and every fourth time none does
        const double x = 1.0 + 0.01 * i;
        if (i % 4 == 0) market->spot_i_usd_h = x;
        if (i % 8 == 1) market->hist.spot_i_usd_h[0] = x;
        if (i % 8 == 5) market->hist.spot_i_usd_h[1] = x;
        if (i % 4 == 2) market->demand_growth_frac = 0.001 * i;
        market->products[0].lead_q = i % 20;
        Outlook fresh;
        const double value = chip_value_usd(p, Role::lab, *market, me, market->products[0], 100.0, kept);
        CHECK(value == chip_value_usd(p, Role::lab, *market, me, market->products[0], 100.0, fresh));
        CHECK(power_value_usd_kw_q(p, Role::lab, *market, me, market->regions[0], kept) == power_value_usd_kw_q(p, Role::lab, *market, me, market->regions[0], fresh));
        differences += value != last ? 1 : 0;
        last = value;
    }
    CHECK(differences > 300);
}

TEST_CASE("Spot hours ahead fall by the usual decline, and by a trend that fades", "[agents][helpers]") {
    Parameters p = rules();
    p.rent_decline_frac = 0.04;
    p.rent_trend_persistence_frac = 0.5;
    p.rent_trend_max_frac = 1.0;
    auto market = std::make_unique<MarketFigures>();
    market->spot_i_usd_h = 2.0;
    market->hist.spot_i_usd_h[0] = market->hist.spot_i_usd_h[1] = 1.0;  // flat, which is 4 % above the decline
    Outlook outlook;
    outlook.of(p, *market);
    CHECK_THAT(outlook.spot_usd_h(p, 1), WithinRel(2.0 * std::exp(-0.04 + 0.04), 1e-12));
    CHECK_THAT(outlook.spot_usd_h(p, 2), WithinRel(2.0 * std::exp(-0.08 + 0.04 * 1.5), 1e-12));
    CHECK_THAT(outlook.spot_usd_h(p, 3), WithinRel(2.0 * std::exp(-0.12 + 0.04 * 1.75), 1e-12));
}
