// Payoff tables as other programs read them.
#include <catch2/catch.hpp>

#include <limits>

#include <nlohmann/json.hpp>

#include "game/game_files.h"
#include "tests/game/games.h"

using namespace rackrace;

TEST_CASE("An .nfg has the payoffs of all players profile by profile, the first player's strategy fastest", "[game][files]") {
    CHECK(*nfg_text(prisoners()) == "NFG 1 R \"prisoners\" { \"row\" \"column\" } { 2 2 }\n\n3.5 3.5\n5.5 0.5\n0.5 5.5\n1.5 1.5\n");
}

TEST_CASE("Numbers in an .nfg are decimals without an exponent, whatever their size, and names keep their quotes", "[game][files]") {
    PayoffTable table = *PayoffTable::make("a \"b\"", {{"p", {"x"}}, {"q", {"x"}}}, 1);
    table.set(0, 0, 0, 2.5e21);
    table.set(0, 1, 0, 1e-7);
    CHECK(*nfg_text(table) == "NFG 1 R \"a \\\"b\\\"\" { \"p\" \"q\" } { 1 1 }\n\n2500000000000000000000 0.0000001\n");
}

TEST_CASE("A profile without samples has no place in an .nfg and is left out of the JSON", "[game][files]") {
    PayoffTable table = prisoners();
    for (std::size_t seed = 0; seed < 2; ++seed)
        for (std::size_t player = 0; player < 2; ++player) table.set(2, player, seed, std::numeric_limits<double>::quiet_NaN());
    CHECK(nfg_text(table).error().text().find("profile 2 has no samples") != std::string::npos);
    CHECK(nlohmann::json::parse(gameanalysis_json(table)).at("profiles").size() == 3);
    CHECK(payoffs_csv(table).find("\n2,cooperate,defect,0,,,,,") != std::string::npos);
}

TEST_CASE("The JSON is a samplegame of gameanalysis: a player a role, samples by profile, names sorted", "[game][files]") {
    const nlohmann::json json = nlohmann::json::parse(gameanalysis_json(prisoners()));
    CHECK(json.at("type") == "samplegame.1");
    CHECK(json.at("players") == nlohmann::json::parse(R"({"row": 1, "column": 1})"));
    CHECK(json.at("strategies").at("row") == nlohmann::json::parse(R"(["cooperate", "defect"])"));
    REQUIRE(json.at("profiles").size() == 4);
    CHECK(json.at("profiles").at(1) == nlohmann::json::parse(R"({"row": [["defect", 1, [5.0, 6.0]]], "column": [["cooperate", 1, [0.0, 1.0]]]})"));
}

TEST_CASE("The CSV says what a profile pays, what its players could gain, and its regret", "[game][files]") {
    const std::string csv = payoffs_csv(prisoners());
    CHECK(csv.starts_with("profile,strategy.row,strategy.column,seeds,payoff.row,standard_error.row,low.row,high.row,best_deviation.row,gain.row,gain_low.row,gain_high.row,payoff.column,"));
    CHECK(csv.find(",regret,regret_low,regret_high\n") != std::string::npos);
    CHECK(csv.find("\n0,cooperate,cooperate,2,3.5,0.5,") != std::string::npos);
    CHECK(csv.find(",defect,2,2,2,2,2,2\n") != std::string::npos);
    CHECK(csv.substr(csv.find("\n3,")).ends_with(",defect,0,0,0,0,0,0\n"));
}
