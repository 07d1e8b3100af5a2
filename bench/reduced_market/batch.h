// A batch of reduced markets: the path they share, the draws of each, their final states and the hash of all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "bench/reduced_market/market.h"
#include "engine/base/result.h"

namespace rackrace::reduced {

using Path = std::vector<PathRow>;  // by quarter

/// Reads shocks.csv. Refused: what read_csv refuses, quarters that are not 0 to 26 in order.
Result<Path> read_path(const std::filesystem::path& file);

/// By market, then quarter.
std::vector<Factors> draw_factors(int markets);

/// Plays markets 0 to `markets` - 1 from the opening state, their firms by the first `strategies` strategies.
std::vector<Market> play(const Path& path, const std::vector<Factors>& factors, int strategies);

/// The same in any order of playing: a sum of the markets' hashes, each keyed by its number.
std::uint64_t hash_states(const std::vector<Market>& markets);

}  // namespace rackrace::reduced
