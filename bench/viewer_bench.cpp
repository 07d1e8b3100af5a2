// The window on a replay with ten times the orders, fills and events of the default run, alone and beside a second run, and on a batch of 10,000 runs:
// from opening to the first figure, a seek, a fan, a frame without and with software OpenGL. Prints what it finds beside its goals and asserts nothing.
// Usage: viewer_bench (Google Benchmark's flags). Plays base-2026 first, into a temporary folder.
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include <GL/gl.h>

#include "agents/host/lua_deciders.h"
#include "bench/wide_batch.h"
#include "engine/replay/replay_writer.h"
#include "engine/replay/sqlite.h"
#include "engine/scenario/load_scenario.h"
#include "tests/engine/seal.h"
#include "tests/temporary_folder.h"
#include "viz/figures/ensemble_catalogue.h"
#include "viz/window/backend/null_window.h"
#include "viz/window/backend/offscreen_window.h"
#include "viz/window/ui.h"

namespace rackrace {
namespace {

constexpr int kWidth = 1600, kHeight = 900;
constexpr int kTimes = 10;
/// Tables whose rows are repeated, and the number that keeps the copies apart.
constexpr const char* kRepeated[][2] = {{"orders", "order_id"}, {"fills", "n"}, {"traces", "n"}, {"events", "n"}};

[[noreturn]] void stop(const std::string& text) {
    std::fputs((text + "\n").c_str(), stderr);
    std::exit(1);
}

std::filesystem::path play(const std::filesystem::path& parent, std::uint64_t seed) {
    auto loaded = load_scenario({"base-2026", std::filesystem::path(RACKRACE_SOURCE_DIR) / "data", {}, ""});
    if (!loaded) stop(loaded.error().text());
    auto firms = LuaDeciders::start(*loaded, std::filesystem::path(RACKRACE_SOURCE_DIR) / "scripts");
    if (!firms) stop(firms.error().text());
    RunRecord record;
    record.scenario = "base-2026";
    record.seed = seed;
    SavePlace place;
    place.parent = parent;
    auto writer = ReplayWriter::begin(place, record, loaded->names, loaded->resolved_toml);
    if (!writer) stop(writer.error().text());
    const auto world = std::make_unique<World>(loaded->opening);
    const RunOutcome outcome = play_run(loaded->scenario, *world, seed, firms->get(), writer->get());
    const auto folder = (*writer)->finish(outcome, *world);
    if (!folder) stop(folder.error().text());
    return *folder;
}

void repeat_rows(const std::filesystem::path& replay) {
    auto database = Database::open_durable(replay);
    if (!database) stop(database.error().text());
    for (const auto& [table, number] : kRepeated) {
        const std::string name = table, n = number;
        std::string sql = "begin; create temp table copies as select * from " + name + ";";
        for (int i = 1; i < kTimes; ++i) sql += "update copies set " + n + " = " + n + " + 1000000; insert into " + name + " select * from copies;";
        if (!database->execute(sql + "drop table copies; commit;")) stop(name + ": " + database->error());
    }
    if (!database->execute("begin") || !seal(*database) || !database->execute("commit")) stop("digests: " + database->error());
}

const std::filesystem::path& long_run() {
    static const TemporaryFolder folder;
    static const std::filesystem::path run = [] {
        const std::filesystem::path played = play(folder.path(), 1);
        repeat_rows(played / "replay.sqlite");
        return played;
    }();
    return run;
}

/// Another seed, as it was played.
const std::filesystem::path& second_run() {
    static const TemporaryFolder folder;
    static const std::filesystem::path run = play(folder.path(), 2);
    return run;
}

constexpr int kRuns = 10'000;
const std::filesystem::path& wide_batch() {
    static const TemporaryFolder folder;
    static const std::filesystem::path batch = [] {
        if (const std::string why = make_wide_batch(folder.path() / "wide", kRuns); !why.empty()) stop(why);
        return folder.path() / "wide";
    }();
    return batch;
}

Session opened(const std::filesystem::path& what = long_run()) {
    Session session;
    if (const Refusals refusals = session.open(what); !refusals.empty()) stop(refusals.text());
    return session;
}

/// What a screen shows: a batch where it is of one, a second run where two are compared.
Session opened_for(Screen screen) {
    Session session = opened(screen == Screen::ensemble ? wide_batch() : long_run());
    if (screen == Screen::compare)
        if (const Refusals refusals = session.compare_with(second_run()); !refusals.empty()) stop(refusals.text());
    session.view.screen = screen;
    return session;
}

template <class Window> void draw(Ui& ui, Window& window, Session& session) {
    window.begin_frame();
    ui.draw(session, 0.0);
    window.end_frame();
}

void open_to_first_figure(benchmark::State& state) {
    long_run();
    for (auto _ : state) {
        Ui ui;
        NullWindow window(kWidth, kHeight);
        Session session = opened();
        draw(ui, window, session);
    }
}
BENCHMARK(open_to_first_figure)->Name("open_to_first_figure (goal 300 ms)")->Unit(benchmark::kMillisecond);

void seek(benchmark::State& state) {
    const std::vector<int> quarters = opened().store().quarters();
    Session session = opened_for(static_cast<Screen>(state.range(0)));
    Ui ui;
    NullWindow window(kWidth, kHeight);
    std::size_t n = 0;
    for (auto _ : state) {
        session.seek(quarters[(n += 11) % quarters.size()]);
        draw(ui, window, session);
    }
}
BENCHMARK(seek)->Name("seek, by screen (goal 50 ms)")->DenseRange(1, kScreens - 1)->Unit(benchmark::kMillisecond);

void build_frame(benchmark::State& state) {
    Session session = opened_for(static_cast<Screen>(state.range(0)));
    Ui ui;
    NullWindow window(kWidth, kHeight);
    draw(ui, window, session);
    for (auto _ : state) draw(ui, window, session);
}
BENCHMARK(build_frame)->Name("build_frame, by screen (goal 4 ms)")->DenseRange(1, kScreens - 1)->Unit(benchmark::kMillisecond);

void software_frame(benchmark::State& state) {
    Session session = opened_for(static_cast<Screen>(state.range(0)));
    Ui ui;
    const auto window = OffscreenWindow::open(kWidth, kHeight);
    if (!window) return state.SkipWithError(window.error().text().c_str());
    draw(ui, **window, session);
    for (auto _ : state) {
        draw(ui, **window, session);
        glFinish();  // the last pixel is there; a window shows it, nobody reads it back
    }
}
BENCHMARK(software_frame)->Name("software_frame, by screen (goal 33 ms)")->DenseRange(1, kScreens - 1)->Unit(benchmark::kMillisecond);

/// The fan of a figure over 27 quarters, from its values in memory: worked out once, then kept.
void fan(benchmark::State& state) {
    auto batch = Ensemble::open(wide_batch());
    if (!batch) return state.SkipWithError(batch.error().text().c_str());
    const auto courses = batch->courses("spot_i_usd_h", "");
    if (!courses) return state.SkipWithError(courses.error().text().c_str());
    for (auto _ : state) benchmark::DoNotOptimize(build_fan(*batch, {batch->last_t(), **courses}));
}
BENCHMARK(fan)->Name("fan of 10,000 runs (goal 20 ms)")->Unit(benchmark::kMillisecond);

/// The same with its values still in the batch's file.
void first_fan(benchmark::State& state) {
    wide_batch();
    for (auto _ : state) {
        auto batch = Ensemble::open(wide_batch());
        if (!batch) return state.SkipWithError(batch.error().text().c_str());
        benchmark::DoNotOptimize(build_ensemble_figure(*batch, "fan", {}));
    }
}
BENCHMARK(first_fan)->Name("open a batch of 10,000 runs to its first fan")->Unit(benchmark::kMillisecond);

/// An untouched window: frames that something asks for after it has settled.
void idle_frames(benchmark::State& state) {
    Session session = opened();
    Ui ui;
    NullWindow window(kWidth, kHeight);
    for (int n = 0; n < 5; ++n) draw(ui, window, session);
    int asked = 0;
    for (auto _ : state) asked += ui.has_input() || session.view.is_playing;
    state.counters["frames"] = asked;
}
BENCHMARK(idle_frames)->Name("idle_frames (goal 0)");

}  // namespace
}  // namespace rackrace

BENCHMARK_MAIN();
