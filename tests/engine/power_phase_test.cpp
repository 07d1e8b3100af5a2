// P2 and P7 of grid power on a small world: lots, connections, adders, deposits, ways out and both queues, through the phases themselves.
#include <catch2/catch.hpp>
#include <random>

#include "tests/engine/phase_world.h"

using namespace rackrace;
using namespace rackrace::test;

namespace {

constexpr std::int64_t kRich = 1'000'000'000;

void free_power(PhaseWorld& small, int r, std::int32_t kw) {
    small.world->regions[r].free_kw += kw;
    small.world->regions[r].exogenous_kw += kw;
}

/// The bids of section 5.17: 80 kW at 60, 40 at 45, 40 at 30 $/kW-quarter.
void bid_as_in_5_17(PhaseWorld& small) {
    for (int f : {kOwner, kCloud, kLab}) small.give_cash(f, kRich);
    small.order(kOwner).bid_power[kNorth] = {60.0, 80, 0};
    small.order(kCloud).bid_power[kNorth] = {45.0, 40, 0};
    small.order(kLab).bid_power[kNorth] = {30.0, 40, 0};
}

std::int64_t owed(const PhaseWorld& small, int f) { return adders_owed_usd_q(*small.scenario, small.world->firms[f].sites[kNorth]); }

}  // namespace

TEST_CASE("A lot of 100 kW goes to 60, 45 and 30 $ at an adder of 30, each bid cut to half the lot", "[engine][power_phase]") {
    PhaseWorld small;
    bid_as_in_5_17(small);
    small.commit();
    // the lot is what the grid gains in four quarters; it connects then
    CHECK(small.site(kOwner).won_kw[3] == 50);
    CHECK(small.site(kCloud).won_kw[3] == 40);
    CHECK(small.site(kLab).won_kw[3] == 10);
    CHECK(small.world->regions[kNorth].adder_usd_kw_q == 30.0);
    CHECK(small.site(kOwner).won_adder_usd_q[3] == 1500);
    CHECK(small.posted(kOwner, Kind::grid_deposit) == Usd{5000});  // 100 $ a kW, on award
    CHECK(small.account(kUtility, Account::deposits_held) == Usd{-10'000});
    CHECK(small.broken() == 0);
}

TEST_CASE("Free kW of a lot connect in the next quarter pro rata, the rest four quarters on", "[engine][power_phase]") {
    PhaseWorld small;
    small.scenario->regions[kNorth].grid_addition_kw_q = 60;
    free_power(small, kNorth, 40);
    bid_as_in_5_17(small);
    small.commit();
    // 40 of 100 kW: 20, 16 and 4 of 50, 40 and 10
    CHECK(small.site(kOwner).won_kw[0] == 20);
    CHECK(small.site(kCloud).won_kw[0] == 16);
    CHECK(small.site(kLab).won_kw[0] == 4);
    CHECK(small.site(kOwner).won_kw[3] == 30);
    small.open_quarter();
    CHECK(small.site(kOwner).grid_kw == 20);
    CHECK(owed(small, kOwner) == 600);
    CHECK(small.world->regions[kNorth].free_kw == 60);  // what the quarter brought was not sold ahead
    CHECK(small.broken() == 0);
}

TEST_CASE("An adder is owed from connection for 16 quarters and then no more", "[engine][power_phase]") {
    PhaseWorld small;
    bid_as_in_5_17(small);
    small.commit();
    int quarters = 0;
    for (int t = 10; t <= 34; ++t) {
        small.open_quarter();
        const bool is_due = t >= 13 && t < 29;
        CHECK(owed(small, kOwner) == (is_due ? 1500 : 0));
        quarters += owed(small, kOwner) > 0;
        CHECK(small.broken() == 0);
    }
    CHECK(quarters == 16);
    SECTION("and a scenario with a shorter term ends it sooner") {
        PhaseWorld brief;
        brief.scenario->parameters.grid_adder_term_q = 2;
        bid_as_in_5_17(brief);
        brief.commit();
        for (int t = 10; t <= 14; ++t) brief.open_quarter();
        CHECK(owed(brief, kOwner) == 1500);
        brief.open_quarter();
        CHECK(owed(brief, kOwner) == 0);
    }
}

TEST_CASE("A firm's bids in all regions shrink by one factor to the deposits its cash covers", "[engine][power_phase]") {
    PhaseWorld small;
    small.give_cash(kOwner, 3000);  // deposits for 30 kW
    small.order(kOwner).bid_power[kNorth] = {60.0, 40, 0};
    small.order(kOwner).bid_power[kSouth] = {60.0, 20, 0};
    small.commit();
    CHECK(small.site(kOwner, kNorth).won_kw[3] == 20);
    CHECK(small.site(kOwner, kSouth).won_kw[3] == 10);
    CHECK(small.cash(kOwner) == Usd{0});
}

TEST_CASE("Power not yet connected goes back for four quarters of its adder and half its deposit", "[engine][power_phase]") {
    PhaseWorld small;
    bid_as_in_5_17(small);
    small.commit();
    small.open_quarter();
    const Usd before = small.cash(kOwner);
    small.order(kOwner).withdraw_power_kw[kNorth] = 20;
    small.commit();
    // 20 of 50 kW: 600 of 1,500 $ a quarter released for 2,400 $; of 2,000 $ deposit 1,000 are lost and 1,000 come back
    CHECK(small.site(kOwner).won_kw[2] == 30);
    CHECK(small.site(kOwner).won_adder_usd_q[2] == 900);
    CHECK(small.posted(kOwner, Kind::grid_deposit_forfeited) == Usd{1000});
    CHECK(small.cash(kOwner) == before - Usd{2400} + Usd{1000});
    CHECK(small.broken() == 0);
    // the kW are free when their quarter comes
    for (int t = 11; t <= 13; ++t) small.open_quarter();
    CHECK(small.world->regions[kNorth].free_kw == 3 * 100 + 20);  // three quarters that nobody bought, and these
}

TEST_CASE("Connected power given back scales every vintage of adders and joins the lot of the same quarter", "[engine][power_phase]") {
    PhaseWorld small;
    for (int f : {kOwner, kCloud}) small.give_cash(f, kRich);
    small.give_grid(kOwner, kNorth, 100);
    small.site(kOwner).vintage[0] = 1000;
    small.site(kOwner).vintage[5] = 3000;
    small.site(kOwner).won_kw[2] = 10;  // goes first
    small.world->regions[kNorth].asked_kw = 10;
    small.order(kOwner).withdraw_power_kw[kNorth] = 60;
    small.order(kCloud).bid_power[kNorth] = {20.0, 75, 0};
    small.commit();
    CHECK(small.site(kOwner).won_kw[2] == 0);
    CHECK(small.site(kOwner).grid_kw == 50);
    CHECK(small.site(kOwner).vintage[0] == 500);
    CHECK(small.site(kOwner).vintage[5] == 1500);
    // four quarters of the 2,000 $ released, and 50 $ for each of the 50 kW
    CHECK(small.posted(kOwner, Kind::grid_adder) == Usd{4 * 2000 + 50 * 50});
    CHECK(small.world->regions[kNorth].lot_kw == 150);
    CHECK(small.site(kCloud).won_kw[0] == 50);
    CHECK(small.site(kCloud).won_kw[3] == 25);
    CHECK(small.broken() == 0);
}

TEST_CASE("Giving power back and bidding for it again never gains while the lot costs no less than what is held", "[engine][power_phase][property]") {
    std::mt19937_64 draw(3);
    const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(draw); };
    for (int trial = 0; trial < 500; ++trial) {
        PhaseWorld small(PowerRule::auction, 4);
        const int held = pick(1, 100), adder = pick(0, 200), age = pick(0, 15), back = pick(1, held);
        for (int f = 0; f < 4; ++f) small.give_cash(f, kRich);
        small.give_grid(kOwner, kNorth, held);
        small.site(kOwner).vintage[age] = static_cast<std::uint32_t>(held * adder);
        const std::int64_t owed_before = std::int64_t{held} * adder * (16 - age);
        const double market = adder + pick(0, 50);  // others want more than the lot at no less than what is paid for the old
        for (int f = 1; f < 4; ++f) small.order(f).bid_power[kNorth] = {market, 100'000, 0};
        small.order(kOwner).withdraw_power_kw[kNorth] = back;
        small.order(kOwner).bid_power[kNorth] = {5000.0, back, 0};
        const Usd before = small.cash(kOwner);
        small.commit();
        REQUIRE(small.broken() == 0);
        std::int64_t kw = small.site(kOwner).grid_kw, owed_after = (before - small.cash(kOwner)).value;
        owed_after += static_cast<std::int64_t>(small.site(kOwner).vintage[age]) * (16 - age);
        for (int k = 0; k < kGridSlots; ++k) {
            kw += small.site(kOwner).won_kw[k];
            owed_after += static_cast<std::int64_t>(small.site(kOwner).won_adder_usd_q[k]) * 16 - std::int64_t{small.site(kOwner).won_kw[k]} * 100;  // deposits are money kept
        }
        REQUIRE(kw <= held);
        REQUIRE(owed_after + (held - kw) * (adder * (16 - age)) + 16 >= owed_before);  // 16: rounding of the vintages
    }
}

TEST_CASE("What the grid brings too little of is shared pro rata and the rest connects a quarter later, with its adder", "[engine][power_phase]") {
    PhaseWorld small;
    small.scenario->regions[kNorth].grid_addition_kw_q = 50;
    small.site(kOwner).won_kw[0] = 60;
    small.site(kOwner).won_adder_usd_q[0] = 600;
    small.site(kCloud).won_kw[0] = 20;
    small.scenario->arrivals[kCloud][kNorth][1].grid_kw = 20;  // due in the same quarter by the opening schedule
    small.world->regions[kNorth].asked_kw = 80;
    small.open_quarter();
    CHECK(small.site(kOwner).grid_kw == 30);
    CHECK(small.site(kCloud).grid_kw == 20);
    CHECK(small.site(kOwner).won_kw[0] == 30);
    CHECK(owed(small, kOwner) == 300);
    CHECK(small.world->regions[kNorth].free_kw == 0);
    CHECK(small.broken() == 0);
    small.open_quarter();
    CHECK(small.site(kOwner).grid_kw == 60);
    CHECK(small.site(kCloud).grid_kw == 40);
    CHECK(owed(small, kOwner) == 600);
    CHECK(small.broken() == 0);
}

TEST_CASE("Under QUEUE a request pays its deposit, waits for the region's lead, and the oldest cohort is served first", "[engine][power_phase]") {
    PhaseWorld small(PowerRule::queue);
    small.scenario->regions[kNorth].grid_addition_kw_q = 0;
    free_power(small, kNorth, 70);
    for (int f : {kOwner, kCloud}) {
        small.give_cash(f, kRich);
        small.site(f).shell_kw = 1000;
    }
    small.order(kOwner).bid_power[kNorth] = {0.0, 60, 0};
    small.commit();
    CHECK(small.posted(kOwner, Kind::grid_deposit) == Usd{6000});
    small.open_quarter();
    small.order(kCloud).bid_power[kNorth] = {5000.0, 60, 0};  // money does not jump a queue
    small.commit();
    small.open_quarter();
    CHECK(small.site(kOwner).grid_kw == 0);  // two quarters
    small.commit();
    small.open_quarter();
    CHECK(small.site(kOwner).grid_kw == 60);  // three: the lead of the region
    CHECK(small.site(kCloud).grid_kw == 0);
    small.open_quarter();
    CHECK(small.site(kCloud).grid_kw == 10);  // what is left; 50 go on waiting
    CHECK(waiting_kw(*small.scenario, small.site(kCloud)) == 50);
    CHECK(small.broken() == 0);
    SECTION("and loses half of the deposit of what it takes back") {
        const Usd before = small.cash(kCloud);
        small.order(kCloud).withdraw_power_kw[kNorth] = 50;
        small.commit();
        CHECK(small.cash(kCloud) == before + Usd{2500});
        CHECK(waiting_kw(*small.scenario, small.site(kCloud)) == 0);
        CHECK(small.broken() == 0);
    }
}

TEST_CASE("Sixteen cohorts hold a lead of 14 quarters: requests of the first quarter connect in the fifteenth", "[engine][power_phase]") {
    const PowerRule rule = GENERATE(PowerRule::queue, PowerRule::prorata);
    PhaseWorld small(rule);
    small.scenario->regions[kNorth].grid_lead_q = 14;
    small.scenario->regions[kNorth].grid_addition_kw_q = 5;
    for (int f : {kOwner, kCloud}) {
        small.give_cash(f, kRich);
        small.site(f).shell_kw = 1000;
    }
    for (int t = 9; t < 31; ++t) {
        // one asks in every quarter, the other once: after 14 quarters 5 kW a quarter come up against 8
        small.order(kOwner).bid_power[kNorth] = {0.0, 8, 0};
        if (t == 9) small.order(kCloud).bid_power[kNorth] = {0.0, 4, 0};
        small.commit();
        small.open_quarter();
        CHECK(small.broken() == 0);
        CHECK((small.site(kOwner).grid_kw > 0) == (small.world->t >= 23));
    }
    // 23 to 31 let go the 70 kW that had gathered and what each quarter brings, in the order of asking, or pro rata
    CHECK(small.site(kCloud).grid_kw == 4);
    CHECK(small.site(kOwner).grid_kw == 8 * 9);  // asked for in 9 to 17, all eligible by 31
}

TEST_CASE("The opening queue waits with as many cohorts as the lead, of 1.25 times the first quarter's connection", "[engine][power_phase]") {
    PhaseWorld small(PowerRule::queue);
    small.world->t = 8;
    small.scenario->arrivals[kOwner][kNorth][0].grid_kw = 80;
    fill_opening_queue(*small.scenario, *small.world);
    open_ledger(*small.ledger, *small.world);
    for (int c = 0; c < 3; ++c) CHECK(small.site(kOwner).vintage[c] == 100);
    CHECK(small.site(kOwner).vintage[3] == 0);
    CHECK(small.account(kOwner, Account::grid_deposits) == Usd{30'000});
    CHECK(small.account(kUtility, Account::deposits_held) == Usd{-30'000});
    CHECK(small.broken() == 0);
    small.open_quarter();
    // of 100 kW 80 are sold ahead; the oldest cohort is eligible at once and gets the rest
    CHECK(small.site(kOwner).grid_kw == 100);
    CHECK(small.site(kOwner).vintage[3] == 80);
    CHECK(small.broken() == 0);
    SECTION("there is none where lots are sold") {
        PhaseWorld auction;
        auction.scenario->arrivals[kOwner][kNorth][0].grid_kw = 80;
        fill_opening_queue(*auction.scenario, *auction.world);
        CHECK(waiting_kw(*auction.scenario, auction.site(kOwner)) == 0);
    }
}

TEST_CASE("Whatever firms ask for and give back, power is conserved under every rule", "[engine][power_phase][property]") {
    const PowerRule rule = GENERATE(PowerRule::auction, PowerRule::queue, PowerRule::prorata);
    for (unsigned seed = 1; seed <= 20; ++seed) {
        PhaseWorld small(rule, 6);
        std::mt19937_64 draw(seed);
        const auto pick = [&](int high) { return static_cast<std::int32_t>(draw() % static_cast<unsigned>(high + 1)); };
        for (int f = 0; f < 6; ++f) {
            small.give_cash(f, pick(3) * 20'000);
            for (int k = 0; k < kArrivalQuarters; ++k) small.scenario->arrivals[f][kNorth][k].grid_kw = pick(3) * 8;  // at times more than comes
        }
        for (int t = 9; t < 34; ++t) {
            for (int f = 0; f < 6; ++f) {
                for (int r : {kNorth, kSouth}) {
                    if (pick(2) == 0) small.order(f).bid_power[r] = {static_cast<double>(pick(6)) * 1000.0, pick(120), 0};
                    if (pick(3) == 0) small.order(f).withdraw_power_kw[r] = pick(60);
                    small.site(f, r).shell_kw = pick(100);
                }
            }
            small.commit();
            REQUIRE(small.broken() == 0);
            small.open_quarter();
            REQUIRE(small.broken() == 0);
        }
        REQUIRE(small.world->capacity_refusals == 0);
    }
}
