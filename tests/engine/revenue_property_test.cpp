// From compute to revenue on random worlds: what must hold whatever firms own, set and order.
#include <catch2/catch.hpp>
#include <numeric>

#include "tests/engine/revenue_worlds.h"

using namespace rackrace;
using namespace rackrace::test;

TEST_CASE("In any world compute, spot trades and shares balance, and customers pay within their wallets", "[engine][revenue][property]") {
    int trades = 0, served_short = 0, spent = 0;
    for (unsigned seed = 0; seed < 200; ++seed) {
        CAPTURE(seed);
        RandomWorld random(seed);
        World& world = *random.small.world;
        const Scenario& scenario = *random.small.scenario;
        for (int q = 0; q < 3; ++q, ++world.t) {
            random.draw_orders();
            std::int64_t cash[kMaxFirms];
            for (int f = 0; f < scenario.firm_count; ++f) cash[f] = cash_of(world, f).value;
            random.play();
            REQUIRE(world.fault == Fault::none);
            REQUIRE(check_compute(scenario, world).identity == 0);
            REQUIRE(check_spot(scenario, world, *random.small.ledger).identity == 0);
            REQUIRE(check_shares(scenario, world).identity == 0);
            REQUIRE(check_balance_sheets(world).identity == 0);
            REQUIRE(check_flows(world, *random.small.ledger).identity == 0);
            REQUIRE(is_finite_record(world));
            double wallet = 0.0;
            for (const SegmentState& segment : world.segments) wallet += segment.wallet_usd_year * segment.adopted_frac / 4.0;
            REQUIRE(world.ai_revenue_usd <= wallet * (1.0 + 1e-12));
            for (const Contract& contract : world.contracts) REQUIRE((contract.used_h100e >= 0 && contract.used_h100e <= contract.delivered_h100e));
            for (int f = 0; f < scenario.firm_count; ++f) {
                REQUIRE((cash[f] < 0 || cash_of(world, f).value >= 0));
                served_short += random.small.firm(f).served_frac[kEnterprise] < 1.0;
                spent += paid(*random.small.ledger, f, Kind::spot_purchase).value > 0;
            }
            trades += world.spot_sold_h100e[kT] > 0;
        }
    }
    CHECK(trades > 100);
    CHECK(served_short > 100);
    CHECK(spent > 100);
}

TEST_CASE("The order of firms changes nothing", "[engine][revenue][property]") {
    for (unsigned seed = 1; seed < 60; ++seed) {
        CAPTURE(seed);
        RandomWorld one(seed), other(seed);
        one.draw_orders();
        const int firms = one.small.scenario->firm_count;
        std::vector<int> place(static_cast<std::size_t>(firms));
        std::iota(place.begin(), place.end(), 0);
        std::shuffle(place.begin(), place.end(), std::mt19937_64(seed));
        const auto to = [&](int f) { return place[static_cast<std::size_t>(f)]; };
        for (int f = 0; f < firms; ++f) {
            other.small.firm(to(f)) = one.small.firm(f);
            other.small.scenario->firms[to(f)] = one.small.scenario->firms[f];
            other.small.order(to(f)) = one.small.order(f);
            for (int a = 0; a < kAccounts; ++a) other.small.world->balance[to(f)][a] = one.small.world->balance[f][a];
        }
        for (Contract& contract : other.small.world->contracts) {
            if (contract.id == 0) continue;
            contract.seller = static_cast<std::int16_t>(to(contract.seller));
            if (is_firm(contract.buyer)) contract.buyer = static_cast<std::int16_t>(to(contract.buyer));
        }
        one.play();
        other.play();
        CHECK(other.small.world->spot_usd_h[kT] == one.small.world->spot_usd_h[kT]);
        CHECK(other.small.world->spot_usd_h[kI] == one.small.world->spot_usd_h[kI]);
        CHECK(other.small.world->ai_revenue_usd == Approx(one.small.world->ai_revenue_usd).epsilon(1e-12));
        for (int f = 0; f < firms; ++f) {
            const Firm &a = one.small.firm(f), &b = other.small.firm(to(f));
            REQUIRE(paid(*other.small.ledger, to(f), Kind::spot_purchase) == paid(*one.small.ledger, f, Kind::spot_purchase));
            REQUIRE(received(*other.small.ledger, to(f), Kind::spot_purchase) == received(*one.small.ledger, f, Kind::spot_purchase));
            REQUIRE(b.spot_bought_t_h100e == a.spot_bought_t_h100e);
            REQUIRE(b.spot_bought_i_h100e == a.spot_bought_i_h100e);
            REQUIRE(b.training_h100e == a.training_h100e);
            REQUIRE(b.core_h100e_i == a.core_h100e_i);
            REQUIRE(b.capability_oom == a.capability_oom);
            for (int g = 0; g < kMaxGenerations; ++g) {
                REQUIRE(b.sold_spot_h100e[g] == a.sold_spot_h100e[g]);
                REQUIRE(std::abs(b.used_h100e[g] - a.used_h100e[g]) <= 1);  // a need can round to the next H100e
            }
            for (int s : {kEnterprise, kConsumer}) {
                REQUIRE(std::abs(b.share_ppb[s] - a.share_ppb[s]) <= 1);
                REQUIRE(b.served_frac[s] == Approx(a.served_frac[s]).epsilon(1e-9));
            }
            REQUIRE(cash_of(*other.small.world, to(f)).value == Approx(static_cast<double>(cash_of(*one.small.world, f).value)).epsilon(1e-9).margin(2.0));
        }
    }
}

TEST_CASE("Prices at either end of their bounds, quarter after quarter, leave every number finite", "[engine][revenue][property]") {
    for (double ratio : {0.1, 10.0}) {
        for (double spot : {0.02, 1e6}) {
            RandomWorld random(17);
            World& world = *random.small.world;
            world.spot_usd_h[kT] = world.spot_usd_h[kI] = world.spot_ewma_usd_h[kT] = world.spot_ewma_usd_h[kI] = spot;
            world.t = 9;
            for (int q = 0; q < 27; ++q, ++world.t) {
                random.draw_orders();
                for (int f = 0; f < random.small.scenario->firm_count; ++f) {
                    random.small.set(f, FirmSetting::price_enterprise, ratio * world.segments[kEnterprise].mean_price_usd_task);
                    random.small.set(f, FirmSetting::price_consumer, ratio * world.segments[kConsumer].mean_price_usd_task);
                }
                random.play();
                REQUIRE(is_finite_record(world));
                REQUIRE(check_shares(*random.small.scenario, world).identity == 0);
                REQUIRE(check_spot(*random.small.scenario, world, *random.small.ledger).identity == 0);
                REQUIRE(check_compute(*random.small.scenario, world).identity == 0);
            }
        }
    }
}
