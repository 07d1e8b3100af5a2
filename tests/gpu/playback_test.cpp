// Runs played back on the device give the host's states, quarter by quarter. Where no device answers the cases say so and check the refusal.
#include <catch2/catch.hpp>
#include <filesystem>
#include <memory>

#include "agents/host/lua_deciders.h"
#include "engine/scenario/load_scenario.h"
#include "gpu/playback.h"

using namespace rackrace;

namespace {

const std::filesystem::path kRoot = RACKRACE_SOURCE_DIR;

LoadedScenario base() {
    auto loaded = load_scenario({"base-2026", kRoot / "data", {}, ""});
    if (!loaded) throw std::runtime_error(loaded.error().text());
    return std::move(*loaded);
}

/// What the host makes of a seed: the run to play again and the hashes it must give.
struct HostRun {
    RecordedRun recorded;
    std::vector<std::uint64_t> state_hashes;
};

HostRun play(const LoadedScenario& loaded, std::uint64_t seed, bool with_scripts) {
    HostRun run{{draw_chance(loaded.scenario, seed), {}}, {}};
    const auto world = std::make_unique<World>(loaded.opening);
    if (!with_scripts) {
        run.state_hashes = play_run(loaded.scenario, *world, seed, nullptr, nullptr).state_hashes;
        return run;
    }
    auto firms = LuaDeciders::start(loaded, kRoot / "scripts");
    if (!firms) throw std::runtime_error(firms.error().text());
    OrderRecorder recorder(**firms, run.recorded.orders);
    run.state_hashes = play_run(loaded.scenario, *world, seed, &recorder, nullptr).state_hashes;
    return run;
}

/// Plays `markets` markets of seeds 1 to `seeds` on the device and holds every hash against the host's.
void compare(int seeds, int markets, bool with_scripts) {
    const LoadedScenario loaded = base();
    std::vector<RecordedRun> runs;
    std::vector<std::vector<std::uint64_t>> host;
    for (int seed = 1; seed <= seeds; ++seed) {
        HostRun run = play(loaded, static_cast<std::uint64_t>(seed), with_scripts);
        runs.push_back(std::move(run.recorded));
        host.push_back(std::move(run.state_hashes));
    }
    const auto device = play_back_on_device(loaded.scenario, loaded.opening, runs, markets);
    if (!device) {
        WARN("not played: " << device.error().text());
        CHECK(device.error().all.front().place == "device");
        return;
    }
    int different = 0;
    for (int m = 0; m < markets; ++m)
        for (int q = 0; q < device->quarters; ++q)
            different += device->state_hashes[static_cast<std::size_t>(m * device->quarters + q)] != host[static_cast<std::size_t>(m % seeds)][static_cast<std::size_t>(q)];
    int faults = 0;
    for (const std::int32_t fault : device->faults) faults += fault != 0;
    WARN(device->device << ": " << markets << " markets of " << device->quarters << " quarters, " << different << " different hashes, " << faults << " faults, kernel "
                        << device->kernel_s << " s, " << device->stack_bytes << " B of stack a thread");
    CHECK(different == 0);
    CHECK(faults == 0);
}

}  // namespace

TEST_CASE("The momentum world on the device gives the host's state hashes", "[gpu]") { compare(4, 64, false); }

TEST_CASE("Whole runs from recorded orders give the host's state hashes on the device", "[gpu]") { compare(8, 1024, true); }
