// Sine, cosine and their inverses with the same bits on every machine: series on + - * / and square roots only. Host only; no rule needs them.
#pragma once

#include "engine/base/numbers.h"

namespace rackrace {

inline constexpr double kPi = 3.14159265358979323846;

/// Angle in [-pi/4, pi/4] and the quadrant it is in. Beyond 1e6 the reduction has no digits left to give: NaN.
struct ReducedAngle {
    double radians;
    int quadrant;
};

inline ReducedAngle reduce_angle(double x) {
    constexpr double half_pi_high = 1.5707963267341256, half_pi_low = 6.0771005063039659766e-11;
    if (!(x > -1e6 && x < 1e6)) return {std::numeric_limits<double>::quiet_NaN(), 0};
    const double k = round_half_away(x * (2.0 / kPi));
    const auto turns = static_cast<std::int64_t>(k);
    return {(x - k * half_pi_high) - k * half_pi_low, static_cast<int>(turns & 3)};
}

inline double sine_series(double r) {
    double sum = 0.0;
    for (int n = 21; n >= 3; n -= 2) sum = (1.0 + sum) * (-r * r) / (n * (n - 1.0));
    return r + r * sum;
}

inline double cosine_series(double r) {
    double sum = 0.0;
    for (int n = 20; n >= 2; n -= 2) sum = (1.0 + sum) * (-r * r) / (n * (n - 1.0));
    return 1.0 + sum;
}

inline double sine(double x) {
    const ReducedAngle a = reduce_angle(x);
    const double value = a.quadrant % 2 == 0 ? sine_series(a.radians) : cosine_series(a.radians);
    return a.quadrant < 2 ? value : -value;
}

inline double cosine(double x) {
    const ReducedAngle a = reduce_angle(x);
    const double value = a.quadrant % 2 == 0 ? cosine_series(a.radians) : sine_series(a.radians);
    return a.quadrant == 1 || a.quadrant == 2 ? -value : value;
}

inline double tangent(double x) { return sine(x) / cosine(x); }

/// Arc tangent in [-pi/2, pi/2]: the argument is halved as an angle twice, then the series.
inline double arc_tangent(double x) {
    if (x != x) return x;
    if (x < 0.0) return -arc_tangent(-x);
    if (x > 1.0) return kPi / 2.0 - arc_tangent(1.0 / x);
    double t = x;
    for (int halving = 0; halving < 2; ++halving) t = t / (1.0 + std::sqrt(1.0 + t * t));
    double sum = 0.0;
    for (int n = 27; n >= 1; n -= 2) sum = 1.0 / n - t * t * sum;
    return 4.0 * t * sum;
}

/// Angle of the point (x, y), in (-pi, pi].
inline double arc_tangent(double y, double x) {
    if (x > 0.0) return arc_tangent(y / x);
    if (x < 0.0) return arc_tangent(y / x) + (y >= 0.0 ? kPi : -kPi);
    return y > 0.0 ? kPi / 2.0 : y < 0.0 ? -kPi / 2.0 : 0.0;
}

/// In [-pi/2, pi/2]; NaN beyond -1 and 1.
inline double arc_sine(double x) {
    if (!(x >= -1.0 && x <= 1.0)) return std::numeric_limits<double>::quiet_NaN();
    if (x == 1.0 || x == -1.0) return x * (kPi / 2.0);
    return arc_tangent(x / std::sqrt((1.0 - x) * (1.0 + x)));
}
inline double arc_cosine(double x) { return kPi / 2.0 - arc_sine(x); }

}  // namespace rackrace
