// Whole runs with compiled scripts: every strategy that comes with the program is portable, and plays to the same bits as by Lua.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "agents/host/lua_deciders.h"
#include "engine/scenario/load_scenario.h"

using namespace rackrace;

namespace {

namespace fs = std::filesystem;
const fs::path kRoot = RACKRACE_SOURCE_DIR;

using Cast = std::vector<std::pair<std::string, std::string>>;  // firm, script; the others play their baselines

struct PlayedRun {
    std::vector<std::uint64_t> hashes;
    std::uint64_t desks = 0;
    std::size_t failures = 0;
    int decisions = 0;
};

PlayedRun play(EngineChoice engine, const Cast& cast, std::uint64_t seed) {
    auto loaded = load_scenario({"base-2026", kRoot / "data", {}, ""});
    if (!loaded) throw std::runtime_error(loaded.error().text());
    for (const auto& [firm, file] : cast) loaded->strategies[firm].file = (kRoot / "scripts/strategies" / file).string();
    auto deciders = LuaDeciders::start(*loaded, kRoot / "scripts", engine);
    if (!deciders) throw std::runtime_error(deciders.error().text());
    PlayedRun run;
    auto world = std::make_unique<World>(loaded->opening);
    run.hashes = play_run(loaded->scenario, *world, seed, deciders->get(), nullptr).state_hashes;
    run.desks = (*deciders)->desks_hash();
    run.failures = (*deciders)->failures().size();
    for (int f = 0; f < loaded->scenario.firm_count; ++f) run.decisions += (*deciders)->desks()[f].decisions;
    return run;
}

}  // namespace

TEST_CASE("Every strategy that comes with the program is portable", "[agents][core]") {
    int files = 0;
    for (const char* folder : {"scripts/strategies", "scripts/templates", "scripts/examples"})
        for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
            const std::string name = entry.path().filename().string();
            if (entry.path().extension() != ".lua" || name.find(".test.") != std::string::npos) continue;
            std::ifstream in(entry.path());
            std::stringstream text;
            text << in.rdbuf();
            const auto strategy = unchecked_strategy(entry.path().lexically_relative(kRoot).string(), text.str());
            for (const Diagnostic& reason : strategy->portability.reasons) FAIL_CHECK(render(reason, *strategy->report.source));
            CHECK(strategy->is_portable());
            ++files;
        }
    CHECK(files > 40);
}

TEST_CASE("Over ten thousand decisions of the strategies that come with the program have the same bits by Lua and compiled", "[agents][core]") {
    const Cast casts[] = {
        {},
        {{"meta", "hyperscaler/build_and_rent.lua"}, {"microsoft", "hyperscaler/own_silicon.lua"}, {"oracle", "hyperscaler/debt_builder.lua"}, {"coreweave", "neocloud/contract_backed.lua"},
         {"nebius", "neocloud/spot_merchant.lua"}, {"nvidia", "supplier/allocator.lua"}, {"amd", "supplier/discounter.lua"}, {"openai", "lab/frontier.lua"}, {"anthropic", "lab/efficient.lua"}},
        {{"amazon", "hyperscaler/harvester.lua"}, {"alphabet", "hyperscaler/pioneer.lua"}, {"coreweave", "neocloud/land_grab.lua"}, {"nebius", "neocloud/toll_road.lua"}, {"openai", "lab/monk.lua"},
         {"anthropic", "lab/shopkeeper.lua"}, {"nvidia", "supplier/skimmer.lua"}, {"amd", "supplier/flooder.lua"}}};
    int decisions = 0;
    for (const Cast& cast : casts)
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            const PlayedRun lua = play(EngineChoice::lua, cast, seed), core = play(EngineChoice::core, cast, seed);
            INFO("seed " << seed << ", cast " << &cast - casts);
            CHECK(lua.hashes == core.hashes);
            CHECK(lua.desks == core.desks);
            CHECK(lua.failures == core.failures);
            decisions += core.decisions;
        }
    CHECK(decisions > 10'000);
}
