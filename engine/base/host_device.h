// The one place that asks which compiler runs. Code marked RACKRACE_HD compiles for host and device from one source.
#pragma once

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
