#include "viz/figures/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "viz/figures/figure_model.h"

namespace rackrace {

std::vector<double> quantiles_of(std::vector<double> values, std::span<const double> shares) {
    std::vector<double> out(shares.size(), kNoValue);
    if (values.empty()) return out;
    auto from = values.begin();  // what lies before is in its place already
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const double place = shares[i] * static_cast<double>(values.size() - 1);
        const auto below = static_cast<std::ptrdiff_t>(std::floor(place));
        const auto at = values.begin() + below;
        std::nth_element(std::min(from, at), at, values.end());
        from = at;
        const double rest = place - static_cast<double>(below);
        out[i] = rest > 0.0 ? *at + rest * (*std::min_element(at + 1, values.end()) - *at) : *at;
    }
    return out;
}

std::vector<double> ranks_of(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first + 1;
        while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
        const double shared = 0.5 * static_cast<double>(first + 1 + end);
        for (std::size_t i = first; i < end; ++i) ranks[order[i]] = shared;
        first = end;
    }
    return ranks;
}

double rank_correlation(std::span<const double> a, std::span<const double> b) {
    const std::vector<double> x = ranks_of(a), y = ranks_of(b);
    const double mean = 0.5 * (static_cast<double>(x.size()) + 1.0);
    double xy = 0.0, xx = 0.0, yy = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xy += (x[i] - mean) * (y[i] - mean);
        xx += (x[i] - mean) * (x[i] - mean);
        yy += (y[i] - mean) * (y[i] - mean);
    }
    return xx > 0.0 && yy > 0.0 ? xy / std::sqrt(xx * yy) : kNoValue;
}

}  // namespace rackrace
