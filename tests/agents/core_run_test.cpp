// Whole runs with compiled scripts: every strategy that comes with the program is portable, and plays to the same bits as by Lua.
#include <algorithm>
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

std::shared_ptr<const Strategy> read_strategy(const fs::path& file) {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    return unchecked_strategy(file.lexically_relative(kRoot).string(), text.str());
}

/// Names under scripts/strategies of a role's strategies, those of the audit that are written for it among them, baselines apart.
std::vector<std::string> strategies_of(Role role) {
    const fs::path folder = kRoot / "scripts/strategies";
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const fs::path& file = entry.path();
        if (file.extension() != ".lua" || file.filename() == "baseline.lua" || file.stem().extension() == ".test") continue;
        const auto strategy = read_strategy(file);
        if (strategy->declaration().role == role) names.push_back(file.lexically_relative(folder).string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// Casts that seat every strategy at least once, as many of them side by side as there are firms of their role; the first has baselines alone.
std::vector<Cast> casts_of_all() {
    const auto loaded = load_scenario({"base-2026", kRoot / "data", {}, ""});
    if (!loaded) throw std::runtime_error(loaded.error().text());
    std::vector<Cast> casts(1);
    for (const Role role : {Role::hyperscaler, Role::neocloud, Role::lab, Role::supplier}) {
        std::vector<std::string> firms;
        for (int f = 0; f < loaded->scenario.firm_count; ++f)
            if (loaded->scenario.firms[f].role == role) firms.push_back(loaded->names.firms[static_cast<std::size_t>(f)]);
        const std::vector<std::string> strategies = strategies_of(role);
        for (std::size_t i = 0; i < strategies.size(); ++i) {
            const std::size_t cast = 1 + i / firms.size();
            if (cast == casts.size()) casts.emplace_back();
            casts[cast].emplace_back(firms[i % firms.size()], strategies[i]);
        }
    }
    return casts;
}

}  // namespace

TEST_CASE("Every strategy that comes with the program is portable", "[agents][core]") {
    int files = 0;
    for (const char* folder : {"scripts/strategies", "scripts/templates", "scripts/examples"})
        for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
            const std::string name = entry.path().filename().string();
            if (entry.path().extension() != ".lua" || name.find(".test.") != std::string::npos) continue;
            const auto strategy = read_strategy(entry.path());
            for (const Diagnostic& reason : strategy->portability.reasons) FAIL_CHECK(render(reason, *strategy->report.source));
            CHECK(strategy->is_portable());
            ++files;
        }
    CHECK(files > 40);
}

TEST_CASE("Over ten thousand decisions of all strategies that come with the program have the same bits by Lua and compiled", "[agents][core]") {
    const std::vector<Cast> casts = casts_of_all();
    int decisions = 0;
    for (const Cast& cast : casts)
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const PlayedRun lua = play(EngineChoice::lua, cast, seed), core = play(EngineChoice::core, cast, seed);
            INFO("seed " << seed << ", cast " << &cast - casts.data());
            CHECK(lua.hashes == core.hashes);
            CHECK(lua.desks == core.desks);
            CHECK(lua.failures == core.failures);
            decisions += core.decisions;
        }
    CHECK(decisions > 10'000);
}
