// The sale of new chips as a phase: what is on sale, agreements first, bids and the money behind them, standing and list price after it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "tests/engine/chip_market.h"

using namespace rackrace;

TEST_CASE("On sale are stock and output allotted up to the lag, less what is on order and what the rest of the world will take", "[engine][chips]") {
    ChipMarket market;
    const auto on_sale = [&] { return chips_on_sale(*market.scenario, *market.world, kChip); };
    market.stock(kChip, 100);
    market.product(kChip).wafers[1] = 20;
    market.product(kChip).wafers[2] = 30;
    market.product(kChip).wafers[3] = 99;  // beyond the lag
    CHECK(on_sale().chips == 600);
    CHECK(on_sale().stock == 300);  // what can ship next quarter: 100 and the output of 200
    SECTION("orders") {
        place_order(*market.scenario, *market.world, *market.ledger, market.at(kAlder), kChip, 1, 250, 1.0, Usd{});
        place_order(*market.scenario, *market.world, *market.ledger, market.at(kAlder), kChip, 2, 310, 1.0, Usd{});
        CHECK(on_sale().chips == 40);
        CHECK(on_sale().stock == 40);  // 50 are left next quarter, 10 of them for the order after
    }
    SECTION("the rest of the world takes 10% of each output") {
        market.scenario->products[kChip].row_share_frac = 0.1;
        CHECK(on_sale().chips == 100 + 180 + 270);
    }
    SECTION("more on order than there will be") {
        place_order(*market.scenario, *market.world, *market.ledger, market.at(kAlder), kChip, 1, 900, 1.0, Usd{});
        CHECK(on_sale().chips == 0);
        CHECK(on_sale().stock == 0);
    }
    SECTION("nothing comes out before the launch") {
        market.product(kSuccessor).wafers[2] = market.product(kSuccessor).wafers[3] = 10;  // launch in 3
        CHECK(chips_on_sale(*market.scenario, *market.world, kSuccessor).chips == 0);
    }
}

TEST_CASE("The uniform sale: one price for all but for the bonus, deposits now, the stock's part ships first, pro rata", "[engine][chips]") {
    ChipMarket market;
    market.scenario->parameters.score_bonus_readiness_frac = 0.0;  // nobody is loyal, all weights are neutral: no bonus
    market.stock(kChip, 60);
    market.product(kChip).wafers[2] = 4;  // 100 on sale, reserve 10,000
    market.bid(kAlder, kChip, 15'000.0, 80);
    market.bid(kBirch, kChip, 12'000.0, 40);
    market.bid(kCedar, kChip, 9'999.0, 500);
    market.sell();
    // Alder 80, Birch 20; Birch's other 20 are the best rejected bid: 12,000 for both.
    CHECK(market.due(kAlder, kChip, 1).chips == 48);  // 60% of 80
    CHECK(market.due(kAlder, kChip, 2).chips == 32);
    CHECK(market.due(kBirch, kChip, 1).chips == 12);
    CHECK(market.due(kBirch, kChip, 2).chips == 8);
    CHECK(market.due(kBirch, kChip, 2).price_usd_chip == 12'000.0);
    CHECK(market.cash(kAlder) == Usd{1000 * kMillionUsd - 80 * 2'400});
    CHECK(market.cash(kDyer) == Usd{1000 * kMillionUsd + 100 * 2'400});
    CHECK(market.product(kChip).sold_chips == 100);
    CHECK(market.product(kChip).asked_chips == 120);
    CHECK(market.firm(kBirch).was_chip_bound == 1);
    CHECK(market.firm(kCedar).was_chip_bound == 0);  // under the reserve
    CHECK(market.books_hold());
    market.open();
    market.open();
    CHECK(market.firm(kAlder).holdings[kChip].installed == 80);
}

TEST_CASE("A buyer's cap and five times the list bound a bid, the newest generation sells first", "[engine][chips]") {
    ChipMarket market;
    market.stock(kChip, 100);
    SECTION("cap") {
        market.world->suppliers[0].buyer_cap_frac = 0.3;
        market.bid(kAlder, kChip, 20'000.0, 90);
        market.sell();
        CHECK(market.due(kAlder, kChip, 1).chips == 30);
        CHECK(market.firm(kAlder).was_money_bound == 0);
    }
    SECTION("five times the list: a bid of a million is one of 50,000, and pays that under PAYBID") {
        market.scenario->rules.chips = ChipRule::pay_bid;
        market.bid(kAlder, kChip, 1'000'000.0, 10);
        market.sell();
        CHECK(market.due(kAlder, kChip, 1).price_usd_chip == 50'000.0);
    }
    SECTION("money for 10 chips of 12,000 $: spent on the successor") {
        market.product(kSuccessor).first_t = 5;
        market.stock(kSuccessor, 100);
        market.set_cash(kAlder, 120'000);
        market.bid(kAlder, kChip, 10'000.0, 50);
        market.bid(kAlder, kSuccessor, 10'000.0, 50);
        market.sell();
        CHECK(market.due(kAlder, kSuccessor, 1).chips == 10);
        CHECK(market.due(kAlder, kChip, 1).chips == 0);
        CHECK(market.firm(kAlder).was_money_bound == 1);
    }
    SECTION("the deposit is paid now: receipts to come do not bring chips that cash and revolver cannot put down") {
        market.firm(kAlder).history[0].ebitda_core = Usd{100 * kMillionUsd};
        market.set_cash(kAlder, 20'000);
        market.bid(kAlder, kChip, 10'000.0, 50);
        market.sell();
        CHECK(market.due(kAlder, kChip, 1).chips == 10);  // 10 x 2,000
        CHECK(market.cash(kAlder) == Usd{0});
    }
    CHECK(market.books_hold());
}

TEST_CASE("An agreement is offered in stage A, taken in whole or part in stage B, and served before the sale", "[engine][chips][lta]") {
    ChipMarket market;
    market.product(kChip).wafers[2] = 10;
    market.order(kDyer).order_wafers[kChip] = 10;
    market.order(kDyer).offer_supply[0] = {0.1, 80, static_cast<std::int16_t>(market.at(kBirch)), kChip, 2, 0};
    market.order(kDyer).offer_supply[1] = {0.1, 80, static_cast<std::int16_t>(market.at(kCedar)), kChip, 2, 0};
    market.order(kElm).offer_supply[0] = {0.0, 80, static_cast<std::int16_t>(market.at(kBirch)), kChip, 2, 0};  // not its own chip
    market.plan();
    CHECK(market.world->agreements[1].chips_q == 80);
    CHECK(market.world->agreements[2].chips_q == 0);
    market.order(kBirch).accept_supply_chips[0] = 60;
    market.bid(kAlder, kChip, 50'000.0, 100);
    market.sell();
    CHECK(market.world->agreements[0].chips_q == 60);
    CHECK(market.world->agreements[1].chips_q == 0);  // Cedar left it
    CHECK(market.due(kBirch, kChip, 2).chips == 60);
    CHECK(market.due(kBirch, kChip, 2).price_usd_chip == 9'000.0);  // list less 10%
    CHECK(market.due(kBirch, kChip, 2).deposit == Usd{60 * 1'800});
    CHECK(market.due(kAlder, kChip, 2).chips == 40);
    CHECK(market.product(kChip).offered_chips == 40);  // the sale is of what agreements leave
    const double list = market.product(kChip).list_usd_chip;
    for (int q = 0; q < 2; ++q) {
        market.open();
        market.sell();
    }
    CHECK(market.due(kBirch, kChip, 1).chips == 60);  // the second delivery, at the list of its quarter
    CHECK(market.due(kBirch, kChip, 1).price_usd_chip == Approx(0.9 * list));
    CHECK(market.due(kBirch, kChip, 2).chips == 0);  // the term was two
    CHECK(market.books_hold());
}

TEST_CASE("Agreements share short chips pro rata, never ship early, and follow the supplier's newest product", "[engine][chips][lta]") {
    ChipMarket market;
    const auto agree = [&](int slot, int buyer, std::int32_t chips, int product) {
        market.world->agreements[slot] = {chips, static_cast<std::int16_t>(market.at(kDyer)), static_cast<std::int16_t>(market.at(buyer)),
                                          static_cast<std::int16_t>(product), 11, 20, 1, 0.0};
    };
    SECTION("90 chips for 100 and 80") {
        agree(0, kAlder, 100, kChip);
        agree(1, kBirch, 80, kChip);
        market.stock(kChip, 90);
        market.sell();
        CHECK(market.due(kAlder, kChip, 2).chips == 50);
        CHECK(market.due(kBirch, kChip, 2).chips == 40);
        CHECK(market.due(kAlder, kChip, 1).chips == 0);  // out of stock, but due in two quarters
        market.open();
        CHECK(market.firm(kAlder).holdings[kChip].installed == 0);
        market.open();
        CHECK(market.firm(kAlder).holdings[kChip].installed == 50);
    }
    SECTION("newest") {
        agree(0, kAlder, 10, -1);
        market.product(kSuccessor).first_t = 9;
        market.stock(kSuccessor, 90);
        market.stock(kChip, 90);
        market.sell();
        CHECK(market.due(kAlder, kSuccessor, 2).chips == 10);
        CHECK(market.due(kAlder, kChip, 2).chips == 0);
    }
    SECTION("not before its first delivery") {
        agree(0, kAlder, 10, kChip);
        market.world->agreements[0].first_t = 12;
        market.stock(kChip, 90);
        market.sell();
        CHECK(market.due(kAlder, kChip, 2).chips == 0);
    }
    SECTION("as far as the deposit is paid") {
        agree(0, kAlder, 10, kChip);
        market.stock(kChip, 90);
        market.set_cash(kAlder, 9'000);
        market.sell();
        CHECK(market.due(kAlder, kChip, 2).chips == 4);
    }
    CHECK(market.books_hold());
}

TEST_CASE("Buying power is funds less what falls due in two quarters, each thing once", "[engine][chips]") {
    ChipMarket market;
    const auto power = [&] { return buying_power_of(*market.scenario, *market.world, compute_dues(market.scenario->parameters, *market.world), market.at(kAlder)); };
    Firm& firm = market.firm(kAlder);
    const Usd cash{1000 * kMillionUsd};
    CHECK(power() == cash);
    SECTION("twice last quarter's receipts less operating cost, less half a quarter's cash costs") {
        firm.history[0].ebitda_core = Usd{50};
        firm.history[0].ebitda_ai = Usd{-20};
        firm.cash_costs = Usd{30};
        CHECK(power() == cash + Usd{2 * 30 - 15});
    }
    SECTION("rent: in last quarter's cost already, so it counts as due, not twice; a lease to come counts from its start") {
        firm.history[0].ebitda_ai = Usd{-45'000};  // the rent of 100 kW
        firm.sites[0].lease_kw = 100;
        firm.sites[0].lease_rent_usd_kw_q = 450.0;
        firm.sites[0].lease_left_q = 8;
        CHECK(power() == cash - Usd{2 * 45'000});
        firm.sites[0].lease_coming_kw[0] = 10;
        CHECK(power() == cash - Usd{2 * 45'000 + 4'500});
    }
    SECTION("take-or-pay: last quarter's stood in the costs, this and the next are due, prepaid money first") {
        Contract& contract = market.world->contracts[0];
        contract.id = 1;
        contract.seller = static_cast<std::int16_t>(market.at(kBirch));
        contract.buyer = static_cast<std::int16_t>(market.at(kAlder));
        contract.start_t = 5;
        contract.end_t = 20;
        contract.quantity_h100e = 100;
        contract.price_usd_h = 1.0;
        contract.takeorpay_frac = contract.first_frac = 1.0;
        firm.history[0].ebitda_ai = Usd{-219'000};
        CHECK(power() == cash - Usd{2 * 219'000});
        contract.prepaid = Usd{19'000};
        CHECK(power() == cash - Usd{2 * 219'000 - 19'000});
    }
    SECTION("chips on order and shipped: price and server less the deposit") {
        place_order(*market.scenario, *market.world, *market.ledger, market.at(kAlder), kChip, 2, 10, 10'000.0, Usd{20'000});
        market.due(kAlder, kChip, 0) = {5, 0, 10'000.0, Usd{10'000}};
        CHECK(power() == cash - Usd{20'000} - Usd{15 * 12'000 - 30'000});
    }
    SECTION("building: the opening schedule, own projects, the second half of on-site plant") {
        market.scenario->arrivals[market.at(kAlder)][0][1] = {0, 0, 0, 4, Usd{4'000}, Usd{2'000}};  // arrives at 10: 1,000 now, 1,000 then
        firm.projects[0] = {0, 1, 8, 0, 10, 0, Usd{8'000}, Usd{7'000}};                             // its last instalment
        firm.projects[1] = {0, 8, 8, 0, 10, 0, Usd{8'000}, Usd{0}};
        market.scenario->regions[0].onsite_usd_kw = 2'000.0;
        firm.sites[0].onsite_coming_kw[1] = 3;
        CHECK(power() == cash - Usd{2'000 + 1'000 + 2'000 + 3'000});
        firm.undrawn_project = Usd{9'000};  // draws the instalments, and nothing else
        CHECK(power() == cash - Usd{3'000});
    }
    SECTION("debt: interest for two quarters and what matures or amortises in them") {
        const auto owe = [&](DebtKind kind, bool amortises, int left_q) {
            firm.debt[0] = {kind, 0, static_cast<std::uint8_t>(amortises), 0, static_cast<std::int16_t>(left_q), 0, 0, Usd{8'000}, 0.1, 0.0};
            return cash - power();
        };
        CHECK(owe(DebtKind::bond, false, 8) == Usd{400});           // 2 x 200
        CHECK(owe(DebtKind::bond, false, 2) == Usd{8'400});
        CHECK(owe(DebtKind::bond, false, 1) == Usd{8'200});         // once, with one quarter's interest
        CHECK(owe(DebtKind::contract_backed, true, 8) == Usd{2'400});
        CHECK(owe(DebtKind::contract_backed, true, 1) == Usd{8'200});
        CHECK(owe(DebtKind::revolver, false, 0) == Usd{400});
    }
    SECTION("what is signed and not drawn") {
        firm.revolver_limit = Usd{100};
        firm.undrawn_contract_backed = Usd{50};
        CHECK(power() == cash + Usd{150});
    }
}

TEST_CASE("Readiness looks at the power of the delivery date and at all chips that wait for it", "[engine][chips]") {
    ChipMarket market;  // 10 MW are the least that a usual award counts as
    const auto ready = [&] {
        const int alder = market.at(kAlder);
        return standing_of(*market.scenario, *market.world, 0, alder, free_kw_at_delivery(*market.scenario, *market.world, alder)).ready_frac;
    };
    Firm& firm = market.firm(kAlder);
    firm.sites[0].shell_kw = 10'000;
    firm.sites[0].grid_kw = 4'000;
    CHECK(ready() == Approx(0.4));
    SECTION("power that connects in two quarters counts, in three not") {
        firm.sites[0].won_kw[1] = 2'000;
        firm.sites[0].won_kw[2] = 4'000;
        CHECK(ready() == Approx(0.6));
    }
    SECTION("chips in racks, waiting and on order take it; those that shipped wait already") {
        market.own(kAlder, kChip, 1'000, 500);
        place_order(*market.scenario, *market.world, *market.ledger, market.at(kAlder), kRival, 2, 500, 1.0, Usd{});
        market.due(kAlder, kChip, 0).chips = 500;
        CHECK(ready() == Approx(0.2));
    }
    SECTION("a lease that ends before then does not count") {
        firm.sites[0].grid_kw = 9'000;
        firm.sites[0].shell_kw = 1'000;
        firm.sites[0].lease_kw = 5'000;
        firm.sites[0].lease_left_q = 3;
        CHECK(ready() == Approx(0.6));
        firm.sites[0].lease_left_q = 2;
        CHECK(ready() == Approx(0.1));
    }
}

TEST_CASE("Loyalty follows the share of purchases, in-house chips among them, who bought nothing keeps it", "[engine][chips]") {
    ChipMarket market;
    for (int f : {kAlder, kBirch, kCedar}) market.firm(f).loyalty_frac[0] = 0.5;
    market.stock(kChip, 100);
    market.product(kInHouse).wafers[2] = 10;  // opening wafers, Alder and Birch 50 each: 280,000 $
    market.plan();
    market.bid(kAlder, kChip, 10'000.0, 84);  // 840,000 $
    market.sell();
    CHECK(market.firm(kAlder).loyalty_frac[0] == Approx(0.9 * 0.5 + 0.1 * 0.75));
    CHECK(market.firm(kAlder).loyalty_frac[1] == Approx(0.1 * 0.25));
    CHECK(market.firm(kBirch).loyalty_frac[0] == Approx(0.45));
    CHECK(market.firm(kCedar).loyalty_frac[0] == 0.5);
    CHECK(market.firm(kAlder).award_mean_it_kw[0] == Approx(84.0 / 4));
}

TEST_CASE("The list follows what was paid and falls with what is left unsold, under a successor 2% more", "[engine][chips]") {
    ChipMarket market;
    market.stock(kChip, 100);
    SECTION("all sold 10% over list: 0.3 ln 1.1") {
        market.bid(kAlder, kChip, 11'000.0, 60);
        market.bid(kBirch, kChip, 11'000.0, 60);
        market.sell();
        CHECK(market.product(kChip).list_usd_chip == Approx(10'000.0 * std::exp(0.3 * std::log(1.1))));
    }
    SECTION("half left at the reserve of 0.9 list: 0.3 ln 0.9 - 0.02") {
        market.product(kChip).price_multiplier = 0.9;
        market.bid(kAlder, kChip, 11'000.0, 50);
        market.sell();
        CHECK(market.product(kChip).list_usd_chip == Approx(10'000.0 * std::exp(0.3 * std::log(0.9) - 0.02)));
    }
    SECTION("posted prices stay, but for the successor") {
        market.scenario->rules.chips = ChipRule::posted;
        market.sell();
        CHECK(market.product(kChip).list_usd_chip == 10'000.0);
        market.product(kSuccessor).first_t = 9;
        market.sell();
        CHECK(market.product(kChip).list_usd_chip == Approx(9'800.0));
        CHECK(market.product(kSuccessor).list_usd_chip == 10'000.0);
    }
}

TEST_CASE("A supplier's price, weights and cap stay within their bounds", "[engine][chips]") {
    ChipMarket market;
    market.order(kDyer).list_price_usd_chip[kChip] = 100'000.0;
    market.order(kElm).list_price_usd_chip[kChip] = 5'000.0;  // not its own
    market.order(kDyer).buyer_weight_given = 1u << market.at(kAlder);
    market.order(kDyer).buyer_weight[market.at(kAlder)] = 7.0;
    market.plan();
    CHECK(market.product(kChip).price_multiplier == 1.6);
    CHECK(market.world->suppliers[0].buyer_weight[market.at(kAlder)] == 1.0);
    CHECK(market.world->suppliers[0].buyer_weight[market.at(kBirch)] == 0.5);
}

namespace {

/// Random orders of a quarter, the same for a firm wherever it stands.
void order_at_random(ChipMarket& market, std::mt19937_64& bits) {
    const auto number = [&](double most) {
        const double u = std::uniform_real_distribution<double>(0.0, 1.0)(bits);
        return most * u * u;
    };
    const auto units = [&](double most) { return static_cast<std::int32_t>(number(most)); };
    for (int f = 0; f < kChipFirms; ++f) {
        Orders& order = market.order(f);
        for (int p = 0; p < kChipProducts; ++p) {
            for (int k = 0; k < kMaxSteps; ++k) market.bid(f, p, number(40'000.0), units(1'500.0), k);
            order.cancel_chips[p] = bits() % 4 == 0 ? units(300.0) : 0;
            order.order_wafers[p] = units(400.0);
            order.order_captive_chips[p] = units(900.0);
            order.list_price_usd_chip[p] = bits() % 3 == 0 ? number(30'000.0) : 0.0;
            order.retire_chips[p] = bits() % 4 == 0 ? units(500.0) : 0;
            order.sell_chips[p] = {number(20'000.0), units(400.0), 0};
            order.buy_used_chips[p] = {number(20'000.0), units(400.0), 0};
        }
        order.offer_supply[0] = {number(0.5), units(90.0), static_cast<std::int16_t>(market.at(static_cast<int>(bits() % 3))), static_cast<std::int16_t>(bits() % 3), 3, 0};
        for (int a = 0; a < kMaxAgreements; ++a) order.accept_supply_chips[a] = units(100.0);
    }
}

double highest_bid(const ChipMarket& market, int f, int p) {
    double best = 0.0;
    for (const ChipStep& step : market.orders[static_cast<std::size_t>(market.at(f))].bid_chips[p])
        if (step.chips > 0) best = std::max(best, step.usd_chip);
    return best;
}

/// One market through 20 quarters of random orders; `check` sees it after each sale and at each close.
template <class Check> void play_random(ChipMarket& market, unsigned seed, Check check) {
    std::mt19937_64 bits(seed);
    market.scenario->rules.chips = static_cast<ChipRule>(seed % 5);
    market.scenario->parameters.yield_initial_frac = 0.55;
    market.scenario->parameters.yield_mature_frac = 0.76;
    for (int p = 0; p < 3; ++p) market.scenario->products[p].row_share_frac = 0.2;
    market.product(kRival).last_t = 18;
    market.stock(kChip, 500);
    for (int q = 0; q < 20; ++q) {
        market.open();
        order_at_random(market, bits);
        market.plan();
        const auto before = std::make_unique<World>(*market.world);
        market.sell();
        check(*before);
        market.trade_used();
        market.pay();
        REQUIRE(market.books_hold());
        REQUIRE(market.world->capacity_refusals == 0);
    }
}

}  // namespace

TEST_CASE("Whatever firms order, no chip is sold twice and nobody pays above its bid", "[engine][chips][property]") {
    std::int64_t sold = 0, cut_by_money = 0;
    for (unsigned seed = 0; seed < 40; ++seed) {
        ChipMarket market;
        for (int f : {kAlder, kBirch, kCedar}) market.set_cash(f, (20 + 50 * f) * kMillionUsd);
        play_random(market, seed, [&](const World& before) {
            for (int p = 0; p < kChipProducts; ++p) {
                INFO("seed " << seed << " product " << p << " quarter " << market.world->t);
                const ProductState& state = market.product(p);
                REQUIRE(state.sold_chips <= state.offered_chips);
                sold += state.sold_chips;
                const std::int64_t next = output_chips(*market.scenario, *market.world, p, 1), later = output_chips(*market.scenario, *market.world, p, 2);
                const OpenOrders open = open_orders(*market.scenario, *market.world, p);
                REQUIRE(open.next + open.later <= state.inventory_chips + next + later);
                for (int f = 0; f < kDyer; ++f) {
                    cut_by_money += market.firm(f).was_money_bound;
                    for (int slot = 1; slot < kOrderSlots; ++slot) {
                        const ChipOrder &was = before.firms[market.at(f)].orders[p][slot], &is = market.due(f, p, slot);
                        REQUIRE(is.slipped_q == 0);
                        if (is.chips <= was.chips || market.order(f).cancel_chips[p] > 0) continue;
                        const double paid_more = is.price_usd_chip * is.chips - was.price_usd_chip * was.chips;
                        // agreements cost the list at most
                        const double limit = std::max(highest_bid(market, f, p), before.products[p].list_usd_chip);
                        REQUIRE(paid_more / (is.chips - was.chips) <= limit * (1.0 + 1e-9) + 1.0);
                    }
                }
            }
        });
    }
    CHECK(sold > 100'000);
    CHECK(cut_by_money > 0);
}

TEST_CASE("Nothing depends on the order in which firms stand", "[engine][chips][property]") {
    const std::vector<std::vector<int>> orders = {{4, 3, 2, 1, 0}, {2, 0, 4, 1, 3}, {1, 2, 0, 4, 3}};
    for (unsigned seed = 0; seed < 10; ++seed) {
        ChipMarket one;
        for (int f : {kAlder, kBirch, kCedar}) one.set_cash(f, (20 + 50 * f) * kMillionUsd);
        play_random(one, seed, [](const World&) {});
        for (const std::vector<int>& places : orders) {
            ChipMarket other(places);
            for (int f : {kAlder, kBirch, kCedar}) other.set_cash(f, (20 + 50 * f) * kMillionUsd);
            play_random(other, seed, [](const World&) {});
            INFO("seed " << seed << ", Alder at " << places[0]);
            for (int f = 0; f < kChipFirms; ++f) {
                REQUIRE(one.cash(f) == other.cash(f));
                for (int p = 0; p < kChipProducts; ++p) {
                    REQUIRE(one.firm(f).holdings[p].installed == other.firm(f).holdings[p].installed);
                    REQUIRE(one.firm(f).holdings[p].warehouse == other.firm(f).holdings[p].warehouse);
                    REQUIRE(one.firm(f).holdings[p].gross == other.firm(f).holdings[p].gross);
                    REQUIRE(one.due(f, p, 2).chips == other.due(f, p, 2).chips);
                }
            }
            for (int p = 0; p < kChipProducts; ++p) {
                REQUIRE(one.product(p).list_usd_chip == other.product(p).list_usd_chip);
                REQUIRE(one.product(p).resale_usd_chip == other.product(p).resale_usd_chip);
                REQUIRE(one.product(p).total_made == other.product(p).total_made);
            }
        }
    }
}
