// Lua's own arithmetic where it is not C++'s: division and rest of integers and floats, comparisons between the two kinds, limits of loops.
// Source: Lua 5.4 Reference Manual 3.4.1 to 3.4.4 and 3.3.5.
#pragma once

#include "engine/base/numbers.h"

namespace rackrace {

/// Rounds towards minus infinity; b is not 0. The smallest integer over -1 wraps around.
RACKRACE_HD RACKRACE_APART inline std::int64_t lua_floor_divide(std::int64_t a, std::int64_t b) {
    if (b == -1) return static_cast<std::int64_t>(std::uint64_t{0} - static_cast<std::uint64_t>(a));
    const std::int64_t quotient = a / b;
    return (a ^ b) < 0 && a % b != 0 ? quotient - 1 : quotient;
}

/// The rest has the sign of b, which is not 0.
RACKRACE_HD RACKRACE_APART inline std::int64_t lua_modulo(std::int64_t a, std::int64_t b) {
    if (b == -1) return 0;
    const std::int64_t rest = a % b;
    return rest != 0 && (rest ^ b) < 0 ? rest + b : rest;
}

RACKRACE_HD RACKRACE_APART inline double lua_modulo(double a, double b) {
    const double rest = std::fmod(a, b);  // exact, so the same everywhere
    return (rest > 0.0 && b < 0.0) || (rest < 0.0 && b > 0.0) ? rest + b : rest;
}

/// -1, 0 or 1 as `a` is less than, equal to or more than `b` as numbers, without rounding either; 2 where b is NaN.
RACKRACE_HD inline int order_of(std::int64_t a, double b) {
    if (b != b) return 2;
    if (b >= 9223372036854775808.0) return -1;
    if (b < -9223372036854775808.0) return 1;
    const std::int64_t below = static_cast<std::int64_t>(std::floor(b));  // in range
    if (a != below) return a < below ? -1 : 1;
    return static_cast<double>(below) == b ? 0 : -1;
}

/// The index that a float is; false where it is no whole number that an integer holds.
RACKRACE_HD inline bool whole_index(double x, std::int64_t& index) {
    if (!(x >= -9223372036854775808.0 && x < 9223372036854775808.0) || std::floor(x) != x) return false;
    index = static_cast<std::int64_t>(x);
    return true;
}

/// The limit of a loop over integers, given as a float: rounded towards the start. false where no round runs whatever the start is; NaN counts as below all
/// integers.
RACKRACE_HD inline bool whole_limit(double limit, std::int64_t step, std::int64_t& whole) {
    const double rounded = step > 0 ? std::floor(limit) : std::ceil(limit);
    if (whole_index(rounded, whole)) return true;
    const bool is_above = limit > 0.0;
    whole = is_above ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
    return is_above == (step > 0);
}

/// Rounds of a loop over integers beyond the first; false where not even that one runs. step is not 0.
RACKRACE_HD RACKRACE_APART inline bool count_rounds(std::int64_t start, std::int64_t limit, std::int64_t step, std::uint64_t& rounds) {
    if (step > 0 ? start > limit : start < limit) return false;
    const auto first = static_cast<std::uint64_t>(start), last = static_cast<std::uint64_t>(limit);
    rounds = step > 0 ? (last - first) / static_cast<std::uint64_t>(step) : (first - last) / (static_cast<std::uint64_t>(-(step + 1)) + 1u);
    return true;
}

}  // namespace rackrace
