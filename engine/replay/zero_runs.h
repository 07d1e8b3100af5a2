// Packs plain memory that is mostly zeros: runs of zero bytes are counted, everything else is copied. Lossless and independent of the platform.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace rackrace {

/// Pairs of (zeros, literals) as LEB128 counts, each followed by its literal bytes. A run of fewer than four zeros stays literal.
std::vector<unsigned char> pack_zero_runs(const unsigned char* bytes, std::size_t size);

/// The `size` bytes packed in it; nothing where the packing is damaged or gives another size.
std::optional<std::vector<unsigned char>> unpack_zero_runs(const std::vector<unsigned char>& packed, std::size_t size);

}  // namespace rackrace
