// The default waterfall: secured by collateral, unsecured pro rata with the deficiency, owners last.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "engine/settle/waterfall.h"

using namespace rackrace;

TEST_CASE("A secured lender is paid from its collateral and ranks with the unsecured for the rest", "[engine][distress]") {
    Claims claims;
    claims.rows[claims.count++] = {Usd{100}, Usd{60}, 1};
    claims.rows[claims.count++] = {Usd{160}, Usd{0}, 2};
    const Recovery recovery = pay_by_priority(claims, Usd{160});
    CHECK(recovery.paid[0] == Usd{60 + 20});
    CHECK(recovery.paid[1] == Usd{80});
    CHECK(recovery.owners == Usd{0});
}

TEST_CASE("Collateral beyond its claim goes to the others, and the owners get what no one is owed", "[engine][distress]") {
    Claims claims;
    claims.rows[claims.count++] = {Usd{50}, Usd{90}, 1};
    claims.rows[claims.count++] = {Usd{30}, Usd{0}, 2};
    const Recovery recovery = pay_by_priority(claims, Usd{100});
    CHECK(recovery.paid[0] == Usd{50});
    CHECK(recovery.paid[1] == Usd{30});
    CHECK(recovery.owners == Usd{20});
}

TEST_CASE("The waterfall pays out exactly the value, never more than a claim", "[engine][distress]") {
    std::mt19937_64 draw(51);
    const auto pick = [&](std::int64_t low, std::int64_t high) { return std::uniform_int_distribution<std::int64_t>(low, high)(draw); };
    for (int run = 0; run < 1000; ++run) {
        Claims claims;
        claims.count = static_cast<int>(pick(0, kMaxClaims));
        for (int i = 0; i < claims.count; ++i)
            claims.rows[i] = {Usd{pick(0, 40'000'000'000)}, Usd{pick(0, 2) == 0 ? pick(0, 40'000'000'000) : 0}, draw()};
        const Usd value{pick(-1'000'000, 900'000'000'000)};
        const Recovery recovery = pay_by_priority(claims, value);
        Usd total = recovery.owners, owed{0};
        for (int i = 0; i < claims.count; ++i) {
            REQUIRE(recovery.paid[i] >= Usd{0});
            REQUIRE(recovery.paid[i] <= claims.rows[i].owed);
            total += recovery.paid[i];
            owed += claims.rows[i].owed;
        }
        REQUIRE(total == max_usd(value, Usd{0}));
        REQUIRE((recovery.owners == Usd{0} || recovery.owners == value - owed));
    }
}

TEST_CASE("Secured claims come out of their collateral first, what is left is shared by all that are still owed, owners last", "[engine][distress][property]") {
    std::mt19937_64 draw(52);
    const auto pick = [&](std::int64_t low, std::int64_t high) { return std::uniform_int_distribution<std::int64_t>(low, high)(draw); };
    int ample = 0, deficient = 0, to_owners = 0;
    for (int run = 0; run < 2000; ++run) {
        Claims claims;
        claims.count = static_cast<int>(pick(1, 20));
        std::int64_t collateral = 0, owed = 0, unsecured = 0;
        for (int i = 0; i < claims.count; ++i) {
            claims.rows[i] = {Usd{pick(0, 40'000'000'000)}, Usd{pick(0, 1) == 0 ? pick(0, 60'000'000'000) : 0}, draw()};
            const std::int64_t secured = std::min(claims.rows[i].owed.value, claims.rows[i].collateral.value);
            collateral += claims.rows[i].collateral.value;
            owed += claims.rows[i].owed.value;
            unsecured += claims.rows[i].owed.value - secured;
        }
        const bool is_ample = pick(0, 4) != 0;  // the value of an estate holds all collateral; should it fail to, the secured share what there is
        const std::int64_t value = is_ample ? collateral + pick(0, 3) * pick(0, 200'000'000'000) : pick(0, collateral);
        const Recovery recovery = pay_by_priority(claims, Usd{value});
        INFO("run " << run << " value " << value);
        std::int64_t secured_sum = 0;
        for (int i = 0; i < claims.count; ++i) secured_sum += std::min(claims.rows[i].owed.value, claims.rows[i].collateral.value);
        const std::int64_t rest = value - secured_sum;
        for (int i = 0; i < claims.count; ++i) {
            const std::int64_t secured = std::min(claims.rows[i].owed.value, claims.rows[i].collateral.value), open = claims.rows[i].owed.value - secured, paid = recovery.paid[i].value;
            if (rest < 0) {  // pro rata of what is secured, nobody else
                const auto share = static_cast<long double>(secured) * static_cast<long double>(value) / static_cast<long double>(secured_sum);
                REQUIRE(std::fabs(static_cast<double>(static_cast<long double>(paid) - share)) <= 1.0);
                ++deficient;
            } else {
                const auto share = unsecured <= rest ? static_cast<long double>(open) : static_cast<long double>(open) * static_cast<long double>(rest) / static_cast<long double>(unsecured);
                REQUIRE(paid >= secured);
                REQUIRE(std::fabs(static_cast<double>(static_cast<long double>(paid - secured) - share)) <= 1.0);
                ++ample;
            }
        }
        REQUIRE(recovery.owners.value == std::max<std::int64_t>(0, value - owed));
        to_owners += recovery.owners.value > 0;
    }
    CHECK(ample > 1000);
    CHECK(deficient > 1000);
    CHECK(to_owners > 100);
}
