// Hashes: a keyed 64-bit mix for ties and draws, a byte hash for states, a name hash for stable ids.
// None depends on addresses, order of iteration or the platform.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/base/host_device.h"

namespace rackrace {

/// A bijective finaliser: every input bit moves about half of the output bits. Source: Steele, Lea & Flood 2014 (SplitMix64).
RACKRACE_HD constexpr std::uint64_t mix64(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15ull;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
    return x ^ (x >> 31);
}

/// The hash of a key with one integer more: hash64(a, b, c) is hash64_with(hash64(a, b), c), so keys that begin alike share their beginning.
RACKRACE_HD constexpr std::uint64_t hash64_with(std::uint64_t hash, std::uint64_t more) { return mix64(hash ^ more); }

/// Keyed hash of a tuple of integers, e.g. the tie rule hash64(seed, t, market, product, stable id) of model.md section 1.
template <class... Key>
RACKRACE_HD constexpr std::uint64_t hash64(Key... key) {
    std::uint64_t h = 0x243F6A8885A308D3ull;
    ((h = hash64_with(h, static_cast<std::uint64_t>(key))), ...);
    return h;
}

/// Stable id of a name: FNV-1a, so that a firm keeps its ties and draws when rows move or others join.
constexpr std::uint64_t name_hash(const char* text, std::size_t length) {
    std::uint64_t h = 0xCBF29CE484222325ull;
    for (std::size_t i = 0; i < length; ++i) h = (h ^ static_cast<unsigned char>(text[i])) * 0x100000001B3ull;
    return h;
}

/// Hash of plain memory in 8-byte words (size a multiple of 8, no padding bytes inside): four lanes, so that it keeps up with memory.
RACKRACE_HD inline std::uint64_t hash_words(const std::uint64_t* words, std::size_t count) {
    std::uint64_t lane[4] = {1, 2, 3, 4};
    for (std::size_t i = 0; i < count; ++i) {
        std::uint64_t& h = lane[i & 3];
        h = (h ^ words[i]) * 0x9E3779B97F4A7C15ull;
        h ^= h >> 29;
    }
    return hash64(lane[0], lane[1], lane[2], lane[3], count);
}

}  // namespace rackrace
