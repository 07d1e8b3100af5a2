// Buyers outside the strategic set: they take a share of the output, at list, less of it when the list has risen since launch.
#pragma once

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// Chips that the rest of the world asks for, before rounding down to whole ones. share_row_frac: of the output, at the launch list.
RACKRACE_HD inline double row_demand_chips(const Parameters& p, double share_row_frac, double output_chips, double launch_list_usd_chip,
                                           double list_usd_chip) {
    return share_row_frac * output_chips * pow(list_usd_chip / launch_list_usd_chip, p.row_price_elasticity);
}

}  // namespace rackrace
