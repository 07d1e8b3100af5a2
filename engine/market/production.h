// P2, first part: allotted wafers become chips, the rest of the world takes its share, the rest joins the vendors' inventory.
#pragma once

#include "engine/base/hash.h"
#include "engine/market/chip_supply.h"
#include "engine/market/pro_rata.h"
#include "engine/settle/ledger.h"

namespace rackrace {

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

/// Wafers of a vendor's products whose launch slipped go to its other products of the quarter, pro rata; unused if it has none.
RACKRACE_HD inline void move_slipped_wafers(const Scenario& scenario, World& world, int vendor) {
    std::int64_t idle = 0, used = 0, orders[kMaxProducts] = {}, more[kMaxProducts] = {};
    std::uint64_t tie[kMaxProducts] = {};
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        if (scenario.products[p].vendor != vendor) continue;
        if (world.t < world.products[p].first_t) idle += world.products[p].wafers[0];
        else if (is_on_sale(scenario, world, p, world.t)) orders[p] = world.products[p].wafers[0];
        used += orders[p];
    }
    if (idle == 0 || used == 0) return;
    // Pro rata shares are at most what is asked: scaled up, so that all idle wafers find a place.
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        orders[p] *= idle;
        tie[p] = hash64(world.seed, world.t, scenario.products[p].id);
    }
    pro_rata<kMaxProducts>(orders, tie, scenario.product_count, idle, more);
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        if (scenario.products[p].vendor != vendor) continue;
        if (world.t < world.products[p].first_t) world.products[p].wafers[0] = 0;
        else world.products[p].wafers[0] += to_int32(more[p]);
    }
}

/// The rest of the world takes its part of the output, but nothing that an open order needs: chips are sold two quarters ahead, and when the
/// list falls meanwhile it asks for more than was kept for it.
RACKRACE_HD inline std::int64_t row_take_chips(const Scenario& scenario, const World& world, int product, std::int64_t output) {
    const OpenOrders open = open_orders(scenario, world, product);
    const std::int64_t beyond = open.later - output_chips(scenario, world, product, 1);
    const std::int64_t spare = world.products[product].inventory_chips + output - open.next - (beyond > 0 ? beyond : 0);
    const std::int64_t wish = row_wish_chips(scenario, world, product, 0, output);
    return spare < 0 ? 0 : (wish < spare ? wish : spare);
}

/// Foundry output of the quarter. The only birth of chips, bounded by paid wafers. The rest of the world pays at the list of the day.
RACKRACE_HD RACKRACE_APART inline void make_chips(const Scenario& scenario, World& world, Ledger& ledger) {
    shift_wafers(scenario, world);
    RACKRACE_NO_UNROLL
    for (int s = 0; s < scenario.supplier_count; ++s) move_slipped_wafers(scenario, world, world.suppliers[s].firm);
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        ProductState& product = world.products[p];
        product.made_chips = product.row_chips = product.returned_chips = 0;
        if (product.age_q >= 0) ++product.age_q;
        if (product.wafers[0] == 0 || world.t < product.first_t) continue;
        if (product.age_q < 0) product.age_q = 0;
        const std::int64_t made = output_chips(scenario, world, p, 0), row = row_take_chips(scenario, world, p, made);
        product.made_chips = to_int32(made);
        product.row_chips = to_int32(row);
        product.total_made += made;
        product.total_row += row;
        product.inventory_chips += to_int32(made - row);
        post(world, ledger, Kind::row_sale, kRestOfWorld, scenario.products[p].vendor, to_usd(static_cast<double>(row) * product.list_usd_chip), p);
    }
}

}  // namespace rackrace
