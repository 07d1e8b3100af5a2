// Present values of steady payments, at the one rate that contracts, leases and lenders discount with.
#pragma once

#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// What 1 $ a quarter from now is worth: (1 + present_value_rate_apr)^(-1/4).
RACKRACE_HD inline double quarter_discount(const Parameters& p) { return pow(1.0 + p.present_value_rate_apr, -1.0 / p.quarters_per_year); }

/// Present value of 1 $ a quarter for n quarters, paid in arrears: the sum of quarter_discount^k over k = 1..n. 0 for n <= 0.
RACKRACE_HD inline double annuity_q(const Parameters& p, int n) {
    const double step = quarter_discount(p);
    double sum = 0.0, factor = 1.0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < n; ++k) sum += factor *= step;
    return sum;
}

}  // namespace rackrace
