// The list price of a product from quarter to quarter. In the auctions it follows what was paid; a successor makes it fall under every rule.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// What the sale of a quarter says about a product's list price. Prices in $/GPU.
struct ListPriceNews {
    double list_usd_chip = 0.0;
    double mean_price_usd_chip = 0.0;  // paid per unit this quarter; not read where nothing sold
    double reserve_usd_chip = 0.0;
    std::int64_t sold = 0;
    std::int64_t on_sale = 0;
    double unit_cost_usd_chip = 0.0;
    double launch_list_usd_chip = 0.0;
    bool successor_sells = false;      // the vendor's next product is on sale
    bool follows_market = false;       // true in the auctions, false under POSTED and PROPORTIONAL
};

/// The list price of the next quarter, between a floor over the unit cost and a multiple of the launch list.
/// Nothing sold: the reserve stands for the price paid. Nothing on sale: nothing counts as unsold.
RACKRACE_HD inline double next_list_price(const Parameters& p, const ListPriceNews& news) {
    double list = news.list_usd_chip;
    if (news.follows_market) {
        const double paid = news.sold > 0 ? news.mean_price_usd_chip : news.reserve_usd_chip;
        const double pull = clamp(p.list_price_adjustment_frac * log(paid / list), -p.list_price_step_max_frac, p.list_price_step_max_frac);
        const double unsold = news.on_sale > 0 ? 1.0 - static_cast<double>(news.sold) / static_cast<double>(news.on_sale) : 0.0;
        list *= exp(pull - p.list_price_unsold_step_frac * unsold);
    }
    if (news.successor_sells) list *= 1.0 - p.list_price_successor_decline_frac;
    return clamp(list, p.list_price_min_cost_ratio * news.unit_cost_usd_chip, p.list_price_max_launch_ratio * news.launch_list_usd_chip);
}

/// In-house chips have no market: cost and the margin of the house that makes them.
RACKRACE_HD inline double captive_list_price(const Parameters& p, double unit_cost_usd_chip) {
    return unit_cost_usd_chip * (1.0 + p.captive_margin_frac);
}

}  // namespace rackrace
