// P2, first part: allotted wafers become chips, the rest of the world takes its share, the rest joins the vendors' inventory.
#pragma once

#include "engine/base/hash.h"
#include "engine/market/exogenous.h"
#include "engine/market/pro_rata.h"
#include "engine/market/row_demand.h"
#include "engine/market/wafers.h"

namespace rackrace {

RACKRACE_HD inline bool is_on_sale(const Scenario& scenario, const World& world, int product, int t) {
    return scenario.products[product].buyers != Buyers::used_only && t >= world.products[product].first_t && t <= world.products[product].last_t;
}

/// Moves the rings one quarter on: slot 0 is now this quarter's output.
RACKRACE_HD inline void shift_wafers(const Scenario& scenario, World& world) {
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        std::int32_t(&wafers)[kWaferSlots] = world.products[p].wafers;
        RACKRACE_NO_UNROLL
        for (int k = 0; k + 1 < kWaferSlots; ++k) wafers[k] = wafers[k + 1];
        wafers[kWaferSlots - 1] = 0;
    }
    RACKRACE_NO_UNROLL
    for (int s = 0; s < scenario.supplier_count; ++s) {
        SupplierState& supplier = world.suppliers[s];
        supplier.allotted_wafers[kPastWafers] = supplier.allotted_wafers[0];
        RACKRACE_NO_UNROLL
        for (int k = 0; k + 1 < kWaferSlots; ++k) supplier.allotted_wafers[k] = supplier.allotted_wafers[k + 1];
        supplier.allotted_wafers[kWaferSlots - 1] = 0;
    }
}

/// Wafers of a product whose launch slipped go to its vendor's other products of the quarter, pro rata; unused if it has none.
RACKRACE_HD inline void move_slipped_wafers(const Scenario& scenario, World& world) {
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const std::int32_t idle = world.products[p].wafers[0];
        if (idle == 0 || world.t >= world.products[p].first_t) continue;
        std::int64_t orders[kMaxProducts] = {}, more[kMaxProducts] = {};
        std::uint64_t tie[kMaxProducts] = {};
        std::int64_t sum = 0;
        RACKRACE_NO_UNROLL
        for (int q = 0; q < scenario.product_count; ++q) {
            tie[q] = hash64(world.seed, world.t, scenario.products[q].id);
            if (scenario.products[q].vendor != scenario.products[p].vendor || !is_on_sale(scenario, world, q, world.t)) continue;
            orders[q] = world.products[q].wafers[0];
            sum += orders[q];
        }
        if (sum == 0) continue;
        // Pro rata shares of at most what is asked: scale the orders up so that all idle wafers find a place.
        RACKRACE_NO_UNROLL
        for (int q = 0; q < scenario.product_count; ++q) orders[q] *= idle;
        pro_rata<kMaxProducts>(orders, tie, scenario.product_count, idle, more);
        RACKRACE_NO_UNROLL
        for (int q = 0; q < scenario.product_count; ++q) world.products[q].wafers[0] += to_int32(more[q]);
        world.products[p].wafers[0] = 0;
    }
}

/// Foundry output of the quarter. The only birth of chips, bounded by paid wafers.
RACKRACE_HD inline void make_chips(const Scenario& scenario, World& world) {
    const Parameters& parameters = scenario.parameters;
    shift_wafers(scenario, world);
    move_slipped_wafers(scenario, world);
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const Product& facts = scenario.products[p];
        ProductState& product = world.products[p];
        product.made_chips = product.row_chips = product.returned_chips = 0;
        if (product.age_q >= 0) ++product.age_q;
        if (product.wafers[0] == 0 || world.t < product.first_t) continue;
        if (product.age_q < 0) product.age_q = 0;
        const bool is_old = facts.first_t < 0;  // launched before 2024: mature
        const double initial = is_old ? parameters.yield_before_2024_frac : parameters.yield_initial_frac;
        const double mature = is_old ? parameters.yield_before_2024_frac : parameters.yield_mature_frac;
        const double yield = package_yield(parameters, initial, mature, product.age_q);
        const std::int64_t made = chips_from_wafers(product.wafers[0], 1.0, facts.packages_per_wafer, yield);
        const double demand = row_demand_chips(parameters, facts.row_share_frac, static_cast<double>(made), facts.list_usd_chip, product.list_usd_chip);
        const std::int64_t wanted = floor_to_int64(demand), row = wanted < made ? wanted : made;
        product.made_chips = to_int32(made);
        product.row_chips = to_int32(row);
        product.total_made += made;
        product.total_row += row;
        product.inventory_chips += to_int32(made - row);
    }
}

}  // namespace rackrace
