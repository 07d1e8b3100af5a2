// P2 and P7 of sites on a small world: projects, leases, on-site plant, the opening schedule, and the ways out of them.
#include <catch2/catch.hpp>

#include "tests/engine/phase_world.h"

using namespace rackrace;
using namespace rackrace::test;

namespace {

constexpr std::int64_t kRich = 10'000'000'000;

/// A quarter of building: the phases of sites, and S6.
void build(PhaseWorld& small) {
    small.commit();
    const std::vector<double> margin(kMaxFirms, 0.03);
    pay_investment(*small.scenario, *small.world, *small.ledger, take_rolls(*small.scenario, *small.world), margin.data());
}

}  // namespace

TEST_CASE("A neocloud's shell of 8 MW costs 100 M$ in six equal instalments and stands in the sixth quarter after its start", "[engine][site_phase]") {
    PhaseWorld small;
    small.give_cash(kCloud, kRich);
    small.order(kCloud).build_site_kw[kNorth] = 8000;
    build(small);
    // 12,500 $ a kW
    CHECK(small.firm(kCloud).projects[0].cost == Usd{100'000'000});
    CHECK(small.posted(kCloud, Kind::building_instalment) == Usd{16'666'667});
    for (int quarter = 1; quarter < 6; ++quarter) {
        small.open_quarter();
        CHECK(small.site(kCloud).shell_kw == 0);
        build(small);
    }
    CHECK(small.account(kCloud, Account::building) == Usd{100'000'000});
    small.open_quarter();
    CHECK(small.site(kCloud).shell_kw == 8000);
    CHECK(small.account(kCloud, Account::building) == Usd{0});
    CHECK(small.account(kCloud, Account::sites_gross) == Usd{100'000'000});
    CHECK(small.broken() == 0);
}

TEST_CASE("A shell costs half more where twice as much is being built as builders carry, by what stood before the phase", "[engine][site_phase]") {
    PhaseWorld small;
    small.scenario->regions[kNorth].labour_cap_it_kw = 1000;
    small.give_cash(kOwner, kRich);
    small.give_cash(kCloud, kRich);
    small.order(kOwner).build_site_kw[kNorth] = 2000;
    small.order(kCloud).build_site_kw[kNorth] = 1000;
    build(small);
    CHECK(small.firm(kOwner).projects[0].cost == Usd{25'000'000});  // nobody was building yet
    CHECK(small.firm(kCloud).projects[0].cost == Usd{12'500'000});
    small.open_quarter();
    CHECK(small.world->regions[kNorth].building_kw == 3000);
    small.order(kLab).build_site_kw[kNorth] = 1000;
    small.commit();
    // U = 3: 1 + 0.5 x (3 - 1) = 2
    CHECK(small.firm(kLab).projects[0].cost == Usd{25'000'000});
}

TEST_CASE("A project that slips owes nothing in that quarter and ends a quarter later", "[engine][site_phase]") {
    PhaseWorld small;
    small.give_cash(kOwner, kRich);
    small.order(kOwner).build_site_kw[kNorth] = 8000;
    build(small);
    small.scenario->rules.has_uncertainty = 1;
    small.scenario->parameters.project_slip_probability_frac = 1.0;  // times U, which is 0.008 here
    small.scenario->regions[kNorth].labour_cap_it_kw = 8000;         // now 1: it surely slips
    small.open_quarter();
    build(small);
    CHECK(small.firm(kOwner).projects[0].slipped_q == 1);
    CHECK(small.posted(kOwner, Kind::building_instalment) == Usd{0});
    CHECK(small.posted(kOwner, Kind::building_pause) == Usd{0});  // no choice of the firm's
    small.scenario->rules.has_uncertainty = 0;
    for (int quarter = 2; quarter < 9; ++quarter) {
        small.open_quarter();
        CHECK(small.site(kOwner).shell_kw == 0);
        build(small);
    }
    small.open_quarter();
    CHECK(small.site(kOwner).shell_kw == 8000);
    CHECK(small.account(kOwner, Account::sites_gross) == Usd{100'000'000});
}

TEST_CASE("A slowed project costs 2% of what was spent, an abandoned one brings 20% of it back", "[engine][site_phase]") {
    PhaseWorld small;
    small.give_cash(kOwner, kRich);
    small.order(kOwner).build_site_kw[kNorth] = 8000;
    build(small);  // 12.5 M$ spent
    small.open_quarter();
    SECTION("slowed") {
        small.order(kOwner).slow_projects = 1;
        build(small);
        CHECK(small.posted(kOwner, Kind::building_pause) == Usd{250'000});
        CHECK(small.posted(kOwner, Kind::building_instalment) == Usd{0});
        small.open_quarter();
        CHECK(small.firm(kOwner).projects[0].left_q == 7);
    }
    SECTION("abandoned") {
        small.order(kOwner).abandon_projects = 1;
        build(small);
        CHECK(received(*small.ledger, kOwner, Kind::building_salvage) == Usd{2'500'000});
        CHECK(small.posted(kOwner, Kind::building_write_off) == Usd{10'000'000});
        CHECK(small.firm(kOwner).projects[0].kw == 0);
        CHECK(small.account(kOwner, Account::building) == Usd{0});
    }
    CHECK(small.broken() == 0);
}

TEST_CASE("A project whose instalment cannot be paid pauses and owes what a pause costs", "[engine][site_phase]") {
    PhaseWorld small;
    small.give_cash(kOwner, 13'000'000);
    small.order(kOwner).build_site_kw[kNorth] = 8000;
    build(small);
    CHECK(small.cash(kOwner) == Usd{500'000});
    small.open_quarter();
    build(small);
    CHECK(small.posted(kOwner, Kind::building_instalment) == Usd{0});
    CHECK(small.posted(kOwner, Kind::building_pause) == Usd{250'000});
    CHECK(small.firm(kOwner).projects[0].stands_still == 1);
    CHECK(small.broken() == 0);
}

TEST_CASE("Leases within a quarter of the grid's gain are shared alike and start three quarters later for 20 to 60 quarters", "[engine][site_phase]") {
    PhaseWorld small;
    small.order(kOwner).lease_site[kNorth] = {30, 5};
    small.order(kCloud).lease_site[kNorth] = {30, 100};
    small.commit();
    // 25% of 100 kW at the meter over PUE 1.25: 20 kW, 10 each
    for (int t = 10; t <= 12; ++t) {
        CHECK(small.site(kOwner).lease_kw == 0);
        small.open_quarter();
    }
    CHECK(small.site(kOwner).lease_kw == 10);
    CHECK(small.site(kOwner).lease_left_q == 20);
    CHECK(small.site(kCloud).lease_left_q == 60);
    CHECK(small.site(kOwner).lease_rent_usd_kw_q == 450.0);
}

TEST_CASE("Rent is paid once in each quarter of the term, and the kW go back after the last", "[engine][site_phase]") {
    PhaseWorld small;
    small.give_cash(kOwner, kRich);
    merge_lease(small.site(kOwner), 10, 450.0, 3);
    int paid_quarters = 0;
    for (int t = 9; t < 14; ++t) {
        CHECK(small.site(kOwner).lease_kw == (t < 12 ? 10 : 0));
        Annuities annuity;
        fill_annuities(*small.scenario, *small.world, quarter_discount(small.scenario->parameters), annuity);
        CHECK(lease_value(*small.scenario, small.firm(kOwner), kOwner, annuity).total_usd == Approx(4500.0 * annuity_q(small.scenario->parameters, 12 - t)).margin(1e-9));
        small.settle_quarter();
        paid_quarters += small.posted(kOwner, Kind::rent) == Usd{4500};
        small.open_quarter();
    }
    CHECK(paid_quarters == 3);
}

TEST_CASE("A second lease of a region joins the first: rent and quarters left are means by kW, quarters rounded up", "[engine][site_phase]") {
    Site site{};
    merge_lease(site, 100, 450.0, 40);
    merge_lease(site, 50, 600.0, 23);
    CHECK(site.lease_kw == 150);
    CHECK(site.lease_rent_usd_kw_q == Approx(500.0));
    CHECK(site.lease_left_q == 35);  // (4,000 + 1,150) / 150 = 34.3
    merge_lease(site, 0, 1.0, 1);
    CHECK(site.lease_left_q == 35);
}

TEST_CASE("Leaving a lease early costs half of the present value of its rent", "[engine][site_phase]") {
    PhaseWorld small;
    small.give_cash(kOwner, kRich);
    merge_lease(small.site(kOwner), 100, 450.0, 4);
    small.order(kOwner).exit_lease_kw[kNorth] = 40;
    small.commit();
    // 40 kW x 450 $ = 18,000 $ a quarter for four quarters at 10%: 67,859 $, of which half
    const double factor = 1.0 / std::pow(1.1, 0.25);
    const double value = 18'000.0 * (factor + factor * factor + factor * factor * factor + 1.0 / 1.1);
    CHECK(small.posted(kOwner, Kind::lease_exit) == to_usd(value / 2.0));
    CHECK(small.site(kOwner).lease_kw == 60);
    small.open_quarter();
    small.order(kOwner).exit_lease_kw[kNorth] = 1000;
    small.commit();
    CHECK(small.site(kOwner).lease_kw == 0);
    CHECK(small.site(kOwner).lease_left_q == 0);
}

TEST_CASE("On-site plant is paid half with the order and half when it runs, and is work in progress until then", "[engine][site_phase]") {
    PhaseWorld small;
    small.give_cash(kOwner, kRich);
    small.order(kOwner).order_onsite_kw[kNorth] = 100;
    build(small);
    CHECK(small.account(kOwner, Account::building) == Usd{100'000});  // half of 100 kW x 2,000 $
    small.open_quarter();
    build(small);
    CHECK(small.site(kOwner).onsite_kw == 0);
    small.open_quarter();  // two quarters of lead
    CHECK(small.site(kOwner).onsite_kw == 100);
    SECTION("it is not for sale before it is paid") {
        small.order(kOwner).sell_onsite_kw[kNorth] = 100;
        build(small);
        CHECK(small.site(kOwner).onsite_kw == 100);
        CHECK(small.account(kOwner, Account::building) == Usd{0});
        CHECK(small.account(kOwner, Account::onsite_gross) == Usd{200'000});
    }
    SECTION("later it brings half of its book, and plant on order is no part of it") {
        build(small);
        small.scenario->regions[kSouth].onsite_usd_kw = 4000.0;
        small.site(kOwner, kSouth).onsite_kw = 50;  // as much again
        for (Account a : {Account::onsite_gross, Account::cash}) {
            const Usd amount{a == Account::cash ? -200'000 : 200'000};
            balance_of(*small.world, kOwner, a) += amount;
        }
        small.world->opening_money -= 200'000;
        small.open_quarter();
        small.order(kOwner).order_onsite_kw[kNorth] = 100;
        small.order(kOwner).sell_onsite_kw[kNorth] = 50;
        const Usd before = small.cash(kOwner);
        build(small);
        // a quarter of 400,000 $ of plant, new: 50,000 $ come in for 100,000 $ of book; the new order takes 100,000 $
        CHECK(small.cash(kOwner) == before + Usd{50'000} - Usd{100'000});
        CHECK(small.account(kOwner, Account::onsite_gross) == Usd{300'000});
        CHECK(small.broken() == 0);
    }
}

TEST_CASE("Orders of plant in two regions shrink by one factor to what is due now, within each region's equipment", "[engine][site_phase]") {
    PhaseWorld small;
    small.give_cash(kOwner, 150'000);
    small.order(kOwner).order_onsite_kw[kNorth] = 200;
    small.order(kOwner).order_onsite_kw[kSouth] = 100;
    build(small);
    CHECK(small.site(kOwner, kNorth).onsite_coming_kw[2] == 100);  // half of 300 kW x 1,000 $
    CHECK(small.site(kOwner, kSouth).onsite_coming_kw[2] == 50);
    SECTION("and the limit is shared alike") {
        PhaseWorld tight;
        tight.scenario->regions[kNorth].onsite_cap_kw_q = 100;
        for (int f : {kOwner, kCloud, kLab}) tight.give_cash(f, kRich);
        tight.order(kOwner).order_onsite_kw[kNorth] = 20;
        tight.order(kCloud).order_onsite_kw[kNorth] = 500;
        tight.order(kLab).order_onsite_kw[kNorth] = 90;
        build(tight);
        CHECK(tight.site(kOwner).onsite_coming_kw[2] == 20);
        CHECK(tight.site(kCloud).onsite_coming_kw[2] == 40);
        CHECK(tight.site(kLab).onsite_coming_kw[2] == 40);
    }
}

TEST_CASE("Chips that lose their power go to the warehouse at once", "[engine][site_phase]") {
    PhaseWorld small;
    small.give_cash(kOwner, kRich);
    small.give_chips(kOwner, 100);  // 125 kW at the meter
    small.order(kOwner).withdraw_power_kw[kNorth] = 50;
    small.commit();
    CHECK(small.firm(kOwner).holdings[0].installed == 60);  // 75 kW / 1.25
    CHECK(small.firm(kOwner).holdings[0].warehouse == 40);
    CHECK(small.broken() == 0);
}

TEST_CASE("The opening schedule brings shells and leases in their quarter, instalments and books add up to the cost", "[engine][site_phase]") {
    PhaseWorld small;
    Arrival& arrival = small.scenario->arrivals[kOwner][kNorth][2];  // 2026Q4
    arrival = {0, 80, 0, 4, Usd{1003}, Usd{251}};                    // begun in 2026Q1, of which a quarter is paid
    small.scenario->arrivals[kCloud][kNorth][1].lease_kw = 20;
    balance_of(*small.world, kOwner, Account::building) += Usd{251};
    balance_of(*small.world, kOwner, Account::paid_in) -= Usd{251};
    small.give_cash(kOwner, 10'000);
    open_ledger(*small.ledger, *small.world);
    build(small);
    CHECK(small.posted(kOwner, Kind::building_instalment) == Usd{250});
    small.open_quarter();
    CHECK(small.site(kCloud).lease_kw == 20);
    CHECK(small.site(kCloud).lease_left_q == 40);
    build(small);
    small.open_quarter();
    CHECK(small.site(kOwner).shell_kw == 80);
    build(small);
    CHECK(small.posted(kOwner, Kind::building_instalment) == Usd{252});  // the remainder
    CHECK(small.account(kOwner, Account::building) == Usd{0});
    CHECK(small.account(kOwner, Account::sites_gross) == Usd{1003});
    CHECK(small.broken() == 0);
}
