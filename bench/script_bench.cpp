// Scripts alone: a decision by Lua and compiled, from text to a strategy that plays, and a thousand different ones.
// Usage: script_bench (Google Benchmark's flags).
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>

#include "agents/core/plain_calls.h"
#include "agents/desk_turn.h"
#include "agents/host/firm_script.h"
#include "agents/host/lua_deciders.h"
#include "engine/quarter/view.h"
#include "engine/scenario/load_scenario.h"
#include "tests/agents/script_generator.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
const fs::path kRoot = RACKRACE_SOURCE_DIR;

/// base-2026 with all baselines, two years in: contracts, loans, sites and orders to look at.
struct Played {
    LoadedScenario loaded;
    std::unique_ptr<World> world;
    MarketView market{};
};

const Played& played() {
    static const Played made = [] {
        auto loaded = load_scenario({"base-2026", kRoot / "data", {}, "2028Q2"});
        if (!loaded) std::fputs(loaded.error().text().c_str(), stderr), std::exit(3);
        Played p{std::move(*loaded), nullptr, {}};
        p.world = std::make_unique<World>(p.loaded.opening);
        auto firms = LuaDeciders::start(p.loaded, kRoot / "scripts");
        if (!firms) std::fputs(firms.error().text().c_str(), stderr), std::exit(4);
        play_run(p.loaded.scenario, *p.world, 1, firms->get(), nullptr);
        observe(p.loaded.scenario, *p.world, p.market);
        return p;
    }();
    return made;
}

std::string baseline_text(Role role) {
    std::ifstream in(kRoot / "scripts/strategies" / role_text(role) / "baseline.lua", std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

/// Both callbacks of a role's baseline at its first firm.
void decide(benchmark::State& state, Role role, EngineChoice engine) {
    const Played& p = played();
    int firm = 0;
    while (p.loaded.scenario.firms[firm].role != role) ++firm;
    const auto view = std::make_unique<FirmView>();
    observe(p.loaded.scenario, *p.world, p.market, firm, *view);
    const auto desk = std::make_unique<Desk>();
    TraceNames names;
    DecisionLog log;
    auto script = FirmScript::start(unchecked_strategy("baseline.lua", baseline_text(role)), {}, {firm, Author::script, &p.loaded.scenario, &p.market, view.get(), desk.get(), &names, &log, 0, "baseline.lua", engine});
    if (!script) return state.SkipWithError("the script does not start");
    Orders orders;
    VerbMask used = 0;
    for (auto _ : state) {
        desk->trace_count = 0;
        log.clear();
        for (const Stage stage : {Stage::a, Stage::b}) {
            orders = Orders{};
            const auto error = (*script)->decide(stage, *p.world, orders, used);
            if (error) state.SkipWithError(error->text().c_str());
        }
    }
    state.counters["a_decision"] = benchmark::Counter(2.0 * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

/// Of a batch: no log, no copy of the Desk. With and without fuel and checks of indices.
struct UncheckedCalls : PlainCalls {
    static constexpr bool leaves_checks_out = true;
};

/// Both callbacks of a role's baseline at its first firm, by the interpreter alone.
template <class Calls> void interpret_alone(benchmark::State& state, Role role) {
    const Played& p = played();
    int firm = 0;
    while (p.loaded.scenario.firms[firm].role != role) ++firm;
    const auto strategy = unchecked_strategy("baseline.lua", baseline_text(role));
    const Program& program = *strategy->portability.program;
    const auto bank = std::make_unique<CoreBank>();
    bank->market = p.market;
    observe(p.loaded.scenario, *p.world, p.market, firm, bank->view);
    const auto desk = std::make_unique<Desk>();
    open_memory(*desk, Author::script, strategy->memory.initial.data());
    Outlook outlook;
    Orders orders;
    for (auto _ : state)
        for (const Stage stage : {Stage::a, Stage::b}) {
            const int entry = program.entries[static_cast<int>(stage == Stage::a ? Callback::decide : Callback::operate)];
            if (entry < 0) continue;
            orders = Orders{};
            desk->trace_count = 0;
            CoreSeat seat{&p.loaded.scenario, p.world.get(), bank.get(), desk.get(), &orders, firm, Author::script, stage, 0, kCoreFuel, {}, &outlook};
            Calls calls{seat};
            const CoreFault fault = run_callback(program.view(program.pool.data()), entry, seat, calls);
            if (fault.error != CoreError::none) state.SkipWithError("the script fails");
        }
    state.counters["a_decision"] = benchmark::Counter(2.0 * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

/// From text to a strategy: parse, check and compile.
void make_strategy(benchmark::State& state, Role role) {
    const std::string text = baseline_text(role);
    for (auto _ : state) benchmark::DoNotOptimize(unchecked_strategy("baseline.lua", text)->is_portable());
}

/// 1,024 generated scripts, each another.
void make_thousand(benchmark::State& state) {
    std::vector<std::string> texts;
    for (std::uint64_t i = 0; i < 1024; ++i) texts.push_back(host_test::generate_script(static_cast<Role>(i % kRoles), i));
    for (auto _ : state)
        for (const std::string& text : texts) benchmark::DoNotOptimize(unchecked_strategy("script.lua", text)->is_portable());
}
BENCHMARK(make_thousand)->Unit(benchmark::kMillisecond);

double allocated_mb() {
    const auto now = mallinfo2();
    return static_cast<double>(now.uordblks + now.hblkhd) / (1 << 20);
}

/// What 1,024 different scripts hold while all are there, and what of it stays when they are gone.
void keep_thousand(benchmark::State& state) {
    for (auto _ : state) {
        const double before_mb = allocated_mb();
        {
            std::vector<std::shared_ptr<const Strategy>> kept;
            for (std::uint64_t i = 0; i < 1024; ++i) kept.push_back(unchecked_strategy("script.lua", host_test::generate_script(static_cast<Role>(i % kRoles), i)));
            for (const auto& one : kept) benchmark::DoNotOptimize(one->is_portable());
            state.counters["kept_mb"] = allocated_mb() - before_mb;
        }
        state.counters["left_mb"] = allocated_mb() - before_mb;
    }
}
BENCHMARK(keep_thousand)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace rackrace

int main(int argc, char** argv) {
    using namespace rackrace;
    for (int r = 0; r < kRoles; ++r) {
        const Role role = static_cast<Role>(r);
        const std::string name(role_text(role));
        benchmark::RegisterBenchmark(("decide_lua/" + name).c_str(), decide, role, EngineChoice::lua)->Unit(benchmark::kMicrosecond);
        benchmark::RegisterBenchmark(("decide_core/" + name).c_str(), decide, role, EngineChoice::core)->Unit(benchmark::kMicrosecond);
        benchmark::RegisterBenchmark(("interpret/" + name).c_str(), interpret_alone<PlainCalls>, role)->Unit(benchmark::kMicrosecond);
        benchmark::RegisterBenchmark(("interpret_unchecked/" + name).c_str(), interpret_alone<UncheckedCalls>, role)->Unit(benchmark::kMicrosecond);
        benchmark::RegisterBenchmark(("make_strategy/" + name).c_str(), make_strategy, role)->Unit(benchmark::kMicrosecond);
    }
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
