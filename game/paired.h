// Paired differences: a mean with its interval, and how large it is beside the spread.
#pragma once

#include <vector>

#include "game/mean_interval.h"

namespace rackrace {

struct PairedDifference : MeanInterval {
    double effect = 0.0;  // mean over standard deviation (Cohen's d of pairs); 0 where they are all equal to 0
};

/// Of independent differences. Empty: all zero.
PairedDifference paired_difference(const std::vector<double>& differences);

}  // namespace rackrace
