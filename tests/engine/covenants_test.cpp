// P15, covenants on a small world: when they bind, what a breach costs, when lenders call their loans; and what a firm sees of it.
#include <catch2/catch.hpp>

#include "engine/quarter/observe_firm.h"
#include "engine/replay/events.h"
#include "tests/engine/money_world.h"

using namespace rackrace;
using namespace rackrace::test;

namespace {

/// The quarter's own earnings are those of the ledger, none here: the mean of two quarters is 1 B$.
void close(MoneyWorld& small) {
    for (int f = 0; f < 4; ++f) small.firm(f).history[1].ebitda_ai = Usd{2'000'000'000};
    test_covenants(*small.scenario, *small.world, *small.ledger);
}

double headroom(const MoneyWorld& small, int f) {
    const Firm& firm = small.world->firms[f];
    return covenant_headroom_frac(small.scenario->parameters, firm, covenant_figures(*small.scenario, *small.world, f, firm.leverage_ratio));
}

}  // namespace

TEST_CASE("Covenants bind from the fifth quarter of a bond or a secured loan on, not on converts, revolvers and suppliers' credit", "[engine][covenants]") {
    MoneyWorld small;
    small.firm(kOwner).cash_costs = Usd{1'000};  // at least 500 $ of cash
    small.give_cash(kOwner, 400);
    SECTION("a bond") {
        small.lend(kOwner, 0, DebtKind::bond, 1'000, 0.05, 20);
        for (int quarter = 1; quarter <= 4; ++quarter) {
            close(small);
            CHECK(small.firm(kOwner).breach_q == 0);
        }
        CHECK(headroom(small, kOwner) == Approx(-0.2));
        close(small);
        CHECK(small.firm(kOwner).breach_q == 1);
        small.give_cash(kOwner, 200);
        CHECK(headroom(small, kOwner) == Approx(0.2));
        close(small);
        CHECK(small.firm(kOwner).breach_q == 0);
    }
    SECTION("others") {
        small.lend(kOwner, 0, DebtKind::convertible, 1'000, 0.05, 20).age_q = 9;
        small.lend(kOwner, 1, DebtKind::revolver, 1'000, 0.05, 0).age_q = 9;
        small.lend(kOwner, 2, DebtKind::vendor, 1'000, 0.05, 9).age_q = 9;
        close(small);
        CHECK(small.firm(kOwner).breach_q == 0);
        CHECK(headroom(small, kOwner) == 1.0);
    }
}

TEST_CASE("A neocloud owes at most seven years of EBITDA, six once the loan is eight quarters old", "[engine][covenants]") {
    MoneyWorld small;
    Tranche& bond = small.lend(kCloud, 0, DebtKind::bond, 26'000'000'000, 0.05, 20);  // L 6.5
    bond.age_q = 7;
    close(small);
    CHECK(small.firm(kCloud).breach_q == 0);
    close(small);
    CHECK(small.firm(kCloud).breach_q == 1);
    small.lend(kOwner, 0, DebtKind::bond, 100'000'000'000, 0.05, 20).age_q = 9;  // a hyperscaler has no such covenant
    close(small);
    CHECK(small.firm(kOwner).breach_q == 0);
}

TEST_CASE("Leverage is tested on the earnings of the quarter that was just settled", "[engine][covenants]") {
    for (const double earned : {2e9, 1e9}) {
        MoneyWorld small;
        small.scenario->parameters.staff_revenue_share_frac[static_cast<int>(Role::neocloud)] = 0.0;
        small.firm(kCloud).core_cash_usd_q = earned;
        small.lend(kCloud, 0, DebtKind::bond, 32'000'000'000, 0.0, 20).age_q = 4;
        small.next_quarter();
        for (Flows& flows : small.firm(kCloud).history) flows = Flows{};
        small.firm(kCloud).history[0].ebitda_ai = Usd{1'000'000'000};
        small.settle_quarter();
        test_covenants(*small.scenario, *small.world, *small.ledger);
        // 32 B$ less half of the cash over 6 or 4 B$ a year
        CHECK(small.firm(kCloud).breach_q == (earned == 1e9 ? 1 : 0));
    }
}

TEST_CASE("Take-or-pay must cover the service of contract-backed loans: 0.6 x receipts over it at least 1.2", "[engine][covenants]") {
    MoneyWorld small;
    Tranche& loan = small.lend(kCloud, 0, DebtKind::contract_backed, 1'000, 0.04, 5);
    loan.is_secured = loan.is_amortising = 1;
    loan.age_q = 4;
    // 10 $ of interest and 200 $ of principal need 420 $
    small.firm(kCloud).history[0].takeorpay_receipts = Usd{420};
    CHECK(headroom(small, kCloud) == Approx(0.0).margin(1e-12));
    small.firm(kCloud).history[0].takeorpay_receipts = Usd{315};
    CHECK(headroom(small, kCloud) == Approx(-0.25));
    close(small);
    CHECK(small.firm(kCloud).breach_q == 1);
}

TEST_CASE("A breach makes loans dearer, stops draws and payouts, and sweeps cash above the minimum into secured debt", "[engine][covenants]") {
    MoneyWorld small;
    Firm& cloud = small.firm(kCloud);
    Tranche& loan = small.lend(kCloud, 0, DebtKind::contract_backed, 30'000'000'000, 0.04, 20);  // L 7.5
    loan.is_secured = 1;
    loan.age_q = 4;
    cloud.cash_costs = Usd{2'000'000};
    small.give_cash(kCloud, 5'000'000);
    cloud.undrawn_contract_backed = Usd{9'000};
    cloud.undrawn_project = Usd{9'000};
    close(small);
    CHECK(cloud.breach_q == 1);
    CHECK(small.cash(kCloud) == Usd{1'000'000});
    CHECK(loan.principal == Usd{30'000'000'000 - 4'000'000});
    CHECK(drawable_contract_backed(cloud) == Usd{0});
    CHECK(drawable_project(cloud) == Usd{0});
    CHECK(tranche_rate_apr(small.scenario->parameters, *small.world, cloud, loan) == Approx(0.06));
    value_firms(*small.scenario, *small.world, take_rolls(*small.scenario, *small.world));
    CHECK(cloud.rating == 10);
    CHECK(cloud.revolver_limit == Usd{0});
    CHECK(small.broken() == 0);

    SECTION("new signed money is refused, and so are bought-back shares") {
        cloud.shares = 2.0;
        small.firm(kCloud).projects[0] = {kNorth, 4, 4, 0, 1000, 0, Usd{1'000'000}, Usd{0}};
        small.ask(kCloud, DebtKind::project, 1'000.0);
        small.order(kCloud).buy_back = Usd{10};
        small.raise();
        CHECK(small.told(kCloud).code == Code::covenant);
        CHECK(small.ledger->deals.buy_back[kCloud].code == Code::covenant);
    }
    SECTION("owners get nothing") {
        cloud.payout_frac = 1.0;
        cloud.core_cash_usd_q = 1e9;
        small.settle_quarter();
        CHECK(small.posted(kCloud, Kind::payout) == Usd{0});
    }
}

TEST_CASE("Lenders call their loans after the second breach in a row, unless they recover as much of the going concern as of its parts", "[engine][covenants]") {
    for (const bool is_worth_more : {false, true}) {
        MoneyWorld small;
        Firm& cloud = small.firm(kCloud);
        small.lend(kCloud, 0, DebtKind::bond, 40'000'000'000, 0.05, 20).age_q = 4;  // L 10
        cloud.ebitda_forward_usd = is_worth_more ? 4e9 : 0.0;
        small.give_cash(kCloud, 1'000);
        close(small);
        CHECK(cloud.accelerated == 0);
        close(small);
        CHECK(cloud.breach_q == 2);
        CHECK(cloud.accelerated == (is_worth_more ? 0 : 1));
    }
}

TEST_CASE("Broken and mended covenants, called loans and venture rounds are events", "[engine][covenants][replay]") {
    MoneyWorld small;
    World &before = *small.world, after = *small.world;
    const auto kinds = [&] {
        std::string all;
        for (const Event& event : events_between(before, after, Names{})) all += std::string(event.kind.text) + " ";
        return all;
    };
    after.firms[kCloud].breach_q = 1;
    after.firms[kLab].venture_t = static_cast<std::int16_t>(after.t);
    CHECK(kinds() == "covenant_broken venture_round ");
    before.firms[kCloud].breach_q = 1;
    after.firms[kCloud].breach_q = 2;
    after.firms[kCloud].accelerated = 1;
    before.firms[kLab].venture_t = after.firms[kLab].venture_t;
    CHECK(kinds() == "loans_called ");
    after.firms[kCloud].breach_q = 0;
    after.firms[kCloud].accelerated = 0;
    CHECK(kinds() == "covenant_mended ");
}

TEST_CASE("What is drawn above the borrowing base falls due, a quarter of it each quarter", "[engine][covenants]") {
    MoneyWorld small;
    Tranche& loan = small.lend(kCloud, 0, DebtKind::contract_backed, 1'000, 0.0, 20);
    small.give_cash(kCloud, 10'000);
    small.settle_quarter();  // no contracts: no base
    CHECK(loan.principal == Usd{750});
    small.next_quarter();
    small.settle_quarter();
    CHECK(loan.principal == Usd{562});  // 187.5 rounds to 188
    CHECK(small.cash(kCloud) == Usd{10'000 - 438});
    CHECK(small.broken() == 0);
}

TEST_CASE("A firm sees its covenant headroom, the collateral that is free and what lenders would lend now", "[engine][covenants][view]") {
    MoneyWorld small;
    small.firm(kOwner).ebitda_forward_usd = 4e9;
    small.lend(kOwner, 2, DebtKind::project, 1'000'000'000, 0.05, 20).is_secured = 1;
    small.firm(kOwner).debt[2].age_q = 4;
    small.firm(kOwner).cash_costs = Usd{1'000'000'000};
    small.give_cash(kOwner, 750'000'000);
    small.firm(kOwner).holdings[0].installed = 100'000;
    small.world->products[0].resale_usd_chip = 20'000.0;
    const auto market = std::make_unique<MarketView>();
    const auto view = std::make_unique<FirmView>();
    observe(*small.scenario, *small.world, *market, kOwner, *view);
    CHECK(view->me.headroom_frac == Approx(0.5));
    REQUIRE(view->loans_count == 1);
    CHECK(view->loans[0].headroom_frac == Approx(0.5));
    CHECK(view->me.collateral_musd == Approx(1'000.0));
    CHECK(view->me.credit_limit_musd == Approx(2.0 * (20'000.0 - 1'000.0 + 375.0)));
    small.scenario->parameters.credit_supply_2026q1_usd = 1000e9;
    small.ask(kOwner, DebtKind::bond, 1e6 * view->me.credit_limit_musd);
    small.raise();
    CHECK(small.told(kOwner).got == Approx(1e6 * view->me.credit_limit_musd));
}
