// The CUDA back end: one market a thread, its World and what firms see in the thread's local memory, Orders, Desks and Ledger in global memory.
#include "gpu/abi.h"
#include "gpu/play_cells.h"

namespace rackrace {
namespace {

constexpr int kBlocksPerMultiprocessor = 8;  // asks for 128 registers a thread

__device__ const std::uint64_t device_abi = abi_hash();

}  // namespace

extern "C" __global__ void __launch_bounds__(kDeviceBlock, kBlocksPerMultiprocessor) play_cells(const Launch launch) {
    const int cell = static_cast<int>(blockIdx.x) * kDeviceBlock + static_cast<int>(threadIdx.x);
    if (cell >= launch.cells) return;
    const DeviceProfile profile = launch.profiles[launch.profile_of[cell]];
    CellRoom& kept = launch.rooms[cell];
    Chance chance;
    const int chance_at = launch.chance_of[cell];
    RACKRACE_NO_UNROLL
    for (std::size_t w = 0; w < kChanceWords; ++w) reinterpret_cast<std::uint64_t*>(&chance)[w] = launch.chances[w * launch.chance_count + chance_at];
    World world;
    if (launch.first == 0) {
        world = *profile.opening;
        world.seed = chance.seed;
        kept.ledger.list = nullptr;
        open_table(kept.table);
        launch.ends[cell] = CellEnd{};
    } else {
        world = kept.world;
    }
    KeyFigures* const panel = launch.panel == nullptr ? nullptr : launch.panel + static_cast<std::size_t>(cell) * launch.run_quarters + launch.first;
    play_quarters({*profile.scenario, *profile.cast, kept.table}, world, chance, kept.ledger, kept.orders, launch.quarters, panel, launch.ends[cell]);
    if (launch.first + launch.quarters < launch.run_quarters) kept.world = world;
}

cudaError_t kernel_facts(KernelFacts& out) {
    cudaError_t error = cudaFuncGetAttributes(&out.attributes, play_cells);
    if (error == cudaSuccess) error = cudaOccupancyMaxActiveBlocksPerMultiprocessor(&out.blocks, play_cells, kDeviceBlock, 0);
    if (error == cudaSuccess) error = cudaMemcpyFromSymbol(&out.abi, device_abi, sizeof out.abi);
    return error;
}

cudaError_t launch_cells(const Launch& launch) {
    play_cells<<<(launch.cells + kDeviceBlock - 1) / kDeviceBlock, kDeviceBlock>>>(launch);
    return cudaGetLastError();
}

}  // namespace rackrace
