// Taking compute out of a row of stocks in whole H100e: for training as it is, for inference at what each is worth there.
// Conversions round down; the part of an H100e that a conversion does not need stays with the H100e it was drawn from.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"

namespace rackrace {

/// H100e of inference that `h100e` of a stock give; 0 where the stock is worth nothing in inference.
RACKRACE_HD inline std::int64_t inference_worth(std::int64_t h100e, double kappa) {
    return h100e != 0 && kappa > 0.0 ? floor_to_int64(static_cast<double>(h100e) * kappa) : 0;
}

/// H100e of inference that all stocks give, each rounded down.
RACKRACE_HD inline std::int64_t inference_worth(const std::int64_t* left, const double* kappa, int count) {
    std::int64_t sum = 0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) sum += inference_worth(left[i], kappa[i]);
    return sum;
}

/// Takes up to `wanted` from one stock. returns what it gave
RACKRACE_HD inline std::int64_t draw(std::int64_t& left, std::int64_t wanted) {
    const std::int64_t given = wanted < left ? (wanted > 0 ? wanted : 0) : left;
    left -= given;
    return given;
}

/// Takes up to `wanted` H100e of inference from the stocks in their order, from each no more H100e than that needs.
/// left, kappa [count]; returns what they gave: wanted, or inference_worth of all if that is less
RACKRACE_HD RACKRACE_APART inline std::int64_t draw_inference(std::int64_t* left, const double* kappa, int count, std::int64_t wanted) {
    std::int64_t given = 0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count && given < wanted; ++i) {
        const std::int64_t worth = inference_worth(left[i], kappa[i]);
        const std::int64_t part = worth < wanted - given ? worth : wanted - given;
        if (part == 0) continue;
        std::int64_t h100e = ceil_to_int64(static_cast<double>(part) / kappa[i]);
        if (h100e < left[i] && inference_worth(h100e, kappa[i]) < part) ++h100e;  // the quotient was rounded down
        given += part;
        left[i] -= h100e < left[i] ? h100e : left[i];
    }
    return given;
}

}  // namespace rackrace
