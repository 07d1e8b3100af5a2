// What the lines of a compiled script cost: every unit of its budget stands somewhere.
#include <catch2/catch.hpp>

#include <numeric>

#include "agents/host/lua_deciders.h"
#include "tests/agents/host_support.h"
#include "tests/engine/scenario_data.h"

using namespace rackrace;

namespace {

/// Adds up what a firm's own callbacks took of their budgets.
struct Budgets final : QuarterListener {
    explicit Budgets(int whose) : firm(whose) {}
    void on_opening(const Scenario&, const World&) override {}
    void on_close(const ClosedQuarter& closed) override {
        for (const Decision& decision : closed.decisions->decisions) {
            if (decision.firm != firm || decision.author != Author::script) continue;
            units += decision.budget_used;
            ++callbacks;
        }
    }
    int firm;
    std::int64_t units = 0, callbacks = 0;
};

}  // namespace

TEST_CASE("The profile of a compiled script holds every unit of its budget, and changes nothing of the run", "[agents][core]") {
    const auto loaded = load_scenario({"base-2026", test::kData, {}, "2027Q2"});
    REQUIRE(loaded);
    const auto play = [&](ScriptProfile* profile, Budgets& budgets) {
        auto firms = LuaDeciders::start(*loaded, std::filesystem::path(RACKRACE_SOURCE_DIR) / "scripts");
        REQUIRE(firms);
        if (profile != nullptr) (*firms)->take_profile(budgets.firm, *profile);
        auto world = std::make_unique<World>(loaded->opening);
        return play_run(loaded->scenario, *world, 1, firms->get(), &budgets).state_hashes;
    };
    for (int firm = 0; firm < loaded->scenario.firm_count; firm += 5) {
        INFO(loaded->names.firms[static_cast<std::size_t>(firm)]);
        ScriptProfile profile;
        Budgets budgets(firm), unprofiled(firm);
        CHECK(play(&profile, budgets) == play(nullptr, unprofiled));
        CHECK(std::accumulate(profile.units.begin(), profile.units.end(), std::int64_t{0}) == budgets.units);
        CHECK(profile.callbacks == budgets.callbacks);
        CHECK(budgets.units == unprofiled.units);
        CHECK(budgets.units > 0);
    }
}

TEST_CASE("The profile of an interpreted script holds its budget and the bytes that its callbacks asked for", "[agents][host]") {
    using namespace host_test;
    const auto profiled = [](const std::string& body) {
        ScriptedMarket m;
        m.seat(kNeo, script_of(Role::neocloud, body));
        REQUIRE(m.start() == "");
        ScriptProfile profile;
        m.deciders->take_profile(kNeo, profile);
        for (int quarter = 0; quarter < 3; ++quarter, m.next_quarter()) m.decide();
        CHECK(m.failure() == "");
        return profile;
    };
    const ScriptProfile bare = profiled(""), filled = profiled("local list = {} for i = 1, 1000 do list[i] = i end");
    CHECK(filled.callbacks == 3);
    CHECK(filled.units.empty());
    CHECK(filled.units_by_lua >= bare.units_by_lua + 3 * 1'500);  // two instructions a turn of the loop, looked at every 500
    CHECK(filled.most_bytes >= bare.most_bytes + 16'000);  // a number in a list is 16 bytes
    CHECK(filled.bytes >= bare.bytes + 3 * 16'000);        // what was asked for is counted in each call, collected or not
    CHECK(filled.bytes <= 3 * filled.most_bytes);
}
