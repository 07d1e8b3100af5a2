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

/// Rent of an H100e-hour of inference in a quarter to come, and what a dollar of then is worth now: the same for all products.
struct FutureRent {
    double usd_h;
    double discount;
};

/// The way into the quarters to come. The rent falls along a damped trend: undamped, +10% a quarter would make a chip worth several times
/// its price.
struct RentWalk {
    double spot_usd_h;
    double beta;
    double trend;
    double discount = 1.0;
    double persistence = 1.0;
    int quarter = 0;
};

/// log_change: of the spot EWMA in the last quarter.
RACKRACE_HD inline RentWalk start_rents(const Parameters& p, double spot_i_ewma_usd_h, double log_change) {
    return {spot_i_ewma_usd_h, pow(1.0 + p.used_chip_discount_apr, -1.0 / p.quarters_per_year),
            clamp(log_change + p.rent_decline_frac, -p.rent_trend_max_frac, p.rent_trend_max_frac)};
}

RACKRACE_HD inline FutureRent next_rent(const Parameters& p, RentWalk& walk) {
    ++walk.quarter;
    walk.discount *= walk.beta;
    walk.persistence *= p.rent_trend_persistence_frac;
    const double drift = -p.rent_decline_frac * walk.quarter + walk.trend * (1.0 - walk.persistence) / (1.0 - p.rent_trend_persistence_frac);
    return {walk.spot_usd_h * exp(drift), walk.discount};
}

/// What a quarter of a chip brings and costs. Upkeep as a hyperscaler's: the value belongs to no firm.
struct ChipQuarter {
    double hours;  // H100e-hours of inference
    double energy_usd;
    double upkeep_usd;
    double rent_usd;
};

RACKRACE_HD inline ChipQuarter chip_quarter(const Parameters& p, const UsedChip& chip) {
    return {chip.perf_i_h100e_chip * p.hours_per_quarter * p.used_chip_utilisation_frac,
            energy_mwh(p, chip.it_kw_chip * chip.pue_ratio) * chip.energy_usd_mwh,
            p.upkeep_apr[static_cast<int>(Role::hyperscaler)] / p.quarters_per_year * chip.new_price_usd_chip,
            p.used_chip_shell_rent_frac * chip.shell_rent_usd_kw_q * chip.it_kw_chip};
}

/// Quarters below zero count as 0.
RACKRACE_HD inline double present_worth_usd(const ChipQuarter& chip, const FutureRent& rent) {
    return rent.discount * max(0.0, rent.usd_h * chip.hours - chip.energy_usd - chip.upkeep_usd - chip.rent_usd);
}

/// Never above the price of a new one while that is sold.
RACKRACE_HD inline double capped_by_new(const UsedChip& chip, double value_usd) { return chip.sold_new ? min(chip.new_price_usd_chip, value_usd) : value_usd; }

/// F_p of model.md 5.12: discounted rent of the next quarters less energy, upkeep and part of the shell rent.
RACKRACE_HD inline double fundamental_value_usd_chip(const Parameters& p, const UsedChip& chip) {
    const ChipQuarter quarter = chip_quarter(p, chip);
    RentWalk walk = start_rents(p, chip.spot_i_ewma_usd_h, chip.spot_i_ewma_log_change);
    double value = 0.0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < static_cast<int>(p.used_chip_horizon_q); ++k) value += present_worth_usd(quarter, next_rent(p, walk));
    return capped_by_new(chip, value);
}

inline constexpr int kMaxRentQuarters = 32;  // bound of used_chip_horizon_q

/// The rents of a quarter's horizon, listed once for all products.
struct RentPath {
    FutureRent rents[kMaxRentQuarters];
    int quarters;
};

RACKRACE_HD inline void fill_rent_path(const Parameters& p, double spot_i_ewma_usd_h, double log_change, RentPath& path) {
    RentWalk walk = start_rents(p, spot_i_ewma_usd_h, log_change);
    path.quarters = static_cast<int>(p.used_chip_horizon_q);
    RACKRACE_NO_UNROLL
    for (int k = 0; k < path.quarters; ++k) path.rents[k] = next_rent(p, walk);
}

/// fundamental_value_usd_chip at the rents of `path`.
RACKRACE_HD inline double fundamental_on_path(const Parameters& p, const UsedChip& chip, const RentPath& path) {
    const ChipQuarter quarter = chip_quarter(p, chip);
    double value = 0.0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < path.quarters; ++k) value += present_worth_usd(quarter, path.rents[k]);
    return capped_by_new(chip, value);
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
