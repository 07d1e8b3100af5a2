// A tournament of three strategies, small enough to be done on paper.
#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>

#include "game/standings.h"

using namespace rackrace;

namespace {

/// What the seat (first player) gets by own strategy and field; seed i adds i to everything.
PayoffTable seat_table(const std::vector<std::vector<double>>& payoffs, std::size_t seeds) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < payoffs.size(); ++i) names.push_back(std::string(1, static_cast<char>('a' + i)));
    PayoffTable table = *PayoffTable::make("seat", {{"seat", names}, {"field", names}}, seeds);
    for (std::size_t own = 0; own < payoffs.size(); ++own)
        for (std::size_t field = 0; field < payoffs.size(); ++field)
            for (std::size_t seed = 0; seed < seeds; ++seed) table.set(table.profile_of({own, field}), 0, seed, payoffs[own][field] + static_cast<double>(seed));
    return table;
}

}  // namespace

TEST_CASE("Scores are means over all fields, and ranks follow them", "[game][standings]") {
    const Standings out = *standings_of(seat_table({{2, 2, 2}, {4, 4, 1}, {9, 0, 3}}, 3), 0, 1);
    CHECK(out.seeds == 3);
    REQUIRE(out.by_rank.size() == 3);
    CHECK(out.by_rank[0].strategy == 2);  // 4, then 3, then 2; the three seeds add 1 in the mean
    CHECK(out.by_rank[0].score.mean == Approx(5.0));
    CHECK(out.by_rank[1].strategy == 1);
    CHECK(out.by_rank[2].score.mean == Approx(3.0));
    CHECK(out.by_rank[0].lead.mean == Approx(1.0));
    CHECK(out.by_rank[0].lead.half_width == Approx(0.0).margin(1e-12));  // all strategies meet the same seeds
    for (const Standing& one : out.by_rank) {
        CHECK(one.rank_low == one.rank);
        CHECK(one.rank_high == one.rank);
    }
}

TEST_CASE("A duel is the seat of one in the other's field against the seat of the other in the first one's field", "[game][standings]") {
    const Standings out = *standings_of(seat_table({{2, 2, 2}, {4, 4, 1}, {9, 0, 3}}, 3), 0, 1);
    REQUIRE(out.duels.size() == 3);
    CHECK(out.duels[0].difference.mean == Approx(2.0 - 4.0));  // a among b, b among a
    CHECK(out.duels[0].end == DuelEnd::second_wins);
    CHECK(out.duels[1].difference.mean == Approx(2.0 - 9.0));
    CHECK(out.duels[2].difference.mean == Approx(1.0 - 0.0));  // b beats c, which stands above it: fields differ
    CHECK(out.duels[2].end == DuelEnd::first_wins);
    const auto of = [&](std::size_t strategy) { return *std::find_if(out.by_rank.begin(), out.by_rank.end(), [&](const Standing& one) { return one.strategy == strategy; }); };
    CHECK(of(0).wins == 0);
    CHECK(of(0).losses == 2);
    CHECK(of(1).wins == 2);
    CHECK(of(2).wins == 1);
    CHECK(of(2).losses == 1);
}

TEST_CASE("The best reply to a field is told with what it gains over the field's own strategy", "[game][standings]") {
    const Standings out = *standings_of(seat_table({{2, 2, 2}, {4, 4, 1}, {9, 0, 3}}, 3), 0, 1);
    for (const Standing& one : out.by_rank) {
        const std::size_t expected[] = {2, 1, 2};
        CHECK(one.best_reply == expected[one.strategy]);
        CHECK(one.reply_gain.mean == Approx(one.strategy == 0 ? 7.0 : 0.0));
    }
}

TEST_CASE("Where seeds disagree duels are unclear and ranks are ranges", "[game][standings]") {
    PayoffTable table = seat_table({{2, 2}, {2, 2}}, 4);
    for (std::size_t seed = 0; seed < 4; ++seed) table.set(table.profile_of({1, 0}), 0, seed, seed % 2 == 0 ? 9.0 : -4.0);
    const Standings out = *standings_of(table, 0, 1);
    CHECK(out.duels[0].end == DuelEnd::unclear);
    for (const Standing& one : out.by_rank) {
        CHECK(one.unclear == 1);
        CHECK(one.rank_low == 1);
        CHECK(one.rank_high == 2);
    }
}

TEST_CASE("Seeds that a profile lacks count for no strategy", "[game][standings]") {
    PayoffTable table = seat_table({{2, 2}, {1, 1}}, 3);
    table.set(table.profile_of({0, 1}), 0, 2, std::numeric_limits<double>::quiet_NaN());
    const Standings out = *standings_of(table, 0, 1);
    CHECK(out.seeds == 2);
    CHECK(out.by_rank[0].score.mean == Approx(2.5));
    for (std::size_t seed = 0; seed < 2; ++seed) table.set(table.profile_of({1, 1}), 0, seed, std::numeric_limits<double>::quiet_NaN());
    CHECK(standings_of(table, 0, 1).error().text().find("no seed was played to the end in every profile") != std::string::npos);
}

TEST_CASE("A seat and a field with other strategies are no tournament", "[game][standings]") {
    const PayoffTable table = *PayoffTable::make("odd", {{"seat", {"a", "b"}}, {"field", {"a", "c"}}}, 1);
    CHECK(standings_of(table, 0, 1).error().text() == "odd: seat and field do not choose among the same strategies; give both the same list\n");
}
