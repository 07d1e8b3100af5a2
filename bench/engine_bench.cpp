// The engine alone: whole runs of base-2026 played back from recorded orders, market-quarters a second a core, and time by phase.
// Usage: engine_bench (Google Benchmark's flags). Prints sizes of the state first.
#include <benchmark/benchmark.h>
#include <cstdio>
#include <memory>

#include "agents/host/lua_deciders.h"
#include "engine/quarter/quarter.h"
#include "engine/quarter/run.h"
#include "engine/quarter/view.h"
#include "engine/scenario/load_scenario.h"

namespace rackrace {
namespace {

/// Orders of both stages of every quarter of one run with the bundled strategies.
struct Recording {
    std::unique_ptr<LoadedScenario> loaded;
    std::vector<std::vector<Orders>> stage_a, stage_b;
    std::unique_ptr<Chance> chance;
};

class Recorder : public Deciders {
public:
    Recorder(Deciders& inner, Recording& recording) : inner_(inner), recording_(recording) {}
    void decide(const Scenario& scenario, const World& world, Orders* orders) override {
        inner_.decide(scenario, world, orders);
        recording_.stage_a.emplace_back(orders, orders + kMaxFirms);
    }
    void operate(const Scenario& scenario, const World& world, Orders* orders) override {
        inner_.operate(scenario, world, orders);
        recording_.stage_b.emplace_back(orders, orders + kMaxFirms);
    }

private:
    Deciders& inner_;
    Recording& recording_;
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
        Recorder recorder(**firms, r);
        play_run(r.loaded->scenario, *world, 1, &recorder, nullptr);
        std::uint64_t regions[kMaxRegions] = {}, products[kMaxProducts] = {};
        const Scenario& s = r.loaded->scenario;
        for (int i = 0; i < s.region_count; ++i) regions[i] = s.regions[i].id;
        for (int i = 0; i < s.product_count; ++i) products[i] = s.products[i].id;
        r.chance = std::make_unique<Chance>(draw_chance(1, regions, s.region_count, products, s.product_count));
        return r;
    }();
    return made;
}

/// Plays the recording back, only the functions asked for being timed by the caller's clock.
void play_back(benchmark::State& state) {
    const Recording& r = recording();
    const Scenario& scenario = r.loaded->scenario;
    const auto world = std::make_unique<World>();
    const auto ledger = std::make_unique<Ledger>();
    ledger->list = nullptr;
    for (auto _ : state) {
        *world = r.loaded->opening;
        world->seed = 1;
        for (std::size_t q = 0; q < r.stage_a.size(); ++q) {
            open_quarter(scenario, *world, *r.chance, *ledger);
            commit(scenario, *world, r.stage_a[q].data(), *r.chance, *ledger);
            operate(scenario, *world, r.stage_b[q].data(), *r.chance, *ledger);
        }
        benchmark::DoNotOptimize(world->t);
        if (world->fault != Fault::none) state.SkipWithError("an identity broke");
    }
    state.counters["market_quarters_s"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(r.stage_a.size()), benchmark::Counter::kIsRate);
}
BENCHMARK(play_back)->Unit(benchmark::kMillisecond);

/// Worlds at the start of each stage of each quarter, so that one stage can be timed alone.
template <class Stage>
void time_stage(benchmark::State& state, int stage, Stage run) {
    const Recording& r = recording();
    const Scenario& scenario = r.loaded->scenario;
    std::vector<World> starts;
    const auto world = std::make_unique<World>(r.loaded->opening);
    const auto ledger = std::make_unique<Ledger>();
    ledger->list = nullptr;
    world->seed = 1;
    for (std::size_t q = 0; q < r.stage_a.size(); ++q) {
        if (stage == 0) starts.push_back(*world);
        open_quarter(scenario, *world, *r.chance, *ledger);
        if (stage == 1) starts.push_back(*world);
        commit(scenario, *world, r.stage_a[q].data(), *r.chance, *ledger);
        if (stage == 2) starts.push_back(*world);
        operate(scenario, *world, r.stage_b[q].data(), *r.chance, *ledger);
    }
    for (auto _ : state)
        for (std::size_t q = 0; q < starts.size(); ++q) {
            state.PauseTiming();
            *world = starts[q];
            open_ledger(*ledger, *world);
            state.ResumeTiming();
            run(scenario, *world, r, q, *ledger);
        }
    state.counters["us_a_quarter"] = benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(starts.size()) * 1e-6,
                                                        benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
void open_stage(benchmark::State& state) {
    time_stage(state, 0, [](const Scenario& s, World& w, const Recording& r, std::size_t, Ledger& l) { open_quarter(s, w, *r.chance, l); });
}
void commit_stage(benchmark::State& state) {
    time_stage(state, 1, [](const Scenario& s, World& w, const Recording& r, std::size_t q, Ledger& l) { commit(s, w, r.stage_a[q].data(), *r.chance, l); });
}
void operate_stage(benchmark::State& state) {
    time_stage(state, 2, [](const Scenario& s, World& w, const Recording& r, std::size_t q, Ledger& l) { operate(s, w, r.stage_b[q].data(), *r.chance, l); });
}
BENCHMARK(open_stage)->Unit(benchmark::kMicrosecond);
BENCHMARK(commit_stage)->Unit(benchmark::kMicrosecond);
BENCHMARK(operate_stage)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace rackrace

int main(int argc, char** argv) {
    using namespace rackrace;
    std::printf("World %zu  Orders %zu  MarketView %zu  FirmView %zu  Ledger %zu  Scenario %zu bytes\n", sizeof(World), sizeof(Orders), sizeof(MarketView),
                sizeof(FirmView), sizeof(Ledger), sizeof(Scenario));
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
