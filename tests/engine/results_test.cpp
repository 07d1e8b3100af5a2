// What firms are told of orders that a market or their cash cut: asked, got, price and code, to the unit.
#include <catch2/catch.hpp>

#include "engine/market/contract_phase.h"
#include "engine/market/training_phase.h"
#include "engine/quarter/results.h"
#include "tests/engine/chip_market.h"
#include "tests/engine/money_world.h"

using namespace rackrace;
using namespace rackrace::test;

namespace {

/// Of one firm, told after a stage of any of the small worlds.
struct Told {
    Desk desk{};

    template <class Market> Told(Stage stage, Market& market, int f) {
        const Orders& orders = market.orders[static_cast<std::size_t>(f)];
        if (stage == Stage::a) report_stage_a(*market.scenario, market.ledger->deals, orders, *market.world, f, 0, desk);
        else report_stage_b(*market.scenario, market.ledger->deals, orders, *market.world, f, 0, desk);
    }
    const DeskResult& of(Verb verb, std::int32_t ref) const {
        for (int i = 0; i < desk.result_count; ++i)
            if (desk.results[i].verb == verb && desk.results[i].ref == ref) return desk.results[i];
        throw std::logic_error("not told");
    }
};

void check_result(const DeskResult& result, double asked, double got, Code code) {
    CHECK(result.asked == Approx(asked));
    CHECK(result.got == Approx(got));
    CHECK(result.code == code);
}

}  // namespace

TEST_CASE("Who leases in a crowd is told how much of it was signed", "[engine][results]") {
    PhaseWorld small;
    small.order(kOwner).lease_site[kNorth] = {30, 20};
    small.order(kCloud).lease_site[kNorth] = {30, 20};
    small.order(kCloud).lease_site[kSouth] = {15, 20};
    small.commit();
    // 20 kW a region: 10 each in the north, all in the south
    check_result(Told(Stage::a, small, kOwner).of(Verb::lease_site, kNorth), 0.030, 0.010, Code::partial);
    const Told cloud(Stage::a, small, kCloud);
    check_result(cloud.of(Verb::lease_site, kSouth), 0.015, 0.015, Code::none);
    CHECK(cloud.desk.result_count == 2);
}

TEST_CASE("On-site plant that cash or makers cut is told region by region", "[engine][results]") {
    PhaseWorld small;
    small.give_cash(kOwner, 150'000);
    small.order(kOwner).order_onsite_kw[kNorth] = 200;
    small.order(kOwner).order_onsite_kw[kSouth] = 100;
    small.order(kCloud).order_onsite_kw[kSouth] = 100;
    small.commit();
    // half of 300 kW x 1,000 $ due now; the cloud has no cash at all
    const Told owner(Stage::a, small, kOwner);
    check_result(owner.of(Verb::order_onsite, kNorth), 0.2, 0.1, Code::partial);
    check_result(owner.of(Verb::order_onsite, kSouth), 0.1, 0.05, Code::partial);
    check_result(Told(Stage::a, small, kCloud).of(Verb::order_onsite, kSouth), 0.1, 0.0, Code::unfilled);
}

TEST_CASE("A loan paid back with what cash is left is told as R01", "[engine][results]") {
    MoneyWorld small;
    small.lend(kOwner, 0, DebtKind::bond, 1'000'000, 0.05, 8);
    small.lend(kOwner, 1, DebtKind::bond, 500'000, 0.06, 9);
    small.order(kOwner).repay[0] = Usd{1'000'000};
    small.order(kOwner).repay[1] = Usd{500'000};
    small.give_cash(kOwner, 900'000);
    small.raise();
    const Told owner(Stage::a, small, kOwner);
    check_result(owner.of(Verb::repay, 0), 1.0, 0.6, Code::insufficient_cash);
    check_result(owner.of(Verb::repay, 1), 0.5, 0.3, Code::insufficient_cash);
}

TEST_CASE("A threat to leave a contract is told with the price after it, F01 where it was not believed", "[engine][results]") {
    for (const bool is_believed : {true, false}) {
        PhaseWorld small;
        small.world->next_contract_id = 40;
        Contract& contract = small.sell(kCloud, kOwner, 100'000, 1.5, 0.9, 16);
        for (double& spot : small.world->spot_ewma_usd_h) spot = is_believed ? 0.4 : 0.8;
        small.world->backlog = contract_backlog(small.scenario->parameters, contract, small.world->t - 1);
        add_slot(small.order(kOwner).renegotiate, 0);
        trade_contracts(*small.scenario, *small.world, small.orders.data(), *small.ledger);
        const Told owner(Stage::a, small, kOwner);
        const DeskResult& threat = owner.of(Verb::renegotiate, 41);
        check_result(threat, 1.0, is_believed ? 1.0 : 0.0, is_believed ? Code::none : Code::unfilled);
        CHECK(threat.price == Approx(is_believed ? 1.5 - 0.12475 : 1.5));  // the worked case of model 5.17
    }
}

TEST_CASE("A threat at a contract that its buyer ends in the same quarter is told as not believed", "[engine][results]") {
    PhaseWorld small;
    small.world->next_contract_id = 40;
    Contract& contract = small.sell(kCloud, kOwner, 100'000, 1.5, 0.9, 16);
    for (double& spot : small.world->spot_ewma_usd_h) spot = 0.4;
    small.world->backlog = contract_backlog(small.scenario->parameters, contract, small.world->t - 1);
    add_slot(small.order(kOwner).renegotiate, 0);
    add_slot(small.order(kOwner).break_contract, 0);
    trade_contracts(*small.scenario, *small.world, small.orders.data(), *small.ledger);
    REQUIRE(small.world->contracts[0].id == 0);
    const Told owner(Stage::a, small, kOwner);
    check_result(owner.of(Verb::renegotiate, 41), 1.0, 0.0, Code::unfilled);
    CHECK(owner.of(Verb::renegotiate, 41).price == 1.5);
}

TEST_CASE("New chips are told as their sale dealt, whatever moves them before the close", "[engine][results]") {
    ChipMarket market;
    market.stock(kChip, 100);
    market.bid(kAlder, kChip, 20'000.0, 60);
    market.bid(kBirch, kChip, 15'000.0, 60);
    market.sell();
    for (int slot = 0; slot < kOrderSlots; ++slot) {  // as where Birch buys what is left of Alder
        market.due(kBirch, kChip, slot).chips += market.due(kAlder, kChip, slot).chips;
        market.due(kAlder, kChip, slot) = ChipOrder{};
    }
    const DeskResult alder = Told(Stage::b, market, kAlder).of(Verb::bid_chips, kChip);
    check_result(alder, 60, 60, Code::none);
    check_result(Told(Stage::b, market, kBirch).of(Verb::bid_chips, kChip), 60, 40, Code::partial);
    CHECK(alder.price == Approx(market.product(kChip).cleared_usd_chip));
}

TEST_CASE("Talent is told by what the cash reached for", "[engine][results]") {
    PhaseWorld small;
    small.give_cash(kLab, 3'000'000);
    small.order(kLab).hire_talent = Usd{4'000'000};
    double news[kMaxFirms];
    train_models(*small.scenario, *small.world, small.orders.data(), *small.ledger, news);
    check_result(Told(Stage::b, small, kLab).of(Verb::hire_talent, -1), 4.0, 3.0, Code::insufficient_cash);
}

TEST_CASE("Owners of an in-house line are told of chips out of stock and of those asked of the foundry", "[engine][results]") {
    ChipMarket market;
    market.stock(kInHouse, 60);
    market.product(kInHouse).list_usd_chip = 5'600.0;
    market.order(kAlder).order_captive_chips[kInHouse] = 20;
    market.order(kBirch).order_captive_chips[kInHouse] = 90;
    SECTION("the foundry takes the rest") {
        market.plan();
        check_result(Told(Stage::a, market, kAlder).of(Verb::order_captive, kInHouse), 20, 20, Code::none);
        check_result(Told(Stage::a, market, kBirch).of(Verb::order_captive, kInHouse), 90, 90, Code::none);
    }
    SECTION("packaging has one wafer for 50 chips that stock does not cover: its 10 are shared as their chips will be") {
        for (double& wafers : market.scenario->packaging_wafers) wafers = 1.0;
        market.plan();
        check_result(Told(Stage::a, market, kAlder).of(Verb::order_captive, kInHouse), 20, 20, Code::none);
        check_result(Told(Stage::a, market, kBirch).of(Verb::order_captive, kInHouse), 90, 50, Code::partial);
    }
    SECTION("at the end of the line only the stock is left: 20 and 40 of the 60") {
        market.product(kInHouse).last_t = market.world->t;
        market.plan();
        check_result(Told(Stage::a, market, kAlder).of(Verb::order_captive, kInHouse), 20, 20, Code::none);
        check_result(Told(Stage::a, market, kBirch).of(Verb::order_captive, kInHouse), 90, 40, Code::partial);
    }
}

TEST_CASE("Used chips are told by what was sold and bought, at the price of their auction", "[engine][results]") {
    ChipMarket market;
    market.world->spot_ewma_usd_h[1] = 50.0;  // a chip is worth 12,000 $: the dealer bids 9,000 for the first
    market.own(kAlder, kChip, 1'000, 100);
    market.own(kBirch, kChip, 0, 100);
    market.order(kAlder).sell_chips[kChip] = {0.0, 40, 0};
    market.order(kBirch).sell_chips[kChip] = {9'001.0, 50, 0};
    market.order(kCedar).buy_used_chips[kChip] = {100.0, 8, 0};
    market.trade_used();
    const DeskResult sold = Told(Stage::b, market, kAlder).of(Verb::sell_chips, kChip);
    check_result(sold, 40, 40, Code::none);
    CHECK(sold.price == Approx(6'750.0));
    check_result(Told(Stage::b, market, kBirch).of(Verb::sell_chips, kChip), 50, 0, Code::unfilled);
    check_result(Told(Stage::b, market, kCedar).of(Verb::buy_used_chips, kChip), 8, 0, Code::unfilled);
}
