// Paired differences with the interval of Student's t.
#pragma once

#include <vector>

namespace rackrace {

struct PairedDifference {
    double mean = 0.0;
    double half_width = 0.0;  // of the 95 % interval; infinite for a single value
    double effect = 0.0;      // mean over standard deviation (Cohen's d of pairs); 0 where they are all equal to 0
    int n = 0;
};

/// Of independent differences. Empty: all zero.
PairedDifference paired_difference(const std::vector<double>& differences);

/// The value that a Student's t of `degrees` (at least 1) exceeds with probability 0.025; to about 1e-9.
double t_quantile_975(int degrees);

}  // namespace rackrace
