// The one place that asks which compiler runs. Code marked RACKRACE_HD compiles for host and device from one source.
#pragma once

#if defined(__CUDACC__)
#define RACKRACE_HD __host__ __device__
#define RACKRACE_NO_UNROLL _Pragma("unroll 1")  // unrolled rule loops take 255 registers on the device
#else
#define RACKRACE_HD
#define RACKRACE_NO_UNROLL
#endif
