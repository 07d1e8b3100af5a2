// The default waterfall: secured by collateral, unsecured pro rata with the deficiency, owners last.
#include <catch2/catch.hpp>
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
