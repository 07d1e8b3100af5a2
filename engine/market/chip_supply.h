// How many new chips of a product there will be and how many of them can still be promised: stock and allotted output less open orders.
#pragma once

#include "engine/market/row_demand.h"
#include "engine/market/shocks.h"
#include "engine/market/wafers.h"
#include "engine/scenario/scenario.h"
#include "engine/world/world.h"

namespace rackrace {

/// Sold in quarter t: from the first to the last quarter of sale.
RACKRACE_HD inline bool is_on_sale(const Scenario& scenario, const World& world, int product, int t) {
    return scenario.products[product].buyers != Buyers::used_only && t >= world.products[product].first_t && t <= world.products[product].last_t;
}

/// Offered in the chip sale of this quarter: while it sells, and then what is left in stock, as long as it can ship before it is scrapped.
RACKRACE_HD inline bool is_offered(const Scenario& scenario, const World& world, int product) {
    const ProductState& state = world.products[product];
    return scenario.products[product].buyers == Buyers::all && world.t >= state.first_t &&
           world.t < state.last_t + static_cast<int>(scenario.parameters.unsold_scrap_after_q);
}

/// Quarters since first output that a product will be in `ahead` quarters from now, by the wafers allotted so far; 0 before any output.
RACKRACE_HD inline int output_age_q(const World& world, int product, int ahead) {
    const ProductState& state = world.products[product];
    if (state.age_q >= 0) return state.age_q + ahead;
    RACKRACE_NO_UNROLL
    for (int k = 1; k < ahead; ++k)
        if (state.wafers[k] > 0 && world.t + k >= state.first_t) return ahead - k;
    return 0;
}

/// Yield of a product `ahead` quarters from now. Products launched before 2024 have the yield of old ones at any age.
RACKRACE_HD inline double yield_ahead(const Scenario& scenario, const World& world, int product, int ahead) {
    const Parameters& p = scenario.parameters;
    if (scenario.products[product].first_t < 0) return p.yield_before_2024_frac;
    return package_yield(p, p.yield_initial_frac, p.yield_mature_frac, output_age_q(world, product, ahead));
}

/// Chips out of the wafers allotted for `ahead` quarters from now (0: this quarter), less what SUPPLY cuts; none before the launch.
RACKRACE_HD inline std::int64_t output_chips(const Scenario& scenario, const World& world, int product, int ahead) {
    const ProductState& state = world.products[product];
    if (ahead < 0 || ahead >= kWaferSlots || world.t + ahead < state.first_t || state.wafers[ahead] == 0) return 0;
    const double left_frac = output_ratio(scenario, product, world.t + ahead, world.t);
    return chips_from_wafers(state.wafers[ahead], left_frac, scenario.products[product].packages_per_wafer, yield_ahead(scenario, world, product, ahead));
}

/// Chips that the rest of the world would take of the output of `ahead` quarters from now, at today's list.
RACKRACE_HD inline std::int64_t row_wish_chips(const Scenario& scenario, const World& world, int product, int ahead, std::int64_t output) {
    const Product& facts = scenario.products[product];
    const double share = row_share_frac(scenario, product, world.t + ahead, world.t);
    if (output == 0 || share == 0.0) return 0;
    const double wish = row_demand_chips(scenario.parameters, share, static_cast<double>(output), facts.list_usd_chip,
                                         world.products[product].list_usd_chip);
    const std::int64_t chips = floor_to_int64(wish);
    return chips < output ? chips : output;
}

/// Open orders of a product: due next quarter, and later.
struct OpenOrders {
    std::int64_t next;
    std::int64_t later;
};

RACKRACE_HD inline OpenOrders open_orders(const Scenario& scenario, const World& world, int product) {
    OpenOrders open{};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const ChipOrder(&orders)[kOrderSlots] = world.firms[f].orders[product];
        open.next += orders[1].chips;
        open.later += orders[2].chips;
    }
    return open;
}
static_assert(kOrderSlots == 3, "this quarter's, the next and one later");

/// Chips of a product that nobody holds a claim to. `stock`: the part that can ship next quarter without taking what later orders need.
struct OnSale {
    std::int64_t chips;
    std::int64_t stock;
};

/// Stock and allotted output up to the lag, the rest of the world's part taken off at today's list, less all open orders.
RACKRACE_HD inline OnSale chips_on_sale(const Scenario& scenario, const World& world, int product) {
    const int lag = static_cast<int>(scenario.parameters.chip_sale_lag_q);
    const OpenOrders open = open_orders(scenario, world, product);
    std::int64_t next = world.products[product].inventory_chips - open.next, later = -open.later;
    RACKRACE_NO_UNROLL
    for (int ahead = 1; ahead <= lag; ++ahead) {
        const std::int64_t output = output_chips(scenario, world, product, ahead), left = output - row_wish_chips(scenario, world, product, ahead, output);
        (ahead == 1 ? next : later) += left;
    }
    const std::int64_t all = next + later, free = all > 0 ? all : 0;
    return {free, next < 0 ? 0 : (next < free ? next : free)};
}

}  // namespace rackrace
