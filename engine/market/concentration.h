// Concentration of a list of amounts (Herfindahl-Hirschman index): customers of a backlog, sellers of a market.
#pragma once

#include "engine/base/host_device.h"

namespace rackrace {

/// Sum of squared shares: 1 for a single name, 1/n for n equal ones; `without` where the amounts (each >= 0) sum to nothing.
RACKRACE_HD inline double herfindahl(const double* amounts, int count, double without) {
    double sum = 0.0, squares = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) sum += amounts[i];
    if (!(sum > 0.0)) return without;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) squares += (amounts[i] / sum) * (amounts[i] / sum);
    return squares;
}

}  // namespace rackrace
