// A firm that passes into other hands in the middle of a run: what changes with it, and what does not.
#include <catch2/catch.hpp>

#include <fstream>
#include <memory>

#include "agents/host/lua_deciders.h"
#include "engine/base/quarter_index.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
namespace fs = std::filesystem;

namespace {

const fs::path kRoot = RACKRACE_SOURCE_DIR;

/// Counts its decisions and orders nothing. `step` is a parameter.
const std::string kCounter = R"(local race = require "rackrace"

return race.neocloud {
  api = "1.0", name = "Counter", manual = true,
  params = { step = race.int(1, 9, 1, { doc = "what a decision counts for" }) },
  memory = { n = 0 },
  decide = function(obs, act, p, mem, rng) mem.n = mem.n + p.step end,
}
)";

struct Played {
    std::vector<std::uint64_t> hashes;
    double memory = 0.0;  // first number of CoreWeave's, at the end
    std::string refusals;
};

HandoverSettings handover(const std::string& quarter, const std::string& script, const std::map<std::string, std::string>& params = {}) {
    HandoverSettings out;
    out.quarter = {quarter, {"quarter"}};
    out.firm = {"coreweave", {"firm"}};
    if (!script.empty()) out.to.strategy = Setting<std::string>{script, {"strategy"}};
    for (const auto& [name, value] : params) out.to.params[name] = {value, {name}};
    return out;
}

/// Four quarters of `small`, 2026Q2 to 2027Q1.
Played play(const std::string& first_script, const std::vector<HandoverSettings>& handovers, EngineChoice engine = EngineChoice::automatic) {
    Played out;
    auto loaded = load_scenario({"small", kRoot / "data", {}, "2027Q1", handovers});
    if (!loaded) return {{}, 0.0, loaded.error().text()};
    if (!first_script.empty()) loaded->strategies["coreweave"].file = first_script;
    auto firms = LuaDeciders::start(*loaded, kRoot / "scripts", engine);
    if (!firms) return {{}, 0.0, firms.error().text()};
    const auto world = std::make_unique<World>(loaded->opening);
    out.hashes = play_run(loaded->scenario, *world, 1, firms->get(), nullptr).state_hashes;
    for (std::size_t f = 0; f < loaded->names.firms.size(); ++f)
        if (loaded->names.firms[f] == "coreweave") out.memory = (*firms)->desks()[f].memory[0];
    return out;
}

}  // namespace

TEST_CASE("The same script with another parameter goes on with its memory, another script begins with its own", "[agents][handover]") {
    const TemporaryFolder folder;
    const fs::path counter = folder.path() / "counter.lua", copy = folder.path() / "copy.lua", other = folder.path() / "other.lua";
    std::ofstream(counter) << kCounter;
    std::ofstream(copy) << kCounter;
    std::ofstream(other) << kCounter << "-- another text\n";
    for (const EngineChoice engine : {EngineChoice::lua, EngineChoice::core}) {
        CHECK(play(counter.string(), {}, engine).memory == 4.0);                                                // 1 a quarter
        CHECK(play(counter.string(), {handover("2026Q4", "", {{"step", "5"}})}, engine).memory == 12.0);       // 1 + 1 + 5 + 5
        CHECK(play(counter.string(), {handover("2026Q4", copy.string(), {{"step", "5"}})}, engine).memory == 12.0);  // the same text is the same script
        CHECK(play(counter.string(), {handover("2026Q4", other.string())}, engine).memory == 2.0);             // begins anew: 1 + 1
    }
}

TEST_CASE("Parameters are kept by a handover that names others, and again by the next", "[agents][handover]") {
    const TemporaryFolder folder;
    const fs::path counter = folder.path() / "counter.lua";
    std::ofstream(counter) << kCounter;
    const auto three = handover("2026Q3", counter.string(), {{"step", "3"}});
    CHECK(play("", {three}).memory == 9.0);                                                      // from the baseline to the counter: 3 + 3 + 3
    CHECK(play("", {three, handover("2027Q1", "", {{"step", "9"}})}).memory == 15.0);            // 3 + 3 + 9
    CHECK(play("", {handover("2027Q1", "", {{"step", "9"}}), three}).memory == 15.0);            // in whatever order they are written
}

TEST_CASE("A handover to the script that plays already changes nothing", "[agents][handover]") {
    const Played alone = play("", {});
    REQUIRE(alone.hashes.size() == 4);
    CHECK(play("", {handover("2026Q4", "neocloud/baseline.lua")}).hashes == alone.hashes);
    CHECK(play("", {handover("2026Q2", "neocloud/baseline.lua")}).hashes == alone.hashes);
}

TEST_CASE("Until a handover a run is the same, from then on another", "[agents][handover]") {
    const Played alone = play("", {}), forked = play("", {handover("2026Q4", "neocloud/land_grab.lua")});
    REQUIRE(forked.hashes.size() == 4);
    CHECK(forked.hashes[0] == alone.hashes[0]);
    CHECK(forked.hashes[1] == alone.hashes[1]);
    CHECK(forked.hashes[2] != alone.hashes[2]);
    CHECK(play("", {handover("2026Q2", "neocloud/land_grab.lua")}).hashes == play("neocloud/land_grab.lua", {}).hashes);  // from the first quarter on it is the run of that script
}

TEST_CASE("What a handover cannot mean is refused where it stands", "[agents][handover]") {
    const auto said = [](const HandoverSettings& one) { return play("", {one}).refusals; };
    CHECK(said(handover("2026Q1", "neocloud/careful.lua")).find("quarter cannot be '2026Q1'") != std::string::npos);
    CHECK(said(handover("2026Q4", "")).find("changes nothing") != std::string::npos);
    CHECK(said(handover("2026Q4", "neocloud/carefull.lua")).find("did you mean 'neocloud/careful.lua'") != std::string::npos);
    CHECK(said(handover("2026Q4", "", {{"shde", "0.5"}})).find("shde") != std::string::npos);
    CHECK(said(handover("2026Q4", "lab/baseline.lua")).find("neocloud") != std::string::npos);
    HandoverSettings stranger = handover("2026Q4", "neocloud/careful.lua");
    stranger.firm.value = "corewave";
    CHECK(said(stranger).find("did you mean 'coreweave'") != std::string::npos);
    CHECK(play("", {handover("2026Q4", "neocloud/careful.lua"), handover("2026Q4", "", {{"shade", "0.5"}})}).refusals.find("coreweave is handed over twice in 2026Q4") != std::string::npos);
}

TEST_CASE("A profile is of the hands that it was asked of, before a handover or after it", "[agents][handover]") {
    const auto loaded = load_scenario({"small", kRoot / "data", {}, "2026Q4", {handover("2026Q4", "", {{"shade", "0.4"}})}});
    REQUIRE(loaded);
    auto firms = LuaDeciders::start(*loaded, kRoot / "scripts");
    REQUIRE(firms);
    ScriptProfile before, after;
    (*firms)->take_profile(loaded->handovers.at(0).firm, before);
    (*firms)->take_successor_profile(0, after);
    const auto world = std::make_unique<World>(loaded->opening);
    play_run(loaded->scenario, *world, 1, firms->get(), nullptr);
    CHECK(after.callbacks > 0);
    CHECK(before.callbacks == 2 * after.callbacks);  // two quarters, then one
}
