// The exogenous draws of one seed, made on the host before a run and only read in it. Every strategy profile meets the same ones.
// Draws are unshaped (standard normals, uniforms): clipping, autocorrelation and scale are the rules' (engine/market/paths.h).
#pragma once

#include <cstdint>

#include "engine/world/capacities.h"

namespace rackrace {

inline constexpr int kWorldDraws = 4;   // wallets, inference efficiency, grid growth, packaging growth
inline constexpr int kMaxLaunchSlips = 2;  // launch_slip_max_q: a launch can slip twice
inline constexpr int kComputeClasses = 2;  // T, I

/// Standard normals of one quarter.
struct QuarterChance {
    double efficiency;
    double adoption;
    double grid[kMaxRegions];                 // by region, for the kW that connect in this quarter
    double outside_demand[kComputeClasses];
    double sentiment;
};

struct Chance {
    std::uint64_t seed;                                    // for draws inside rules, which are keyed by it
    double world[kWorldDraws];                             // standard normals, not clipped
    double launch_slip[kMaxProducts][kMaxLaunchSlips];     // uniforms in [0, 1): slips while below the probability
    QuarterChance quarter[kMaxQuarters];
};

/// All draws of a seed. region_ids [regions], product_ids [products]: stable ids (name_hash); a draw follows its id, not its row, and
/// depends on nothing but seed, stream, quarter and id. Slots without a region or product stay 0. Host only.
Chance draw_chance(std::uint64_t seed, const std::uint64_t* region_ids, int regions, const std::uint64_t* product_ids, int products);

}  // namespace rackrace
