// The ledger: postings of every kind keep every identity, and a kind that loses one of its legs is caught by a named identity.
#include <catch2/catch.hpp>
#include <memory>
#include <random>

#include "engine/settle/identities.h"
#include "engine/settle/payments.h"

using namespace rackrace;

namespace {

/// An empty world whose identities hold: no firms trade, segments belong to the outside alternative.
struct Books {
    std::unique_ptr<World> world = std::make_unique<World>();
    std::unique_ptr<Ledger> ledger = std::make_unique<Ledger>();
    std::unique_ptr<Scenario> scenario = std::make_unique<Scenario>();

    Books() {
        for (SegmentState& segment : world->segments) segment.outside_share_ppb = kShareUnits;
        open_ledger(*ledger, *world);
    }
};

/// Random parties for a kind: one firm for internal kinds, else two different ones.
std::pair<int, int> parties(Kind kind, std::mt19937_64& random) {
    const int payer = static_cast<int>(random() % kParties);
    if (is_internal(kind)) return {payer, payer};
    const int payee = static_cast<int>((payer + 1 + random() % (kParties - 1)) % kParties);
    return {payer, payee};
}

Broken money_identities(const World& world, const Ledger& ledger) {
    Broken broken = check_money(world);
    if (broken.identity == 0) broken = check_balance_sheets(world);
    if (broken.identity == 0) broken = check_flows(world, ledger);
    return broken;
}

}  // namespace

TEST_CASE("Random postings of every kind keep money, balance sheets and flows exact", "[engine][ledger]") {
    std::mt19937_64 random(7);
    Books books;
    for (int i = 0; i < 20000; ++i) {
        const Kind kind = static_cast<Kind>(random() % kKinds);
        const auto [payer, payee] = parties(kind, random);
        post(*books.world, *books.ledger, kind, payer, payee, Usd{static_cast<std::int64_t>(random() % 1000000000)});
    }
    const Broken broken = money_identities(*books.world, *books.ledger);
    CHECK(broken.identity == 0);
    CHECK(books.world->fault == Fault::none);
}

TEST_CASE("A kind that loses any leg, or a whole side, is caught by an identity of the money", "[engine][ledger]") {
    std::mt19937_64 random(11);
    for (int k = 0; k < kKinds; ++k) {
        const Kind kind = static_cast<Kind>(k);
        const KindRow& row = row_of(kind);
        for (int mask = 1; mask < 16; ++mask) {
            KindRow cut = row;
            if (mask & 1) cut.payer_debit = Account::none;
            if (mask & 2) cut.payer_credit = Account::none;
            if (mask & 4) cut.payee_debit = Account::none;
            if (mask & 8) cut.payee_credit = Account::none;
            const bool is_cut = cut.payer_debit != row.payer_debit || cut.payer_credit != row.payer_credit || cut.payee_debit != row.payee_debit || cut.payee_credit != row.payee_credit;
            if (!is_cut) continue;
            Books books;
            const auto [payer, payee] = parties(kind, random);
            // The turnover is kept as post() keeps it; the legs are those of the damaged row.
            move_legs(*books.world, cut, payer, payee, Usd{1000});
            add_turnover(*books.ledger, kind, payer, payee, Usd{1000});
            INFO(row.name << " without legs " << mask);
            CHECK(money_identities(*books.world, *books.ledger).identity != 0);
        }
    }
}

TEST_CASE("Every kind moves cash between two parties, or none at all", "[engine][ledger]") {
    for (int k = 0; k < kKinds; ++k) {
        const KindRow& row = row_of(static_cast<Kind>(k));
        INFO(row.name);
        const int cash_in = (row.payer_debit == Account::cash) + (row.payee_debit == Account::cash);
        const int cash_out = (row.payer_credit == Account::cash) + (row.payee_credit == Account::cash);
        CHECK(cash_in == cash_out);
        CHECK(row.payer_debit != row.payer_credit);
    }
}

TEST_CASE("A negative posting is a bug that stops the run with its kind and payer", "[engine][ledger]") {
    Books books;
    post(*books.world, *books.ledger, Kind::rent, 3, kLandlord, Usd{-5});
    CHECK(books.world->fault == Fault::negative_posting);
    CHECK(books.world->fault_where == static_cast<int>(Kind::rent));
    CHECK(books.world->fault_who == 3);
    CHECK(books.world->fault_value == -5);
    CHECK(cash_of(*books.world, kLandlord).value == 0);
}

TEST_CASE("A bill that cannot be paid is drawn on the revolver and then becomes arrears", "[engine][ledger]") {
    Books books;
    World& world = *books.world;
    world.firms[0].revolver_limit = Usd{300};
    post(world, *books.ledger, Kind::core_receipt, kCustomer, 0, Usd{500});
    pay(world, *books.ledger, Kind::rent, 0, kLandlord, Usd{1000}, 0.05);
    CHECK(cash_of(world, 0).value == 0);
    CHECK(revolver_drawn(world.firms[0]).value == 300);
    CHECK(world.arrears[0][kLandlord][0].value == 200);
    CHECK(cash_of(world, kLandlord).value == 800);
    CHECK(arrears_of(world, 0).value == 200);

    age_arrears(*books.scenario, world, *books.ledger);  // no firms in the scenario: nothing ages
    books.scenario->firm_count = 1;
    age_arrears(*books.scenario, world, *books.ledger);
    post(world, *books.ledger, Kind::core_receipt, kCustomer, 0, Usd{150});
    pay_arrears(world, *books.ledger, 0, kLandlord, 0.05);
    CHECK(world.arrears[0][kLandlord][1].value == 50);
    CHECK(money_identities(world, *books.ledger).identity == 0);
    CHECK(check_debt(world).identity == 0);
}
