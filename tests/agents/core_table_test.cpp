// Whole runs by the table of compiled scripts, which knows no Lua and no log: the worlds and Desks of the firms' scripts.
#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <memory>

#include "agents/core/casting.h"
#include "agents/host/lua_deciders.h"
#include "tests/engine/scenario_data.h"

using namespace rackrace;

namespace {

const std::filesystem::path kScripts = std::filesystem::path(RACKRACE_SOURCE_DIR) / "scripts/strategies";

struct Profile {
    LoadedScenario loaded;
    std::vector<std::shared_ptr<const Strategy>> strategies, baselines;
};

Profile profile(const std::vector<std::pair<std::string, std::string>>& cast) {
    auto loaded = load_scenario({"base-2026", test::kData, {}, ""});
    Profile made{std::move(*loaded), {}, {}};
    for (int r = 0; r < kRoles; ++r) made.baselines.push_back(load_strategy(kScripts / role_text(static_cast<Role>(r)) / "baseline.lua", static_cast<Role>(r)).value());
    for (int f = 0; f < made.loaded.scenario.firm_count; ++f) {
        const Role role = made.loaded.scenario.firms[f].role;
        made.strategies.push_back(made.baselines[static_cast<std::size_t>(role)]);
        for (const auto& [firm, file] : cast)
            if (firm == made.loaded.names.firms[static_cast<std::size_t>(f)]) made.strategies.back() = load_strategy(kScripts / file, role).value();
    }
    return made;
}

/// Desks without the numbers of trace names, which count over a run in one and over a program in the other.
Desk without_names(Desk desk) {
    for (std::int32_t& name : desk.trace_name) name = 0;
    for (int i = desk.trace_count; i < kDeskTraces; ++i) desk.trace_value[i] = 0.0;
    return desk;
}

void check_same(const Profile& p, std::uint64_t seed) {
    auto deciders = LuaDeciders::start(p.loaded, p.strategies, p.baselines, EngineChoice::lua);
    REQUIRE(deciders);
    auto world = std::make_unique<World>(p.loaded.opening);
    const auto hashes = play_run(p.loaded.scenario, *world, seed, deciders->get(), nullptr).state_hashes;

    auto casting = Casting::make(p.loaded, p.strategies, p.baselines);
    if (!casting) FAIL(casting.error().text());
    const auto table = std::make_unique<CoreTable>();
    const CoreSetting setting{p.loaded.scenario, (*casting)->cast(), *table};
    const auto ledger = std::make_unique<Ledger>();
    const auto chance = std::make_unique<Chance>(draw_chance(p.loaded.scenario, seed));
    std::vector<Orders> orders(kMaxFirms);
    ledger->list = nullptr;
    *world = p.loaded.opening;
    world->seed = seed;
    open_table(*table);
    for (const std::uint64_t hash : hashes) {
        play_quarter(setting, *world, *chance, *ledger, orders.data());
        INFO("seed " << seed << ", quarter " << world->t);
        REQUIRE(hash_world(*world) == hash);
    }
    for (int f = 0; f < p.loaded.scenario.firm_count; ++f) {
        const Desk a = without_names((*deciders)->desks()[f]), b = without_names(table->desks[f]);
        INFO(p.loaded.names.firms[static_cast<std::size_t>(f)]);
        CHECK(std::memcmp(&a, &b, sizeof(Desk)) == 0);
    }
}

}  // namespace

TEST_CASE("A run by the table of compiled scripts has the worlds of Lua, autopilots and administrators included", "[agents][core]") {
    const Profile all_baselines = profile({});
    for (std::uint64_t seed = 1; seed <= 3; ++seed) check_same(all_baselines, seed);
    check_same(profile({{"coreweave", "neocloud/land_grab.lua"}, {"openai", "lab/monk.lua"}, {"nvidia", "supplier/skimmer.lua"}, {"oracle", "hyperscaler/debt_builder.lua"}}), 4);
}

TEST_CASE("A cast with a script that is not portable is refused with its line", "[agents][core]") {
    Profile p = profile({});
    p.strategies[0] = unchecked_strategy("mine.lua", "local race = require \"rackrace\"\nreturn race.hyperscaler { api = \"1.0\", name = \"X\", decide = function(obs, act, p, mem, rng)\n local t = {} end }\n");
    const auto casting = Casting::make(p.loaded, p.strategies, p.baselines);
    REQUIRE(!casting);
    CHECK(casting.error().text().find("mine.lua:3") != std::string::npos);
}
