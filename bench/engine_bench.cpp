// The engine alone: whole runs of base-2026 played back from recorded orders, market-quarters a second a core, and time by stage and by phase.
// Usage: engine_bench (Google Benchmark's flags). Prints sizes of the state and the table of phases first.
#include <benchmark/benchmark.h>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>

#include "agents/host/lua_deciders.h"
#include "engine/quarter/quarter.h"
#include "engine/quarter/recorded_orders.h"
#include "engine/quarter/view.h"
#include "engine/scenario/load_scenario.h"

namespace rackrace {
namespace {

/// One run with the bundled strategies: what it starts from, its draws and its orders.
struct Recording {
    std::unique_ptr<LoadedScenario> loaded;
    RecordedOrders orders;
    std::unique_ptr<Chance> chance;
};

const Recording& recording() {
    static const Recording made = [] {
        Recording r;
        auto loaded = load_scenario({"base-2026", std::filesystem::path(RACKRACE_SOURCE_DIR) / "data", {}, ""});
        if (!loaded) {
            std::fputs(loaded.error().text().c_str(), stderr);
            std::exit(3);
        }
        r.loaded = std::make_unique<LoadedScenario>(std::move(*loaded));
        const auto world = std::make_unique<World>(r.loaded->opening);
        auto firms = LuaDeciders::start(*r.loaded, std::filesystem::path(RACKRACE_SOURCE_DIR) / "scripts");
        if (!firms) {
            std::fputs(firms.error().text().c_str(), stderr);
            std::exit(4);
        }
        OrderRecorder recorder(**firms, r.orders);
        play_run(r.loaded->scenario, *world, 1, &recorder, nullptr);
        r.chance = std::make_unique<Chance>(draw_chance(r.loaded->scenario, 1));
        return r;
    }();
    return made;
}

/// A world and the paper of its quarter, as a batch holds them: postings are counted, not listed.
struct Table {
    std::unique_ptr<World> world = std::make_unique<World>(recording().loaded->opening);
    std::unique_ptr<Ledger> ledger = std::make_unique<Ledger>();

    Table() {
        ledger->list = nullptr;
        world->seed = 1;
    }
};

enum class Stage { open_quarter, commit, operate };

template <class Phases = LedgerPhases>
void play_stage(Stage stage, std::size_t quarter, World& world, Ledger& ledger) {
    const Recording& r = recording();
    switch (stage) {
        case Stage::open_quarter: return open_quarter<Phases>(r.loaded->scenario, world, *r.chance, ledger);
        case Stage::commit: return commit<Phases>(r.loaded->scenario, world, r.orders.of_stage_a(quarter), *r.chance, ledger);
        case Stage::operate: return operate<Phases>(r.loaded->scenario, world, r.orders.of_stage_b(quarter), *r.chance, ledger);
    }
}

/// The whole run, the copy of the opening books included.
void play_back(benchmark::State& state) {
    const std::size_t quarters = recording().orders.quarters();
    Table table;
    for (auto _ : state) {
        *table.world = recording().loaded->opening;
        table.world->seed = 1;
        for (std::size_t q = 0; q < quarters; ++q)
            for (const Stage stage : {Stage::open_quarter, Stage::commit, Stage::operate}) play_stage(stage, q, *table.world, *table.ledger);
        benchmark::DoNotOptimize(table.world->t);
        if (table.world->fault != Fault::none) state.SkipWithError("an identity broke");
    }
    state.counters["market_quarters_s"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(quarters), benchmark::Counter::kIsRate);
}
BENCHMARK(play_back)->Unit(benchmark::kMillisecond);

/// One stage of every quarter, each from the state that the recorded run had there.
template <Stage kStage>
void time_stage(benchmark::State& state) {
    const std::size_t quarters = recording().orders.quarters();
    std::vector<World> starts;
    Table table;
    for (std::size_t q = 0; q < quarters; ++q)
        for (const Stage stage : {Stage::open_quarter, Stage::commit, Stage::operate}) {
            if (stage == kStage) starts.push_back(*table.world);
            play_stage(stage, q, *table.world, *table.ledger);
        }
    for (auto _ : state)
        for (std::size_t q = 0; q < quarters; ++q) {
            state.PauseTiming();
            *table.world = starts[q];
            open_ledger(*table.ledger, *table.world);
            state.ResumeTiming();
            play_stage(kStage, q, *table.world, *table.ledger);
        }
    state.counters["a_quarter"] = benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(quarters),
                                                     benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(time_stage<Stage::open_quarter>)->Name("open_quarter")->Unit(benchmark::kMicrosecond);
BENCHMARK(time_stage<Stage::commit>)->Name("commit")->Unit(benchmark::kMicrosecond);
BENCHMARK(time_stage<Stage::operate>)->Name("operate")->Unit(benchmark::kMicrosecond);

/// The identities of every quarter's close, which release builds check too.
void identities(benchmark::State& state) {
    const std::size_t quarters = recording().orders.quarters();
    const Scenario& scenario = recording().loaded->scenario;
    std::vector<Table> closes(quarters);
    Table table;
    for (std::size_t q = 0; q < quarters; ++q) {
        for (const Stage stage : {Stage::open_quarter, Stage::commit, Stage::operate}) play_stage(stage, q, *table.world, *table.ledger);
        *closes[q].world = *table.world;
        *closes[q].ledger = *table.ledger;
    }
    for (auto _ : state)
        for (const Table& close : closes) check_identities(scenario, *close.world, *close.ledger);
    for (const Table& close : closes)
        if (close.world->fault != Fault::none) state.SkipWithError("an identity broke");
    state.counters["a_quarter"] = benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(quarters),
                                                     benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(identities)->Unit(benchmark::kMicrosecond);

/// A phase of a quarter by its number in the model's section 3. P4 and P8 are the firms' decisions, which a playback has on paper.
struct PhaseName {
    int phase;
    const char* name;
};
constexpr PhaseName kPhaseNames[] = {{0, "paths, and the paper of the quarter"},
                                     {2, "chips made and shipped, sites connected, contracts opened"},
                                     {3, "chips installed"},
                                     {5, "contracts traded"},
                                     {6, "money raised"},
                                     {7, "power sold, sites changed, supply planned"},
                                     {9, "new chips sold, after the firms' settings"},
                                     {10, "used chips traded"},
                                     {11, "compute delivered, spot traded"},
                                     {12, "customers served"},
                                     {13, "models trained"},
                                     {14, "bills settled"},
                                     {15, "covenants, distress"},
                                     {16, "histories, sentiment, values"},
                                     {17, "news, records, identities"}};
constexpr int kPhases = 18;

/// Looks at the clock where a phase begins. What passes between two looks belongs to the phase of the first.
struct TimedPhases {
    using Clock = std::chrono::steady_clock;
    static inline double us[kPhases] = {};
    static inline int phase = 0;
    static inline Clock::time_point since;

    static void look(int next) {
        const Clock::time_point now = Clock::now();
        us[phase] += std::chrono::duration<double, std::micro>(now - since).count();
        phase = next;
        since = now;
    }
    static void enter(Ledger& ledger, int next) {
        LedgerPhases::enter(ledger, next);
        look(next);
    }
};

/// Whole runs with a look at the clock at every phase, the first of them left out of the sums.
void print_phases() {
    constexpr int kRuns = 30;
    const std::size_t quarters = recording().orders.quarters();
    Table table;
    for (int run = 0; run <= kRuns; ++run) {
        *table.world = recording().loaded->opening;
        table.world->seed = 1;
        if (run == 1) std::fill(std::begin(TimedPhases::us), std::end(TimedPhases::us), 0.0);
        for (std::size_t q = 0; q < quarters; ++q)
            for (const Stage stage : {Stage::open_quarter, Stage::commit, Stage::operate}) {
                TimedPhases::phase = stage == Stage::open_quarter ? 0 : stage == Stage::commit ? 5 : 9;
                TimedPhases::since = TimedPhases::Clock::now();
                play_stage<TimedPhases>(stage, q, *table.world, *table.ledger);
                TimedPhases::look(0);
            }
    }
    double all_us = 0.0;
    for (const double us : TimedPhases::us) all_us += us;
    const double runs_quarters = kRuns * static_cast<double>(quarters);
    std::printf("phase  us a quarter  share %%\n");
    for (const PhaseName& row : kPhaseNames)
        std::printf("P%-4d  %12.1f  %7.1f  %s\n", row.phase, TimedPhases::us[row.phase] / runs_quarters, 100.0 * TimedPhases::us[row.phase] / all_us, row.name);
    std::printf("all    %12.1f  %7.1f  of %d runs of %zu quarters\n", all_us / runs_quarters, 100.0, kRuns, quarters);
}

}  // namespace
}  // namespace rackrace

int main(int argc, char** argv) {
    using namespace rackrace;
    std::printf("World %zu  Orders %zu  MarketView %zu  FirmView %zu  Ledger %zu  Scenario %zu  Desk %zu bytes\n", sizeof(World), sizeof(Orders),
                sizeof(MarketView), sizeof(FirmView), sizeof(Ledger), sizeof(Scenario), sizeof(Desk));
    print_phases();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
