// Statistics over many numbers, for figures of batches: quantiles, and how alike two columns are ordered.
#pragma once

#include <span>
#include <vector>

namespace rackrace {

/// The quantiles of finite values at rising shares from 0 to 1, interpolated between the two nearest: half of 1, 2, 3, 4 lies under 2.5, a
/// quarter under 1.75. Takes its own copy to reorder; kNoValue for each share where there are no values.
std::vector<double> quantiles_of(std::vector<double> values, std::span<const double> shares);

/// Ranks from 1; equal values share the mean of theirs: 1, 2.5, 2.5, 4 for 3, 7, 7, 9.
std::vector<double> ranks_of(std::span<const double> values);

/// Spearman's rank correlation, -1 to 1; kNoValue where one of the two does not vary. Both of one length.
double rank_correlation(std::span<const double> a, std::span<const double> b);

}  // namespace rackrace
