// Arithmetic whose bits are the same on every compiler and device: our own exp, log and pow, rounding, checked conversions.
// The platform's functions differ in the last bit; these use +, -, *, / and bit moves only (contraction is off everywhere).
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "engine/base/host_device.h"

namespace rackrace {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

inline constexpr double kWhole = 4503599627370496.0;  // 2^52: from here on every double is a whole number

RACKRACE_HD inline bool is_finite(double x) { return x - x == 0.0; }

/// Rounds half away from zero; exact below 2^52, the number itself above.
RACKRACE_HD inline double round_half_away(double x) {
    if (!(x < kWhole && x > -kWhole)) return x;
    const double whole = static_cast<double>(static_cast<std::int64_t>(x)), rest = x - whole;  // towards zero; exact
    return rest >= 0.5 ? whole + 1.0 : rest <= -0.5 ? whole - 1.0 : whole;
}

/// Checked conversion, towards zero: NaN gives 0, values beyond the range saturate. (A bare cast differs between x86 and PTX.)
RACKRACE_HD inline std::int64_t to_int64(double x) {
    if (x != x) return 0;
    if (x >= 9223372036854775808.0) return std::numeric_limits<std::int64_t>::max();
    if (x <= -9223372036854775808.0) return std::numeric_limits<std::int64_t>::min();
    return static_cast<std::int64_t>(x);
}

RACKRACE_HD inline std::int64_t floor_to_int64(double x) {
    if (!(x < kWhole && x > -kWhole)) return to_int64(x);
    const std::int64_t whole = static_cast<std::int64_t>(x);
    return whole - (static_cast<double>(whole) > x ? 1 : 0);
}
RACKRACE_HD inline std::int64_t ceil_to_int64(double x) { return to_int64(std::ceil(x)); }

/// Chips, kW and H100e are stored in 32 bits; what does not fit saturates.
RACKRACE_HD inline std::int32_t to_int32(std::int64_t x) {
    constexpr std::int64_t top = std::numeric_limits<std::int32_t>::max();
    return static_cast<std::int32_t>(x > top ? top : x < -top - 1 ? -top - 1 : x);
}

RACKRACE_HD inline double clamp(double x, double low, double high) { return x < low ? low : x > high ? high : x; }
RACKRACE_HD inline double max(double a, double b) { return a < b ? b : a; }
RACKRACE_HD inline double min(double a, double b) { return b < a ? b : a; }

/// e^x within about one unit in the last place. Below -745 it is 0, above 709.78 infinity; NaN stays NaN.
RACKRACE_HD RACKRACE_APART inline double exp(double x) {
    if (!(x <= 709.782712893384 && x >= -745.2)) return x != x ? x : x > 0.0 ? kInfinity : 0.0;
    constexpr double log2e = 1.4426950408889634;
    constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
    const double steps = x * log2e;  // under 2^11: its whole part fits an int64
    std::int64_t power = static_cast<std::int64_t>(steps);
    const double rest = steps - static_cast<double>(power);
    power += (rest >= 0.5 ? 1 : 0) - (rest <= -0.5 ? 1 : 0);
    const double k = static_cast<double>(power);
    const double r = (x - k * ln2_high) - k * ln2_low;  // |r| <= ln2/2: Taylor to r^13 leaves under 1e-17
    double sum = 1.0 / 6227020800.0;
    sum = sum * r + 1.0 / 479001600.0;
    sum = sum * r + 1.0 / 39916800.0;
    sum = sum * r + 1.0 / 3628800.0;
    sum = sum * r + 1.0 / 362880.0;
    sum = sum * r + 1.0 / 40320.0;
    sum = sum * r + 1.0 / 5040.0;
    sum = sum * r + 1.0 / 720.0;
    sum = sum * r + 1.0 / 120.0;
    sum = sum * r + 1.0 / 24.0;
    sum = sum * r + 1.0 / 6.0;
    sum = sum * r + 0.5;
    const double value = 1.0 + (r + r * r * sum);
    const std::int64_t half = power / 2;  // two factors, so that subnormal results and 2^1024 are reached without overflow
    const double first = std::bit_cast<double>(static_cast<std::uint64_t>(half + 1023) << 52);
    const double second = std::bit_cast<double>(static_cast<std::uint64_t>(power - half + 1023) << 52);
    return value * first * second;
}

/// Natural logarithm within about one unit in the last place. 0 gives -infinity, below 0 NaN.
RACKRACE_HD RACKRACE_APART inline double log(double x) {
    std::int64_t exponent = 0;
    if (!(x >= 2.2250738585072014e-308 && x < kInfinity)) {  // not a normal number
        if (x != x || x == kInfinity) return x;
        if (x == 0.0) return -kInfinity;
        if (x < 0.0) return std::numeric_limits<double>::quiet_NaN();
        x *= 18014398509481984.0;  // 2^54
        exponent = -54;
    }
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
    exponent += static_cast<std::int64_t>(bits >> 52) - 1023;
    double m = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFull) | 0x3FF0000000000000ull);
    if (m > 1.4142135623730951) {
        m *= 0.5;
        exponent += 1;
    }
    constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
    const double f = m - 1.0;
    const double s = f / (2.0 + f), z = s * s;  // |s| <= 0.1716: the series to s^21 leaves under 1e-18
    double sum = 1.0 / 21.0;
    sum = sum * z + 1.0 / 19.0;
    sum = sum * z + 1.0 / 17.0;
    sum = sum * z + 1.0 / 15.0;
    sum = sum * z + 1.0 / 13.0;
    sum = sum * z + 1.0 / 11.0;
    sum = sum * z + 1.0 / 9.0;
    sum = sum * z + 1.0 / 7.0;
    sum = sum * z + 1.0 / 5.0;
    sum = sum * z + 1.0 / 3.0;
    // log(1+f) = 2s + 2s*z*sum and 2s = f - s*f, which keeps the leading digits of f
    const double tail = s * (2.0 * z * sum - f);
    const double k = static_cast<double>(exponent);
    return k * ln2_high + (f + (tail + k * ln2_low));
}

/// x^y for x > 0 as exp(y log x); 0^y is 0 for y > 0, 1 for y = 0, infinity below; a negative base gives NaN.
RACKRACE_HD RACKRACE_APART inline double pow(double x, double y) {
    if (y == 0.0) return 1.0;
    if (x == 0.0) return y > 0.0 ? 0.0 : kInfinity;
    return exp(y * log(x));
}

RACKRACE_HD inline double logistic(double x) { return 1.0 / (1.0 + exp(-x)); }

/// Hyperbolic tangent through exp; saturates at +-1 beyond 20.
RACKRACE_HD RACKRACE_APART inline double tanh(double x) {
    if (x > 20.0) return 1.0;
    if (x < -20.0) return -1.0;
    const double e = exp(2.0 * x);
    return (e - 1.0) / (e + 1.0);
}

}  // namespace rackrace
