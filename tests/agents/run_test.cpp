// Whole runs with every firm at its baseline: sound, repeatable, and the extremes of ordering chips lose against it.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

#include "agents/host/lua_deciders.h"
#include "engine/base/quarter_index.h"

using namespace rackrace;

namespace {

const std::filesystem::path kRoot = RACKRACE_SOURCE_DIR;

struct PlayedRun {
    std::vector<std::uint64_t> hashes;
    std::unique_ptr<World> world;
    std::uint64_t desks = 0;
    std::string failures;
    std::vector<std::string> firms;

    double value_of(const std::string& firm) const {
        for (std::size_t f = 0; f < firms.size(); ++f)
            if (firms[f] == firm) return world->firms[f].value_usd;
        return 0.0;
    }
};

/// base-2026 with baselines, `firm` (where one is named) at the script `file`.
PlayedRun play(std::uint64_t seed, const std::string& firm = "", const std::string& file = "") {
    auto loaded = load_scenario({"base-2026", kRoot / "data", {}, ""});
    if (!loaded) throw std::runtime_error(loaded.error().text());
    if (!firm.empty()) loaded->strategies[firm].file = (kRoot / "scripts/strategies/audit" / file).string();
    auto deciders = LuaDeciders::start(*loaded, kRoot / "scripts");
    if (!deciders) throw std::runtime_error(deciders.error().text());
    PlayedRun run;
    run.world = std::make_unique<World>(loaded->opening);
    run.hashes = play_run(loaded->scenario, *run.world, seed, deciders->get(), nullptr).state_hashes;
    run.desks = (*deciders)->desks_hash();
    for (const ScriptFailure& failure : (*deciders)->failures()) run.failures += failure.error.text() + "\n";
    run.firms = loaded->names.firms;
    return run;
}

}  // namespace

TEST_CASE("With every firm at its baseline 27 quarters are played without a fault, a script error or a full list", "[agents][run]") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const PlayedRun run = play(seed);
        INFO("seed " << seed << ": fault " << static_cast<int>(run.world->fault) << " " << run.world->fault_where);
        CHECK(run.hashes.size() == 27);
        CHECK(run.world->fault == Fault::none);
        CHECK(run.world->capacity_refusals == 0);
        CHECK(run.failures.empty());
    }
}

TEST_CASE("Two runs of a seed with Lua firms give the same states and desks", "[agents][run]") {
    const PlayedRun one = play(3), two = play(3), other = play(4);
    CHECK(one.hashes == two.hashes);
    CHECK(one.desks == two.desks);
    CHECK(one.hashes != other.hashes);
}

TEST_CASE("Hashes of a run with Lua firms are the recorded ones, on every compiler", "[agents][run][hash]") {
    const auto file = kRoot / "tests/data/golden/lua_run_hashes.txt";
    std::ostringstream now;
    now << "# State hashes of base-2026 with all baselines, seed 1. RACKRACE_UPDATE_GOLDEN=1 rewrites.\n";
    const PlayedRun run = play(1);
    for (std::size_t q = 0; q < run.hashes.size(); ++q) now << quarter_name(9 + static_cast<int>(q)) << " " << std::hex << run.hashes[q] << std::dec << "\n";
    if (std::getenv("RACKRACE_UPDATE_GOLDEN") != nullptr) std::ofstream(file) << now.str();
    std::stringstream recorded;
    recorded << std::ifstream(file).rdbuf();
    CHECK(recorded.str() == now.str());
}

TEST_CASE("Ordering every chip at the highest price, and ordering none, lose against the baseline for Meta and Alphabet", "[agents][run][audit]") {
    const int seeds = std::getenv("RACKRACE_LONG") != nullptr ? 20 : 3;
    for (const char* firm : {"meta", "alphabet"})
        for (const char* audit : {"order_everything.lua", "order_nothing.lua"}) {
            double baseline = 0.0, other = 0.0;
            for (int seed = 1; seed <= seeds; ++seed) {
                baseline += play(static_cast<std::uint64_t>(seed)).value_of(firm) / seeds;
                other += play(static_cast<std::uint64_t>(seed), firm, audit).value_of(firm) / seeds;
            }
            INFO(firm << ": owners' value in B$, baseline " << baseline / 1e9 << ", " << audit << " " << other / 1e9);
            CHECK(other < baseline);
        }
}
