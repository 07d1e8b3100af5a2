// P16: chips that do not earn their energy and upkeep are switched off, and run again when they do (5.6).
#pragma once

#include "engine/settle/resale.h"

namespace rackrace {

/// Chips whose rent does not cover energy and upkeep for switch_off_after_q quarters are switched off, and run again when it does (5.6).
RACKRACE_HD inline void switch_chips(const Scenario& scenario, World& world) {
    const Parameters& p = scenario.parameters;
    const RegionMeans means = region_means(scenario, world);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.product_count; ++i) {
        const Product& facts = scenario.products[i];
        const double rent = world.spot_usd_h[1] * facts.inference_h100e_chip * p.hours_per_quarter * p.used_chip_utilisation_frac;
        const double new_price = world.products[i].list_usd_chip + facts.system_usd_chip;
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) {
            Holding& h = world.firms[f].holdings[i];
            if (h.installed == 0) {
                h.unprofitable_q = 0;
                h.is_off = 0;
                continue;
            }
            const double price = world.firms[f].energy_price_usd_mwh > 0.0 ? world.firms[f].energy_price_usd_mwh : means.energy_usd_mwh;
            const double energy = energy_mwh(p, facts.kw_chip) * means.pue_ratio * price;
            const double upkeep = new_price * p.upkeep_apr[static_cast<int>(world.firms[f].role)] / p.quarters_per_year;
            h.unprofitable_q = static_cast<std::int16_t>(rent < energy + upkeep ? h.unprofitable_q + 1 : 0);
            h.is_off = h.unprofitable_q >= static_cast<int>(p.switch_off_after_q);
        }
    }
}

}  // namespace rackrace
