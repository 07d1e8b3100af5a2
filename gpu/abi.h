// The layout of everything that host and device exchange as bytes, as one number that each side computes from its own headers.
#pragma once

#include <cstddef>

#include "gpu/cell.h"

namespace rackrace {

constexpr std::uint64_t abi_hash() {
    constexpr std::size_t sizes[] = {
        sizeof(Scenario), sizeof(World), sizeof(Firm), sizeof(Contract), sizeof(Chance), sizeof(Orders), sizeof(Desk), sizeof(Ledger), sizeof(CoreCast), sizeof(CoreScript),
        sizeof(CoreTable), sizeof(CellEnd), sizeof(KeyFigures), sizeof(Instruction), sizeof(ListPlace), sizeof(MarketView), sizeof(FirmView),
        offsetof(World, firms), offsetof(World, contracts), offsetof(Scenario, parameters), offsetof(CoreTable, failures), static_cast<std::size_t>(Op::count),
        kMaxFirms, kMaxProducts, kMaxRegions, kMaxContracts, kMaxQuarters, kDeskMemory, kCoreFrame, kCoreFuel};
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (const std::size_t size : sizes) hash = (hash ^ size) * 0x100000001b3ull;
    return hash;
}

}  // namespace rackrace
