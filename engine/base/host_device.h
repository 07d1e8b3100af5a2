// The one place that asks which compiler runs. Code marked RACKRACE_HD compiles for host and device from one source.
#pragma once

#include <bit>
#include <cstdint>

#if defined(__CUDACC__)
#define RACKRACE_HD __host__ __device__
#define RACKRACE_NO_UNROLL _Pragma("unroll 1")  // unrolled rule loops take 255 registers on the device
// A frame of its own on the device, for phases and for what keeps arrays: stacks are shared instead of added up, code stays small, and nvcc 13.0
// has no arrays of different lifetimes to fold into one slot, which it does wrongly (docs/decisions.md).
#define RACKRACE_APART __noinline__
#else
#define RACKRACE_HD
#define RACKRACE_NO_UNROLL
#define RACKRACE_APART
#endif

namespace rackrace {

/// Number of the lowest bit that is set, from 0; the word is not 0. Not std::countr_zero, which nvcc 13.0 compiles for the device into a constant,
/// without a word (docs/decisions.md).
RACKRACE_HD inline int lowest_bit(std::uint64_t word) {
#if defined(__CUDA_ARCH__)
    return __ffsll(static_cast<long long>(word)) - 1;
#else
    return std::countr_zero(word);
#endif
}
RACKRACE_HD inline int lowest_bit(std::uint32_t word) {
#if defined(__CUDA_ARCH__)
    return __ffs(static_cast<int>(word)) - 1;
#else
    return std::countr_zero(word);
#endif
}

/// Number of the highest bit that is set; the word is not 0.
RACKRACE_HD inline int highest_bit(std::uint32_t word) {
#if defined(__CUDA_ARCH__)
    return 31 - __clz(static_cast<int>(word));
#else
    return std::bit_width(word) - 1;
#endif
}

}  // namespace rackrace
