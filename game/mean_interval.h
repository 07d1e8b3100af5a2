// The mean of samples with the interval of Student's t.
#pragma once

#include <vector>

namespace rackrace {

struct MeanInterval {
    double mean = 0.0;
    double half_width = 0.0;      // of the 95 % interval; infinite for a single value
    double standard_error = 0.0;  // of the mean; 0 for a single value
    int n = 0;

    double low() const { return mean - half_width; }
    double high() const { return mean + half_width; }
};

/// Of independent samples. Empty: all zero.
MeanInterval mean_interval(const std::vector<double>& samples);

/// The value that a Student's t of `degrees` (at least 1) exceeds with probability 0.025; to about 1e-9.
double t_quantile_975(int degrees);

}  // namespace rackrace
