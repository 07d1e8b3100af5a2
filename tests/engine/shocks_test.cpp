// Shocks: what each kind does in its quarters and that it leaves no trace before it begins. Worked examples in round numbers.
#include <catch2/catch.hpp>
#include <cstring>

#include "engine/market/adoption.h"
#include "engine/market/exogenous.h"
#include "engine/market/training_phase.h"
#include "engine/replay/events.h"
#include "engine/settle/firm_value.h"
#include "tests/engine/chip_market.h"
#include "tests/engine/phase_world.h"
#include "tests/engine/scenario_data.h"

using namespace rackrace;
using namespace rackrace::test;

namespace {

/// Adds a shock to a scenario.
void strike(Scenario& scenario, ShockKind kind, int start_t, int length_q, double size, int target = -1) {
    scenario.shocks[scenario.shock_count++] = {kind, start_t, length_q, target, size};
}

/// One quarter of exogenous paths.
void advance(PhaseWorld& small) { advance_paths(*small.scenario, *small.world, *small.chance); }

}  // namespace

TEST_CASE("RATE lifts the policy rate while it lasts and lowers what earnings are worth", "[engine][shocks]") {
    PhaseWorld small;
    small.scenario->parameters.policy_rate_long_run_apr = 0.04;  // where the rate is: the path is flat
    strike(*small.scenario, ShockKind::rate, 10, 2, 0.03);
    advance(small);
    CHECK(small.world->policy_rate_apr == Approx(0.07));
    CHECK(rate_discount(*small.scenario, 10, 1) == Approx(std::exp(-0.03 / 4)));
    CHECK(rate_discount(*small.scenario, 10, 40) == Approx(std::exp(-0.03 * 2 / 4)));  // 3 points over half a year, known at its start
    advance(small);
    CHECK(small.world->policy_rate_apr == Approx(0.07));
    CHECK(rate_discount(*small.scenario, 11, 40) == Approx(std::exp(-0.03 / 4)));
    advance(small);
    CHECK(small.world->policy_rate_apr == Approx(0.04));
    CHECK(rate_discount(*small.scenario, 12, 40) == 1.0);
}

TEST_CASE("RATE takes from the value of shares, not from their debt", "[engine][shocks]") {
    PhaseWorld small;
    small.firm(kOwner).history[0].ebitda_core = Usd{1'000'000};
    small.firm(kOwner).ebitda_forward_usd = 4e6;
    small.lend(kOwner, 0, DebtKind::bond, 1'000'000, 0.05, 20);
    value_equity(*small.scenario, *small.world, kOwner, 0.0);
    const double before = small.firm(kOwner).equity_value_usd;  // 16 x 4 M$ - 1 M$
    CHECK(before == Approx(63e6));
    strike(*small.scenario, ShockKind::rate, 9, 8, 0.03);
    value_equity(*small.scenario, *small.world, kOwner, 0.0);
    CHECK(small.firm(kOwner).equity_value_usd == Approx(64e6 * std::exp(-0.06) - 1e6));
}

TEST_CASE("CREDIT drops sentiment once and halves the supply of credit while it lasts", "[engine][shocks]") {
    PhaseWorld small;
    small.world->sentiment = 0.1;
    strike(*small.scenario, ShockKind::credit, 10, 4, -0.8);
    advance(small);
    CHECK(small.world->sentiment == Approx(-0.7));
    advance(small);
    CHECK(small.world->sentiment == Approx(-0.7));  // what brings it back is the close of each quarter
    CHECK(credit_supply_factor(*small.scenario, 9) == 1.0);
    CHECK(credit_supply_factor(*small.scenario, 10) == 0.5);
    CHECK(credit_supply_factor(*small.scenario, 13) == 0.5);
    CHECK(credit_supply_factor(*small.scenario, 14) == 1.0);
    strike(*small.scenario, ShockKind::credit, 12, 1, -5.0);
    CHECK(credit_supply_factor(*small.scenario, 12) == 0.25);
    advance(small);
    CHECK(small.world->sentiment == small.scenario->parameters.sentiment_min);
}

TEST_CASE("SUPPLY cuts the output of its product in its quarters, and nobody knows before it begins", "[engine][shocks]") {
    ChipMarket market;
    for (int p : {kChip, kRival})
        for (int k = 1; k < kWaferSlots; ++k) market.product(p).wafers[k] = 100;  // 1,000 chips a quarter
    strike(*market.scenario, ShockKind::supply, 10, 2, -0.3, kChip);
    CHECK(chips_on_sale(*market.scenario, *market.world, kChip).chips == 2000);
    market.due(kBirch, kChip, 1) = {900, 0, 10'000.0, Usd{0}};
    market.open();
    CHECK(market.product(kChip).made_chips == 700);
    CHECK(market.product(kRival).made_chips == 1000);
    CHECK(market.firm(kBirch).holdings[kChip].installed == 700);  // 200 of the 900 slip
    CHECK(chips_on_sale(*market.scenario, *market.world, kChip).chips == 700 - 200 + 1000);  // its length is known by now
    market.open();
    CHECK(market.product(kChip).made_chips == 700);
    market.open();
    CHECK(market.product(kChip).made_chips == 1000);
}

TEST_CASE("EXPORT takes its share of the output from the rest of the world's, and the chips stay with the vendor", "[engine][shocks]") {
    struct Row {
        double size;
        int row_chips;
    };
    for (const Row& row : {Row{0.15, 50}, Row{1.0, 0}, Row{-0.1, 300}}) {  // the last opens a market
        CAPTURE(row.size);
        ChipMarket market;
        market.scenario->products[kChip].row_share_frac = 0.2;
        for (int k = 1; k < kWaferSlots; ++k) market.product(kChip).wafers[k] = 100;
        strike(*market.scenario, ShockKind::export_halt, 11, 1, row.size, kChip);
        market.open();
        CHECK(market.product(kChip).row_chips == 200);
        market.open();
        CHECK(market.product(kChip).row_chips == row.row_chips);
        CHECK(market.product(kChip).inventory_chips == 800 + 1000 - row.row_chips);
        market.open();
        CHECK(market.product(kChip).row_chips == 200);
    }
}

TEST_CASE("POWER shrinks the connections of its quarters pro rata and the rest connect later", "[engine][shocks]") {
    PhaseWorld small;
    strike(*small.scenario, ShockKind::power, 10, 2, -0.5, kNorth);
    small.site(kOwner).won_kw[0] = 60;
    small.site(kCloud).won_kw[0] = 40;
    small.world->regions[kNorth].asked_kw = 100;
    small.open_quarter();  // 50 of 100 kW come
    CHECK(small.site(kOwner).grid_kw == 30);
    CHECK(small.site(kCloud).grid_kw == 20);
    CHECK(small.world->regions[kSouth].free_kw == 100);
    CHECK(small.broken() == 0);
    small.open_quarter();
    CHECK(small.site(kOwner).grid_kw == 60);
    CHECK(small.site(kCloud).grid_kw == 40);
    small.open_quarter();
    CHECK(small.world->regions[kNorth].free_kw == 100);  // over
    CHECK(small.broken() == 0);
}

TEST_CASE("Lots shrink once POWER has begun, and what is late for its quarter comes off them", "[engine][shocks]") {
    PhaseWorld small;
    std::int64_t lot_kw[kMaxRegions] = {};
    strike(*small.scenario, ShockKind::power, 10, 4, -1.0, kNorth);  // nothing comes in 10 to 13
    for (int k = 0; k < 2; ++k) small.site(kOwner).won_kw[k] = 75;   // due in 10 and 11
    small.world->regions[kNorth].asked_kw = 150;
    fill_lots(*small.scenario, *small.world, *small.chance, lot_kw);
    CHECK(lot_kw[kNorth] == 100);  // the lot of 13: no one knows yet
    small.open_quarter();
    CHECK(small.site(kOwner).grid_kw == 0);
    fill_lots(*small.scenario, *small.world, *small.chance, lot_kw);
    CHECK(lot_kw[kNorth] == 0);    // 100 kW come in 14, and 150 wait for them
    CHECK(lot_kw[kSouth] == 200);  // 100 in 14 and 100 that are free
    small.open_quarter();
    fill_lots(*small.scenario, *small.world, *small.chance, lot_kw);
    CHECK(lot_kw[kNorth] == 50);   // 100 in 15, less 50 of the 150
    small.open_quarter();
    fill_lots(*small.scenario, *small.world, *small.chance, lot_kw);
    CHECK(lot_kw[kNorth] == 100);
    CHECK(small.broken() == 0);
}

TEST_CASE("POWER of a size above 0 raises the minimum take", "[engine][shocks]") {
    PhaseWorld small;
    strike(*small.scenario, ShockKind::power, 10, 4, 0.25, kNorth);
    CHECK(minimum_take_frac(*small.scenario, kNorth, 9) == 0.6);
    CHECK(minimum_take_frac(*small.scenario, kNorth, 10) == Approx(0.85));
    CHECK(minimum_take_frac(*small.scenario, kSouth, 10) == 0.6);
    CHECK(grid_addition_ratio(*small.scenario, kNorth, 10, 10) == 1.0);
}

TEST_CASE("DELAY halts all projects: they owe nothing while they stand and finish later", "[engine][shocks]") {
    PhaseWorld small;
    small.scenario->rules.has_uncertainty = 1;
    small.scenario->parameters.project_slip_probability_frac = 0.0;
    strike(*small.scenario, ShockKind::delay, 10, 1, 2.0);
    small.give_cash(kOwner, 10'000);
    small.firm(kOwner).projects[0] = Project{};
    Project& project = small.firm(kOwner).projects[0];
    project.region = kNorth;
    project.kw = 50;
    project.left_q = project.total_q = 2;  // without the shock it stands in 11
    project.cost = Usd{1000};
    const auto pay = [&] {
        const double margin[kMaxFirms] = {};
        pay_investment(*small.scenario, *small.world, *small.ledger, take_rolls(*small.scenario, *small.world), margin);
        return small.posted(kOwner, Kind::building_instalment);
    };
    CHECK(pay() == Usd{500});
    for (int t = 10; t <= 12; ++t) {
        CAPTURE(t);
        small.open_quarter();
        CHECK(small.site(kOwner).shell_kw == 0);
        CHECK(pay() == Usd{t < 12 ? 0 : 500});
    }
    small.open_quarter();
    CHECK(small.site(kOwner).shell_kw == 50);
    CHECK(small.broken() == 0);
}

TEST_CASE("DELAY moves the owned shells of the opening schedule with their instalments, not its leases", "[engine][shocks]") {
    PhaseWorld small;
    strike(*small.scenario, ShockKind::delay, 10, 1, 1.0);
    small.scenario->arrivals[kOwner][kNorth][2] = {0, 80, 0, 4, Usd{1003}, Usd{251}};  // due in 11
    small.scenario->arrivals[kCloud][kNorth][2].lease_kw = 20;
    balance_of(*small.world, kOwner, Account::building) += Usd{251};
    balance_of(*small.world, kOwner, Account::paid_in) -= Usd{251};
    small.give_cash(kOwner, 10'000);
    open_ledger(*small.ledger, *small.world);
    const std::int64_t instalments[] = {250, 0, 250, 252};  // 9 to 12; nothing is built in 10
    std::int64_t building_kw[kMaxRegions];
    for (int t = 9; t <= 12; ++t) {
        CAPTURE(t);
        if (t > 9) small.open_quarter();
        CHECK(small.site(kOwner).shell_kw == (t < 12 ? 0 : 80));
        CHECK(small.site(kCloud).lease_kw == (t < 11 ? 0 : 20));
        fill_under_construction(*small.scenario, *small.world, building_kw);
        CHECK(building_kw[kNorth] == (t < 12 ? 80 : 0));
        const double margin[kMaxFirms] = {};
        pay_investment(*small.scenario, *small.world, *small.ledger, take_rolls(*small.scenario, *small.world), margin);
        CHECK(small.posted(kOwner, Kind::building_instalment) == Usd{instalments[t - 9]});
    }
    CHECK(small.account(kOwner, Account::building) == Usd{0});
    CHECK(small.account(kOwner, Account::sites_gross) == Usd{1003});
    CHECK(small.broken() == 0);
}

TEST_CASE("DELAY of a generation moves its launches that are still to come", "[engine][shocks]") {
    ChipMarket market;
    strike(*market.scenario, ShockKind::delay, 11, 1, 2.0, 3);
    strike(*market.scenario, ShockKind::delay, 11, 1, 2.0, 2);
    for (int t = 10; t <= 11; ++t) advance_paths(*market.scenario, *market.world, *market.chance);
    CHECK(market.product(kSuccessor).first_t == 14);
    CHECK(market.product(kSuccessor).last_t == 32);
    CHECK(market.product(kChip).first_t == 5);  // sells already
    advance_paths(*market.scenario, *market.world, *market.chance);
    CHECK(market.product(kSuccessor).first_t == 14);
}

TEST_CASE("PLATEAU bounds adoption at a little above the customers won, and can cut wallets for a time", "[engine][shocks]") {
    PhaseWorld small;
    Scenario& s = *small.scenario;
    s.parameters.shock_plateau_wallet_cut_frac = 0.25;
    strike(s, ShockKind::plateau, 16, kMaxQuarters - 16, 0.05);
    CHECK(plateau_cap_frac(s, 15, 0.4) == kInfinity);
    CHECK(plateau_cap_frac(s, 16, 0.4) == Approx(0.42));
    CHECK(plateau_cap_frac(s, 35, 0.4) == Approx(0.42));
    const AdoptionRule rule{0.1, 0.0, 0.8, 10.0, -10.0};  // 0.8 would adopt, a tenth of those left each quarter
    CHECK(adopt(rule, 0.4, {0.0, 1.0, plateau_cap_frac(s, 15, 0.4)}) == Approx(0.44));
    CHECK(adopt(rule, 0.4, {0.0, 1.0, plateau_cap_frac(s, 16, 0.4)}) == Approx(0.402));
    CHECK(wallet_ratio(s, 15) == 1.0);
    CHECK(wallet_ratio(s, 16) == 0.75);
    CHECK(wallet_ratio(s, 23) == 0.75);
    CHECK(wallet_ratio(s, 24) == 1.0);
}

TEST_CASE("EFFICIENCY jumps for all at once, or for its owner and four quarters later for all", "[engine][shocks]") {
    PhaseWorld small, twin;
    const bool is_owned = GENERATE(false, true);
    CAPTURE(is_owned);
    for (PhaseWorld* one : {&small, &twin}) {
        one->world->inference_efficiency = one->world->training_efficiency = 1.0;
        for (int f : {kOwner, kLab}) one->firm(f).training_h100e = 1'000'000;
    }
    strike(*small.scenario, ShockKind::efficiency, 10, is_owned ? 4 : kMaxQuarters, 4.0, is_owned ? kLab : -1);
    for (int t = 10; t <= 15; ++t) {
        CAPTURE(t);
        advance(small);
        advance(twin);
        const bool is_public = !is_owned || t >= 14;
        CHECK(small.world->inference_efficiency == Approx((is_public ? 4.0 : 1.0) * twin.world->inference_efficiency));
        CHECK(small.world->training_efficiency == Approx((is_public ? 4.0 : 1.0) * twin.world->training_efficiency));
        CHECK(owned_efficiency_ratio(*small.scenario, kLab, t) == (is_public ? 1.0 : 4.0));
        CHECK(owned_efficiency_ratio(*small.scenario, kOwner, t) == 1.0);
        if (t > 10) continue;
        double news[kMaxFirms];
        train_models(*small.scenario, *small.world, small.orders.data(), *small.ledger, news);
        train_models(*twin.scenario, *twin.world, twin.orders.data(), *twin.ledger, news);
        CHECK(small.firm(kLab).effective_compute_h100e_q == Approx(4.0 * twin.firm(kLab).effective_compute_h100e_q));
        CHECK(small.firm(kOwner).effective_compute_h100e_q == Approx((is_owned ? 1.0 : 4.0) * twin.firm(kOwner).effective_compute_h100e_q));
    }
}

TEST_CASE("REPUDIATE names its buyer in its quarter only", "[engine][shocks]") {
    PhaseWorld small;
    strike(*small.scenario, ShockKind::repudiate, 16, 1, 0.0, kLab);
    CHECK(repudiating_firm(*small.scenario, 15) == -1);
    CHECK(repudiating_firm(*small.scenario, 16) == kLab);
    CHECK(repudiating_firm(*small.scenario, 17) == -1);
}

TEST_CASE("A shock that begins is an event of its quarter", "[engine][shocks]") {
    PhaseWorld small;
    strike(*small.scenario, ShockKind::power, 12, 8, -0.5, kSouth);
    strike(*small.scenario, ShockKind::rate, 12, 4, 0.03);
    const Names names{"tiny", {"amber"}, {"Amber"}, {}, {"north", "south"}, {}};
    const std::vector<Event> events = shocks_beginning(*small.scenario, 12, names);
    REQUIRE(events.size() == 2);
    CHECK(events[0].kind == "shock");
    CHECK(events[0].subject == "south");
    CHECK(events[0].sentence == "POWER begins, south: size -0.5, 8 quarters");
    CHECK(events[1].sentence == "RATE begins: size 0.03, 4 quarters");
    CHECK(shocks_beginning(*small.scenario, 13, names).empty());
}

TEST_CASE("The scenarios of the library differ from their twin in their shocks, and are it with shocks=off", "[engine][shocks]") {
    struct Row {
        const char* name;
        ShockKind first;
        int start_t, count;
        const char* twin = "base-2026";
    };
    const Row rows[] = {{"plateau-2028", ShockKind::plateau, 16, 1},    {"efficiency-2028", ShockKind::efficiency, 16, 1},
                        {"efficiency-owned-2028", ShockKind::efficiency, 16, 1}, {"rate-2027", ShockKind::rate, 12, 1},
                        {"supply-2027", ShockKind::supply, 12, 1},      {"export-2027", ShockKind::export_halt, 12, 1},
                        {"delay-2027", ShockKind::delay, 12, 1},        {"power-2027", ShockKind::power, 12, 2},
                        {"repudiate-2028", ShockKind::repudiate, 16, 1}, {"telecom-2028", ShockKind::plateau, 16, 2},
                        {"supply-posted-2027", ShockKind::supply, 12, 1, "posted-2026"}, {"power-queue-2027", ShockKind::power, 12, 2, "queue-2026"}};
    for (const Row& row : rows) {
        CAPTURE(row.name);
        const auto shocked = load_scenario({row.name, kData, {}, ""}), off = load_scenario({row.name, kData, {{"shocks", "off"}}, ""}), twin = load_scenario({row.twin, kData, {}, ""});
        REQUIRE(shocked);
        REQUIRE(off);
        REQUIRE(twin);
        CHECK(shocked->scenario.shock_count == row.count);
        CHECK(shocked->scenario.shocks[0].kind == row.first);
        CHECK(shocked->scenario.shocks[0].start_t == row.start_t);
        CHECK(same_bytes(*off, *twin));
        CHECK(std::memcmp(&shocked->opening, &twin->opening, sizeof(World)) == 0);
    }
    const auto credit = load_scenario({"credit-2027", kData, {}, ""});
    REQUIRE(credit);
    CHECK(credit_supply_factor(credit->scenario, 12) == Approx(0.05));
    CHECK(!load_scenario({"rate-2027", kData, {{"shocks", "none"}}, ""}));
    const auto high = load_scenario({"high-packaging", kData, {}, ""});
    REQUIRE(high);
    CHECK(high->scenario.packaging_wafers[11] == base_scenario().scenario.packaging_wafers[11]);  // 2026Q4
    CHECK(high->scenario.packaging_wafers[35] == 902'000.0);
    CHECK(high->scenario.packaging_wafers[39] == 902'000.0);
    CHECK_THAT(high->resolved_toml, Catch::Contains("packaging = \"high\""));
}
