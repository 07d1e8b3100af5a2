// The table's numbering, its estimates, and the regret of its profiles.
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "game/regret.h"
#include "tests/game/games.h"

using namespace rackrace;

TEST_CASE("Profiles are numbered with the first player's strategy running fastest", "[game][table]") {
    const PayoffTable table = *PayoffTable::make("three", {{"a", {"1", "2"}}, {"b", {"1", "2", "3"}}, {"c", {"1"}}}, 1);
    CHECK(table.profiles() == 6);
    CHECK(table.profile_of({1, 0, 0}) == 1);
    CHECK(table.profile_of({0, 1, 0}) == 2);
    CHECK(table.profile_of({1, 2, 0}) == 5);
    CHECK(table.strategy_of(5, 0) == 1);
    CHECK(table.strategy_of(5, 1) == 2);
    CHECK(table.deviation(5, 1, 0) == 1);
    CHECK(table.deviation(5, 0, 1) == 5);
}

TEST_CASE("A table that is empty or too large is refused before it is made", "[game][table]") {
    CHECK(PayoffTable::make("x", {}, 1).error().text() == "x: has no players; let at least one firm or role have strategies\n");
    CHECK(PayoffTable::make("x", {{"a", {}}}, 1).error().text().find("a has no strategies") != std::string::npos);
    CHECK(PayoffTable::make("x", {{"a", {"1"}}}, 0).error().text().find("no samples") != std::string::npos);
    const std::vector<std::string> many(1000, "s");
    CHECK(PayoffTable::make("x", {{"a", many}, {"b", many}}, 64).error().text() ==
          "x: its table would have 128 million payoffs; at most 100 million fit; take fewer strategies or seeds\n");
}

TEST_CASE("Differences between profiles are taken seed by seed", "[game][table]") {
    const PayoffTable table = prisoners();
    const std::int64_t both = table.profile_of({0, 0}), alone = table.profile_of({1, 0});
    CHECK(table.payoff(both, 0).mean == 3.5);
    CHECK(table.payoff(both, 0).half_width > 6.0);  // two seeds that differ by 1
    const PairedDifference gain = table.difference(both, alone, 0);
    CHECK(gain.mean == 2.0);
    CHECK(gain.half_width == 0.0);  // what both seeds share drops out
    CHECK(gain.n == 2);
}

TEST_CASE("A seed that one of two profiles lacks is in neither side of their difference", "[game][table]") {
    PayoffTable table = prisoners();
    const std::int64_t both = table.profile_of({0, 0}), alone = table.profile_of({1, 0});
    table.set(both, 0, 0, std::numeric_limits<double>::quiet_NaN());
    CHECK(table.payoff(both, 0).mean == 4.0);
    CHECK(table.payoff(both, 0).n == 1);
    CHECK(table.difference(both, alone, 0).mean == 2.0);
    CHECK(table.difference(both, alone, 0).n == 1);
}

TEST_CASE("Regret is what the best deviation gains: prisoners regret everything but defecting together", "[game][regret]") {
    const PayoffTable table = prisoners();
    const ProfileRegret together = regret_of(table, table.profile_of({0, 0}));
    CHECK(together.regret == 2.0);
    CHECK(together.low == 2.0);
    CHECK(together.high == 2.0);
    CHECK(together.best[0].strategy == 1);
    CHECK(together.best[1].strategy == 1);
    const ProfileRegret alone = regret_of(table, table.profile_of({1, 0}));
    CHECK(alone.regret == 1.0);
    CHECK(alone.best[0].strategy == 1);  // who defects stays
    CHECK(alone.best[0].gain.mean == 0.0);
    CHECK(alone.best[1].gain.mean == 1.0);
    CHECK(regret_of(table, table.profile_of({1, 1})).regret == 0.0);
    CHECK(regret_of(table, table.profile_of({1, 1})).high == 0.0);
}

TEST_CASE("A gain that seeds do not tell from nothing leaves a regret whose lower end is 0", "[game][regret]") {
    PayoffTable table = *PayoffTable::make("noise", {{"a", {"stay", "move"}}}, 2);
    for (std::size_t seed = 0; seed < 2; ++seed) table.set(0, 0, seed, 0.0);
    table.set(1, 0, 0, 3.0);
    table.set(1, 0, 1, -1.0);
    const ProfileRegret regret = regret_of(table, 0);
    CHECK(regret.regret == 1.0);
    CHECK(regret.low == 0.0);
    CHECK(regret.high > 20.0);
    table.set(1, 0, 0, std::numeric_limits<double>::quiet_NaN());
    table.set(1, 0, 1, std::numeric_limits<double>::quiet_NaN());
    CHECK_FALSE(regret_of(table, 0).is_complete);
}
