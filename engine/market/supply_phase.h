// P7, supply side: suppliers' settings, in-house lines, wafers for output three quarters ahead, and supply agreements offered.
#pragma once

#include "engine/market/captive_lines.h"
#include "engine/market/exogenous.h"
#include "engine/market/supply_agreements.h"

namespace rackrace {

/// What suppliers ask for, for output wafer_lead_q quarters ahead, with their last allotments. by_product [products] is filled: wafers by
/// product, those of in-house lines by their owners' requests.
RACKRACE_HD inline WaferRequests request_wafers(const Scenario& scenario, World& world, const Orders* orders, const Chance& chance, Ledger& ledger,
                                                std::int64_t* by_product) {
    const int ahead = static_cast<int>(scenario.parameters.wafer_lead_q);
    const WorldPath path = path_of_run(scenario, chance);
    WaferRequests requests;
    requests.count = scenario.supplier_count;
    requests.capacity = packaging_wafers(scenario, path, world.t + ahead);
    requests.capacity_last = packaging_wafers(scenario, path, world.t + ahead - 1);
    RACKRACE_NO_UNROLL
    for (int s = 0; s < scenario.supplier_count; ++s) {
        const SupplierState& supplier = world.suppliers[s];
        requests.last[s] = supplier.allotted_wafers[ahead - 1];
        int known = 0;
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kWaferSlots + 1; ++k) {
            if ((k >= ahead && k != kPastWafers) || supplier.allotted_wafers[k] < 0) continue;
            requests.mean_allotment[s] += supplier.allotted_wafers[k];
            ++known;
        }
        if (known > 0) requests.mean_allotment[s] /= known;
    }
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const Product& facts = scenario.products[p];
        if (facts.buyers == Buyers::used_only) continue;
        const std::int32_t own = orders[facts.vendor].order_wafers[p];
        by_product[p] = facts.buyers == Buyers::captive ? request_captive(scenario, world, orders, ledger, p) : (own > 0 ? own : 0);
        requests.request[scenario.firms[facts.vendor].supplier_slot] += by_product[p];
    }
    return requests;
}

/// Allots the packaging capacity wafer_lead_q quarters ahead. A supplier's wafers are split over its products as it asked, so its mix sums to 1.
RACKRACE_HD inline void allot_packaging(const Scenario& scenario, World& world, const Orders* orders, const Chance& chance, Ledger& ledger) {
    const int ahead = static_cast<int>(scenario.parameters.wafer_lead_q);
    std::int64_t by_product[kMaxProducts] = {};
    const WaferRequests requests = request_wafers(scenario, world, orders, chance, ledger, by_product);
    std::uint64_t tie[kMaxSuppliers] = {}, part_tie[kMaxProducts] = {};
    RACKRACE_NO_UNROLL
    for (int s = 0; s < scenario.supplier_count; ++s)
        tie[s] = hash64(world.seed, world.t, static_cast<int>(TieMarket::wafer), scenario.firms[world.suppliers[s].firm].id);
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) part_tie[p] = hash64(world.seed, world.t, scenario.products[p].id);
    const WaferAllotment allotment = allot_wafers(scenario.parameters, requests, tie);
    RACKRACE_NO_UNROLL
    for (int s = 0; s < scenario.supplier_count; ++s) {
        const int supplier = world.suppliers[s].firm;
        std::int64_t parts[kMaxProducts] = {}, given[kMaxProducts] = {};
        RACKRACE_NO_UNROLL
        for (int p = 0; p < scenario.product_count; ++p) parts[p] = scenario.products[p].vendor == supplier ? by_product[p] : 0;
        pro_rata<kMaxProducts>(parts, part_tie, scenario.product_count, allotment.wafers[s], given);
        world.suppliers[s].allotted_wafers[ahead] = to_int32(allotment.wafers[s]);
        RACKRACE_NO_UNROLL
        for (int p = 0; p < scenario.product_count; ++p) {
            if (scenario.products[p].vendor != supplier) continue;
            world.products[p].wafers[ahead] = to_int32(given[p]);
            if (scenario.products[p].buyers == Buyers::captive) tell_captive(scenario, world, ledger.deals, p, by_product[p], given[p]);
        }
    }
}

/// Suppliers' settings of stage A: prices, weights, caps. A price sets the multiplier, inside its bounds.
RACKRACE_HD inline void set_supplier_levers(const Scenario& scenario, World& world, const Orders* orders) {
    const Parameters& parameters = scenario.parameters;
    RACKRACE_NO_UNROLL
    for (int s = 0; s < scenario.supplier_count; ++s) {
        SupplierState& supplier = world.suppliers[s];
        const Orders& order = orders[supplier.firm];
        supplier.buyer_cap_frac = clamp(setting_or(order, FirmSetting::buyer_cap, supplier.buyer_cap_frac), parameters.buyer_cap_min_frac, parameters.buyer_cap_max_frac);
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f)
            if ((order.buyer_weight_given >> f & 1u) != 0) supplier.buyer_weight[f] = clamp(order.buyer_weight[f], 0.0, 1.0);
        RACKRACE_NO_UNROLL
        for (int p = 0; p < scenario.product_count; ++p) {
            if (scenario.products[p].vendor != supplier.firm || scenario.products[p].buyers != Buyers::all || order.list_price_usd_chip[p] <= 0.0) continue;
            world.products[p].price_multiplier = clamp(order.list_price_usd_chip[p] / world.products[p].list_usd_chip,
                                                       parameters.price_multiplier_min_ratio, parameters.price_multiplier_max_ratio);
        }
    }
}

/// P7, supply side. Awards of in-house chips come before new requests: they answer those of the quarter before.
RACKRACE_HD RACKRACE_APART inline void plan_supply(const Scenario& scenario, World& world, const Orders* orders, const Chance& chance, Ledger& ledger) {
    set_supplier_levers(scenario, world, orders);
    fund_designs(scenario, world, orders, ledger);
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p)
        if (scenario.products[p].buyers == Buyers::captive) award_captive(scenario, world, ledger, p);
    allot_packaging(scenario, world, orders, chance, ledger);
    offer_agreements(scenario, world, orders);
}

}  // namespace rackrace
