// Load of the chips, price of grid energy, and what a connection owes whether it is used or not.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

inline constexpr double kKwPerMw = 1000.0;

/// Draw at the rack of a chip rated `it_kw`, with `use_frac` of its pool in use. Switched off: none.
RACKRACE_HD inline double chip_load_kw(const Parameters& p, double it_kw, double use_frac, bool is_on) {
    return is_on ? it_kw * (p.idle_power_frac + (1.0 - p.idle_power_frac) * use_frac) : 0.0;
}

/// Price of grid energy in a region, $/MWh: the base price and the externality of all grid load on it. No grid: the base price.
RACKRACE_HD inline double energy_price_usd_mwh(const Parameters& p, double base_usd_mwh, double used_kw, double grid_total_kw) {
    const double load_frac = used_kw / max(1.0, grid_total_kw);
    return base_usd_mwh * (1.0 + p.energy_externality_coefficient * pow(load_frac, p.energy_externality_exponent));
}

/// Energy of a steady load through one quarter.
RACKRACE_HD inline double energy_mwh(const Parameters& p, double kw) { return kw * p.hours_per_quarter / kKwPerMw; }

/// Energy that a firm pays the utility for: its grid load, but at least the minimum take of the connected kW, so hoarding costs money.
RACKRACE_HD inline double billed_grid_mwh(const Parameters& p, double minimum_take_frac, double grid_load_kw, double connected_kw) {
    return energy_mwh(p, max(grid_load_kw, minimum_take_frac * connected_kw));
}

}  // namespace rackrace
