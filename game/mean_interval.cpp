#include "game/mean_interval.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace rackrace {
namespace {

/// Probability that |t| stays below `value`. Source: Abramowitz & Stegun 26.7.3 and 26.7.4, finite sums for whole degrees.
double t_within(double value, int degrees) {
    const double angle = std::atan(value / std::sqrt(static_cast<double>(degrees))), cosine = std::cos(angle), sine = std::sin(angle);
    const bool is_odd = degrees % 2 == 1;
    double term = is_odd ? cosine : 1.0, sum = degrees == 1 ? 0.0 : term;
    for (int k = is_odd ? 3 : 2; k < degrees; k += 2) sum += term *= cosine * cosine * (k - 1) / k;
    return is_odd ? (angle + sine * sum) * 2.0 / std::numbers::pi : sine * sum;
}

}  // namespace

double t_quantile_975(int degrees) {
    double low = 0.0, high = 13.0;  // 12.71 at one degree, less beyond
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2.0;
        (t_within(middle, degrees) < 0.95 ? low : high) = middle;
    }
    return (low + high) / 2.0;
}

MeanInterval mean_interval(const std::vector<double>& samples) {
    MeanInterval out;
    out.n = static_cast<int>(samples.size());
    if (out.n == 0) return out;
    for (double one : samples) out.mean += one / out.n;
    out.half_width = std::numeric_limits<double>::infinity();
    if (out.n == 1) return out;
    double squares = 0.0;
    for (double one : samples) squares += (one - out.mean) * (one - out.mean);
    out.standard_error = std::sqrt(squares / (out.n - 1)) / std::sqrt(static_cast<double>(out.n));
    out.half_width = t_quantile_975(out.n - 1) * out.standard_error;
    return out;
}

}  // namespace rackrace
