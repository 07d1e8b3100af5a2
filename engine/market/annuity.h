// Present values of steady payments, at the one rate that contracts, leases and lenders discount with.
#pragma once

#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// Present value of 1 $ a quarter for n quarters, paid in arrears: sum over k = 1..n of (1 + present_value_rate_apr)^(-k/4). 0 for n <= 0.
RACKRACE_HD inline double annuity_q(const Parameters& p, int n) {
    const double step = pow(1.0 + p.present_value_rate_apr, -1.0 / p.quarters_per_year);
    double sum = 0.0, factor = 1.0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < n; ++k) sum += factor *= step;
    return sum;
}

}  // namespace rackrace
