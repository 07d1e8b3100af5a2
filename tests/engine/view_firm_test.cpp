// Views of one firm: its own books, compute, contracts and orders, and what its rivals published, number by number.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/engine/small_market.h"

using namespace rackrace;

TEST_CASE("A firm sees its own books as they stand", "[engine][view]") {
    SmallMarket m;
    World& world = *m.world;
    balance_of(world, kNeo, Account::cash) = Usd{188'400'000};
    balance_of(world, kNeo, Account::chips_gross) = Usd{500'000'000};
    balance_of(world, kNeo, Account::debt) = Usd{-300'000'000};
    balance_of(world, kNeo, Account::paid_in) = Usd{-400'000'000};
    balance_of(world, kNeo, Account::retained) = Usd{11'600'000};
    Firm& firm = world.firms[kNeo];
    firm.equity_value_usd = 2e9;
    firm.history[0].ebitda_ai = Usd{30'000'000};
    firm.history[0].net_outflow = Usd{-5'000'000};
    firm.debt[2] = loan(DebtKind::bond, 200, 0.09, 7);
    firm.debt[5] = loan(DebtKind::project, 100, 0.03, 3);
    const FirmView& view = m.see(kNeo);
    CHECK(view.me.id == kNeo);
    CHECK(view.me.rating == 2);
    CHECK(view.me.cash_musd == 188.4);
    CHECK(view.me.debt_musd == 300.0);
    CHECK(view.me.equity_musd == Approx(388.4));
    CHECK(view.me.value_musd == 2000.0);
    CHECK(view.me.ebitda_musd == 30.0);
    CHECK(view.me.burn_musd == 0.0);
    REQUIRE(view.loans_count == 2);
    CHECK(view.loans[0].apr == 0.09);
    CHECK(view.loans[1].apr == Approx(0.07));
    CHECK(view.loans[1].kind == static_cast<int>(DebtKind::project));
    CHECK(view.loans[1].left_q == 3.0);
}

TEST_CASE("An owner sees fleet, power on its way and what its hours cost", "[engine][view]") {
    SmallMarket m;
    World& world = *m.world;
    Firm& firm = world.firms[kNeo];
    firm.holdings[kChip] = {100, 20, Usd{6'000'000}, Usd{1'500'000}, 0, 0, 0};
    firm.holdings[kOldChip] = {50, 0, Usd{1'000'000}, Usd{1'000'000}, 2, 0, 1};  // switched off
    firm.orders[kChip][0] = {20, 0, 40'000.0, Usd{}};                            // shipped: in the warehouse already
    firm.orders[kChip][1] = {10, 0, 40'000.0, Usd{}};
    firm.orders[kNextChip][2] = {30, 0, 40'000.0, Usd{}};
    firm.used_h100e[2] = 100;
    firm.sold_spot_h100e[2] = 50;
    firm.delivered_h100e[2] = 25;
    firm.sites[0].shell_kw = 200;
    firm.sites[0].lease_kw = 200;
    firm.sites[0].lease_left_q = 4;
    firm.sites[0].lease_rent_usd_kw_q = 450.0;
    firm.sites[0].grid_kw = 375;  // 300 IT kW
    firm.sites[0].won_kw[1] = 250;
    firm.sites[0].onsite_coming_kw[2] = 125;
    firm.sites[0].vintage[0] = 8'000;
    firm.projects[4] = {0, 3, 8, 0, 400, 0, Usd{}, Usd{2'000'000}};
    m.scenario->arrivals[kNeo][0][2].grid_kw = 125;  // in quarter 11, the next one
    const FirmView& view = m.see(kNeo);
    const MeView& me = view.me;

    REQUIRE(me.fleet_count == 3);
    CHECK(me.fleet[0].product == kOldChip);
    CHECK(me.fleet[0].mh == 0.0);
    CHECK(me.fleet[0].age_q == 20);
    CHECK(me.fleet[1].chips == 100);
    CHECK(me.fleet[1].waiting_chips == 20);
    CHECK(me.fleet[1].ordered_chips == 10);
    CHECK(me.fleet[1].age_q == 5);
    CHECK(me.fleet[1].mh == Approx(kMh * 100 * 4 * 0.96));
    CHECK(me.fleet[1].book_musd == 4.5);
    CHECK(me.fleet[1].resale_musd == Approx(2.4));
    CHECK(me.fleet[2].ordered_chips == 30);
    CHECK(me.capacity_mh == Approx(kMh * 384));
    CHECK(me.arriving_mh == Approx(kMh * 0.96 * (10 * 4 + 30 * 8)));
    CHECK(me.used_mh == Approx(kMh * 175));

    CHECK(me.power_mw == Approx(0.3));
    CHECK(me.power_free_mw == Approx(0.05));       // 200 kW of running chips, 50 of the others
    CHECK(me.power_coming_mw[0] == Approx(0.1));   // the schedule's grid: 400 fed, 400 shell
    CHECK(me.power_coming_mw[1] == Approx(0.0));   // more grid, no shell
    CHECK(me.power_coming_mw[2] == Approx(0.3));   // shell 800; fed (375 + 125 + 250 + 125)/1.25 = 700
    CHECK(me.power_coming_mw[3] == Approx(-0.1));  // the lease ends: 600 of own shell
    REQUIRE(me.sites_count == 2);
    CHECK(me.sites[0].shell_mw == 0.2);
    CHECK(me.sites[0].queued_grid_mw == Approx(0.375));
    REQUIRE(view.projects_count == 1);
    CHECK(view.projects[0].id == 4);
    CHECK(view.projects[0].mw == 0.4);
    CHECK(view.projects[0].spent_musd == 2.0);

    const double upkeep = 100 * 50'000.0 * 0.025 / 4.0;
    const double energy = 200 * 1.25 * 2.19 * 60.0;  // 250 kW at the meter, above the least of 60% of 375
    const double cash = upkeep + energy + 200 * 450.0 + 8'000.0;
    CHECK(me.cash_cost_usd_h == Approx(cash / (384 * 2190.0)));
    CHECK(me.unit_cost_usd_h == Approx((cash + 300'000.0) / (384 * 2190.0)));
    CHECK(me.demand_mh == 0.0);  // no customers of its own
}

TEST_CASE("A hyperscaler sees the compute that its customers, models and core ask for", "[engine][view]") {
    SmallMarket m;
    Firm& firm = m.world->firms[kHyper];
    firm.holdings[kChip].installed = 100;     // 372 H100e
    firm.holdings[kOldChip].installed = 100;  // 93, too old to train on: launched more than 16 quarters before
    m.world->t = 18;
    m.add_contract(0, 1, kHyper, kLab, 72).end_t = 20;
    m.add_contract(1, 2, kNeo, kHyper, 100).end_t = 20;
    firm.train_frac = 0.5;
    firm.training_h100e = 300;
    firm.core_h100e_i = 150;
    firm.capability_oom = m.world->frontier_oom[0];
    firm.share_ppb[1] = 250'000'000;
    firm.price_usd_task[1] = 2.0;
    firm.served_frac[1] = 0.9;
    m.world->segments[1].quantity_task_units = 1.6 * 2190.0 * 0.75 * 1200.0;
    const MeView& me = m.see(kHyper).me;
    const double kappa = 700.0 / 500.0;
    CHECK(me.demand_mh == Approx(kMh * (1200.0 * 0.25 / kappa + 0.5 * (372 - 72 + 100))));
    CHECK(me.train_mh == Approx(kMh * 300.0));
    CHECK(me.core_mh == Approx(kMh * 150.0 / kappa));
    CHECK(me.share_frac[1] == Approx(0.25));
    CHECK(me.served_frac[1] == 0.9);
    CHECK(me.price_usd_task[1] == 2.0);
    CHECK(me.capability == 0.4);
}

TEST_CASE("Contracts show both sides, in order of signing", "[engine][view]") {
    SmallMarket m;
    m.add_contract(7, 3, kNeo, kLab, 1000);
    m.add_contract(2, 5, kNeo, kCustomer, 500).price_usd_h = 1.5;
    m.add_contract(1, 9, kHyper, kNeo, 200);
    Contract& ramping = m.add_contract(0, 11, kNeo, kHyper, 400);
    ramping.start_t = 11;
    ramping.end_t = 20;
    ramping.ramp_q = 3;
    ramping.first_frac = 0.5;
    const FirmView& view = m.see(kNeo);
    REQUIRE(view.contracts_count == 4);
    CHECK(view.contracts[0].id == 3);
    CHECK(view.contracts[0].with == kLab);
    CHECK(view.contracts[0].selling == 1);
    CHECK(view.contracts[0].mh == Approx(kMh * 1000));
    CHECK(view.contracts[0].left_q == 8.0);
    double annuity = 0.0;
    for (int k = 1; k <= 8; ++k) annuity += std::pow(1.1, -k / 4.0);
    CHECK(view.contracts[0].break_musd == Approx(0.9 * 0.7 * 0.8 * 1.0 * kMh * 1000 * annuity));
    CHECK(view.contracts[1].with == kCustomer);
    CHECK(view.contracts[2].selling == 0);
    CHECK(view.contracts[2].with == kHyper);
    CHECK(view.me.rented_mh == Approx(kMh * 200));
    CHECK(view.me.contracted_mh == Approx(kMh * (1500 + 300)));  // two quarters on, half-way up the ramp
    CHECK(view.me.top_client_frac == Approx(1000.0 / 1750.0));
    const double old_usd = (1000.0 + 750.0) * 2190.0 * 0.8 * 8, new_usd = (200 + 300 + 8 * 400) * 2190.0 * 0.8;
    CHECK(view.me.takeorpay_musd == Approx((old_usd + new_usd) / 1e6));
    CHECK(view.me.backlog_q == std::round((old_usd * 8 + new_usd * 11) / (old_usd + new_usd)));
    CHECK(m.see(kLab).contracts_count == 1);
    CHECK(m.see(kLab).me.takeorpay_musd == 0.0);
}

TEST_CASE("A supplier sees its lines and the orders for them", "[engine][view]") {
    SmallMarket m;
    World& world = *m.world;
    world.firms[kNeo].orders[kChip][0] = {99, 0, 40'000.0, Usd{}};
    world.firms[kNeo].orders[kChip][1] = {10, 0, 40'000.0, Usd{}};
    world.firms[kHyper].orders[kChip][2] = {30, 0, 40'000.0, Usd{}};
    world.products[kChip].offered_chips = 100;
    world.products[kChip].asked_chips = 140;
    world.products[kChip].age_q = 6;
    world.products[kChip].wafers[2] = 77;
    world.suppliers[0].allotted_wafers[1] = 90;
    world.suppliers[0].allotted_wafers[2] = 95;
    balance_of(world, kVendor, Account::receivables) = Usd{12'000'000};
    const FirmView& view = m.see(kVendor);
    REQUIRE(view.me.lines_count == 3);  // the chip, the next one, whose wafers are ordered from now on, and the in-house one
    const LineView& line = view.me.lines[0];
    CHECK(line.product == kChip);
    CHECK(line.price_usd_chip == Approx(44'000.0));
    CHECK(line.unit_cost_usd_chip == 8'000.0);
    CHECK(line.available_chips == 100);
    CHECK(line.ordered_chips == 140);
    CHECK(line.backlog_chips == 40);
    CHECK(line.wafer_lead_q == 3);
    CHECK(line.wafer_run_rate == 77);
    CHECK(line.yield_frac == Approx(0.76 - 0.21 * std::exp(-3.0)));
    CHECK(view.me.lines[1].product == kNextChip);
    CHECK(view.me.wafers_allotted[0] == 90);
    CHECK(view.me.wafers_allotted[1] == 95);
    CHECK(view.me.receivables_musd == 12.0);
    REQUIRE(view.orders_count == 2);
    CHECK(view.orders[0].to == kHyper);
    CHECK(view.orders[0].deliver_q == 2);
    CHECK(view.orders[0].chips == 30.0);
    CHECK(view.orders[1].chips == 10.0);
    CHECK(view.me.fleet_count == 0);
    CHECK(view.me.sites_count == 0);

    SECTION("once this quarter's wafers are allotted they are the run rate") {
        world.suppliers[0].allotted_wafers[3] = 80;
        world.products[kChip].wafers[3] = 60;
        CHECK(m.see(kVendor).me.lines[0].wafer_run_rate == 60);
    }
    SECTION("of more orders than the list holds the smallest are left out") {
        m.scenario->firm_count = kMaxFirms;
        for (int f = 0; f < kMaxFirms; ++f)
            for (int p : {kChip, kNextChip})
                for (int slot : {1, 2}) world.firms[f].orders[p][slot] = {f + 1, 0, 40'000.0, Usd{}};
        const FirmView& full = m.see(kVendor);
        REQUIRE(full.orders_count == kMaxOrderViews);
        for (int i = 0; i < full.orders_count; ++i) CHECK(full.orders[i].chips > 4.0);
        for (int i = 1; i < full.orders_count; ++i) CHECK(full.orders[i - 1].id < full.orders[i].id);
    }
}

TEST_CASE("Supply agreements on offer are shown to the buyer they name", "[engine][view]") {
    SmallMarket m;
    m.world->agreements[6] = {500, kVendor, kLab, -1, 12, 19, 0, 0.05};
    m.world->agreements[7] = {500, kVendor, kNeo, kChip, 12, 19, 1, 0.05};
    const FirmView& view = m.see(kLab);
    REQUIRE(view.supply_count == 1);
    CHECK(view.supply[0].id == 6);
    CHECK(view.supply[0].product == kChip);
    CHECK(view.supply[0].tenor_q == 8);
    CHECK(view.supply[0].chips == 500.0);
    CHECK(m.see(kNeo).supply_count == 0);  // taken
}

TEST_CASE("Rivals show the books of the last close", "[engine][view]") {
    SmallMarket m;
    World& world = *m.world;
    balance_of(world, kLab, Account::cash) = Usd{1'999'600'000};
    balance_of(world, kLab, Account::debt) = Usd{-700'000'000};
    world.firms[kLab].pool_h100e[2] = 500;
    world.firms[kLab].history[0].ai_revenue = Usd{6'000'000'000};
    world.firms[kLab].history[0].capex = Usd{3'000'000};
    world.firms[kHyper].status = FirmStatus::in_arrears;
    world.ai_revenue_usd = 24e9;
    record_market(*m.scenario, world, take_rolls(*m.scenario, world));
    const FirmView& view = m.see(kNeo);
    REQUIRE(view.rivals_count == 3);
    CHECK(view.rivals[0].id == kHyper);
    CHECK(view.rivals[0].distressed == 1);
    CHECK(view.rivals[1].id == kLab);
    CHECK(view.rivals[1].role == static_cast<int>(Role::lab));
    CHECK(view.rivals[1].rating == 3);
    CHECK(view.rivals[1].cash_musd == 2000.0);
    CHECK(view.rivals[1].debt_musd == 700.0);
    CHECK(view.rivals[1].capacity_mh == Approx(kMh * 500));
    CHECK(view.rivals[1].share_frac == Approx(0.25));
    CHECK(view.rivals[1].capex_musd == 3.0);
    CHECK(view.rivals[1].distressed == 0);
    world.firms[kLab].status = FirmStatus::absent;
    CHECK(m.see(kNeo).rivals_count == 2);
}
