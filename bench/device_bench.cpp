// A card against the cores of its machine: whole runs by compiled scripts, market-quarters a second by number of cells. Every outcome is compared with the
// host's before a figure counts.
// Usage: device_bench [CELLS...]. Built with CUDA only.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <algorithm>
#include <memory>

#include "engine/scenario/load_scenario.h"
#include "gpu/cell_player.h"
#include "gpu/device.h"
#include "gpu/every_core.h"
#include "gpu/outcomes.h"

namespace rackrace {
namespace {

constexpr int kProfiles = 8;
constexpr int kSeeds = 1024;  // of each profile that the host plays too
constexpr int kTimedCells = 48;

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point from) { return std::chrono::duration<double>(Clock::now() - from).count(); }

template <class T>
T value_or_exit(Result<T>&& result) {
    if (result) return std::move(*result);
    std::fputs(result.error().text().c_str(), stderr);
    std::exit(3);
}

/// The bundled baselines, and at CoreWeave another of the bundled strategies in each.
std::vector<std::shared_ptr<const Profile>> make_profiles() {
    const std::filesystem::path source = RACKRACE_SOURCE_DIR, strategies = source / "scripts/strategies";
    const LoadedScenario loaded = value_or_exit(load_scenario({"base-2026", source / "data", {}, ""}));
    std::vector<std::shared_ptr<const Strategy>> baselines, neoclouds;
    for (int r = 0; r < kRoles; ++r) baselines.push_back(value_or_exit(load_strategy(strategies / role_text(static_cast<Role>(r)) / "baseline.lua", static_cast<Role>(r))));
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(strategies / "neocloud"))
        if (!entry.path().string().ends_with(".test.lua")) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) neoclouds.push_back(value_or_exit(load_strategy(file, Role::neocloud)));
    std::vector<std::shared_ptr<const Profile>> profiles;
    for (std::size_t i = 0; i < kProfiles; ++i) {
        Profile profile{loaded, {}, baselines};
        for (int f = 0; f < loaded.scenario.firm_count; ++f) {
            const bool is_varied = loaded.names.firms[static_cast<std::size_t>(f)] == "coreweave";
            profile.strategies.push_back(is_varied ? neoclouds[i % neoclouds.size()] : baselines[static_cast<std::size_t>(loaded.scenario.firms[f].role)]);
        }
        profiles.push_back(std::make_shared<const Profile>(std::move(profile)));
    }
    return profiles;
}

/// Cell i of a bench: seeds run within a profile, profiles follow each other.
DeviceCell cell_of(const std::vector<std::shared_ptr<const Profile>>& profiles, const std::vector<std::shared_ptr<const Casting>>& castings, std::int64_t i, std::int64_t cells) {
    const std::int64_t each = (cells + kProfiles - 1) / kProfiles;
    const auto profile = static_cast<std::size_t>(i / each);
    return {profiles[profile], castings[profile], i, static_cast<std::uint64_t>(i % each % kSeeds) + 1};
}

struct HostOutcomes {
    std::vector<Outcome> of;  // [profile][seed]
    double core_rate = 0.0;   // cells a second of one core, of all
    double all_rate = 0.0;
    int cores = 0;
};

HostOutcomes play_on_host(const std::vector<std::shared_ptr<const Profile>>& profiles) {
    HostOutcomes host;
    host.cores = threads_or_all(0);
    CellPlayer player;
    for (int repeat = 0; repeat < 3; ++repeat) {
        const auto from = Clock::now();
        for (int i = 0; i < kTimedCells; ++i) player.play(*profiles[static_cast<std::size_t>(i % kProfiles)], i, static_cast<std::uint64_t>(i) + 1, false);
        host.core_rate = std::max(host.core_rate, kTimedCells / seconds_since(from));
    }
    host.of.resize(kProfiles * kSeeds);
    const Batch batch{kProfiles * kSeeds, [](std::int64_t i) { return BatchCell{i / kSeeds, static_cast<std::uint64_t>(i % kSeeds) + 1}; },
                      [&](std::int64_t profile) { return Result<std::shared_ptr<const Profile>>(profiles[static_cast<std::size_t>(profile)]); }, false};
    const auto from = Clock::now();
    play_batch(batch, {host.cores, {}, 0}, [&](Outcome&& outcome) {
        const auto at = static_cast<std::size_t>(outcome.cell);
        host.of[at] = std::move(outcome);
        return true;
    });
    host.all_rate = kProfiles * kSeeds / seconds_since(from);
    return host;
}

struct Timed {
    double all_s = 0.0, kernel_s = 0.0;
    long different = 0;
};

Timed play_on(Device& device, const std::vector<std::shared_ptr<const Profile>>& profiles, const HostOutcomes& host, std::int64_t cells) {
    Timed timed;
    std::vector<std::shared_ptr<const Casting>> castings;
    for (const auto& profile : profiles) castings.push_back(value_or_exit(Casting::make(profile->loaded, profile->strategies, profile->baselines)));
    for (std::int64_t first = 0; first < cells; first += device.facts().cells_at_once) {
        std::vector<DeviceCell> chunk;
        for (std::int64_t i = first; i < std::min(cells, first + device.facts().cells_at_once); ++i) chunk.push_back(cell_of(profiles, castings, i, cells));
        const double kernel_s = device.kernel_s();
        const auto from = Clock::now();
        const auto outcomes = value_or_exit(device.play(chunk, false));
        timed.all_s += seconds_since(from);
        timed.kernel_s += device.kernel_s() - kernel_s;
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            const auto profile = static_cast<std::size_t>(std::find(profiles.begin(), profiles.end(), chunk[i].profile) - profiles.begin());
            Outcome expected = host.of[profile * kSeeds + chunk[i].seed - 1];
            expected.cell = chunk[i].number;
            timed.different += are_equal(outcomes[i], expected) ? 0 : 1;
        }
    }
    return timed;
}

}  // namespace
}  // namespace rackrace

int main(int argc, char** argv) {
    using namespace rackrace;
    std::vector<std::int64_t> sizes;
    for (int i = 1; i < argc; ++i) sizes.push_back(std::atoll(argv[i]));
    if (sizes.empty()) sizes = {64, 1024, 8192, 32768, 65536};
    const auto profiles = make_profiles();
    const int quarters = profiles[0]->loaded.scenario.end_t - profiles[0]->loaded.opening.t;
    auto devices = value_or_exit(open_devices()).cards;
    Device& device = *devices[0];
    const DeviceFacts& facts = device.facts();
    std::printf("%s, %s: %d multiprocessors; kernel %d registers, %zu B of stack a thread (%.1f GiB reserved), %zu B a cell, %d cells at once\n", facts.name.c_str(),
                facts.software.c_str(), facts.multiprocessors, facts.registers, facts.stack_bytes, static_cast<double>(facts.reserved_bytes) / (1 << 30), facts.bytes_per_cell,
                facts.cells_at_once);
    std::fflush(stdout);
    const HostOutcomes host = play_on_host(profiles);
    std::printf("host: one core %.0f market-quarters/s, %d cores %.0f\n", host.core_rate * quarters, host.cores, host.all_rate * quarters);
    std::printf("%-8s %10s %10s %12s %12s %10s %10s %10s\n", "cells", "kernel s", "all s", "mq/s kernel", "mq/s all", "x kernel", "x all", "different");
    for (const std::int64_t cells : sizes) {
        const Timed timed = play_on(device, profiles, host, cells);
        const double played = static_cast<double>(cells) * quarters, core = host.core_rate * quarters;
        std::printf("%-8ld %10.3f %10.3f %12.0f %12.0f %10.1f %10.1f %10ld\n", static_cast<long>(cells), timed.kernel_s, timed.all_s, played / timed.kernel_s, played / timed.all_s,
                    played / timed.kernel_s / core, played / timed.all_s / core, timed.different);
        std::fflush(stdout);
    }
    return 0;
}
