#include "engine/replay/zero_runs.h"

#include <cstdint>

namespace rackrace {
namespace {

constexpr std::size_t kShortestRun = 4;

void put_count(std::vector<unsigned char>& out, std::size_t n) {
    for (; n >= 0x80; n >>= 7) out.push_back(static_cast<unsigned char>(n | 0x80));
    out.push_back(static_cast<unsigned char>(n));
}

bool take_count(const std::vector<unsigned char>& in, std::size_t& at, std::size_t& n) {
    n = 0;
    for (int shift = 0; shift < 35 && at < in.size(); shift += 7) {
        const unsigned char byte = in[at++];
        n |= static_cast<std::size_t>(byte & 0x7F) << shift;
        if (byte < 0x80) return true;
    }
    return false;
}

std::size_t zeros_from(const unsigned char* bytes, std::size_t at, std::size_t size) {
    std::size_t end = at;
    while (end < size && bytes[end] == 0) ++end;
    return end - at;
}

}  // namespace

std::vector<unsigned char> pack_zero_runs(const unsigned char* bytes, std::size_t size) {
    std::vector<unsigned char> out;
    out.reserve(size / 2);
    for (std::size_t at = 0; at < size;) {
        const std::size_t zeros = zeros_from(bytes, at, size);
        at += zeros;
        std::size_t end = at;
        while (end < size) {
            const std::size_t run = bytes[end] == 0 ? zeros_from(bytes, end, size) : 0;
            if (run >= kShortestRun || (run > 0 && end + run == size)) break;
            end += run > 0 ? run : 1;
        }
        put_count(out, zeros);
        put_count(out, end - at);
        out.insert(out.end(), bytes + at, bytes + end);
        at = end;
    }
    return out;
}

std::optional<std::vector<unsigned char>> unpack_zero_runs(const std::vector<unsigned char>& packed, std::size_t size) {
    std::vector<unsigned char> out;
    out.reserve(size);
    for (std::size_t at = 0; at < packed.size();) {
        std::size_t zeros = 0, literals = 0;
        if (!take_count(packed, at, zeros) || !take_count(packed, at, literals)) return std::nullopt;
        if (zeros > size - out.size() || literals > size - out.size() - zeros || literals > packed.size() - at) return std::nullopt;
        out.insert(out.end(), zeros, 0);
        const auto from = packed.begin() + static_cast<std::ptrdiff_t>(at);
        out.insert(out.end(), from, from + static_cast<std::ptrdiff_t>(literals));
        at += literals;
    }
    if (out.size() != size) return std::nullopt;
    return out;
}

}  // namespace rackrace
