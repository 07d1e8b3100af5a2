// The clearing vector: the worked case of model.md 5.17, against plain repetition of its formula, and what it must conserve.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "engine/base/hash.h"
#include "engine/settle/clearing_vector.h"
#include "tests/engine/model_parameters.h"

using namespace rackrace;

namespace {

ClearingBills bills_of(const std::vector<std::int64_t>& cash) {
    ClearingBills bills;
    bills.count = static_cast<int>(cash.size());
    for (int f = 0; f < bills.count; ++f) {
        bills.cash[f] = Usd{cash[static_cast<std::size_t>(f)]};
        bills.id[f] = hash64(4, f);
    }
    return bills;
}

ClearingBills random_bills(std::mt19937_64& draw, std::int64_t largest) {
    const auto pick = [&](std::int64_t low, std::int64_t high) { return std::uniform_int_distribution<std::int64_t>(low, high)(draw); };
    std::vector<std::int64_t> cash(static_cast<std::size_t>(pick(2, kMaxPayers)));
    for (std::int64_t& one : cash) one = pick(0, 2) == 0 ? pick(0, largest) : 0;
    ClearingBills bills = bills_of(cash);
    for (int f = 0; f < bills.count; ++f)
        for (int g = 0; g < bills.count; ++g)
            if (f != g && pick(0, 3) == 0) bills.dues[f][g] = Usd{pick(0, largest)};
    bills.always_pays[bills.count - 1] = pick(0, 1) == 0;
    return bills;
}

/// pay_f = min(due_f, cash_f + receipts_f) repeated from all paid in full until it moves by less than a thousandth of a dollar.
std::vector<double> repeat_formula(const ClearingBills& bills) {
    const auto n = static_cast<std::size_t>(bills.count);
    std::vector<std::vector<double>> net(n, std::vector<double>(n));
    std::vector<double> due(n), paid;
    for (std::size_t f = 0; f < n; ++f)
        for (std::size_t g = 0; g < n; ++g) {
            net[f][g] = f == g ? 0.0 : std::max(0.0, static_cast<double>(bills.dues[f][g].value - bills.dues[g][f].value));
            due[f] += net[f][g];
        }
    paid = due;
    for (double moved = 1.0; moved > 1e-3;) {
        moved = 0.0;
        std::vector<double> next(n);
        for (std::size_t f = 0; f < n; ++f) {
            double means = static_cast<double>(bills.cash[f].value);
            for (std::size_t g = 0; g < n; ++g) means += due[g] > 0.0 ? paid[g] * net[g][f] / due[g] : 0.0;
            next[f] = bills.always_pays[f] ? due[f] : std::min(due[f], means);
            moved = std::max(moved, std::abs(next[f] - paid[f]));
        }
        paid = next;
    }
    return paid;
}

}  // namespace

TEST_CASE("Three firms in a circle pay 90, 80 and 30", "[engine][settlement]") {
    ClearingBills bills = bills_of({60, 10, 0});
    bills.dues[0][1] = Usd{100};
    bills.dues[1][2] = Usd{80};
    bills.dues[2][0] = Usd{30};
    const ClearingPayments payments = clear_bills(model_parameters(), bills);
    CHECK(payments.paid[0] == Usd{90});
    CHECK(payments.paid[1] == Usd{80});
    CHECK(payments.paid[2] == Usd{30});
    CHECK(payments.is_short[0]);
    CHECK_FALSE(payments.is_short[1]);
}

TEST_CASE("A circle of equal debts is paid without any cash", "[engine][settlement]") {
    ClearingBills bills = bills_of({0, 0, 0, 0});
    for (int f = 0; f < 3; ++f) bills.dues[f][(f + 1) % 3] = Usd{100};
    SECTION("if nothing leaks") {
        const ClearingPayments payments = clear_bills(model_parameters(), bills);
        for (int f = 0; f < 3; ++f) CHECK(payments.paid[f] == Usd{100});
    }
    SECTION("but not at all if one of them owes a dollar outside") {
        bills.dues[0][3] = Usd{1};
        const ClearingPayments payments = clear_bills(model_parameters(), bills);
        for (int f = 0; f < 3; ++f) CHECK(payments.paid[f] == Usd{0});
    }
}

TEST_CASE("What two firms owe each other cancels before anything is paid", "[engine][settlement]") {
    ClearingBills bills = bills_of({0, 0});
    bills.dues[0][1] = Usd{500};
    bills.dues[1][0] = Usd{480};
    const ClearingPayments payments = clear_bills(model_parameters(), bills);
    CHECK(payments.due[0] == Usd{20});
    CHECK(payments.due[1] == Usd{0});
    CHECK(payments.paid[0] == Usd{0});
}

TEST_CASE("An outside buyer pays in full without cash, and an outside creditor shares with the firms", "[engine][settlement]") {
    ClearingBills bills = bills_of({0, 0, 0});
    bills.always_pays[2] = true;
    bills.dues[2][0] = Usd{90};
    bills.dues[0][1] = Usd{100};
    bills.dues[1][2] = Usd{50};
    const ClearingPayments payments = clear_bills(model_parameters(), bills);
    CHECK(payments.paid[2] == Usd{90});
    CHECK(payments.payment[0][1] == Usd{90});
    CHECK(payments.paid[1] == Usd{50});
}

TEST_CASE("The clearing vector equals plain repetition of the formula", "[engine][settlement]") {
    std::mt19937_64 draw(41);
    int short_payers = 0;
    for (int run = 0; run < 500; ++run) {
        const ClearingBills bills = random_bills(draw, 3'000'000);
        const ClearingPayments payments = clear_bills(model_parameters(), bills);
        const std::vector<double> paid = repeat_formula(bills);
        for (int f = 0; f < bills.count; ++f) {
            INFO("run " << run << " payer " << f);
            REQUIRE(static_cast<double>(payments.paid[f].value) == Approx(paid[static_cast<std::size_t>(f)]).margin(kMaxPayers));
            short_payers += payments.is_short[f];
        }
    }
    CHECK(short_payers > 1000);
}

TEST_CASE("Nobody pays more than it owes, and beyond its means only by rounding", "[engine][settlement]") {
    std::mt19937_64 draw(42);
    for (int run = 0; run < 500; ++run) {
        const ClearingBills bills = random_bills(draw, 1'000'000'000);
        const ClearingPayments payments = clear_bills(model_parameters(), bills);
        for (int f = 0; f < bills.count; ++f) {
            Usd paid{0};
            for (int g = 0; g < bills.count; ++g) {
                REQUIRE(payments.payment[f][g] >= Usd{0});
                REQUIRE(payments.payment[f][g] <= max_usd(Usd{0}, bills.dues[f][g] - bills.dues[g][f]));
                paid += payments.payment[f][g];
            }
            REQUIRE(paid == payments.paid[f]);
            REQUIRE((payments.is_short[f] || payments.paid[f] == payments.due[f]));
            REQUIRE(payments.gap[f] <= Usd{kMaxPayers});
            REQUIRE((bills.always_pays[f] ? payments.gap[f] == Usd{0} : true));
        }
    }
}

TEST_CASE("The order of the firms changes no payment", "[engine][settlement]") {
    std::mt19937_64 draw(43);
    for (int run = 0; run < 300; ++run) {
        const ClearingBills bills = random_bills(draw, 1'000'000'000'000);
        std::vector<int> to(static_cast<std::size_t>(bills.count));
        for (std::size_t f = 0; f < to.size(); ++f) to[f] = static_cast<int>(f);
        std::shuffle(to.begin(), to.end(), draw);
        ClearingBills moved;
        moved.count = bills.count;
        for (std::size_t f = 0; f < to.size(); ++f) {
            moved.cash[to[f]] = bills.cash[f];
            moved.always_pays[to[f]] = bills.always_pays[f];
            moved.id[to[f]] = bills.id[f];
            for (std::size_t g = 0; g < to.size(); ++g) moved.dues[to[f]][to[g]] = bills.dues[f][g];
        }
        const ClearingPayments before = clear_bills(model_parameters(), bills), after = clear_bills(model_parameters(), moved);
        for (std::size_t f = 0; f < to.size(); ++f)
            for (std::size_t g = 0; g < to.size(); ++g) REQUIRE(before.payment[f][g] == after.payment[to[f]][to[g]]);
    }
}
