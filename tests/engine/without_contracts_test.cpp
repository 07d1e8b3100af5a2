// A scenario in which an opening contract was never signed.
#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/engine/scenario_data.h"

using namespace rackrace;
using namespace rackrace::test;

TEST_CASE("A contract that was never signed leaves the opening books, and nothing else does", "[engine][scenario]") {
    const DataCopy data;
    data.scenario("unsigned", "name = \"unsigned\"\nbased_on = \"base-2026\"\nwithout_contracts = [\"crwv_meta_2026\"]\n");
    const auto all = load_scenario(data.request("base-2026")), without = load_scenario(data.request("unsigned"));
    REQUIRE(all);
    REQUIRE(without);
    const auto &before = all->names.contracts, &after = without->names.contracts;
    CHECK(std::find(before.begin(), before.end(), "crwv_meta_2026") != before.end());
    CHECK(std::find(after.begin(), after.end(), "crwv_meta_2026") == after.end());
    CHECK(after.size() + 1 == before.size());
    CHECK(without->opening.next_contract_id + 1 == all->opening.next_contract_id);
    CHECK(without->opening.backlog < all->opening.backlog);
    for (int f = 0; f < all->scenario.firm_count; ++f)
        for (int a = 0; a < kAccounts; ++a) CHECK(without->opening.balance[f][a] == all->opening.balance[f][a]);

    data.scenario("resolved", without->resolved_toml);
    const auto again = load_scenario(data.request("resolved"));
    REQUIRE(again);
    CHECK(again->names.contracts == after);
}

TEST_CASE("A bad list of unsigned contracts is refused with place, fact and advice", "[engine][scenario][hostile]") {
    const DataCopy data;
    const auto refused = [&](const std::string& list) {
        data.scenario("bad", "name = \"bad\"\nwithout_contracts = " + list + "\n");
        return data.refused("bad");
    };
    CHECK_THAT(refused("[\"crwv_meta_2O26\"]"), Catch::Contains("bad.toml:2:1: no opening contract is called 'crwv_meta_2O26'; did you mean 'crwv_meta_2026'?"));
    CHECK_THAT(refused("[]"), Catch::Contains("without_contracts is not a list of contracts"));
}
