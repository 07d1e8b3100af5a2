// A batch on the CPU: whoever plays the cells, in whatever order, the outcomes are those of the cells.
#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <thread>

#include "agents/host/lua_deciders.h"
#include "engine/replay/key_columns.h"
#include "gpu/batch.h"
#include "gpu/outcomes.h"
#include "tests/gpu/batch_profiles.h"

using namespace rackrace;

namespace {

constexpr int kQuarters = test::kBatchQuarters;

/// Profile 0 plays the default scenario over kQuarters, profile 1 sells chips by another rule, profile 2 cannot be made.
Result<std::shared_ptr<const Profile>> make_profile(std::int64_t number) {
    if (number == 1) return test::profile({}, {{"rules.chips", "POSTED"}});
    if (number == 2) return test::profile({}, {{"rules.chips", "NONE"}});
    return test::profile({}, {});
}

Batch batch_of(const std::vector<BatchCell>& cells, bool wants_panel = false) {
    return {static_cast<std::int64_t>(cells.size()), [cells](std::int64_t i) { return cells[static_cast<std::size_t>(i)]; }, make_profile, wants_panel};
}

using ByCell = std::map<std::pair<std::int64_t, std::uint64_t>, Outcome>;  // by profile and seed

ByCell play(const std::vector<BatchCell>& cells, int workers) {
    ByCell out;
    const BatchEnd end = play_batch(batch_of(cells, true), {workers, {}, 0}, [&](Outcome&& outcome) {
        const BatchCell cell = cells[static_cast<std::size_t>(outcome.cell)];
        return out.emplace(std::pair(cell.profile, cell.seed), std::move(outcome)).second;
    });
    CHECK(end.is_complete);
    CHECK(end.most_waiting <= workers * kWaitingPerWorker);
    return out;
}

/// Where a batch holds a cell in another place the number is another.
bool is_same(const Outcome& a, Outcome b) {
    b.cell = a.cell;
    return are_equal(a, b);
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
    play_batch(batch_of({{0, 1}, {2, 1}, {0, 2}}), {2, {}, 0}, [&](Outcome&& outcome) {
        statuses[static_cast<std::size_t>(outcome.cell)] = outcome.status;
        if (!outcome.failures.empty()) reason = outcome.failures.front().reason;
        return true;
    });
    CHECK(statuses == std::vector<OutcomeStatus>{OutcomeStatus::ok, OutcomeStatus::refused, OutcomeStatus::ok});
    CHECK(reason.find("rules.chips cannot be 'NONE'") != std::string::npos);
}

TEST_CASE("A sink that has enough ends the batch", "[gpu][batch]") {
    int taken = 0;
    const BatchEnd end = play_batch(batch_of(std::vector<BatchCell>(1000, BatchCell{2, 1})), {2, {}, 0}, [&](Outcome&&) { return ++taken < 3; });
    CHECK(taken == 3);
    CHECK(end.handed_over == 3);
    CHECK_FALSE(end.is_complete);
}

TEST_CASE("However many cells there are and however slow the sink, few outcomes wait", "[gpu][batch]") {
    // Cells of a profile that cannot be made cost next to nothing: the workers are far ahead of the sink, but for the queue.
    int in_order = 0;
    const BatchEnd end = play_batch(batch_of(std::vector<BatchCell>(400, BatchCell{2, 1})), {2, {}, 0}, [&](Outcome&&) {
        if (++in_order % 20 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return true;
    });
    CHECK(end.is_complete);
    CHECK(end.most_waiting <= 2 * kWaitingPerWorker);
    CHECK(end.handed_over == 400);
}

TEST_CASE("No cells, no outcomes", "[gpu][batch]") {
    const BatchEnd end = play_batch(batch_of({}), {4, {}, 0}, [](Outcome&&) { return true; });
    CHECK(end.is_complete);
    CHECK(end.handed_over == 0);
}

TEST_CASE("The figures of a batch are columns of the tables of a run", "[gpu][batch]") {
    /// Compares at each close.
    struct Comparison final : QuarterListener {
        explicit Comparison(const Names& all) : names(all) {}
        void on_opening(const Scenario&, const World&) override {}
        void on_close(const ClosedQuarter& closed) override {
            const RunRecord record;
            const std::vector<Event> events;
            const RecordedQuarter quarter{closed.scenario, closed.world, names, record, &closed.ledger, &closed.postings, events, closed.state_hash, closed.decisions};
            KeyFigures figures;
            take_key_figures(closed.scenario, closed.world, figures);
            REQUIRE(key_market_figures().size() == kKeyMarketFigures);
            REQUIRE(key_firm_figures().size() == kKeyFirmFigures);
            for (std::size_t i = 0; i < kKeyMarketFigures; ++i) {
                INFO(key_market_figures()[i].name);
                CHECK(figures.market[i] == cell_number(key_market_figures()[i].value(Row{quarter})));
            }
            for (int f = 0; f < closed.world.firm_count; ++f)
                for (std::size_t i = 0; i < kKeyFirmFigures; ++i) {
                    INFO(key_firm_figures()[i].name << " of " << names.firms[static_cast<std::size_t>(f)]);
                    CHECK(figures.firms[f][i] == cell_number(key_firm_figures()[i].value(Row{quarter, f})));
                }
        }
        const Names& names;
    };
    const auto profile = make_profile(0).value();
    auto deciders = LuaDeciders::start(profile->loaded, profile->strategies, profile->baselines);
    REQUIRE(deciders);
    auto world = std::make_unique<World>(profile->loaded.opening);
    Comparison comparison(profile->loaded.names);
    play_run(profile->loaded.scenario, *world, 3, deciders->get(), &comparison);
}

TEST_CASE("A script that keeps a cell off the table of compiled scripts changes nothing of its outcome", "[gpu][batch]") {
    const std::string text = test::baseline_text("neocloud");
    std::string other = text;
    const std::string head = "decide = function(obs, act, p, mem, rng)";
    const auto at = other.find(head);
    REQUIRE(at != std::string::npos);
    other.insert(at + head.size(), "\n    local unused = {}");
    const auto table = test::profile({{"coreweave", test::strategy(text, Role::neocloud)}}, {}).value(), run = test::profile({{"coreweave", test::strategy(other, Role::neocloud)}}, {}).value();
    REQUIRE(is_portable(*table));
    REQUIRE_FALSE(is_portable(*run));
    CHECK(is_same(play_cell(*table, 1, 4, true), play_cell(*run, 1, 4, true)));

    Profile lua = *table;
    lua.engine = EngineChoice::lua;
    CHECK_FALSE(is_portable(lua));
    CHECK(is_same(play_cell(*table, 1, 4, true), play_cell(lua, 1, 4, true)));
}

TEST_CASE("Cells whose scripts loop, go out of range or order what is no number fail with their place, and their neighbours feel nothing", "[gpu][batch]") {
    const std::vector<std::shared_ptr<const Profile>> profiles = {make_profile(0).value(), test::lone_profile(test::kEndless), test::lone_profile(test::kOutOfRange),
                                                                  test::lone_profile(test::kNoNumber)};
    std::vector<BatchCell> cells;
    const std::uint64_t count = std::getenv("RACKRACE_LONG") != nullptr ? 10'000 : 12;
    for (std::uint64_t seed = 1; seed <= count; ++seed) cells.push_back({seed % 4 == 0 && seed <= 12 ? static_cast<std::int64_t>(seed / 4) : 0, seed});
    std::map<std::uint64_t, Outcome> outcomes;
    Batch batch = batch_of(cells, true);
    batch.profile = [&](std::int64_t number) { return Result<std::shared_ptr<const Profile>>(profiles[static_cast<std::size_t>(number)]); };
    play_batch(batch, {2, {}, 0}, [&](Outcome&& outcome) { return outcomes.emplace(cells[static_cast<std::size_t>(outcome.cell)].seed, std::move(outcome)).second; });
    REQUIRE(outcomes.size() == cells.size());
    const std::map<std::uint64_t, std::string> failed = {{4, "firms/coreweave.lua:3: more than 200000 instructions in one decision"},
                                                         {8, "firms/coreweave.lua:3: index -5 is outside 1 to"},
                                                         {12, "firms/coreweave.lua:3: set_payout: 'frac' is not a finite number"}};
    for (const auto& [seed, outcome] : outcomes) {
        INFO("seed " << seed);
        if (const auto place = failed.find(seed); place != failed.end()) {
            CHECK(outcome.status == OutcomeStatus::script_errors);
            CHECK(outcome.script_errors == kQuarters);
            REQUIRE(outcome.failures.size() == kQuarters);
            CHECK_THAT(outcome.failures[0].reason, Catch::StartsWith(place->second));
            CHECK(outcome.failures[0].t == outcome.start_t);
        } else {
            CHECK(is_same(outcome, play_cell(*profiles[0], 0, seed, true)));
        }
    }
}

TEST_CASE("A cell whose books are wrong ends as a fault that names the identity and whose books they are, and its neighbours feel nothing", "[gpu][batch]") {
    const auto sound = make_profile(0).value();
    const auto wrong = test::wrong_books();
    std::vector<BatchCell> cells;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) cells.push_back({seed == 3 || seed == 6 ? 1 : 0, seed});
    std::map<std::uint64_t, Outcome> outcomes;
    Batch batch = batch_of(cells, true);
    batch.profile = [&](std::int64_t number) { return Result<std::shared_ptr<const Profile>>(number == 1 ? wrong : sound); };
    play_batch(batch, {2, {}, 0}, [&](Outcome&& outcome) { return outcomes.emplace(cells[static_cast<std::size_t>(outcome.cell)].seed, std::move(outcome)).second; });
    REQUIRE(outcomes.size() == cells.size());
    for (const auto& [seed, outcome] : outcomes) {
        INFO("seed " << seed);
        if (seed != 3 && seed != 6) {
            CHECK(outcome.status == OutcomeStatus::ok);
            CHECK(is_same(outcome, play_cell(*sound, 0, seed, true)));
            continue;
        }
        CHECK(outcome.status == OutcomeStatus::fault);
        REQUIRE(!outcome.failures.empty());
        CHECK(outcome.failures.back().t == outcome.start_t);  // in the first quarter
        CHECK(outcome.last_t == outcome.start_t);
        CHECK_THAT(outcome.failures.back().reason, Catch::StartsWith("identity I2 is off by ") && Catch::EndsWith(" at coreweave"));
    }
}
