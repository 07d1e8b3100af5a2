// The kernel and what it exchanges with the host, for play_cells.cu and card.cpp.
#pragma once

#include <cuda_runtime.h>

#include "gpu/cell.h"

namespace rackrace {

inline constexpr int kDeviceBlock = 64;  // threads
inline constexpr std::size_t kChanceWords = sizeof(Chance) / 8;
static_assert(sizeof(Chance) % 8 == 0);

/// What a market keeps in global memory, whichever thread plays it.
struct CellRoom {
    World world;  // between launches
    Ledger ledger;
    CoreTable table;
    Orders orders[kMaxFirms];
};

/// Addresses on the device.
struct Launch {
    const DeviceProfile* profiles;
    const std::int32_t* profile_of;       // [cells]
    const std::int32_t* chance_of;        // [cells]
    const std::uint64_t* chances;         // [kChanceWords][chance_count]
    CellRoom* rooms;                      // [cells]
    CellEnd* ends;                        // [cells]
    KeyFigures* panel;                    // [cells][run_quarters], nullptr: nobody wants it
    std::int32_t cells, chance_count, run_quarters;
    std::int32_t first, quarters;         // of the run, that this launch plays
};

struct KernelFacts {
    cudaFuncAttributes attributes;
    int blocks;          // that a multiprocessor holds at once
    std::uint64_t abi;   // abi_hash() of the device's code
};

/// Of the current device.
cudaError_t kernel_facts(KernelFacts& out);

/// One launch on the current device; does not wait.
cudaError_t launch_cells(const Launch& launch);

}  // namespace rackrace
