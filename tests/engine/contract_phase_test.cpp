// P5 on the books: what is offered, matched, signed, paid in advance, ended, renegotiated and merged, and what firms are told of it.
#include <catch2/catch.hpp>

#include "engine/market/contract_phase.h"
#include "engine/quarter/apply_deals.h"
#include "engine/settle/identities.h"
#include "engine/settle/sentiment.h"
#include "tests/engine/phase_world.h"

using namespace rackrace;
using namespace rackrace::test;

namespace {

/// The owner (a hyperscaler) has cash and receipts, the cloud 1,000 chips of 0.96 H100e each: 960 H100e of generation 2. The outside asks for
/// nothing unless a test says so.
struct ContractWorld : PhaseWorld {
    ContractWorld() {
        give_cash(kOwner, 1'000'000'000);
        give_cash(kCloud, 10'000'000);
        firm(kOwner).history[0].revenue = Usd{100'000'000};
        firm(kCloud).oversell_ratio = firm(kOwner).oversell_ratio = firm(kLab).oversell_ratio = 1.0;
        give_chips(kCloud, 1000);
        world->next_contract_id = 1;
    }
    CapacityOffer& offer(int f, std::int32_t h100e, double min_usd_h, int tenor_q = 12) {
        for (CapacityOffer& row : order(f).offer_contract)
            if (row.h100e == 0) return row = {min_usd_h, 0.8, 0.0, 1.0, h100e, 7, 2, static_cast<std::int16_t>(tenor_q), 1};
        throw std::logic_error("no slot is free");
    }
    CapacityBid& bid(int f, std::int32_t h100e, double max_usd_h, int tenor_q = 8) {
        for (CapacityBid& row : order(f).bid_contract)
            if (row.h100e == 0) return row = {max_usd_h, 1.0, 0.5, h100e, 9, kNewestOnOffer, static_cast<std::int16_t>(tenor_q), 1};
        throw std::logic_error("no slot is free");
    }
    void trade() {
        trade_contracts(*scenario, *world, orders.data(), *ledger);
        CHECK(world->fault == Fault::none);
        CHECK(check_contracts_of_books() == 0);
    }
    /// I10 in the middle of a quarter: the carried backlog is that of the rows before this quarter's bills, prepaid is what sellers owe.
    int check_contracts_of_books() const {
        Usd left{}, prepaid{};
        for (const Contract& contract : world->contracts) {
            if (contract.id == 0) continue;
            left += contract_backlog(scenario->parameters, contract, world->t - 1);
            prepaid += contract.prepaid;
        }
        Usd deferred{};
        for (int party = 0; party < kParties; ++party) deferred -= balance_of(*world, party, Account::deferred_revenue);
        return left == world->backlog && prepaid == deferred ? broken() : 10;
    }
    const Deal& offered(int f, int k = 0) const { return ledger->deals.offer_contract[f][k]; }
    const Deal& asked(int f, int k = 0) const { return ledger->deals.bid_contract[f][k]; }
    const Contract& row(int slot = 0) const { return world->contracts[slot]; }
};

}  // namespace

TEST_CASE("Where the scenario has no contract market nothing is signed and everybody is told why", "[engine][contracts]") {
    ContractWorld w;
    w.scenario->rules.contracts = ContractRule::none;
    w.offer(kCloud, 800, 1.5);
    w.bid(kOwner, 400, 2.0);
    w.trade();
    CHECK(w.row().id == 0);
    CHECK(w.offered(kCloud).got == 0.0);
    CHECK(w.offered(kCloud).code == Code::closed_to_role);
    CHECK(w.asked(kOwner).code == Code::closed_to_role);
}

TEST_CASE("An offer and a request that fit sign a contract at the ask", "[engine][contracts]") {
    ContractWorld w;
    w.offer(kCloud, 800, 1.5);
    w.bid(kOwner, 400, 2.0);
    w.trade();
    const Contract& contract = w.row();
    CHECK(contract.id == 1);
    CHECK(contract.seller == kCloud);
    CHECK(contract.buyer == kOwner);
    CHECK(contract.quantity_h100e == 400);
    CHECK(contract.price_usd_h == 1.5);
    CHECK(contract.takeorpay_frac == 0.8);
    CHECK(contract.start_t == 10);   // the next quarter
    CHECK(contract.end_t == 17);     // 8 quarters
    CHECK(w.row(1).id == 0);         // the eight lots of the pair are one contract
    // backlog: 8 quarters of 1.5 $ x 2190 h x 0.8 x 400
    CHECK(w.world->backlog == Usd{8 * 1'051'200});
    CHECK(w.offered(kCloud).got == 400.0);
    CHECK(w.offered(kCloud).code == Code::partial);
    CHECK(w.asked(kOwner).got == 400.0);
    CHECK(w.asked(kOwner).price == 1.5);
    CHECK(w.asked(kOwner).code == Code::none);
}

TEST_CASE("Nothing is signed above a cap, and the firms are told", "[engine][contracts]") {
    ContractWorld w;
    w.offer(kCloud, 800, 2.5);
    w.bid(kOwner, 400, 2.0);
    w.trade();
    CHECK(w.row().id == 0);
    CHECK(w.offered(kCloud).code == Code::unfilled);
    CHECK(w.offered(kCloud).price == 2.5);
    CHECK(w.asked(kOwner).code == Code::unfilled);
}

TEST_CASE("Offers are cut to what the firm can serve beside its contracts", "[engine][contracts]") {
    ContractWorld w;
    w.sell(kCloud, kLab, 760, 1.0, 0.8, 20);  // of 960
    w.world->backlog = contract_backlog(w.scenario->parameters, w.row(), w.world->t - 1);
    w.offer(kCloud, 100, 1.5);
    w.offer(kCloud, 200, 1.4);  // only 100 are left
    w.bid(kOwner, 400, 2.0);    // lots of 50
    w.trade();
    CHECK(w.offered(kCloud, 0).got + w.offered(kCloud, 1).got == 200.0);
    CHECK(w.offered(kCloud, 0).code == Code::none);
    CHECK(w.offered(kCloud, 1).code == Code::over_capacity);
    CHECK(w.asked(kOwner).code == Code::partial);

    SECTION("a seller that oversells offers more") {
        ContractWorld o;
        o.order(kCloud).settings_given = 1u << static_cast<int>(FirmSetting::oversell);
        o.order(kCloud).settings[static_cast<int>(FirmSetting::oversell)] = 1.5;
        o.offer(kCloud, 2000, 1.5);
        o.bid(kOwner, 2000, 2.0);
        o.trade();
        CHECK(o.firm(kCloud).oversell_ratio == 1.5);
        CHECK(o.offered(kCloud).got > 960.0);
        CHECK(o.offered(kCloud).got <= 1440.0);
    }
}

TEST_CASE("A buyer signs for no more than its receipts and cash can carry", "[engine][contracts]") {
    ContractWorld w;
    w.firm(kOwner).history[0].revenue = Usd{};
    balance_of(*w.world, kOwner, Account::cash) = Usd{8'000'000};  // an eighth of it a quarter: 1 M$
    balance_of(*w.world, kOwner, Account::paid_in) = Usd{-8'000'000};
    w.ledger->opening[kOwner][static_cast<int>(Account::cash)] = Usd{8'000'000};
    w.ledger->opening[kOwner][static_cast<int>(Account::paid_in)] = Usd{-8'000'000};
    w.world->opening_money = 18'000'000;
    w.offer(kCloud, 900, 1.5);
    w.bid(kOwner, 800, 2.0);
    w.trade();
    // a lot of 100 costs 262,800 $ a quarter whether used or not: three fit
    CHECK(w.asked(kOwner).got == 300.0);
    CHECK(w.asked(kOwner).code == Code::over_credit_limit);
}

TEST_CASE("What is due in advance is paid at signing and held by the seller", "[engine][contracts]") {
    ContractWorld w;
    w.offer(kCloud, 800, 1.0).prepay_frac = 0.1;
    w.bid(kOwner, 800, 2.0);
    w.trade();
    const Usd prepaid{1'401'600};  // 10 % of 1 $ x 2190 h x 800 x 8 quarters
    CHECK(w.row().prepaid == prepaid);
    CHECK(w.posted(kOwner, Kind::prepayment) == prepaid);
    CHECK(w.account(kOwner, Account::prepaid_compute) == prepaid);
    CHECK(w.account(kCloud, Account::deferred_revenue) == -prepaid);
}

TEST_CASE("The outside asks for the newest generation on offer, below its cap", "[engine][contracts]") {
    ContractWorld w;
    w.world->outside_demand_h100e[0] = w.world->outside_demand_h100e[1] = 5000.0;  // four requests of 100
    w.offer(kCloud, 900, 2.0);  // its cap is 1.1 x 2 $
    w.trade();
    CHECK(w.offered(kCloud).got == 400.0);
    CHECK(w.row().buyer == kCustomer);
    CHECK(w.row().end_t - w.row().start_t + 1 == 12);

    ContractWorld dear;
    dear.world->outside_demand_h100e[0] = dear.world->outside_demand_h100e[1] = 5000.0;
    dear.offer(kCloud, 900, 2.3);
    dear.trade();
    CHECK(dear.offered(kCloud).got == 0.0);
}

TEST_CASE("Sellers that fail their buyers and firms in chapter 11 sign nothing", "[engine][contracts]") {
    const auto sold = [](auto change) {
        ContractWorld w;
        w.offer(kCloud, 800, 1.0);
        w.bid(kOwner, 800, 2.0);
        change(w);
        w.trade();
        return w.offered(kCloud).got;
    };
    CHECK(sold([](ContractWorld&) {}) == 800.0);
    CHECK(sold([](ContractWorld& w) { w.firm(kCloud).reliability_frac = 0.4; }) == 0.0);
    CHECK(sold([](ContractWorld& w) { w.firm(kCloud).status = FirmStatus::chapter_11; }) == 0.0);
    CHECK(sold([](ContractWorld& w) { w.firm(kOwner).status = FirmStatus::chapter_11; }) == 0.0);
    CHECK(sold([](ContractWorld& w) { w.firm(kOwner).default_probability_apr = 0.25; }) == 0.0);
}

TEST_CASE("A buyer leaves a contract for its fee, prepaid money first", "[engine][contracts]") {
    ContractWorld w;
    Contract& contract = w.sell(kCloud, kOwner, 100, 2.0, 0.9, 12);  // four quarters left, this one included
    contract.prepaid = Usd{300'000};
    w.world->balance[kOwner][static_cast<int>(Account::prepaid_compute)] = Usd{300'000};
    w.world->balance[kOwner][static_cast<int>(Account::retained)] = Usd{-300'000};
    w.world->balance[kCloud][static_cast<int>(Account::deferred_revenue)] = Usd{-300'000};
    w.world->balance[kCloud][static_cast<int>(Account::retained)] = Usd{300'000};
    open_ledger(*w.ledger, *w.world);
    w.world->backlog = contract_backlog(w.scenario->parameters, contract, w.world->t - 1);
    const Usd fee = to_usd(termination_fee_usd(w.scenario->parameters, 2.0, 0.9, 100, 4));
    const Usd before = w.cash(kOwner);

    add_slot(w.order(kOwner).break_contract, 0);
    SECTION("in the usual case") {
        w.trade();
        CHECK(w.row().id == 0);
        CHECK(w.world->backlog == Usd{});
        CHECK(fee > Usd{300'000});  // 0.9 x 0.7 x 0.9 of 4 quarters of 438,000 $ at 10 % a year
        CHECK(w.cash(kOwner) == before - (fee - Usd{300'000}));
        CHECK(w.posted(kOwner, Kind::termination_fee) == fee - Usd{300'000});
        CHECK(w.account(kOwner, Account::prepaid_compute) == Usd{});
    }
    SECTION("free after a year in which more than 15 % were not delivered") {
        for (int k = 0; k < 4; ++k) {
            contract.due_h100e[k] = 100;
            contract.short_h100e[k] = 16;
        }
        w.trade();
        CHECK(w.row().id == 0);
        CHECK(w.cash(kOwner) == before + Usd{300'000});  // what was prepaid comes back
        CHECK(w.posted(kOwner, Kind::termination_fee) == Usd{});
    }
    SECTION("not by the seller") {
        w.order(kOwner) = Orders{};
        add_slot(w.order(kCloud).break_contract, 0);
        w.trade();
        CHECK(w.row().id == 1 + 1);  // sell() numbers from the next id on
    }
}

TEST_CASE("A credible threat lowers a price once a year and costs reputation", "[engine][contracts]") {
    ContractWorld w;
    Contract& contract = w.sell(kCloud, kOwner, 100'000, 1.5, 0.9, 16);
    for (double& spot : w.world->spot_ewma_usd_h) spot = 0.4;
    w.world->backlog = contract_backlog(w.scenario->parameters, contract, w.world->t - 1);
    add_slot(w.order(kOwner).renegotiate, 0);
    w.trade();
    CHECK(contract.price_usd_h == Approx(1.5 - 0.12475));  // the worked case of model 5.17
    CHECK(contract.renegotiated_t == 9);
    CHECK(w.firm(kOwner).reliability_frac == Approx(0.85));
    const double once = contract.price_usd_h;
    ++w.world->t;
    w.world->backlog = contract_backlog(w.scenario->parameters, contract, w.world->t - 1);
    w.trade();
    CHECK(contract.price_usd_h == once);  // too soon

    ContractWorld dear;
    Contract& kept = dear.sell(kCloud, kOwner, 100'000, 1.5, 0.9, 16);
    for (double& spot : dear.world->spot_ewma_usd_h) spot = 0.8;
    dear.world->backlog = contract_backlog(dear.scenario->parameters, kept, dear.world->t - 1);
    add_slot(dear.order(kOwner).renegotiate, 0);
    dear.trade();
    CHECK(kept.price_usd_h == 1.5);  // no credible threat
    CHECK(dear.firm(kOwner).reliability_frac == 0.95);
}

TEST_CASE("Rows of one pair past their ramp with one end become one row", "[engine][contracts]") {
    ContractWorld w;
    w.sell(kCloud, kOwner, 100, 1.0, 0.8, 16);
    Contract& second = w.sell(kCloud, kOwner, 300, 2.0, 0.6, 16);
    w.sell(kCloud, kOwner, 50, 1.0, 0.8, 17);  // ends later
    for (const Contract& contract : w.world->contracts)
        if (contract.id != 0) w.world->backlog += contract_backlog(w.scenario->parameters, contract, w.world->t - 1);
    second.due_h100e[1] = 300;
    second.short_h100e[1] = 30;
    merge_contracts(*w.scenario, *w.world);
    const Contract& row = w.row();
    CHECK(row.quantity_h100e == 400);
    CHECK(row.price_usd_h == Approx(1.75));
    CHECK(row.takeorpay_frac == Approx(0.65));
    CHECK(row.short_h100e[1] == 30);
    CHECK(w.row(1).id == 0);
    CHECK(w.row(2).quantity_h100e == 50);
    CHECK(w.check_contracts_of_books() == 0);
}

TEST_CASE("Newly signed compute is news, netted between two firms", "[engine][contracts]") {
    ContractWorld w;
    w.world->history.next_contract_id = 1;
    w.sell(kCloud, kOwner, 600, 1.0, 0.8, 16);
    w.sell(kOwner, kCloud, 500, 1.0, 0.8, 16);
    double signed_h100e[kMaxFirms];
    sum_signed(*w.world, live_contracts(*w.world), signed_h100e);
    CHECK(signed_h100e[kCloud] == 100.0);
    CHECK(signed_h100e[kOwner] == 100.0);
    CHECK(signed_h100e[kLab] == 0.0);
}

TEST_CASE("Padding a request changes no price that others pay below its cap", "[engine][contracts][property]") {
    // the same request three times over takes no more than the offer has, and the rival keeps what it outbids
    ContractWorld w;
    w.give_cash(kLab, 1'000'000'000);
    w.firm(kLab).history[0].revenue = Usd{100'000'000};
    w.offer(kCloud, 800, 1.0);
    for (int k = 0; k < 3; ++k) w.bid(kOwner, 800, 1.2);
    w.bid(kLab, 400, 1.8);
    w.trade();
    CHECK(w.asked(kLab).got == 400.0);
    CHECK(w.offered(kCloud).got <= 800.0);
    CHECK(w.asked(kLab).price <= 1.8);
}

TEST_CASE("Sellers see the reliability of a buyer that forced one of them down, as long as that contract lives", "[engine][contracts]") {
    PhaseWorld w;
    w.firm(kOwner).reliability_frac = 0.4;  // under the floor of 0.5
    const BidContract bid{1.0, 2.0, 8.0, 1.0, 1.0, 0.0, 2};
    const auto answer = [&] {
        Orders orders{};
        return apply(*w.scenario, *w.world, kOwner, bid, 1, orders).code;
    };
    CHECK(buyer_reliability(*w.world, kOwner) == 1.0);  // what it failed to deliver is no matter of those whom it pays
    CHECK(answer() == Code::none);
    Contract& forced = w.sell(kCloud, kOwner, 100, 1.5, 0.9, 16);
    CHECK(answer() == Code::none);
    forced.renegotiated_t = 7;
    CHECK(buyer_reliability(*w.world, kOwner) == 0.4);
    CHECK(buyer_reliability(*w.world, kCloud) == 1.0);
    CHECK(answer() == Code::counterparty);
    w.firm(kOwner).reliability_frac = 0.5;
    CHECK(answer() == Code::none);
    w.firm(kOwner).reliability_frac = 0.4;
    forced = Contract{};
    CHECK(answer() == Code::none);
}
