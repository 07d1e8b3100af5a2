// Draws inside rules and decisions, on host and device: a counter-based uniform keyed by what is drawn, and the normal made from it.
// No generator state, so a new draw moves no other. The exogenous draws of a seed are made once, in engine/scenario/chance.h.
#pragma once

#include <cmath>
#include <cstdint>

#include "engine/base/hash.h"
#include "engine/base/host_device.h"
#include "engine/base/numbers.h"

namespace rackrace {

/// Named streams (model.md section 1). Values are part of the draws: new ones go at the end.
enum class Stream : std::uint64_t { shocks, slips, outside_demand, valuation_noise, ties, world, paths, finance, script };

/// Uniform in the open interval (0, 1): the midpoints of 2^52 equal cells, so that neither end is ever drawn.
/// t: quarter; a, b: stable ids of what the draw is about; count: number of the draw among those of the same key.
RACKRACE_HD constexpr double uniform01(std::uint64_t seed, Stream stream, int t, std::uint64_t a, std::uint64_t b, std::uint64_t count) {
    const std::uint64_t cell = hash64(seed, static_cast<std::uint64_t>(stream), t, a, b, count) >> 12;
    return (static_cast<double>(cell) + 0.5) * 0x1p-52;
}

namespace detail {

/// Horner's rule over eight coefficients, the constant first.
RACKRACE_HD constexpr double polynomial7(const double (&c)[8], double x) {
    return ((((((c[7] * x + c[6]) * x + c[5]) * x + c[4]) * x + c[3]) * x + c[2]) * x + c[1]) * x + c[0];
}

}  // namespace detail

/// The standard normal deviate with probability `probability` below it, in (0, 1); about 1e-15 relative.
/// Source: Wichura 1988, algorithm AS 241 (PPND16), with our own log.
RACKRACE_HD RACKRACE_APART inline double normal_quantile(double probability) {
    constexpr double centre[2][8] = {
        {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4, 4.5921953931549871457e4,
         6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3},
        {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4,
         2.8729085735721942674e4, 5.2264952788528545610e3}};
    constexpr double shoulder[2][8] = {
        {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0, 1.27045825245236838258e0,
         2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
        {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
         1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9}};
    constexpr double tail[2][8] = {
        {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1, 2.65321895265761230930e-2,
         1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7},
        {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
         1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15}};
    const double q = probability - 0.5;
    if (q >= -0.425 && q <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * detail::polynomial7(centre[0], r) / detail::polynomial7(centre[1], r);
    }
    const double r = std::sqrt(-log(q < 0.0 ? probability : 1.0 - probability));
    const double size = r <= 5.0 ? detail::polynomial7(shoulder[0], r - 1.6) / detail::polynomial7(shoulder[1], r - 1.6)
                                 : detail::polynomial7(tail[0], r - 5.0) / detail::polynomial7(tail[1], r - 5.0);
    return q < 0.0 ? -size : size;
}

/// Standard normal of a key; of size under 8.22, the quantile of the outermost cell.
RACKRACE_HD inline double standard_normal(std::uint64_t seed, Stream stream, int t, std::uint64_t a, std::uint64_t b, std::uint64_t count) {
    return normal_quantile(uniform01(seed, stream, t, a, b, count));
}

}  // namespace rackrace
