// A firm's own compute by chip generation: what its installed chips give in H100e, for training and for inference.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// H100e (perfT) of the chips of one generation, rounded down once over the sum. chips and h100e_chip [count] by product.
RACKRACE_HD inline std::int64_t generation_pool_h100e(const std::int64_t* chips, const double* h100e_chip, int count, double uptime_frac) {
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) sum += static_cast<double>(chips[i]) * h100e_chip[i] * uptime_frac;
    return floor_to_int64(sum);
}

/// kappa: H100e for inference that one H100e of the pool is worth, summed perfI over summed perfT; 1 without chips.
RACKRACE_HD inline double inference_ratio(const std::int64_t* chips, const double* training_h100e_chip, const double* inference_h100e_chip,
                                          int count) {
    double training = 0.0, inference = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) {
        training += static_cast<double>(chips[i]) * training_h100e_chip[i];
        inference += static_cast<double>(chips[i]) * inference_h100e_chip[i];
    }
    return training > 0.0 ? inference / training : 1.0;
}

/// Class T at quarter t: launched within the last class_t_window_q quarters, the window's last one included, or not yet.
RACKRACE_HD inline bool is_training_grade(const Parameters& p, int generation, int t) {
    return t - p.generation_launch_t[generation] <= p.class_t_window_q;
}

}  // namespace rackrace
