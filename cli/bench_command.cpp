// `rackrace bench`: how fast this machine plays, and what of a run's time are scripts, engine and record.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>

#include <nlohmann/json.hpp>

#include "agents/host/lua_deciders.h"
#include "cli/build_info.h"
#include "cli/commands.h"
#include "engine/quarter/recorded_orders.h"
#include "engine/replay/replay_writer.h"
#include "gpu/batch.h"
#include "gpu/every_core.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

constexpr int kCellsPerThread = 16;

/// Something that is timed: `once` returns how many units it did, and in which time.
struct Done {
    double units = 0.0, seconds = 0.0;
};
struct Measure {
    const char *name, *title, *unit;
    std::function<Done()> once;
    std::vector<double> rates = {};

    /// Units a second.
    double median() const {
        std::vector<double> sorted = rates;
        std::sort(sorted.begin(), sorted.end());
        return sorted[sorted.size() / 2];
    }
};

/// A scenario with its baselines, played again and again.
class Stand {
public:
    static Result<std::unique_ptr<Stand>> make(const std::string& scenario) {
        auto loaded = load_scenario({scenario, data_folder(), {}, ""});
        if (!loaded) return loaded.error();
        const auto scripts = find_scripts(*loaded, scripts_folder());
        if (!scripts) return scripts.error();
        auto stand = std::unique_ptr<Stand>(new Stand);
        stand->profile_ = std::make_shared<Profile>(Profile{std::move(*loaded), scripts->strategies, scripts->baselines, EngineChoice::automatic});
        auto deciders = LuaDeciders::start(stand->profile_->loaded, scripts->strategies, scripts->baselines);
        if (!deciders) return deciders.error();
        OrderRecorder recorder(**deciders, stand->orders_);
        stand->play(recorder, nullptr);
        return stand;
    }

    const LoadedScenario& loaded() const { return profile_->loaded; }

    /// Quarters of a run whose orders are given: the engine alone.
    Done play_recorded() {
        OrderPlayback playback(orders_);
        return play(playback, nullptr);
    }
    Done play_scripts(EngineChoice engine) { return play(*seat(engine), nullptr); }
    /// With everything that a run's folder holds, which is removed afterwards.
    Done play_saved() {
        const auto deciders = seat(EngineChoice::automatic);
        SavePlace place;
        place.folder = fs::temp_directory_path() / ("rackrace-bench-" + std::to_string(getpid()));
        RunRecord record;
        record.scenario = loaded().names.scenario;
        record.seed = 1;
        record.firms = loaded().scenario.firm_count;
        record.start_t = loaded().scenario.start_t;
        record.end_t = loaded().scenario.end_t;
        const auto from = Clock::now();
        auto writer = ReplayWriter::begin(place, record, loaded().names, loaded().resolved_toml);
        if (!writer) return {};
        RunOutcome outcome;
        Done done = play(*deciders, writer->get(), &outcome);
        const auto folder = (*writer)->finish(outcome, world_);
        done.seconds = std::chrono::duration<double>(Clock::now() - from).count();
        std::error_code error;
        fs::remove_all(place.folder, error);
        return folder ? done : Done{};
    }
    /// Runs of a batch.
    Done play_cells(int threads) {
        const Batch batch{kCellsPerThread * threads, [](std::int64_t cell) { return BatchCell{0, static_cast<std::uint64_t>(cell) + 1}; },
                          [this](std::int64_t) { return Result<std::shared_ptr<const Profile>>(profile_); }, false};
        const auto from = Clock::now();
        const BatchEnd end = play_batch(batch, {threads, {}, 0}, [](Outcome&&) { return true; });
        return {static_cast<double>(end.handed_over), std::chrono::duration<double>(Clock::now() - from).count()};
    }

private:
    std::unique_ptr<LuaDeciders> seat(EngineChoice engine) { return std::move(*LuaDeciders::start(loaded(), profile_->strategies, profile_->baselines, engine)); }

    Done play(Deciders& deciders, QuarterListener* listener, RunOutcome* outcome = nullptr) {
        world_ = loaded().opening;
        const auto from = Clock::now();
        RunOutcome played = play_run(loaded().scenario, world_, 1, &deciders, listener);
        const Done done{static_cast<double>(played.state_hashes.size()), std::chrono::duration<double>(Clock::now() - from).count()};
        if (outcome != nullptr) *outcome = std::move(played);
        return done;
    }

    std::shared_ptr<const Profile> profile_;
    RecordedOrders orders_;
    World world_{};
};

/// Who takes what of a quarter, from its time with the engine alone, with scripts too, and with all that is done for it.
struct Shares {
    double engine = 0.0, scripts = 0.0, rest = 0.0;  // together 1
};
Shares shares_of(double engine_s, double scripted_s, double whole_s) {
    const double all_s = std::max(whole_s, scripted_s), engine = std::min(engine_s, all_s) / all_s, scripts = std::max(0.0, scripted_s - engine_s) / all_s;
    return {engine, scripts, 1.0 - engine - scripts};
}

std::string shares_text(const char* what, const Shares& shares, const char* rest) {
    return fmt::format("  of a {}: engine {:.0f} %, scripts {:.0f} %, {} {:.0f} %\n", what, 100.0 * shares.engine, 100.0 * shares.scripts, rest, 100.0 * shares.rest);
}

std::string rate_text(double rate) { return rate >= 100.0 ? fmt::format("{:.0f}", rate) : fmt::format("{:.3g}", rate); }

}  // namespace

ExitCode bench_command(const BenchArguments& arguments, const Terminal& terminal) {
    auto made = Stand::make(arguments.scenario);
    if (!made) return terminal.refuse(made.error(), ExitCode::bad_input);
    Stand& stand = **made;
    const int threads = threads_or_all(arguments.threads);
    std::vector<Measure> measures = {
        {"engine", "engine alone, recorded orders", "market-quarters/s a core", [&] { return stand.play_recorded(); }},
        {"compiled", "with scripts, compiled", "market-quarters/s a core", [&] { return stand.play_scripts(EngineChoice::automatic); }},
        {"lua", "with scripts, by Lua", "market-quarters/s a core", [&] { return stand.play_scripts(EngineChoice::lua); }},
        {"saved", "compiled, saved as a run", "market-quarters/s a core", [&] { return stand.play_saved(); }},
        {"batch_1", "batch on one thread", "runs/s", [&] { return stand.play_cells(1); }}};
    if (threads > 1 || arguments.name == "batch_all") measures.push_back({"batch_all", "batch on all threads", "runs/s", [&] { return stand.play_cells(threads); }});
    const bool is_all = arguments.name.empty();
    std::erase_if(measures, [&](const Measure& one) { return !is_all && one.name != arguments.name; });
    for (int repeat = 0; repeat < arguments.repeats; ++repeat)  // in turns, so that what else the machine does meets all alike
        for (Measure& measure : measures) {
            const Done done = measure.once();
            if (done.units == 0.0) return terminal.refuse(Refusal{measure.name, 0, 0, "did not end", "check the room in " + fs::temp_directory_path().string()}, ExitCode::cannot_write);
            measure.rates.push_back(done.units / done.seconds);
        }
    const auto seconds = [&](std::size_t i) { return 1.0 / measures[i].median(); };  // of a quarter
    const Scenario& scenario = stand.loaded().scenario;
    const int quarters = scenario.end_t - scenario.start_t + 1;
    const Shares saved = is_all ? shares_of(seconds(0), seconds(1), seconds(3)) : Shares{}, batch = is_all ? shares_of(seconds(0), seconds(1), seconds(4) / quarters) : Shares{};
    const double speedup = is_all && threads > 1 ? measures[5].median() / measures[4].median() : 1.0;
    const BuildInfo built = build_info();
    if (terminal.wants_json) {
        Json list = Json::array();
        for (const Measure& measure : measures) list.push_back({{"name", measure.name}, {"unit", measure.unit}, {"median", measure.median()}, {"rates", measure.rates}});
        Json json = {{"schema", "rackrace.bench/1"}, {"scenario", arguments.scenario}, {"program", {{"version", built.version}, {"commit", built.commit}, {"build", built.build}, {"machine", built.machine}}},
                           {"threads", threads}, {"repeats", arguments.repeats}, {"measures", list}};
        if (is_all) json.update(Json{{"share_engine", saved.engine}, {"share_scripts", saved.scripts}, {"share_record", saved.rest}, {"batch_share_engine", batch.engine},
                                  {"batch_share_scripts", batch.scripts}, {"batch_share_bookkeeping", batch.rest}, {"threads_speedup", speedup}});
        terminal.data(json.dump() + "\n");
        return ExitCode::done;
    }
    std::string out = fmt::format("rackrace {}  {}  {}\n{}, {} firms, {} quarters, {} threads, medians of {} in turns\n", built.version, built.build, built.machine, arguments.scenario, scenario.firm_count,
                                  quarters, threads, arguments.repeats);
    for (const Measure& measure : measures) out += fmt::format("  {:<32} {:>8}  {}\n", measure.title, rate_text(measure.median()), measure.unit);
    if (is_all && threads > 1) out += fmt::format("  {} threads are {:.2f} times one\n", threads, speedup);
    if (is_all) out += shares_text("saved run", saved, "record") + shares_text("batch", batch, "bookkeeping");
    terminal.data(out);
    return ExitCode::done;
}

}  // namespace rackrace
