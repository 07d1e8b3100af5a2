// Settlement step S6, suppliers of chips: the foundry is paid, sales leave the inventory at cost, what nobody wants is scrapped.
#pragma once

#include "engine/market/chip_supply.h"
#include "engine/settle/payments.h"

namespace rackrace {

/// The part of a vendor's inventory cost that `chips` out of `stock` carry; all of it with the last chip.
RACKRACE_HD inline Usd cost_of_chips(Usd inventory_cost, std::int64_t chips, std::int64_t stock) {
    if (stock <= 0 || chips >= stock) return inventory_cost;
    return to_usd(to_double(inventory_cost) * static_cast<double>(chips) / static_cast<double>(stock));
}

/// What is left unsold_scrap_after_q quarters after the last quarter of sale is scrapped, but for chips that are on order.
RACKRACE_HD inline void scrap_unsold(const Scenario& scenario, World& world, Ledger& ledger, int product) {
    ProductState& state = world.products[product];
    if (scenario.products[product].buyers == Buyers::used_only || world.t < state.last_t + static_cast<int>(scenario.parameters.unsold_scrap_after_q)) return;
    const OpenOrders open = open_orders(scenario, world, product);
    const std::int64_t unsold = state.inventory_chips - open.next - open.later;
    if (unsold <= 0) return;
    const Usd cost = cost_of_chips(state.inventory_cost, unsold, state.inventory_chips);
    post(world, ledger, Kind::inventory_write_down, scenario.products[product].vendor, scenario.products[product].vendor, cost, product);
    state.inventory_cost -= cost;
    state.inventory_chips -= to_int32(unsold);
    state.total_scrapped += unsold;
}

/// The vendor's side of one product: chips made are paid to the foundry, and what left the inventory is cost of sales, at the mean cost of
/// the stock. Chips that came back unpaid are in stock again at that cost. `shipped`: chips that buyers paid for this quarter.
RACKRACE_HD inline void settle_product(const Scenario& scenario, World& world, Ledger& ledger, int product, std::int64_t shipped, double margin_apr) {
    const Product& facts = scenario.products[product];
    ProductState& state = world.products[product];
    const int vendor = facts.vendor;
    const Usd made = to_usd(static_cast<double>(state.made_chips) * facts.unit_cost_usd_chip);
    pay(world, ledger, Kind::wafer_bill, vendor, kFoundry, made, margin_apr, product);
    state.inventory_cost += made;
    const std::int64_t left = shipped + state.row_chips;
    const Usd sold = cost_of_chips(state.inventory_cost, left, left + state.inventory_chips);
    if (left > 0) {
        post(world, ledger, Kind::cost_of_sales, vendor, vendor, sold, product);
        state.inventory_cost -= sold;
    }
    scrap_unsold(scenario, world, ledger, product);
}

/// Wafers left without a product: dies and memory were ordered too. Charged at the supplier's newest product on sale.
RACKRACE_HD inline void charge_unused_wafers(const Scenario& scenario, World& world, Ledger& ledger, const SupplierState& supplier, double margin_apr) {
    std::int64_t used = 0;
    int newest = -1;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const Product& facts = scenario.products[p];
        if (facts.vendor != supplier.firm || facts.buyers == Buyers::used_only) continue;
        if (world.t >= world.products[p].first_t) {
            used += world.products[p].wafers[0];
            if (newest < 0 || world.products[p].first_t > world.products[newest].first_t) newest = p;
        }
    }
    const std::int64_t allotted = supplier.allotted_wafers[0];
    if (newest < 0 || allotted <= used) return;
    const Product& facts = scenario.products[newest];
    const double mix = static_cast<double>(used) / static_cast<double>(allotted);
    const Usd charge = unused_wafer_charge(scenario.parameters, allotted, mix, facts.unit_cost_usd_chip, facts.packages_per_wafer);
    pay(world, ledger, Kind::unused_wafers, supplier.firm, kFoundry, charge, margin_apr);
}

}  // namespace rackrace
