// The strategies that come with the program: they pass the checker, play a run without an error, and play it again to the same bits.
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/agents/host_support.h"
#include "tests/engine/scenario_data.h"

using namespace rackrace;

namespace {

const std::filesystem::path kScripts = std::filesystem::path(RACKRACE_SOURCE_DIR) / "scripts";

struct PlayedRun {
    RunOutcome outcome;
    std::vector<std::uint64_t> desks;
    std::vector<ScriptFailure> failures;
    std::int32_t orders_resolved = 0;
};

/// Keeps the hash of the Desks at every close.
class DeskListener : public QuarterListener {
public:
    DeskListener(const LuaDeciders& deciders, std::vector<std::uint64_t>& hashes) : deciders_(deciders), hashes_(hashes) {}
    void on_opening(const Scenario&, const World&) override {}
    void on_close(const ClosedQuarter&) override { hashes_.push_back(deciders_.desks_hash()); }

private:
    const LuaDeciders& deciders_;
    std::vector<std::uint64_t>& hashes_;
};

PlayedRun play(const char* until, std::uint64_t seed) {
    auto loaded = load_scenario({"base-2026", test::kData, {}, until});
    REQUIRE(loaded);
    auto deciders = LuaDeciders::start(*loaded, kScripts);
    if (!deciders) FAIL(deciders.error().text());
    PlayedRun run;
    DeskListener listener(**deciders, run.desks);
    run.outcome = play_run(loaded->scenario, loaded->opening, seed, deciders->get(), &listener);
    run.failures = (*deciders)->failures();
    for (int f = 0; f < loaded->scenario.firm_count; ++f) run.orders_resolved += (*deciders)->desks()[f].result_count;
    return run;
}

}  // namespace

TEST_CASE("Every baseline passes the checker for its role", "[agents][baseline]") {
    for (const Role role : {Role::hyperscaler, Role::neocloud, Role::lab, Role::supplier}) {
        const auto strategy = load_strategy(kScripts / "strategies" / role_text(role) / "baseline.lua", role);
        if (!strategy) FAIL(strategy.error().text());
        CHECK((*strategy)->verbs != 0);
        CHECK(!(*strategy)->declaration().about.empty());
    }
}

TEST_CASE("A run of baselines has no script error and repeats bit for bit", "[agents][baseline]") {
    const PlayedRun first = play("2028Q4", 7), again = play("2028Q4", 7), other = play("2026Q4", 8);
    CHECK(first.outcome.is_complete);
    for (const ScriptFailure& failure : first.failures) FAIL_CHECK(failure.error.text());
    CHECK(first.outcome.state_hashes == again.outcome.state_hashes);
    CHECK(first.desks == again.desks);
    CHECK(first.outcome.state_hashes[0] != other.outcome.state_hashes[0]);
    CHECK(first.orders_resolved > 0);
}
