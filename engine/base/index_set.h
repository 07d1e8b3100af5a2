// A small set of indices 0 to 127 as bits: kinds, offers, requests.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"

namespace rackrace {

/// Loops over a copy: `for (IndexSet rest = set; !rest.is_empty();) { const int i = rest.take_first(); ... }`.
struct IndexSet {
    std::uint64_t words[2] = {};
    RACKRACE_HD void add(int i) { words[i >> 6] |= std::uint64_t{1} << (i & 63); }
    RACKRACE_HD void remove(int i) { words[i >> 6] &= ~(std::uint64_t{1} << (i & 63)); }
    RACKRACE_HD bool has(int i) const { return (words[i >> 6] >> (i & 63) & 1) != 0; }
    RACKRACE_HD bool is_empty() const { return (words[0] | words[1]) == 0; }
    /// Takes the smallest member out; the set must not be empty.
    RACKRACE_HD int take_first() {
        const int word = words[0] != 0 ? 0 : 1;
        const int first = word * 64 + lowest_bit(words[word]);
        words[word] &= words[word] - 1;
        return first;
    }
};
inline constexpr int kIndexSetSize = 128;

}  // namespace rackrace
