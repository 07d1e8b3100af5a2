#include "game/paired.h"

#include <cmath>

namespace rackrace {

PairedDifference paired_difference(const std::vector<double>& differences) {
    PairedDifference out{mean_interval(differences), 0.0};
    if (out.standard_error > 0.0) out.effect = out.mean / (out.standard_error * std::sqrt(static_cast<double>(out.n)));
    return out;
}

}  // namespace rackrace
