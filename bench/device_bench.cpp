// Recorded runs played back on the device against one core of the same machine: market-quarters a second by number of markets.
// Usage: device_bench [MARKETS...]. Built with CUDA only. Every state hash is compared with the host's before a figure counts.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "agents/host/lua_deciders.h"
#include "engine/scenario/load_scenario.h"
#include "gpu/playback.h"

namespace rackrace {
namespace {

constexpr int kSeeds = 32;

struct Recorded {
    std::vector<RecordedRun> runs;
    std::vector<std::vector<std::uint64_t>> state_hashes;  // by run, by quarter
};

Recorded record(const LoadedScenario& loaded) {
    Recorded out;
    for (int seed = 1; seed <= kSeeds; ++seed) {
        RecordedRun run{draw_chance(loaded.scenario, static_cast<std::uint64_t>(seed)), {}};
        const auto world = std::make_unique<World>(loaded.opening);
        auto firms = LuaDeciders::start(loaded, std::filesystem::path(RACKRACE_SOURCE_DIR) / "scripts");
        if (!firms) {
            std::fputs(firms.error().text().c_str(), stderr);
            std::exit(4);
        }
        OrderRecorder recorder(**firms, run.orders);
        out.state_hashes.push_back(play_run(loaded.scenario, *world, static_cast<std::uint64_t>(seed), &recorder, nullptr).state_hashes);
        out.runs.push_back(std::move(run));
    }
    return out;
}

/// Market-quarters a second of one core, the whole playback with its hashes; the best of seven.
double host_rate(const LoadedScenario& loaded, const Recorded& recorded) {
    double best = 0.0;
    const auto world = std::make_unique<World>();
    for (int repeat = 0; repeat < 7; ++repeat) {
        std::size_t quarters = 0;
        const auto from = std::chrono::steady_clock::now();
        for (const RecordedRun& run : recorded.runs) {
            *world = loaded.opening;
            OrderPlayback playback(run.orders);
            quarters += play_run(loaded.scenario, *world, run.chance.seed, &playback, nullptr).state_hashes.size();
        }
        best = std::max(best, static_cast<double>(quarters) / std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count());
    }
    return best;
}

long different_hashes(const DevicePlayback& device, const Recorded& recorded, int markets) {
    long different = 0;
    for (int m = 0; m < markets; ++m)
        for (int q = 0; q < device.quarters; ++q)
            different += device.state_hashes[static_cast<std::size_t>(m) * static_cast<std::size_t>(device.quarters) + static_cast<std::size_t>(q)] !=
                         recorded.state_hashes[static_cast<std::size_t>(m % kSeeds)][static_cast<std::size_t>(q)];
    return different;
}

}  // namespace
}  // namespace rackrace

int main(int argc, char** argv) {
    using namespace rackrace;
    std::vector<int> sizes;
    for (int i = 1; i < argc; ++i) sizes.push_back(std::atoi(argv[i]));
    if (sizes.empty()) sizes = {64, 1024, 8192, 32768, 65536};
    auto loaded = load_scenario({"base-2026", std::filesystem::path(RACKRACE_SOURCE_DIR) / "data", {}, ""});
    if (!loaded) {
        std::fputs(loaded.error().text().c_str(), stderr);
        return 3;
    }
    const Recorded recorded = record(*loaded);
    const double host = host_rate(*loaded, recorded);
    std::printf("%-8s %12s %12s %10s %10s\n", "markets", "kernel s", "mq/s", "x one core", "different");
    std::printf("%-8s %12s %12.0f %10s %10s\n", "host", "", host, "1", "");
    for (const int markets : sizes) {
        const auto device = play_back_on_device(loaded->scenario, loaded->opening, recorded.runs, markets);
        if (!device) {
            std::printf("%-8d %s", markets, device.error().text().c_str());
            continue;
        }
        const double rate = static_cast<double>(markets) * device->quarters / device->kernel_s;
        std::printf("%-8d %12.3f %12.0f %10.1f %10ld   %s, %zu B of stack a thread\n", markets, device->kernel_s, rate, rate / host,
                    different_hashes(*device, recorded, markets), device->device.c_str(), device->stack_bytes);
        std::fflush(stdout);
    }
    return 0;
}
