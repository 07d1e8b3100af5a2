// The numbers that a compiled script works on, in one block of words: its registers, its constants and what it sees. An operand is the number of a word,
// whatever it belongs to, and a record of a view is the number of a byte.
#pragma once

#include <cstddef>
#include <cstdint>

#include "agents/script_views.h"
#include "engine/base/host_device.h"
#include "engine/quarter/view.h"

namespace rackrace {

inline constexpr int kCoreFrame = 640;  // words: memory and registers
inline constexpr int kCorePool = 2048;  // words: parameters and constants

struct CoreBank {
    std::uint64_t frame[kCoreFrame];  // the memory of the script, then its registers
    std::uint64_t pool[kCorePool];    // its parameters, then constants
    MarketView market;
    FirmView view;
    ShownResults shown;
    InfoView info;
};
static_assert(sizeof(CoreBank) <= 1 << 16, "operands are 16 bits, places of bytes too");

enum class Space : std::uint16_t { frame, pool, market, firm, results, info, count };

/// The first byte of each space.
inline constexpr std::size_t kSpaceBegins[] = {offsetof(CoreBank, frame), offsetof(CoreBank, pool), offsetof(CoreBank, market), offsetof(CoreBank, view),
                                               offsetof(CoreBank, shown), offsetof(CoreBank, info), sizeof(CoreBank)};

constexpr int byte_of(Space space) { return static_cast<int>(kSpaceBegins[static_cast<int>(space)]); }
constexpr std::uint16_t operand(Space space, int word) { return static_cast<std::uint16_t>(byte_of(space) / 8 + word); }

/// The space that a byte belongs to.
constexpr Space space_at(int byte) {
    int space = 0;
    while (byte >= byte_of(static_cast<Space>(space + 1))) ++space;
    return static_cast<Space>(space);
}

}  // namespace rackrace
