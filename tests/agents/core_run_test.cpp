// Whole runs with compiled scripts: every strategy that comes with the program is portable, and plays to the same bits as by Lua.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <memory>

#include "agents/host/lua_deciders.h"
#include "engine/quarter/recorded_orders.h"
#include "engine/scenario/load_scenario.h"
#include "tests/bundled_casts.h"

using namespace rackrace;

namespace {

namespace fs = std::filesystem;
const fs::path kRoot = RACKRACE_SOURCE_DIR;

struct PlayedRun {
    std::vector<std::uint64_t> hashes;
    RecordedOrders orders;
    std::uint64_t desks = 0;
    std::size_t failures = 0;
    int decisions = 0;
};

PlayedRun play(EngineChoice engine, const test::Cast& cast, std::uint64_t seed) {
    auto loaded = load_scenario({"base-2026", kRoot / "data", {}, ""});
    if (!loaded) throw std::runtime_error(loaded.error().text());
    for (const test::Seat& seat : cast) loaded->strategies[seat.firm].file = seat.file.string();
    auto deciders = LuaDeciders::start(*loaded, kRoot / "scripts", engine);
    if (!deciders) throw std::runtime_error(deciders.error().text());
    PlayedRun run;
    auto world = std::make_unique<World>(loaded->opening);
    OrderRecorder recorder(**deciders, run.orders);
    run.hashes = play_run(loaded->scenario, *world, seed, &recorder, nullptr).state_hashes;
    run.desks = (*deciders)->desks_hash();
    run.failures = (*deciders)->failures().size();
    for (int f = 0; f < loaded->scenario.firm_count; ++f) run.decisions += (*deciders)->desks()[f].decisions;
    return run;
}

/// The first quarter in which any firm's orders of either stage differ in a bit; -1: none.
int first_difference(const RecordedOrders& a, const RecordedOrders& b) {
    const std::size_t quarters = std::min(a.quarters(), b.quarters());
    for (std::size_t q = 0; q < quarters; ++q)
        if (std::memcmp(a.of_stage_a(q), b.of_stage_a(q), kMaxFirms * sizeof(Orders)) != 0 || std::memcmp(a.of_stage_b(q), b.of_stage_b(q), kMaxFirms * sizeof(Orders)) != 0)
            return static_cast<int>(q);
    return a.quarters() == b.quarters() ? -1 : static_cast<int>(quarters);
}

}  // namespace

TEST_CASE("Every strategy that comes with the program is portable", "[agents][core]") {
    int files = 0;
    for (const char* folder : {"scripts/strategies", "scripts/templates", "scripts/examples"})
        for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
            const std::string name = entry.path().filename().string();
            if (entry.path().extension() != ".lua" || name.find(".test.") != std::string::npos) continue;
            const auto strategy = test::read_strategy(entry.path());
            for (const Diagnostic& reason : strategy->portability.reasons) FAIL_CHECK(render(reason, *strategy->report.source));
            CHECK(strategy->is_portable());
            ++files;
        }
    CHECK(files > 40);
}

TEST_CASE("Over ten thousand decisions of all strategies that come with the program have the same bits by Lua and compiled", "[agents][core]") {
    const std::vector<test::Cast> casts = test::casts_of_all();
    int decisions = 0;
    for (const test::Cast& cast : casts)
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const PlayedRun lua = play(EngineChoice::lua, cast, seed), core = play(EngineChoice::core, cast, seed);
            INFO("seed " << seed << ", cast " << &cast - casts.data());
            CHECK(lua.hashes == core.hashes);
            CHECK(core.orders.quarters() == core.hashes.size());
            CHECK(first_difference(lua.orders, core.orders) == -1);
            CHECK(lua.desks == core.desks);
            CHECK(lua.failures == core.failures);
            decisions += core.decisions;
        }
    CHECK(decisions > 10'000);
}
