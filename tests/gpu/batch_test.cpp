// A batch on the CPU: whoever plays the cells, in whatever order, the outcomes are those of the cells.
#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

#include "agents/host/lua_deciders.h"
#include "engine/replay/key_figures.h"
#include "gpu/batch.h"

using namespace rackrace;

namespace {

const std::filesystem::path kSource = RACKRACE_SOURCE_DIR;
constexpr int kQuarters = 3;

/// Profile 0 plays the default scenario over kQuarters, profile 1 sells chips by another rule, profile 2 cannot be made.
Result<std::shared_ptr<const Profile>> make_profile(std::int64_t number) {
    ScenarioRequest request{"base-2026", kSource / "data", {}, "2026Q4"};
    if (number == 1) request.sets.emplace_back("rules.chips", "POSTED");
    if (number == 2) request.sets.emplace_back("rules.chips", "NONE");
    auto loaded = load_scenario(request);
    if (!loaded) return loaded.error();
    auto profile = std::make_shared<Profile>();
    profile->loaded = std::move(*loaded);
    static const std::vector<std::shared_ptr<const Strategy>> baselines = [] {
        std::vector<std::shared_ptr<const Strategy>> out;
        for (const char* role : {"hyperscaler", "neocloud", "lab", "supplier"})
            out.push_back(load_strategy(kSource / "scripts/strategies" / role / "baseline.lua", static_cast<Role>(out.size())).value());
        return out;
    }();
    profile->baselines = baselines;
    for (int f = 0; f < profile->loaded.scenario.firm_count; ++f) profile->strategies.push_back(baselines[static_cast<std::size_t>(profile->loaded.scenario.firms[f].role)]);
    return std::shared_ptr<const Profile>(profile);
}

Batch batch_of(const std::vector<BatchCell>& cells, bool wants_panel = false) {
    return {static_cast<std::int64_t>(cells.size()), [cells](std::int64_t i) { return cells[static_cast<std::size_t>(i)]; }, make_profile, wants_panel};
}

using ByCell = std::map<std::pair<std::int64_t, std::uint64_t>, Outcome>;  // by profile and seed

ByCell play(const std::vector<BatchCell>& cells, int workers) {
    ByCell out;
    const BatchEnd end = play_batch_on_cpu(batch_of(cells, true), workers, [&](Outcome&& outcome) {
        const BatchCell cell = cells[static_cast<std::size_t>(outcome.cell)];
        return out.emplace(std::pair(cell.profile, cell.seed), std::move(outcome)).second;
    });
    CHECK(end.is_complete);
    CHECK(end.most_waiting <= workers * kWaitingPerWorker);
    return out;
}

bool is_same(const Outcome& a, const Outcome& b) {
    const auto by_metric = [](const FigureChange& x, const FigureChange& y) { return x.first == y.first && x.last == y.last; };
    return a.status == b.status && a.state_hash == b.state_hash && a.last_t == b.last_t && a.rejections == b.rejections && a.value_usd == b.value_usd &&
           std::equal(a.metrics.begin(), a.metrics.end(), b.metrics.begin(), b.metrics.end(), by_metric) && a.panel.market == b.panel.market &&
           a.panel.firms == b.panel.firms;
}

bool are_same(const ByCell& a, const ByCell& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) { return x.first == y.first && is_same(x.second, y.second); });
}

}  // namespace

TEST_CASE("A cell's outcome depends on its profile and seed alone", "[gpu][batch]") {
    const std::vector<BatchCell> cells = {{0, 1}, {0, 2}, {1, 1}, {1, 2}, {0, 3}};
    std::vector<BatchCell> turned(cells.rbegin(), cells.rend());
    std::swap(turned[1], turned[3]);
    const ByCell alone = play(cells, 1);
    REQUIRE(alone.size() == cells.size());
    CHECK(are_same(alone, play(cells, 2)));
    CHECK(are_same(alone, play(turned, 2)));
    CHECK(alone.at({0, 1}).state_hash != alone.at({0, 2}).state_hash);
    CHECK(alone.at({0, 1}).state_hash != alone.at({1, 1}).state_hash);
}

TEST_CASE("An outcome is what a run of the cell by itself ends with", "[gpu][batch]") {
    const auto profile = make_profile(0);
    REQUIRE(profile);
    const Outcome outcome = play_cell(**profile, 7, 5, true);
    auto deciders = LuaDeciders::start((*profile)->loaded, (*profile)->strategies, (*profile)->baselines);
    REQUIRE(deciders);
    auto world = std::make_unique<World>((*profile)->loaded.opening);
    const RunOutcome run = play_run((*profile)->loaded.scenario, *world, 5, deciders->get(), nullptr);
    const auto firms = static_cast<std::size_t>(world->firm_count);
    CHECK(outcome.cell == 7);
    CHECK(outcome.status == OutcomeStatus::ok);
    CHECK(outcome.state_hash == run.state_hashes.back());
    CHECK(outcome.last_t - outcome.start_t + 1 == kQuarters);
    REQUIRE(outcome.value_usd.size() == firms);
    CHECK(outcome.value_usd[0] == world->firms[0].value_usd);
    CHECK(outcome.panel.market.size() == kQuarters * key_market_figures().size());
    CHECK(outcome.panel.firms.size() == kQuarters * firms * key_firm_figures().size());
    const auto& figures = key_market_figures();
    const auto spot = std::find_if(figures.begin(), figures.end(), [](const Column& column) { return column.name == "spot_i_usd_h"; });
    REQUIRE(spot != figures.end());
    CHECK(outcome.metrics[static_cast<std::size_t>(spot - figures.begin())].last == world->spot_usd_h[1]);
}

TEST_CASE("A profile that cannot be made is an outcome that says why, and its neighbours are played", "[gpu][batch]") {
    std::vector<OutcomeStatus> statuses(3);
    std::string reason;
    play_batch_on_cpu(batch_of({{0, 1}, {2, 1}, {0, 2}}), 2, [&](Outcome&& outcome) {
        statuses[static_cast<std::size_t>(outcome.cell)] = outcome.status;
        if (!outcome.failures.empty()) reason = outcome.failures.front().reason;
        return true;
    });
    CHECK(statuses == std::vector<OutcomeStatus>{OutcomeStatus::ok, OutcomeStatus::refused, OutcomeStatus::ok});
    CHECK(reason.find("rules.chips cannot be 'NONE'") != std::string::npos);
}

TEST_CASE("A sink that has enough ends the batch", "[gpu][batch]") {
    int taken = 0;
    const BatchEnd end = play_batch_on_cpu(batch_of(std::vector<BatchCell>(1000, BatchCell{2, 1})), 2, [&](Outcome&&) { return ++taken < 3; });
    CHECK(taken == 3);
    CHECK(end.handed_over == 3);
    CHECK_FALSE(end.is_complete);
}

TEST_CASE("However many cells there are and however slow the sink, few outcomes wait", "[gpu][batch]") {
    // Cells of a profile that cannot be made cost next to nothing: the workers are far ahead of the sink, but for the queue.
    int in_order = 0;
    const BatchEnd end = play_batch_on_cpu(batch_of(std::vector<BatchCell>(400, BatchCell{2, 1})), 2, [&](Outcome&&) {
        if (++in_order % 20 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return true;
    });
    CHECK(end.is_complete);
    CHECK(end.most_waiting <= 2 * kWaitingPerWorker);
    CHECK(end.handed_over == 400);
}

TEST_CASE("No cells, no outcomes", "[gpu][batch]") {
    const BatchEnd end = play_batch_on_cpu(batch_of({}), 4, [](Outcome&&) { return true; });
    CHECK(end.is_complete);
    CHECK(end.handed_over == 0);
}
