// P15 on small worlds: what is a default, who gets what of an estate, and that nothing is left of a firm that is gone.
#include <catch2/catch.hpp>
#include <memory>

#include "engine/quarter/quarter.h"
#include "tests/engine/phase_world.h"

using namespace rackrace;
using namespace rackrace::test;

namespace {

constexpr std::int64_t kMillion64 = 1'000'000;

/// A hyperscaler with money, a neocloud that fails and a lab. Spot compute costs 2 $ an hour, a chip sells used for 10,000 $.
struct Failing : PhaseWorld {
    Failing() {
        scenario->parameters.sentiment_sd = 0.0;
        scenario->products[0].buyers = Buyers::used_only;
        scenario->products[0].vendor = kOwner;
        world->products[0].list_usd_chip = 0.0;
        world->products[0].resale_usd_chip = 10'000.0;
        world->inference_efficiency = world->training_efficiency = 1.0;
        for (SegmentState& segment : world->segments) segment.outside_share_ppb = 1'000'000'000;
        for (Firm& firm : world->firms) firm.served_frac[0] = firm.served_frac[1] = 1.0;
        give_cash(kOwner, 1000 * kMillion64);
    }
    /// 1,000 chips that cost 20 M$, half of it depreciated, with a site that cost 10 M$.
    void furnish(int f) {
        give_chips(f, 1000);
        world->products[0].total_opening += 1000;
        firm(f).holdings[0].gross = Usd{20 * kMillion64};
        firm(f).holdings[0].depreciation = Usd{10 * kMillion64};
        const auto book = [&](Account account, std::int64_t usd) {
            balance_of(*world, f, account) += Usd{usd};
            ledger->opening[f][static_cast<int>(account)] += Usd{usd};
        };
        book(Account::chips_gross, 20 * kMillion64);
        book(Account::chips_depreciation, -10 * kMillion64);
        book(Account::sites_gross, 10 * kMillion64);
        book(Account::paid_in, -20 * kMillion64);
    }
    void owe(int f, int creditor, std::int64_t usd) { file_claim(*world, *ledger, Kind::rent, f, creditor, Usd{usd}, 0); }
    void resolve() {
        ledger->phase = 15;
        Rolls rolls = take_rolls(*scenario, *world);
        resolve_distress(*scenario, *world, orders.data(), *ledger, rolls);
        close_backlog(*scenario, *world, rolls.contracts);
    }
    void enter(int f) {
        firm(f).accelerated = 1;
        resolve();
        REQUIRE(firm(f).status == FirmStatus::chapter_11);
    }
    void next() { open_quarter(); }
    void close() {
        trade_used_chips(*scenario, *world, orders.data(), *ledger);
        settle_quarter();
        resolve();
    }
    /// Of all identities that these quarters can break; 0 if they hold.
    int broken_identity() const {
        for (const Broken found : {check_chips(*scenario, *world), check_orders(*scenario, *world), check_compute(*scenario, *world), check_contracts(*scenario, *world),
                                   check_ownership(*scenario, *world, *ledger), check_exits(*scenario, *world)})
            if (found.identity != 0) return found.identity;
        return broken();
    }
    void bid(int bidder, int target, std::int64_t usd) { order(bidder).bid_firm[0] = {Usd{usd}, target, 1}; }
};

}  // namespace

TEST_CASE("Arrears two quarters old, two missed coupons or called debt are a default, whoever the creditor", "[engine][distress]") {
    Failing small;
    SECTION("old arrears") {
        small.owe(kCloud, kUtility, 1000);
        for (int q = 0; q < 2; ++q) {
            small.settle_quarter();
            small.resolve();
            CHECK(small.firm(kCloud).status == FirmStatus::in_arrears);
            small.next();
        }
        small.settle_quarter();
        CHECK(small.firm(kCloud).status == FirmStatus::overdue);
        small.resolve();
        CHECK(small.firm(kCloud).status == FirmStatus::chapter_11);
        CHECK(small.firm(kCloud).estate_q == 1);
    }
    SECTION("an unsecured coupon may defer once") {
        small.lend(kCloud, 0, DebtKind::bond, 40'000, 0.10, 20);
        small.settle_quarter();
        small.resolve();
        CHECK(small.firm(kCloud).missed_coupons == 1);
        CHECK(small.firm(kCloud).status == FirmStatus::in_arrears);
        SECTION("and a second one in a row is a default") {
            small.next();
            small.settle_quarter();
            small.resolve();
            CHECK(small.firm(kCloud).status == FirmStatus::chapter_11);
            CHECK(small.world->defaulted_debt == Usd{40'000});
        }
        SECTION("one paid in between is forgiven") {
            small.next();
            small.give_cash(kCloud, 2000);
            small.settle_quarter();
            small.resolve();
            CHECK(small.firm(kCloud).missed_coupons == 0);
            CHECK(small.firm(kCloud).status == FirmStatus::healthy);
        }
    }
    SECTION("secured interest may not") {
        small.lend(kCloud, 0, DebtKind::project, 40'000, 0.10, 20).is_secured = 1;
        small.settle_quarter();
        small.resolve();
        CHECK(small.firm(kCloud).status == FirmStatus::chapter_11);
    }
    SECTION("debt that lenders called") { small.enter(kCloud); }
    CHECK(small.broken_identity() == 0);
}

TEST_CASE("In chapter 11 unsecured debt waits and nobody lends", "[engine][distress]") {
    Failing small;
    small.give_cash(kCloud, 100'000);
    small.lend(kCloud, 0, DebtKind::bond, 40'000, 0.10, 20);
    small.lend(kCloud, 1, DebtKind::project, 40'000, 0.10, 20).is_secured = 1;
    small.firm(kCloud).revolver_limit = small.firm(kCloud).undrawn_project = Usd{50'000};
    small.enter(kCloud);
    CHECK(means_of(*small.world, kCloud) == Usd{100'000});
    small.next();
    small.settle_quarter();
    CHECK(small.posted(kCloud, Kind::interest) == Usd{1000});  // the secured loan's
    CHECK(small.firm(kCloud).debt[0].left_q == 20);
    CHECK(small.firm(kCloud).status == FirmStatus::chapter_11);
    CHECK(small.broken_identity() == 0);
}

TEST_CASE("An estate rejects what burdens it, and the other side claims 15% of the value left", "[engine][distress]") {
    Failing small;
    small.furnish(kCloud);
    Contract& dear = small.sell(kOwner, kCloud, 100, 3.0, 0.0, 10);   // bought above the spot price of 2 $
    Contract& cheap = small.sell(kOwner, kCloud, 100, 1.0, 0.0, 10);
    for (Contract* contract : {&dear, &cheap}) contract->delivered_h100e = contract->used_h100e = contract->due_h100e[0] = 0;
    small.enter(kCloud);
    CHECK(dear.end_t == small.world->t);
    CHECK(cheap.end_t == 10);
    // One quarter is left: 100 H100e x 2190 h x 3 $ at 10% a year is 641,540 $, and 15% of it 96,231 $.
    CHECK(to_double(owed_to(*small.world, kCloud, kOwner)) == Approx(0.15 * 657'000.0 * quarter_discount(small.scenario->parameters)).margin(1.0));
    CHECK(small.broken_identity() == 0);
}

TEST_CASE("The highest bid takes the firm, its price goes to creditors by priority", "[engine][distress]") {
    Failing small;
    small.scenario->parameters.merger_share_max_frac = 1.0;  // the firm has all the chips there are
    small.furnish(kCloud);
    small.lend(kCloud, 0, DebtKind::contract_backed, 4 * kMillion64, 0.08, 20).is_secured = 1;
    small.lend(kCloud, 1, DebtKind::bond, 30 * kMillion64, 0.08, 20);
    small.owe(kCloud, kUtility, 10 * kMillion64);
    small.enter(kCloud);
    small.next();
    small.give_cash(kLab, 100 * kMillion64);
    const EstateValue value = value_estate(*small.scenario, *small.world, *small.ledger, kCloud);
    CHECK(value.chips_usd == Approx(1000 * 10'000.0 * 0.5));  // dumped at once: half of resale
    CHECK(value.liquidation_usd == Approx(5e6 + 0.6 * 10e6));
    small.bid(kOwner, kCloud, 24 * kMillion64);
    small.bid(kLab, kCloud, 20 * kMillion64);
    SECTION("the higher one wins") {
        const Usd cash = small.cash(kOwner), lender = cash_of(*small.world, kInvestor);
        small.resolve();
        CHECK(small.firm(kCloud).status == FirmStatus::acquired);
        CHECK(small.firm(kCloud).taken_by == kOwner + 1);
        CHECK(cash - small.cash(kOwner) == Usd{24 * kMillion64});
        // 4 M$ to the secured loan; 20 M$ over 30 of bonds and 10 of bills: half of each.
        CHECK(cash_of(*small.world, kInvestor) - lender == Usd{19 * kMillion64});
        CHECK(small.posted(kCloud, Kind::debt_write_off) == Usd{15 * kMillion64});
        CHECK(small.posted(kCloud, Kind::claim_write_off) == Usd{5 * kMillion64});
        CHECK(small.firm(kOwner).holdings[0].installed == 1000);
        CHECK(small.firm(kOwner).holdings[0].gross == Usd{10 * kMillion64});
        CHECK(small.site(kOwner).grid_kw == 1250);
        CHECK(small.account(kOwner, Account::sites_gross) == Usd{10 * kMillion64});
        CHECK(small.firm(kCloud).own_frac == 0.0);
        CHECK(small.ledger->deals.bid_firm[kOwner][0].got == 24e6);
        CHECK(small.ledger->deals.bid_firm[kLab][0].code == Code::unfilled);
        CHECK(small.ledger->deals.bid_firm[kLab][0].price == 24.0);
    }
    SECTION("a bid that its money no longer covers does not count") {
        small.order(kOwner).bid_firm[0].amount = Usd{2000 * kMillion64};
        small.resolve();
        CHECK(small.firm(kCloud).taken_by == kLab + 1);
        CHECK(small.ledger->deals.bid_firm[kOwner][0].code == Code::insufficient_cash);
    }
    SECTION("nor one below what breaking up brings") {
        small.order(kOwner).bid_firm[0].amount = Usd{9 * kMillion64};
        small.order(kLab).bid_firm[0] = FirmBid{};
        small.resolve();
        CHECK(small.firm(kCloud).status == FirmStatus::chapter_11);
        CHECK(small.ledger->deals.bid_firm[kOwner][0].price == Approx(11.0));
    }
    SECTION("what creditors leave goes to the owners") {
        small.order(kOwner).bid_firm[0].amount = Usd{50 * kMillion64};
        small.resolve();
        CHECK(small.posted(kCloud, Kind::payout) == Usd{6 * kMillion64});
        CHECK(small.firm(kCloud).discounted_payouts_usd == Approx(6e6 * owners_discount(small.scenario->parameters, Role::neocloud, 2)));
    }
    CHECK(small.broken_identity() == 0);
}

TEST_CASE("Where acquisitions are banned no bid takes a failed firm", "[engine][distress]") {
    Failing small;
    small.scenario->parameters.merger_share_max_frac = 1.0;
    small.scenario->rules.acquisitions = AcquisitionRule::banned;
    small.furnish(kCloud);
    small.enter(kCloud);
    small.next();
    small.bid(kOwner, kCloud, 50 * kMillion64);
    small.resolve();
    CHECK(small.firm(kCloud).status == FirmStatus::chapter_11);
    CHECK(small.ledger->deals.bid_firm[kOwner][0].code == Code::closed_to_role);
    CHECK(small.ledger->deals.bid_firm[kOwner][0].got == 0.0);
}

TEST_CASE("A bidder that would hold more than 40% of training compute is refused", "[engine][distress]") {
    Failing small;
    small.furnish(kCloud);
    small.give_cash(kLab, 100 * kMillion64);
    small.firm(kLab).pool_h100e[2] = small.firm(kLab).idle_h100e[2] = 1400;
    small.firm(kOwner).pool_h100e[2] = small.firm(kOwner).idle_h100e[2] = 1;
    small.enter(kCloud);
    small.next();
    small.bid(kOwner, kCloud, 50 * kMillion64);  // 1,001 of 2,401: 42%
    small.resolve();
    CHECK(small.firm(kCloud).status == FirmStatus::chapter_11);
    CHECK(small.ledger->deals.bid_firm[kOwner][0].code == Code::counterparty);
    small.firm(kLab).pool_h100e[2] = small.firm(kLab).idle_h100e[2] = 1600;
    small.resolve();
    CHECK(small.firm(kCloud).status == FirmStatus::acquired);
}

TEST_CASE("Contracts change sides with a sale, those with the buyer cancel out", "[engine][distress]") {
    Failing small;
    small.furnish(kCloud);
    small.give_chips(kOwner, 500);
    small.world->products[0].total_opening += 500;
    Contract& outside = small.sell(kCloud, kCustomer, 300, 3.0, 0.8, 20);
    Contract& inside = small.sell(kCloud, kOwner, 200, 3.0, 0.8, 20);
    Contract& bought = small.sell(kLab, kCloud, 50, 0.5, 0.8, 20);
    bought.delivered_h100e = bought.used_h100e = bought.due_h100e[0] = 0;
    for (const Contract* one : {&outside, &inside, &bought}) small.world->backlog += contract_backlog(small.scenario->parameters, *one, small.world->t - 1);
    Contract* all[] = {&outside, &inside, &bought};
    for (Contract* one : all) {  // 60,000 $ are prepaid on each
        one->prepaid = Usd{60'000};
        post(*small.world, *small.ledger, Kind::prepayment, one->buyer, one->seller, one->prepaid, one->id);
    }
    small.firm(kCloud).delivered_h100e[2] = 500;
    small.firm(kCloud).idle_h100e[2] = 500;
    small.firm(kOwner).received_h100e[2] = 200;
    small.firm(kOwner).used_h100e[2] = 200;
    REQUIRE(small.broken_identity() == 10);  // the backlog still holds what falls due now
    small.scenario->parameters.chapter_11_q = 2;
    small.firm(kCloud).status = FirmStatus::chapter_11;
    small.firm(kCloud).estate_q = 1;
    small.scenario->parameters.merger_share_max_frac = 1.0;
    small.bid(kOwner, kCloud, 40 * kMillion64);
    small.resolve();
    REQUIRE(small.firm(kCloud).status == FirmStatus::acquired);
    CHECK(outside.seller == kOwner);
    CHECK(outside.prepaid == Usd{60'000});
    CHECK(bought.buyer == kOwner);
    CHECK(inside.end_t == small.world->t);
    CHECK(inside.prepaid == Usd{});
    CHECK(small.firm(kOwner).delivered_h100e[2] == 500);
    CHECK(small.broken_identity() == 0);
}

TEST_CASE("Without a bid a firm worth more alive is reorganised: lenders own it", "[engine][distress]") {
    Failing small;
    small.furnish(kCloud);
    small.lend(kCloud, 0, DebtKind::project, 8 * kMillion64, 0.08, 20).is_secured = 1;
    small.lend(kCloud, 1, DebtKind::bond, 30 * kMillion64, 0.08, 20);
    small.owe(kCloud, kUtility, 1 * kMillion64);
    small.firm(kCloud).ebitda_forward_usd = 10e6;  // 7 times that is above 11 M$ of pieces
    small.enter(kCloud);
    small.next();
    small.resolve();
    CHECK(small.firm(kCloud).status == FirmStatus::chapter_11);
    small.next();
    small.resolve();
    const Firm& cloud = small.firm(kCloud);
    CHECK(cloud.status == FirmStatus::healthy);
    CHECK(cloud.debt[0].principal == Usd{6 * kMillion64});  // 60% of a site of 10 M$
    CHECK(cloud.debt[1].kind == DebtKind::none);
    CHECK(small.posted(kCloud, Kind::conversion) == Usd{32 * kMillion64});
    CHECK(arrears_of(*small.world, kCloud) == Usd{});
    CHECK(cloud.own_frac == 0.0);
    CHECK(cloud.shares == 1.0);
    CHECK(cloud.holdings[0].installed == 1000);
    CHECK(small.broken_identity() == 0);
}

TEST_CASE("A firm worth more in pieces is liquidated: chips sell over two quarters, then nothing is left", "[engine][distress]") {
    Failing small;
    small.furnish(kCloud);
    small.give_chips(kOwner, 100'000);  // a deep market
    small.world->products[0].total_opening += 100'000;
    small.give_cash(kCloud, 1 * kMillion64);
    small.lend(kCloud, 0, DebtKind::contract_backed, 1 * kMillion64, 0.08, 20).is_secured = 1;
    small.lend(kCloud, 1, DebtKind::project, 2 * kMillion64, 0.08, 20).is_secured = 1;
    small.lend(kCloud, 2, DebtKind::bond, 30 * kMillion64, 0.08, 20);
    small.owe(kLab, kCloud, 500);
    small.enter(kCloud);
    for (int q = 0; q < 2; ++q) {
        small.next();
        small.resolve();
    }
    Firm& cloud = small.firm(kCloud);
    CHECK(cloud.status == FirmStatus::liquidated);
    CHECK(small.posted(kLandlord, Kind::site_sale) == Usd{6 * kMillion64});
    CHECK(small.world->regions[kNorth].landlord_kw == 1000);
    CHECK(small.world->regions[kNorth].free_kw == 1250 + 200);  // and what the grid gained in two quarters
    CHECK(cloud.holdings[0].warehouse == 1000);
    CHECK(cloud.debt[1].kind == DebtKind::none);  // repaid by its site
    CHECK(cloud.debt[0].kind == DebtKind::contract_backed);
    CHECK(small.broken_identity() == 0);
    small.next();
    small.close();
    CHECK(cloud.holdings[0].warehouse == 500);
    CHECK(small.broken_identity() == 0);
    small.next();
    small.close();
    CHECK(cloud.status == FirmStatus::liquidated);
    CHECK(cloud.holdings[0].warehouse == 0);
    CHECK(small.cash(kCloud) == Usd{});
    CHECK(small.account(kCloud, Account::debt) == Usd{});
    CHECK(cloud.own_frac == 0.0);
    CHECK(is_gone(small.scenario->parameters, cloud));
    CHECK(owed_to(*small.world, kLab, kInvestor) == Usd{500});
    CHECK(small.broken_identity() == 0);
    SECTION("and its name takes no part any more, whatever it orders") {
        small.next();
        small.order(kCloud).build_site_kw[kNorth] = 100;
        small.order(kCloud).lease_site[kNorth] = {100, 40};
        small.order(kCloud).bid_power[kNorth] = {10.0, 100, 1};
        small.commit();
        small.close();
        CHECK(things_held(*small.scenario, cloud) == 0);
        CHECK(small.broken_identity() == 0);
    }
}

TEST_CASE("A default takes the payouts of four quarters back from the owners' value", "[engine][distress]") {
    Failing small;
    Firm& cloud = small.firm(kCloud);
    const Parameters& p = small.scenario->parameters;
    small.world->t = 14;  // the sixth quarter
    cloud.own_frac = 0.5;
    cloud.discounted_payouts_usd = 1000.0;
    for (int q = 1; q < kHistoryQuarters; ++q) cloud.history[q].payout = Usd{100};
    small.enter(kCloud);
    double taken = 0.0;
    for (int played = 3; played <= 5; ++played) taken += 0.5 * 100.0 * owners_discount(p, Role::neocloud, played);
    CHECK(cloud.discounted_payouts_usd == Approx(1000.0 - taken));
}

TEST_CASE("Defaults lower the market's mood", "[engine][distress]") {
    Failing calm, shaken;
    shaken.lend(kCloud, 0, DebtKind::bond, 8'000 * kMillion64, 0.0, 20);
    shaken.enter(kCloud);
    for (Failing* one : {&calm, &shaken}) update_sentiment(*one->scenario, *one->world, *one->chance, 0.0);
    // 8 B$ of a supply of 80 B$, times -0.3.
    CHECK(shaken.world->sentiment - calm.world->sentiment == Approx(-0.03));
}

TEST_CASE("A shell that a landlord took over is let again beside new ones", "[engine][distress]") {
    Failing small;
    small.world->regions[kNorth].landlord_kw = 1000;
    small.order(kOwner).lease_site[kNorth] = {100'000, 40};
    small.commit();
    const std::int64_t built = floor_to_int64(small.scenario->parameters.lease_supply_grid_ratio * 100.0 / 1.25);
    CHECK(small.site(kOwner).lease_coming_kw[static_cast<int>(small.scenario->parameters.lease_lead_q) - 1] == built + 1000);
    CHECK(small.world->regions[kNorth].landlord_kw == 0);
}
