// Grid power: the forward auction and what its winners owe, the two queues, the price of energy.
#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <random>
#include <vector>

#include "engine/base/hash.h"
#include "engine/market/energy.h"
#include "engine/market/power_auction.h"
#include "engine/market/power_queue.h"
#include "tests/engine/model_parameters.h"

using namespace rackrace;

namespace {

struct TieHashes {
    std::uint64_t of[kMaxFirms];
    TieHashes() {
        for (int f = 0; f < kMaxFirms; ++f) of[f] = hash64(9, f);
    }
};
const TieHashes kTie;

PowerBids random_bids(std::mt19937_64& draw) {
    const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(draw); };
    PowerBids bids;
    bids.count = pick(1, kMaxFirms);
    for (int f = 0; f < bids.count; ++f) {
        bids.kw[f] = pick(0, 300);
        bids.max_adder_usd_kw_q[f] = pick(0, 8) * 10;
    }
    return bids;
}

PowerQueue random_queue(std::mt19937_64& draw) {
    const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(draw); };
    PowerQueue queue;
    queue.count = pick(1, 6);
    queue.cohorts = pick(1, 5);
    for (int c = 0; c < queue.cohorts; ++c) {
        queue.asked_t[c] = 3 * c + pick(0, 2);
        for (int f = 0; f < queue.count; ++f) {
            queue.kw[c][f] = pick(0, 400);
            queue.ready_frac[c][f] = pick(0, 4) * 0.25;
        }
    }
    return queue;
}

Energised queued(const PowerQueue& queue, int t, std::int64_t free_kw) {
    Energised energised;
    energise_queue(queue, kTie.of, t, 8, free_kw, energised);
    return energised;
}

Energised shared(const PowerQueue& queue, int t, std::int64_t free_kw) {
    Energised energised;
    energise_pro_rata(queue, kTie.of, t, 8, free_kw, energised);
    return energised;
}

std::int64_t sum(const std::int64_t* kw) { return std::accumulate(kw, kw + kMaxFirms, std::int64_t{0}); }

}  // namespace

TEST_CASE("A lot goes to the highest adders at the best one turned away", "[engine][power]") {
    const Parameters& p = model_parameters();
    PowerBids bids{{std::min<std::int64_t>(80, max_lot_kw(p, 100)), 40, 40}, {60, 45, 30}, 3};
    const PowerLot lot = sell_power_lot(bids, 100, kTie.of);
    CHECK(lot.won_kw[0] == 50);  // cut to half the lot; the cut is no rejected bid
    CHECK(lot.won_kw[1] == 40);
    CHECK(lot.won_kw[2] == 10);
    CHECK(lot.adder_usd_kw_q == 30.0);
    SECTION("a lot that is large enough is free of adders") { CHECK(sell_power_lot(bids, 1000, kTie.of).adder_usd_kw_q == 0.0); }
}

TEST_CASE("A firm's bids shrink by one factor to the deposits its cash covers", "[engine][power]") {
    const Parameters& p = model_parameters();
    std::int64_t kw[3] = {100, 200, 0};
    SECTION("enough cash changes nothing") {
        scale_to_deposit(p, Usd{30'000}, kw, 3);
        CHECK(kw[1] == 200);
    }
    SECTION("half the cash halves them") {
        scale_to_deposit(p, Usd{15'000}, kw, 3);
        CHECK(kw[0] == 50);
        CHECK(kw[1] == 100);
    }
    SECTION("no cash, no bid") {
        scale_to_deposit(p, Usd{-5}, kw, 3);
        CHECK(kw[0] == 0);
        CHECK(kw[1] == 0);
    }
}

TEST_CASE("A lot is never oversold, nobody wins below its price, and the order of the firms means nothing", "[engine][power][random]") {
    std::mt19937_64 draw(1);
    for (int trial = 0; trial < 2000; ++trial) {
        const PowerBids bids = random_bids(draw);
        const std::int64_t lot_kw = static_cast<std::int64_t>(draw() % 1500);
        const PowerLot lot = sell_power_lot(bids, lot_kw, kTie.of);
        REQUIRE(sum(lot.won_kw) == std::min(lot_kw, sum(bids.kw)));
        std::vector<int> place(static_cast<std::size_t>(bids.count));
        std::iota(place.begin(), place.end(), 0);
        std::shuffle(place.begin(), place.end(), draw);
        PowerBids moved = bids;
        std::uint64_t tie[kMaxFirms] = {};
        for (int f = 0; f < bids.count; ++f) {
            const int to = place[static_cast<std::size_t>(f)];
            moved.kw[to] = bids.kw[f];
            moved.max_adder_usd_kw_q[to] = bids.max_adder_usd_kw_q[f];
            tie[to] = kTie.of[f];
        }
        const PowerLot after = sell_power_lot(moved, lot_kw, tie);
        bool same = after.adder_usd_kw_q == lot.adder_usd_kw_q, fair = true;
        for (int f = 0; f < bids.count; ++f) {
            same = same && after.won_kw[place[static_cast<std::size_t>(f)]] == lot.won_kw[f];
            fair = fair && lot.won_kw[f] <= bids.kw[f] && (lot.won_kw[f] == 0 || bids.max_adder_usd_kw_q[f] >= lot.adder_usd_kw_q);
        }
        REQUIRE(fair);
        REQUIRE(same);
    }
}

TEST_CASE("Free kW connect a quarter later, shared over the winners of the lot", "[engine][power]") {
    const std::int64_t won[kMaxFirms] = {719, 645, 83, 298};
    std::int64_t next[kMaxFirms] = {};
    connect_early(won, kTie.of, 4, 391, next);
    CHECK(next[0] == 161);
    CHECK(next[1] == 144);
    CHECK(next[2] == 19);
    CHECK(next[3] == 67);
}

TEST_CASE("The adder is owed for 16 quarters from connection", "[engine][power]") {
    const Parameters& p = model_parameters();
    CHECK_FALSE(is_adder_owed(p, 9, 10));
    CHECK(is_adder_owed(p, 10, 10));
    CHECK(is_adder_owed(p, 25, 10));
    CHECK_FALSE(is_adder_owed(p, 26, 10));
}

TEST_CASE("Giving power back releases the average adder for four quarters of it and half the deposit", "[engine][power]") {
    const Parameters& p = model_parameters();
    const PowerReturn half = give_back_power(p, 1000, 40'000.0, 500);
    CHECK(half.kept_frac == 0.5);
    CHECK(half.adder_left_usd_q == 20'000.0);
    CHECK(half.cost_usd == 4 * 20'000.0 + 500 * 50.0);
    CHECK(give_back_power(p, 1000, 40'000.0, 5000).adder_left_usd_q == 0.0);
    CHECK(give_back_power(p, 0, 0.0, 10).cost_usd == 0.0);
}

TEST_CASE("The queue energises the oldest eligible cohort first", "[engine][power]") {
    PowerQueue queue;
    queue.count = 2;
    queue.cohorts = 3;
    queue.asked_t[0] = 11;
    queue.kw[0][1] = 50;
    queue.asked_t[1] = 10;
    queue.kw[1][0] = 50;
    queue.asked_t[2] = 15;  // not yet
    queue.kw[2][0] = 50;
    for (auto& cohort : queue.ready_frac) std::fill(cohort, cohort + kMaxFirms, 1.0);
    const Energised energised = queued(queue, 20, 60);
    CHECK(energised.kw[1][0] == 50);
    CHECK(energised.kw[0][1] == 10);
    CHECK(energised.kw[2][0] == 0);
}

TEST_CASE("Within a cohort power goes by readiness, a firm without shell gets what the ready leave", "[engine][power]") {
    PowerQueue queue;
    queue.count = 3;
    queue.cohorts = 1;
    queue.asked_t[0] = 6;
    for (int f = 0; f < 3; ++f) queue.kw[0][f] = 100;
    queue.ready_frac[0][0] = 1.0;
    queue.ready_frac[0][1] = 0.5;
    const Energised scarce = queued(queue, 20, 90);
    CHECK(scarce.kw[0][0] == 60);
    CHECK(scarce.kw[0][1] == 30);
    CHECK(scarce.kw[0][2] == 0);
    CHECK(queued(queue, 20, 240).kw[0][2] == 40);
    CHECK(queued(queue, 20, 900).kw[0][2] == 100);
}

TEST_CASE("Pro rata lets cohorts share alike and empties a firm's own oldest one first", "[engine][power]") {
    PowerQueue queue;
    queue.count = 2;
    queue.cohorts = 2;
    queue.asked_t[0] = 10;
    queue.kw[0][0] = 60;
    queue.asked_t[1] = 6;
    queue.kw[1][0] = 40;
    queue.kw[1][1] = 200;
    for (auto& cohort : queue.ready_frac) std::fill(cohort, cohort + kMaxFirms, 1.0);
    const Energised energised = shared(queue, 20, 150);
    CHECK(energised.kw[1][0] == 40);
    CHECK(energised.kw[0][0] == 10);
    CHECK(energised.kw[1][1] == 100);
}

TEST_CASE("Neither queue energises more than is free or than was asked for, nor leaves power that an eligible firm waits for", "[engine][power][random]") {
    std::mt19937_64 draw(2);
    for (int trial = 0; trial < 2000; ++trial) {
        const PowerQueue queue = random_queue(draw);
        const std::int64_t free_kw = static_cast<std::int64_t>(draw() % 3000);
        for (const Energised& energised : {queued(queue, 17, free_kw), shared(queue, 17, free_kw)}) {
            std::int64_t asked = 0, given = 0;
            bool capped = true;
            for (int c = 0; c < queue.cohorts; ++c) {
                given += sum(energised.kw[c]);
                asked += is_eligible(17, queue.asked_t[c], 8) ? sum(queue.kw[c]) : 0;
                for (int f = 0; f < queue.count; ++f) capped = capped && energised.kw[c][f] >= 0 && energised.kw[c][f] <= queue.kw[c][f];
            }
            REQUIRE(capped);
            REQUIRE(given == std::min(asked, free_kw));
        }
    }
}

TEST_CASE("Energy gets dearer as a region fills up, and a connection owes its minimum take", "[engine][power]") {
    const Parameters& p = model_parameters();
    CHECK(energy_price_usd_mwh(p, 60.0, 0.0, 0.0) == 60.0);
    CHECK(energy_price_usd_mwh(p, 60.0, 500.0, 1000.0) == Approx(60.0 * (1 + 0.35 / 16)));
    CHECK(energy_price_usd_mwh(p, 60.0, 1000.0, 1000.0) == Approx(81.0));
    CHECK(energy_mwh(p, 1.0) == Approx(2.19));
    CHECK(billed_grid_mwh(p, 0.6, 100.0, 1000.0) == Approx(600 * 2.19));
    CHECK(billed_grid_mwh(p, 0.6, 900.0, 1000.0) == Approx(900 * 2.19));
}

TEST_CASE("A chip in service draws 35% idle and all of its rating in use, switched off it draws nothing", "[engine][power]") {
    const Parameters& p = model_parameters();
    CHECK(chip_load_kw(p, 2.0, 0.0, true) == Approx(0.7));
    CHECK(chip_load_kw(p, 2.0, 1.0, true) == Approx(2.0));
    CHECK(chip_load_kw(p, 2.0, 1.0, false) == 0.0);
}
