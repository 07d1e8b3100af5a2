// What a used chip is worth: the rent it can still earn, what the dealer bids and asks, and the resale value that lenders look at.
// Sources: fire-sale discount, Shleifer & Vishny 1992; collateral channel, Kiyotaki & Moore 1997.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/market/energy.h"
#include "engine/scenario/parameters.h"
#include "engine/world/capacities.h"

namespace rackrace {

/// A product on the used market, seen at the prices of this quarter.
struct UsedChip {
    double perf_i_h100e_chip = 0.0;
    double it_kw_chip = 0.0;
    double new_price_usd_chip = 0.0;      // list + system
    bool sold_new = false;
    double spot_i_ewma_usd_h = 0.0;
    double spot_i_ewma_log_change = 0.0;  // of the last quarter
    double energy_usd_mwh = 0.0;          // mean of the regions
    double pue_ratio = 1.0;               // mean of the regions
    double shell_rent_usd_kw_q = 0.0;     // mean of the regions
};

/// F_p of model.md 5.12: discounted rent of the next quarters less energy, upkeep and part of the shell rent, quarters below zero left out;
/// never above the price of a new one while that is sold. The rent falls along a damped trend: undamped, +10% a quarter would make a
/// chip worth several times its price. Upkeep as a hyperscaler's: the value belongs to no firm.
RACKRACE_HD inline double fundamental_value_usd_chip(const Parameters& p, const UsedChip& chip) {
    const double beta = pow(1.0 + p.used_chip_discount_apr, -1.0 / p.quarters_per_year);
    const double trend = clamp(chip.spot_i_ewma_log_change + p.rent_decline_frac, -p.rent_trend_max_frac, p.rent_trend_max_frac);
    const double hours = chip.perf_i_h100e_chip * p.hours_per_quarter * p.used_chip_utilisation_frac;
    const double energy = energy_mwh(p, chip.it_kw_chip * chip.pue_ratio) * chip.energy_usd_mwh;
    const double upkeep = p.upkeep_apr[static_cast<int>(Role::hyperscaler)] / p.quarters_per_year * chip.new_price_usd_chip;
    const double rent = p.used_chip_shell_rent_frac * chip.shell_rent_usd_kw_q * chip.it_kw_chip;
    double value = 0.0, discount = 1.0, persistence = 1.0;
    RACKRACE_NO_UNROLL
    for (int k = 1; k <= static_cast<int>(p.used_chip_horizon_q); ++k) {
        discount *= beta;
        persistence *= p.rent_trend_persistence_frac;
        const double drift = -p.rent_decline_frac * k + trend * (1.0 - persistence) / (1.0 - p.rent_trend_persistence_frac);
        const double earned = chip.spot_i_ewma_usd_h * exp(drift) * hours;
        value += discount * max(0.0, earned - energy - upkeep - rent);
    }
    return chip.sold_new ? min(chip.new_price_usd_chip, value) : value;
}

/// Chips that the dealer takes before its discount is at the full: a share of what the firms of the model have installed.
RACKRACE_HD inline double dealer_depth_chips(const Parameters& p, std::int64_t installed_chips) {
    return p.dealer_depth_frac * static_cast<double>(installed_chips);
}

/// What the dealer pays for each of `offered_chips`: less the more are thrown on the market at once. No depth: the full discount.
RACKRACE_HD inline double dealer_bid_usd_chip(const Parameters& p, double fundamental_usd_chip, double offered_chips, double depth_chips) {
    const double pressure = depth_chips > 0.0 ? min(1.0, offered_chips / depth_chips) : offered_chips > 0.0 ? 1.0 : 0.0;
    return p.dealer_bid_ratio * fundamental_usd_chip * (1.0 - p.dealer_discount_max_frac * pressure);
}

/// What the dealer asks for its stock, from the quarter after it bought.
RACKRACE_HD inline double dealer_ask_usd_chip(const Parameters& p, double fundamental_usd_chip) { return p.dealer_ask_ratio * fundamental_usd_chip; }

/// Below it nothing is sold: the chips are scrapped.
RACKRACE_HD inline double scrap_value_usd_chip(const Parameters& p, double list_usd_chip) { return p.scrap_value_frac * list_usd_chip; }

/// resale[p] after P10: the clearing price where chips were `offered`, else what the dealer would pay for the first; never under scrap.
RACKRACE_HD inline double resale_usd_chip(const Parameters& p, double fundamental_usd_chip, double list_usd_chip, bool offered,
                                          double clearing_usd_chip) {
    return max(offered ? clearing_usd_chip : p.dealer_bid_ratio * fundamental_usd_chip, scrap_value_usd_chip(p, list_usd_chip));
}

}  // namespace rackrace
