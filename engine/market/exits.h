// What it costs to walk away: from a lease, an on-site plant, a place in the grid queue or connected power.
#pragma once

#include <cstdint>

#include "engine/market/annuity.h"
#include "engine/base/host_device.h"
#include "engine/base/money.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// Fee for leaving a lease: a share of the present value of the rent left, in dollars before rounding.
RACKRACE_HD inline double lease_exit_fee_usd(const Parameters& p, double rent_usd_kw_q, std::int64_t it_kw, int quarters_left) {
    return p.lease_exit_frac * rent_usd_kw_q * static_cast<double>(it_kw) * annuity_q(p, quarters_left);
}

/// What an on-site plant brings: a share of its book value.
RACKRACE_HD inline Usd onsite_sale_proceeds(const Parameters& p, Usd book) { return to_usd(p.onsite_resale_frac * to_double(book)); }

/// Part of the grid deposit that is lost with `kw` withdrawn from the queue or given back, in dollars before rounding.
RACKRACE_HD inline double grid_forfeit_usd(const Parameters& p, std::int64_t kw) {
    return p.grid_forfeit_frac * p.grid_deposit_usd_kw * static_cast<double>(kw);
}

}  // namespace rackrace
