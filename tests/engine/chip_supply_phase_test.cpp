// Where new chips come from and where they go: wafers, the rest of the world, in-house lines, shipment, payment, racks.
#include <catch2/catch.hpp>

#include "engine/settle/operating_costs.h"
#include "tests/engine/chip_market.h"

using namespace rackrace;

TEST_CASE("Wafers become chips at the yield of their age, and the foundry is paid for them in the settlement", "[engine][chips]") {
    ChipMarket market;
    market.scenario->parameters.yield_initial_frac = 0.5;
    market.scenario->parameters.yield_mature_frac = 0.9;
    market.scenario->products[kChip].first_t = market.product(kChip).first_t = 10;
    market.product(kChip).age_q = -1;
    market.product(kChip).wafers[1] = market.product(kChip).wafers[2] = 100;
    market.open();  // age 0: 100 wafers x 10 packages x 0.5
    CHECK(market.product(kChip).made_chips == 500);
    CHECK(market.product(kChip).inventory_chips == 500);
    market.pay();
    CHECK(paid(*market.ledger, market.at(kDyer), Kind::wafer_bill) == Usd{500 * 4000});
    CHECK(market.product(kChip).inventory_cost == Usd{500 * 4000});
    market.open();  // age 1: 0.9 - 0.4 exp(-1/2) = 0.65739
    CHECK(market.product(kChip).made_chips == 657);
    market.pay();
    CHECK(market.books_hold());
}

TEST_CASE("What will come out is known exactly, also before the first output", "[engine][chips]") {
    ChipMarket market;
    market.scenario->parameters.yield_initial_frac = 0.5;
    market.scenario->parameters.yield_mature_frac = 0.9;
    // The launch was last quarter, but the first wafers are those of the quarter after next: their age is 0 whatever the date of the launch.
    market.scenario->products[kChip].first_t = market.product(kChip).first_t = 8;
    market.product(kChip).age_q = -1;
    market.product(kChip).wafers[2] = market.product(kChip).wafers[3] = 100;
    CHECK(output_chips(*market.scenario, *market.world, kChip, 2) == 500);
    CHECK(output_chips(*market.scenario, *market.world, kChip, 3) == 657);
    market.open();
    market.open();
    CHECK(market.product(kChip).made_chips == 500);
}

TEST_CASE("Wafers of a launch that slipped go to the vendor's other products of the quarter, without any they are lost", "[engine][chips]") {
    ChipMarket market;  // the successor launches at 12
    market.world->suppliers[0].allotted_wafers[1] = 40;
    market.product(kSuccessor).wafers[1] = 10;
    SECTION("to the chip that sells") {
        market.product(kChip).wafers[1] = 30;
        market.open();
        CHECK(market.product(kChip).made_chips == 400);
        CHECK(market.product(kSuccessor).made_chips == 0);
        market.pay();
        CHECK(paid(*market.ledger, market.at(kDyer), Kind::unused_wafers) == Usd{0});
    }
    SECTION("nowhere: 40 wafers cost 40% of the 10 chips of 4,000 $ that each would have made") {
        market.open();
        CHECK(market.product(kChip).made_chips == 0);
        market.pay();
        CHECK(paid(*market.ledger, market.at(kDyer), Kind::unused_wafers) == Usd{40 * 16'000});
    }
    CHECK(market.books_hold());
}

TEST_CASE("The rest of the world takes its share at the list of the day, but no chip that is on order", "[engine][chips]") {
    ChipMarket market;
    market.scenario->products[kChip].row_share_frac = 0.2;
    market.product(kChip).wafers[1] = 100;
    SECTION("a fifth of 1,000 at the launch list") {
        market.open();
        CHECK(market.product(kChip).row_chips == 200);
        CHECK(received(*market.ledger, market.at(kDyer), Kind::row_sale) == Usd{200 * 10'000});
    }
    SECTION("less when the list has risen by a quarter, and it pays that list") {
        market.product(kChip).list_usd_chip = 12'500.0;
        market.open();
        CHECK(market.product(kChip).row_chips == 160);
        CHECK(received(*market.ledger, market.at(kDyer), Kind::row_sale) == Usd{160 * 12'500});
    }
    SECTION("it wants 250 since the list fell, but 820 are on order for today") {
        market.product(kChip).list_usd_chip = 8'000.0;
        place_order(*market.scenario, *market.world, *market.ledger, market.at(kAlder), kChip, 1, 820, 10'000.0, Usd{1'640'000});
        market.open();
        CHECK(market.product(kChip).row_chips == 180);
        CHECK(market.due(kAlder, kChip, 0).chips == 820);
        CHECK(market.due(kAlder, kChip, 1).chips == 0);
    }
    SECTION("or for tomorrow, beyond what tomorrow's wafers make") {
        market.product(kChip).wafers[2] = 10;
        place_order(*market.scenario, *market.world, *market.ledger, market.at(kAlder), kChip, 2, 1'000, 10'000.0, Usd{2'000'000});
        market.open();
        CHECK(market.product(kChip).row_chips == 100);
    }
    market.pay();
    CHECK(market.books_hold());
}

TEST_CASE("Owners alone order in-house wafers, a quarter later what they yield is theirs, at cost and margin", "[engine][chips][captive]") {
    ChipMarket market;
    for (int f : {kAlder, kBirch, kCedar}) market.order(f).order_captive_chips[kInHouse] = 45;
    market.order(kElm).order_wafers[kInHouse] = 500;  // the house itself orders none
    market.plan();
    CHECK(market.product(kInHouse).wafers[3] == 9);  // 90 chips at 10 a wafer; Cedar owns no line
    CHECK(market.world->suppliers[1].allotted_wafers[3] == 9);
    market.open();
    market.plan();
    for (int f : {kAlder, kBirch}) {
        CHECK(market.due(f, kInHouse, 2).chips == 45);
        CHECK(market.due(f, kInHouse, 2).price_usd_chip == Approx(4'000.0 * 1.4));
        CHECK(market.due(f, kInHouse, 2).deposit == Usd{45 * 1'120});
    }
    CHECK(market.due(kCedar, kInHouse, 2).chips == 0);
    market.open();
    market.open();  // output and shipment in one quarter
    CHECK(market.firm(kAlder).holdings[kInHouse].installed == 45);
    market.pay();
    CHECK(market.books_hold());
}

TEST_CASE("In-house wafers round up, and what is short is shared by the uniform rule", "[engine][chips][captive]") {
    ChipMarket market;
    SECTION("95 chips need 10 wafers; the 5 chips over stay in stock") {
        market.order(kAlder).order_captive_chips[kInHouse] = 95;
        market.plan();
        CHECK(market.product(kInHouse).wafers[3] == 10);
        for (int q = 0; q < 3; ++q) {
            market.open();
            market.plan();
        }
        CHECK(market.firm(kAlder).holdings[kInHouse].installed == 95);
        CHECK(market.product(kInHouse).inventory_chips == 5);
    }
    SECTION("6 wafers for requests of 20 and 100: 20 and 40") {
        market.product(kInHouse).wafers[2] = 6;
        market.product(kInHouse).captive_request_chips[0] = 20;
        market.product(kInHouse).captive_request_chips[1] = 100;
        market.plan();
        CHECK(market.due(kAlder, kInHouse, 2).chips == 20);
        CHECK(market.due(kBirch, kInHouse, 2).chips == 40);
    }
    SECTION("opening wafers that nobody is on record for are shared alike") {
        market.product(kInHouse).wafers[2] = 6;
        market.plan();
        CHECK(market.due(kAlder, kInHouse, 2).chips == 30);
        CHECK(market.due(kBirch, kInHouse, 2).chips == 30);
    }
    SECTION("an owner whose cash covers the deposit of 10 gets 10") {
        market.set_cash(kAlder, 10 * 1'120 + 1'119);
        market.product(kInHouse).wafers[2] = 6;
        market.product(kInHouse).captive_request_chips[0] = market.product(kInHouse).captive_request_chips[1] = 30;
        market.firm(kAlder).design_off = 1u << kInHouse;
        market.plan();
        CHECK(market.due(kAlder, kInHouse, 2).chips == 10);
        CHECK(market.cash(kAlder) == Usd{1'119});
    }
    CHECK(market.books_hold());
}

TEST_CASE("Stock of an in-house chip that nobody waits for serves requests first, shared by the uniform rule", "[engine][chips][captive]") {
    ChipMarket market;
    market.stock(kInHouse, 100);
    market.product(kInHouse).list_usd_chip = 5'600.0;
    // 40 of the stock are on order for next quarter, and no wafers come: 60 are free.
    place_order(*market.scenario, *market.world, *market.ledger, market.at(kAlder), kInHouse, 1, 40, 5'600.0, Usd{40 * 1'120});
    market.order(kAlder).order_captive_chips[kInHouse] = 20;
    market.order(kBirch).order_captive_chips[kInHouse] = 90;
    market.plan();
    CHECK(market.due(kAlder, kInHouse, 1).chips == 60);
    CHECK(market.due(kBirch, kInHouse, 1).chips == 40);
    CHECK(market.product(kInHouse).wafers[3] == 5);  // the other 50 of Birch's 90
    market.open();
    CHECK(market.product(kInHouse).inventory_chips == 0);
    CHECK(market.due(kAlder, kInHouse, 1).chips + market.due(kBirch, kInHouse, 1).chips == 0);  // nothing slips
    CHECK(market.books_hold());
}

TEST_CASE("Design cost is paid for a line, or its next chips slip a quarter", "[engine][chips][captive]") {
    ChipMarket market;
    market.scenario->products[kOldChip] = market.scenario->products[kInHouse];  // the line has a chip to come
    market.scenario->products[kOldChip].first_t = market.product(kOldChip).first_t = 14;
    market.product(kOldChip).last_t = 22;
    const Usd cost = to_usd(market.scenario->parameters.captive_design_cost_usd);
    SECTION("both owners pay") {
        market.plan();
        CHECK(paid(*market.ledger, market.at(kAlder), Kind::design_cost) == cost);
        CHECK(paid(*market.ledger, market.at(kBirch), Kind::design_cost) == cost);
        CHECK(market.product(kOldChip).first_t == 14);
    }
    SECTION("one is enough, and the setting holds for the line whichever chip it named, until it is changed") {
        market.order(kAlder).design_off = 1u << kOldChip;
        market.plan();
        market.open();
        market.plan();
        CHECK(paid(*market.ledger, market.at(kAlder), Kind::design_cost) == Usd{0});
        CHECK(market.product(kOldChip).first_t == 14);
        market.open();
        market.order(kAlder).design_on = 1u << kInHouse;
        market.plan();
        CHECK(paid(*market.ledger, market.at(kAlder), Kind::design_cost) == cost);
    }
    SECTION("an owner that cannot pay leaves it unpaid") {
        market.set_cash(kAlder, cost.value - 1);
        market.order(kBirch).design_off = 1u << kInHouse;
        market.plan();
        CHECK(market.product(kOldChip).first_t == 15);
        CHECK(market.product(kOldChip).last_t == 23);
        CHECK(market.product(kInHouse).first_t == 5);  // sells already
    }
}

TEST_CASE("Late output slips pro rata with its deposit, and its price is kept", "[engine][chips]") {
    ChipMarket market;
    market.stock(kChip, 60);
    place_order(*market.scenario, *market.world, *market.ledger, market.at(kAlder), kChip, 1, 80, 10'000.0, Usd{160'000});
    place_order(*market.scenario, *market.world, *market.ledger, market.at(kBirch), kChip, 1, 40, 9'000.0, Usd{72'000});
    market.open();  // 60 chips for 120: half of each
    CHECK(market.due(kAlder, kChip, 0).chips == 40);
    CHECK(market.due(kAlder, kChip, 1).chips == 40);
    CHECK(market.due(kAlder, kChip, 1).slipped_q == 1);
    CHECK(market.due(kAlder, kChip, 1).deposit == Usd{80'000});
    CHECK(market.due(kBirch, kChip, 0).chips == 20);
    CHECK(market.due(kBirch, kChip, 1).price_usd_chip == 9'000.0);
    market.pay();
    // 40 x (10,000 + 2,000) less the deposit of 80,000
    CHECK(market.cash(kAlder) == Usd{1000 * kMillionUsd - 160'000 - 400'000});
    CHECK(market.firm(kAlder).holdings[kChip].gross == Usd{40 * 12'000});
    CHECK(received(*market.ledger, kSystem, Kind::integration) == Usd{60 * 2'000});
    CHECK(market.books_hold());
}

TEST_CASE("A cancelled order loses its deposit, but not after two quarters of slip", "[engine][chips]") {
    ChipMarket market;
    const auto place = [&](int slot, std::int32_t chips, std::int32_t slipped) {
        place_order(*market.scenario, *market.world, *market.ledger, market.at(kAlder), kChip, slot, chips, 10'000.0, Usd{chips * 2'000});
        market.due(kAlder, kChip, slot).slipped_q = slipped;
    };
    SECTION("in time: 30 of 100") {
        place(2, 100, 0);
        market.order(kAlder).cancel_chips[kChip] = 30;
        market.sell();
        CHECK(market.due(kAlder, kChip, 2).chips == 70);
        CHECK(market.due(kAlder, kChip, 2).deposit == Usd{140'000});
        CHECK(paid(*market.ledger, market.at(kAlder), Kind::chip_deposit_forfeited) == Usd{60'000});
    }
    SECTION("one quarter late: lost") {
        place(1, 100, 1);
        market.order(kAlder).cancel_chips[kChip] = 100;
        market.sell();
        CHECK(received(*market.ledger, market.at(kAlder), Kind::chip_deposit_returned) == Usd{0});
    }
    SECTION("two quarters late: back, and these go before an order whose deposit would be lost") {
        place(1, 50, 2);
        place(2, 100, 0);
        market.order(kAlder).cancel_chips[kChip] = 60;
        market.sell();
        CHECK(market.due(kAlder, kChip, 1).chips == 0);
        CHECK(market.due(kAlder, kChip, 2).chips == 90);
        CHECK(received(*market.ledger, market.at(kAlder), Kind::chip_deposit_returned) == Usd{100'000});
        CHECK(paid(*market.ledger, market.at(kAlder), Kind::chip_deposit_forfeited) == Usd{20'000});
    }
    CHECK(market.books_hold());
}

TEST_CASE("Chips that are not paid go back, from the warehouse first, and their deposit is the supplier's income", "[engine][chips]") {
    ChipMarket market;
    market.stock(kChip, 100);
    market.firm(kAlder).sites[0].shell_kw = 30;  // racks for 30
    place_order(*market.scenario, *market.world, *market.ledger, market.at(kAlder), kChip, 1, 100, 10'000.0, Usd{200'000});
    market.open();
    CHECK(market.firm(kAlder).holdings[kChip].installed == 30);
    CHECK(market.firm(kAlder).holdings[kChip].warehouse == 70);
    SECTION("1 M$ is due; 400,000 $ pay for 40: 60 of the 70 in the warehouse go back") {
        market.set_cash(kAlder, 400'000);
        market.pay();
        CHECK(market.firm(kAlder).holdings[kChip].installed == 30);
        CHECK(market.firm(kAlder).holdings[kChip].warehouse == 10);
        CHECK(market.firm(kAlder).holdings[kChip].gross == Usd{40 * 12'000});
        CHECK(paid(*market.ledger, market.at(kAlder), Kind::chip_deposit_forfeited) == Usd{120'000});
        CHECK(market.product(kChip).inventory_chips == 60);
        CHECK(market.product(kChip).inventory_cost == Usd{60 * 4'000});  // only what was paid for is cost of sales
        CHECK(paid(*market.ledger, market.at(kDyer), Kind::cost_of_sales) == Usd{40 * 4'000});
        CHECK(market.cash(kAlder) == Usd{0});
    }
    SECTION("100,000 $ pay for 10: 20 come out of their racks") {
        market.set_cash(kAlder, 100'000);
        market.pay();
        CHECK(market.firm(kAlder).holdings[kChip].installed == 10);
        CHECK(market.firm(kAlder).holdings[kChip].warehouse == 0);
    }
    SECTION("signed contract-backed money pays first") {
        market.set_cash(kAlder, 400'000);
        market.firm(kAlder).undrawn_contract_backed = Usd{700'000};
        market.pay();
        CHECK(market.firm(kAlder).holdings[kChip].warehouse == 70);
        CHECK(market.firm(kAlder).undrawn_contract_backed == Usd{0});
        CHECK(market.cash(kAlder) == Usd{100'000});
        CHECK(balance_of(*market.world, market.at(kAlder), Account::debt) == Usd{-700'000});
    }
    CHECK(arrears_of(*market.world, market.at(kAlder)) == Usd{0});
    CHECK(market.due(kAlder, kChip, 0).chips == 0);
    CHECK(market.books_hold());
}

TEST_CASE("Who cannot pay for all keeps the newest generation", "[engine][chips]") {
    ChipMarket market;
    market.product(kSuccessor).first_t = 5;
    market.stock(kChip, 10);
    market.stock(kSuccessor, 10);
    for (int p : {kChip, kSuccessor}) place_order(*market.scenario, *market.world, *market.ledger, market.at(kAlder), p, 1, 10, 10'000.0, Usd{20'000});
    market.open();
    market.set_cash(kAlder, 100'000);
    market.pay();
    CHECK(market.firm(kAlder).holdings[kSuccessor].installed == 10);
    CHECK(market.firm(kAlder).holdings[kChip].installed == 0);
    CHECK(market.product(kChip).inventory_chips == 10);
}

TEST_CASE("Stock is sold on after the last quarter of sale and scrapped four quarters after it, but for what is on order", "[engine][chips]") {
    ChipMarket market;
    market.product(kChip).last_t = 9;
    market.stock(kChip, 100);
    for (int q = 1; q <= 3; ++q) {
        market.open();
        market.bid(kAlder, kChip, 20'000.0, 10);
        market.sell();
        CHECK(market.product(kChip).sold_chips == 10);
        market.pay();
    }
    CHECK(market.product(kChip).inventory_chips == 80);  // the last 10 ship next quarter
    place_order(*market.scenario, *market.world, *market.ledger, market.at(kBirch), kChip, 2, 5, 10'000.0, Usd{10'000});
    market.open();
    market.bid(kAlder, kChip, 20'000.0, 10);
    market.sell();
    CHECK(market.due(kAlder, kChip, 1).chips == 0);
    market.pay();
    CHECK(market.product(kChip).inventory_chips == 5);
    CHECK(market.product(kChip).total_scrapped == 65);
    CHECK(paid(*market.ledger, market.at(kDyer), Kind::inventory_write_down) == Usd{65 * 4'000});
    CHECK(market.books_hold());
    market.open();
    market.pay();
    CHECK(market.firm(kBirch).holdings[kChip].installed == 5);
    CHECK(market.product(kChip).inventory_cost == Usd{0});
}

TEST_CASE("Waiting chips cost storage from the quarter in which they ship", "[engine][chips]") {
    ChipMarket market;
    market.stock(kChip, 100);
    market.firm(kAlder).sites[0].shell_kw = 30;
    place_order(*market.scenario, *market.world, *market.ledger, market.at(kAlder), kChip, 1, 100, 10'000.0, Usd{200'000});
    market.open();  // 70 of 100 wait; each cost 12,000 $; 0.4% of it
    CHECK(storage_of(*market.scenario, market.firm(kAlder), held_products(*market.scenario, market.firm(kAlder))) == Usd{3'360});
    market.pay();
    CHECK(storage_of(*market.scenario, market.firm(kAlder), held_products(*market.scenario, market.firm(kAlder))) == Usd{3'360});
}

TEST_CASE("Racks go to the most compute per kW, scarce power pushes out what has under 40% of it", "[engine][chips]") {
    ChipMarket market;  // 1 kW each; 2 H100e a chip, 8 a successor, 0.5 an old one
    Firm& firm = market.firm(kAlder);
    firm.sites[0].shell_kw = 100;
    SECTION("the better one first") {
        market.own(kAlder, kSuccessor, 0, 60);
        market.own(kAlder, kChip, 0, 60);
        install_chips(*market.scenario, firm);
        CHECK(firm.holdings[kSuccessor].installed == 60);
        CHECK(firm.holdings[kChip].installed == 40);
    }
    SECTION("old chips leave for new ones, as many as need be, the worst first") {
        market.own(kAlder, kOldChip, 20, 0);
        market.own(kAlder, kChip, 80, 0);
        market.own(kAlder, kSuccessor, 0, 30);
        install_chips(*market.scenario, firm);
        CHECK(firm.holdings[kSuccessor].installed == 30);
        CHECK(firm.holdings[kOldChip].warehouse == 20);
        CHECK(firm.holdings[kChip].installed == 70);  // 2 is under 40% of 8
    }
    SECTION("a chip as good as 40% stays") {
        market.scenario->products[kChip].training_h100e_chip = 3.2;
        market.own(kAlder, kChip, 100, 0);
        market.own(kAlder, kSuccessor, 0, 30);
        install_chips(*market.scenario, firm);
        CHECK(firm.holdings[kSuccessor].warehouse == 30);
    }
    SECTION("where power is lost the worst go to the warehouse at once") {
        market.own(kAlder, kOldChip, 20, 0);
        market.own(kAlder, kChip, 80, 0);
        firm.sites[0].grid_kw = 70;
        evict_without_power(*market.scenario, firm);
        CHECK(firm.holdings[kOldChip].warehouse == 20);
        CHECK(firm.holdings[kChip].installed == 70);
        CHECK(firm.holdings[kChip].warehouse == 10);
    }
}
