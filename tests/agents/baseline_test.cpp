// The strategies that come with the program: they pass the checker, play a run without an error, and play it again to the same bits.
#include <catch2/catch.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/quarter/view.h"
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

namespace {

/// What baselines hold that they cannot use, looked at after every close.
class WasteListener : public QuarterListener {
public:
    int leases = 0;                    // signed
    int beyond_power = 0;              // of them: beyond what is connected or queued there
    double most_waiting_mw = 0.0;      // of a lab's chips

    void on_opening(const Scenario&, const World&) override {}
    void on_close(const ClosedQuarter& quarter) override {
        observe(quarter.scenario, quarter.world, market_);
        const int last = static_cast<int>(quarter.scenario.parameters.lease_lead_q) - 1;
        for (int f = 0; f < quarter.scenario.firm_count; ++f) {
            if (quarter.scenario.firms[f].role == Role::supplier || !is_active(quarter.world.firms[f])) continue;
            observe(quarter.scenario, quarter.world, market_, f, view_);
            for (int r = 0; r < quarter.scenario.region_count; ++r) {
                if (quarter.world.firms[f].sites[r].lease_coming_kw[last] == 0) continue;
                const SiteView& site = view_.me.sites[r];
                ++leases;
                beyond_power += site.shell_mw + site.leased_mw + site.lease_coming_mw > (site.grid_mw + site.queued_grid_mw + site.onsite_grid_mw) / market_.market.regions[r].pue_ratio + 0.01;
            }
            if (quarter.scenario.firms[f].role != Role::lab) continue;
            double waiting_mw = 0.0;
            for (int i = 0; i < view_.me.fleet_count; ++i)
                for (int p = 0; p < market_.market.products_count; ++p)
                    if (market_.market.products[p].id == view_.me.fleet[i].product) waiting_mw += view_.me.fleet[i].waiting_chips * market_.market.products[p].kw_chip / 1000.0;
            most_waiting_mw = std::max(most_waiting_mw, waiting_mw);
        }
    }

private:
    MarketView market_{};
    FirmView view_{};
};

}  // namespace

TEST_CASE("Baselines lease no shell twice, and a lab has no chips for which no power waits", "[agents][baseline]") {
    WasteListener waste;
    for (const std::uint64_t seed : {3, 4}) {
        auto loaded = load_scenario({"base-2026", test::kData, {}, ""});
        REQUIRE(loaded);
        auto deciders = LuaDeciders::start(*loaded, kScripts);
        if (!deciders) FAIL(deciders.error().text());
        CHECK(play_run(loaded->scenario, loaded->opening, seed, deciders->get(), &waste).is_complete);
    }
    CHECK(waste.leases > 50);
    CHECK(waste.beyond_power == 0);
    CHECK(waste.most_waiting_mw < 200.0);  // a quarter's bid for power; 3 GW where in-house chips followed the need for hours
}

TEST_CASE("Owners' baselines bid for a firm that failed last quarter and take supply that is cheaper than what it is worth", "[agents][baseline][news]") {
    using namespace host_test;
    const int buyer = GENERATE(static_cast<int>(kHyper), static_cast<int>(kNeo));
    ScriptedMarket m;
    World& world = *m.market.world;
    const Role role = m.market.scenario->firms[buyer].role;
    std::stringstream text;
    text << std::ifstream(kScripts / "strategies" / role_text(role) / "baseline.lua").rdbuf();
    m.seat(buyer, text.str());
    balance_of(world, buyer, Account::cash) = Usd{20'000'000'000};
    world.firms[buyer].sites[0].shell_kw = 400'000;
    world.firms[buyer].sites[0].grid_kw = 500'000;
    world.firms[buyer].holdings[kChip].installed = 10'000;
    world.firms[buyer].pool_h100e[2] = world.firms[buyer].used_h100e[2] = 38'000;
    world.spot_usd_h[0] = world.spot_usd_h[1] = 6.0;  // so that a chip is worth more than the servers around it
    world.firms[kLab].pool_h100e[2] = 4'000;  // about a thousand chips on sale
    world.firms[kLab].status = FirmStatus::chapter_11;
    world.products[kChip].last_t = 35;
    world.agreements[3] = {500, kVendor, static_cast<std::int16_t>(buyer), kChip, 12, 20, 0, 0.95};
    world.agreements[4] = {500, kVendor, static_cast<std::int16_t>(buyer), kChip, 12, 20, 0, 0.0};
    world.products[kChip].list_usd_chip = 600'000.0;
    REQUIRE(m.start() == "");
    SECTION("bids once, in the quarter after the default") {
        m.decide();
        CHECK(m.failure() == "");
        CHECK(m.orders[static_cast<std::size_t>(buyer)].bid_firm[0].amount == Usd{0});  // no news of it
        world.history.news[0] = {NewsKind::failed, kLab, 3000};
        world.history.news_count = 1;
        m.decide();
        CHECK(m.failure() == "");
        const FirmBid& bid = m.orders[static_cast<std::size_t>(buyer)].bid_firm[0];
        CHECK(bid.firm == kLab);
        INFO("bid " << bid.amount.value);
        CHECK(bid.amount > Usd{1'000'000});
        CHECK(bid.amount < Usd{1'000'000'000});
    }
    SECTION("takes the cheap agreement, not the one at list") {
        m.decide();
        m.operate();
        CHECK(m.failure() == "");
        CHECK(m.orders[static_cast<std::size_t>(buyer)].accept_supply_chips[3] >= 8);
        CHECK(m.orders[static_cast<std::size_t>(buyer)].accept_supply_chips[3] <= 500);
        CHECK(m.orders[static_cast<std::size_t>(buyer)].accept_supply_chips[4] == 0);
    }
}
