// How a supplier ranks its buyers: allocation weight, score bonus, and the loyalty and readiness behind them.
// Never a function of the order of this quarter, so an order cannot buy its own priority.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// What a supplier knows of a buyer. All but the chips are in [0, 1].
struct BuyerStanding {
    std::int64_t installed_chips = 0;  // of this supplier
    double loyalty_frac = 0.0;         // see next_loyalty
    double ready_frac = 0.0;           // see readiness
    double buyer_weight_frac = 0.0;    // the supplier's lever
};

/// w_f of model.md 5.3: share of a short supply under POSTED. Always above 0.
RACKRACE_HD inline double allocation_weight(const Parameters& p, const BuyerStanding& buyer) {
    const double stock = pow(static_cast<double>(buyer.installed_chips) + p.allocation_stock_offset_chips, p.allocation_stock_exponent);
    return stock * exp(p.allocation_loyalty_coefficient * buyer.loyalty_frac + p.allocation_readiness_coefficient * buyer.ready_frac +
                       p.allocation_buyer_weight_coefficient * buyer.buyer_weight_frac);
}

/// pi_f of model.md 5.3: what a bid counts above its price in the scored auctions.
RACKRACE_HD inline double score_bonus(const Parameters& p, const BuyerStanding& buyer) {
    const double bonus = p.score_bonus_loyalty_frac * buyer.loyalty_frac + p.score_bonus_readiness_frac * buyer.ready_frac +
                         p.score_bonus_buyer_weight_frac * (buyer.buyer_weight_frac - p.buyer_weight_neutral_frac);
    return clamp(bonus, p.score_bonus_min_frac, p.score_bonus_max_frac);
}

/// Loyalty after a quarter in which this supplier had `share_of_purchases` (0 to 1) of what the firm bought.
RACKRACE_HD inline double next_loyalty(const Parameters& p, double loyalty_frac, double share_of_purchases) {
    return p.loyalty_persistence_frac * loyalty_frac + (1.0 - p.loyalty_persistence_frac) * share_of_purchases;
}

/// Can the firm run what it usually gets? Powered free IT kW at the delivery date over the IT kW of its mean award from this supplier
/// (last readiness_window_q quarters), which counts as at least readiness_floor_it_kw; at most 1.
RACKRACE_HD inline double readiness(const Parameters& p, double free_it_kw, double mean_award_it_kw) {
    return clamp(free_it_kw / max(p.readiness_floor_it_kw, mean_award_it_kw), 0.0, 1.0);
}

}  // namespace rackrace
