// The engine alone: whole runs of base-2026 played back from recorded orders, market-quarters a second a core, and time by stage.
// Usage: engine_bench (Google Benchmark's flags). Prints sizes of the state first.
#include <benchmark/benchmark.h>
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

void play_stage(Stage stage, std::size_t quarter, World& world, Ledger& ledger) {
    const Recording& r = recording();
    switch (stage) {
        case Stage::open_quarter: return open_quarter(r.loaded->scenario, world, *r.chance, ledger);
        case Stage::commit: return commit(r.loaded->scenario, world, r.orders.of_stage_a(quarter), *r.chance, ledger);
        case Stage::operate: return operate(r.loaded->scenario, world, r.orders.of_stage_b(quarter), *r.chance, ledger);
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

}  // namespace
}  // namespace rackrace

int main(int argc, char** argv) {
    using namespace rackrace;
    std::printf("World %zu  Orders %zu  MarketView %zu  FirmView %zu  Ledger %zu  Scenario %zu  Desk %zu bytes\n", sizeof(World), sizeof(Orders),
                sizeof(MarketView), sizeof(FirmView), sizeof(Ledger), sizeof(Scenario), sizeof(Desk));
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
