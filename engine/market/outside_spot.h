// The outside in the spot market: buyers whose demand falls with the price and marketplaces whose supply rises with it, as step curves
// around the last price.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/market/spot_auction.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// Prices of the steps, rising, log-spaced between two multiples of the last price, and the constant-elasticity curve on them.
struct OutsideCurve {
    double price_usd_h[kMaxOutsideSteps] = {};
    std::int64_t quantity[kMaxOutsideSteps] = {};  // H100e asked or offered at that price, rounded down
    int count = 0;
};

/// scale_h100e: quantity at the reference price; last_price_usd_h > 0. Only four powers are taken: the rest is a geometric row.
RACKRACE_HD RACKRACE_APART inline OutsideCurve outside_curve(const Parameters& p, double scale_h100e, double elasticity, double last_price_usd_h) {
    OutsideCurve curve;
    curve.count = static_cast<int>(min(p.outside_step_count, kMaxOutsideSteps));
    const double step = curve.count > 1 ? pow(p.outside_step_high_ratio / p.outside_step_low_ratio, 1.0 / (curve.count - 1)) : 1.0;
    const double growth = pow(step, elasticity);
    double price = p.outside_step_low_ratio * last_price_usd_h;
    double quantity = scale_h100e * pow(price / p.spot_reference_price_usd_h, elasticity);
    RACKRACE_NO_UNROLL
    for (int k = 0; k < curve.count; ++k) {
        curve.price_usd_h[k] = price;
        curve.quantity[k] = floor_to_int64(max(0.0, quantity));
        price *= step;
        quantity *= growth;
    }
    return curve;
}

/// Adds the outside's bids: at each step what it would no longer take at the next one, at the highest all that is left.
/// scale_h100e: a_c of the quarter, for class I with the need of the outside alternative added (outside_scale_with_need).
RACKRACE_HD RACKRACE_APART inline void add_outside_bids(const Parameters& p, double scale_h100e, double last_price_usd_h, std::uint64_t tie, SpotOrders& bids) {
    const OutsideCurve curve = outside_curve(p, scale_h100e, p.outside_demand_elasticity, last_price_usd_h);
    RACKRACE_NO_UNROLL
    for (int k = curve.count - 1; k >= 0; --k) {
        const std::int64_t at_next = k + 1 < curve.count ? curve.quantity[k + 1] : 0;
        add_order(bids, {kCustomer, curve.price_usd_h[k], curve.quantity[k] - at_next, tie});
    }
}

/// Adds the outside's asks: at the lowest step all it offers there, at each next one what the higher price brings.
RACKRACE_HD RACKRACE_APART inline void add_outside_asks(const Parameters& p, double scale_h100e, double last_price_usd_h, std::uint64_t tie, SpotOrders& asks) {
    const OutsideCurve curve = outside_curve(p, scale_h100e, p.outside_supply_elasticity, last_price_usd_h);
    RACKRACE_NO_UNROLL
    for (int k = 0; k < curve.count; ++k) {
        const std::int64_t at_last = k > 0 ? curve.quantity[k - 1] : 0;
        add_order(asks, {kCustomer, curve.price_usd_h[k], curve.quantity[k] - at_last, tie});
    }
}

/// Supply of marketplaces and the rest of the world at the reference price, after growing for `quarters` (from 2026Q1).
RACKRACE_HD inline double outside_supply_scale_h100e(const Parameters& p, double start_h100e, int quarters) {
    return start_h100e * pow(1.0 + p.outside_supply_growth_frac, static_cast<double>(quarters));
}

}  // namespace rackrace
