// The terms of a capacity contract at work: bills and damages, leaving, renegotiating, the forward test, reputations.
#include <catch2/catch.hpp>

#include "engine/market/contract_billing.h"
#include "engine/market/contract_exit.h"
#include "engine/market/forward_capacity.h"
#include "engine/market/reputation.h"
#include "tests/engine/model_parameters.h"

using namespace rackrace;

TEST_CASE("A bill charges take-or-pay on what was delivered and the rest on what was used", "[engine][contracts]") {
    const Parameters& p = model_parameters();
    const ContractBill bill = bill_contract(p, 1.5, 0.8, 1000, 900, 500, Usd{0});
    CHECK(bill.takeorpay == to_usd(1.5 * 2190 * 0.8 * 900));
    CHECK(bill.usage == to_usd(1.5 * 2190 * 0.2 * 500));
    CHECK(bill.bill == bill.takeorpay + bill.usage);
    CHECK(bill.cash == bill.bill);
    CHECK(bill.damages == to_usd(1.5 * 2190 * 100));
}

TEST_CASE("A prepaid balance is drawn before cash", "[engine][contracts]") {
    const Parameters& p = model_parameters();
    const ContractBill part = bill_contract(p, 1.0, 1.0, 10, 10, 10, Usd{2000});
    CHECK(part.from_prepayment == Usd{2000});
    CHECK(part.cash == Usd{21900 - 2000});
    const ContractBill all = bill_contract(p, 1.0, 1.0, 10, 10, 10, Usd{1'000'000});
    CHECK(all.from_prepayment == Usd{21900});
    CHECK(all.cash == Usd{0});
}

TEST_CASE("What a buyer used of its contracts is spread over them pro rata and never exceeds what came", "[engine][contracts]") {
    CHECK(used_of_contract(100, 30, 120) == 25);
    CHECK(used_of_contract(120, 30, 120) == 30);
    CHECK(used_of_contract(0, 30, 120) == 0);
    CHECK(used_of_contract(0, 0, 0) == 0);
}

TEST_CASE("A buyer may leave free once the shortfall of a year is above 15 percent", "[engine][contracts]") {
    const Parameters& p = model_parameters();
    CHECK_FALSE(may_leave_free(p, 150, 1000));
    CHECK(may_leave_free(p, 151, 1000));
    CHECK_FALSE(may_leave_free(p, 0, 0));
}

TEST_CASE("A threat to walk away lowers the price only if walking pays", "[engine][contracts]") {
    const Parameters& p = model_parameters();
    SECTION("replacement at 0.80: the fee makes it no threat") {
        const Renegotiation same = renegotiate_price(p, 1.5, 0.9, 0.8, false);
        CHECK_FALSE(same.has_changed);
        CHECK(same.price_usd_h == 1.5);
    }
    SECTION("replacement at 0.40: half of the gain is given, 0.12475") {
        const Renegotiation lower = renegotiate_price(p, 1.5, 0.9, 0.4, false);
        CHECK(lower.has_changed);
        CHECK(1.5 - lower.price_usd_h == Approx(0.12475));
    }
    SECTION("a buyer in chapter 11 owes only the estate's claim") {
        CHECK(renegotiate_price(p, 1.5, 0.9, 0.8, true).price_usd_h == Approx(1.5 - 0.5 * (1.5 - 0.8 - 0.15 * 1.5)));
    }
    SECTION("more take-or-pay protects the seller") {
        CHECK(renegotiate_price(p, 1.5, 0.5, 0.4, false).price_usd_h < renegotiate_price(p, 1.5, 0.9, 0.4, false).price_usd_h);
    }
}

TEST_CASE("The fee for leaving falls with the quarters left and is 0 at the end", "[engine][contracts]") {
    const Parameters& p = model_parameters();
    CHECK(annuity_q(p, 0) == 0.0);
    CHECK(annuity_q(p, 4) == Approx(3.770020032635035));
    CHECK(termination_fee_usd(p, 2.0, 0.9, 1000, 0) == 0.0);
    CHECK(termination_fee_usd(p, 2.0, 0.9, 1000, 8) > termination_fee_usd(p, 2.0, 0.9, 1000, 7));
}

TEST_CASE("An offer is cut to what its seller can serve with its generation or newer", "[engine][contracts]") {
    std::int64_t capacity[2][kMaxGenerations] = {}, committed[2][kMaxGenerations] = {};
    capacity[0][3] = capacity[1][3] = 100;
    SECTION("newer chips may serve an older contract") { CHECK(cut_offer(1.0, capacity, committed, 2, 2, 500) == 100); }
    SECTION("older ones may not serve a newer") { CHECK(cut_offer(1.0, capacity, committed, 2, 4, 500) == 0); }
    SECTION("older commitments that rest on the same chips count") {
        committed[1][1] = 70;
        CHECK(cut_offer(1.0, capacity, committed, 2, 3, 500) == 30);
    }
    SECTION("older commitments with chips of their own do not") {
        committed[1][1] = 70;
        capacity[1][1] = 70;
        CHECK(cut_offer(1.0, capacity, committed, 2, 3, 500) == 100);
    }
    SECTION("a seller that oversells already offers nothing") {
        committed[0][3] = 120;
        CHECK(cut_offer(1.0, capacity, committed, 2, 3, 500) == 0);
        CHECK(cut_offer(1.5, capacity, committed, 2, 3, 500) == 30);
    }
}

TEST_CASE("Reliability falls by the share not delivered and closes a twentieth of the gap in a good quarter", "[engine][contracts]") {
    const Parameters& p = model_parameters();
    CHECK(next_reliability(p, 0.8, 100, 100) == Approx(0.81));
    CHECK(next_reliability(p, 0.8, 100, 70) == Approx(0.5));
    CHECK(next_reliability(p, 0.1, 100, 0) == 0.0);
    CHECK(next_reliability(p, 0.8, 0, 0) == Approx(0.81));
    CHECK(reliability_after_renegotiation(p, 0.95) == Approx(0.85));
    CHECK(reliability_after_renegotiation(p, 0.05) == 0.0);
}
