#include "gpu/playback.h"

#include "engine/base/hash.h"
#include "engine/quarter/quarter.h"
#include "gpu/device_memory.h"

namespace rackrace {
namespace {

constexpr int kBlock = 64;

/// What the kernel reads: addresses on the device.
struct Inputs {
    const Scenario* scenario;
    const World* opening;
    const Chance* chances;      // [runs]
    const Orders* stage_a;      // [runs][quarters][kMaxFirms]
    const Orders* stage_b;
    int runs, quarters, markets;
};

__global__ void __launch_bounds__(kBlock) play_markets(Inputs in, Ledger* ledgers, std::uint64_t* state_hashes, std::int32_t* faults) {
    const int market = static_cast<int>(blockIdx.x) * kBlock + static_cast<int>(threadIdx.x);
    if (market >= in.markets) return;
    const int run = market % in.runs;
    const Chance& chance = in.chances[run];
    Ledger& ledger = ledgers[market];
    ledger.list = nullptr;
    World world = *in.opening;
    world.seed = chance.seed;
    RACKRACE_NO_UNROLL
    for (int q = 0; q < in.quarters; ++q) {
        const std::size_t at = (static_cast<std::size_t>(run) * in.quarters + q) * kMaxFirms;
        open_quarter(*in.scenario, world, chance, ledger);
        commit(*in.scenario, world, in.stage_a + at, chance, ledger);
        operate(*in.scenario, world, in.stage_b + at, chance, ledger);
        state_hashes[static_cast<std::size_t>(market) * in.quarters + q] = hash_words(reinterpret_cast<const std::uint64_t*>(&world), sizeof(World) / 8);
    }
    faults[market] = static_cast<std::int32_t>(world.fault);
}

/// The runs' orders behind each other; a run without orders is one of empty ones.
std::vector<Orders> laid_out(std::span<const RecordedRun> runs, std::vector<Orders> RecordedOrders::*stage, int quarters) {
    std::vector<Orders> out(runs.size() * static_cast<std::size_t>(quarters) * kMaxFirms);
    for (std::size_t r = 0; r < runs.size(); ++r)
        std::copy((runs[r].orders.*stage).begin(), (runs[r].orders.*stage).end(), out.begin() + static_cast<std::ptrdiff_t>(r) * quarters * kMaxFirms);
    return out;
}

class Timer {
public:
    Timer() {
        cudaEventCreate(&from_);
        cudaEventCreate(&to_);
        cudaEventRecord(from_);
    }
    ~Timer() {
        cudaEventDestroy(from_);
        cudaEventDestroy(to_);
    }
    double stop_s() {
        float ms = 0.0f;
        cudaEventRecord(to_);
        cudaEventSynchronize(to_);
        cudaEventElapsedTime(&ms, from_, to_);
        return static_cast<double>(ms) * 1e-3;
    }

private:
    cudaEvent_t from_{}, to_{};
};

}  // namespace

Result<DevicePlayback> play_back_on_device(const Scenario& scenario, const World& opening, std::span<const RecordedRun> runs, int markets) {
    DevicePlayback out;
    out.quarters = scenario.end_t - opening.t;
    const std::size_t quarters = static_cast<std::size_t>(out.quarters);
    for (const RecordedRun& run : runs)
        if (run.orders.quarters() != 0 && run.orders.quarters() != quarters)
            return Refusal{"playback", 0, 0, "a recorded run has " + std::to_string(run.orders.quarters()) + " quarters, the scenario " + std::to_string(quarters),
                           "record it with this scenario"};
    if (runs.empty() || markets < 1 || quarters < 1) return Refusal{"playback", 0, 0, "there is nothing to play", "give runs, markets and quarters"};

    cudaDeviceProp card{};
    if (const cudaError_t error = cudaGetDeviceProperties(&card, 0); error != cudaSuccess) return device_refusal("no device answers", error);
    out.device = card.name;
    cudaFuncAttributes kernel{};
    if (const cudaError_t error = cudaFuncGetAttributes(&kernel, play_markets); error != cudaSuccess) return device_refusal("no code for this device", error);
    out.stack_bytes = kernel.localSizeBytes;

    const std::size_t orders = runs.size() * quarters * kMaxFirms, rows = static_cast<std::size_t>(markets);
    DeviceArray<Scenario> device_scenario(1);
    DeviceArray<World> device_opening(1);
    DeviceArray<Chance> chances(runs.size());
    DeviceArray<Orders> stage_a(orders), stage_b(orders);
    DeviceArray<Ledger> ledgers(rows);
    DeviceArray<std::uint64_t> hashes(rows * quarters);
    DeviceArray<std::int32_t> faults(rows);
    if (device_scenario.get() == nullptr || device_opening.get() == nullptr || chances.get() == nullptr || stage_a.get() == nullptr ||
        stage_b.get() == nullptr || ledgers.get() == nullptr || hashes.get() == nullptr || faults.get() == nullptr)
        return device_refusal("no room for the markets", cudaGetLastError());
    device_scenario.from_host(&scenario, 1);
    device_opening.from_host(&opening, 1);
    for (std::size_t r = 0; r < runs.size(); ++r) chances.from_host(&runs[r].chance, 1, r);
    stage_a.from_host(laid_out(runs, &RecordedOrders::stage_a, out.quarters).data(), orders);
    stage_b.from_host(laid_out(runs, &RecordedOrders::stage_b, out.quarters).data(), orders);

    Timer timer;
    play_markets<<<(markets + kBlock - 1) / kBlock, kBlock>>>(
        {device_scenario.get(), device_opening.get(), chances.get(), stage_a.get(), stage_b.get(), static_cast<int>(runs.size()), out.quarters, markets},
        ledgers.get(), hashes.get(), faults.get());
    if (const cudaError_t error = cudaGetLastError(); error != cudaSuccess) return device_refusal("the launch failed", error);
    out.kernel_s = timer.stop_s();
    if (const cudaError_t error = cudaDeviceSynchronize(); error != cudaSuccess) return device_refusal("the kernel failed", error);

    out.state_hashes.resize(rows * quarters);
    out.faults.resize(rows);
    if (const cudaError_t error = hashes.to_host(out.state_hashes.data(), rows * quarters); error != cudaSuccess) return device_refusal("hashes did not come back", error);
    if (const cudaError_t error = faults.to_host(out.faults.data(), rows); error != cudaSuccess) return device_refusal("faults did not come back", error);
    return out;
}

}  // namespace rackrace
