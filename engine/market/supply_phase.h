// P7, supply side: design cost and requests for in-house chips, wafer requests, and what each supplier is allotted for output three quarters ahead.
#pragma once

#include "engine/market/list_price.h"
#include "engine/market/production.h"
#include "engine/market/shipment.h"
#include "engine/quarter/orders.h"
#include "engine/settle/payments.h"
#include "engine/settle/rating.h"

namespace rackrace {

/// Place of a firm among the owners of an in-house line, -1 if it is none.
RACKRACE_HD inline int owner_place(const Product& product, int f) {
    if (product.buyers != Buyers::captive || (product.buyer_mask >> f & 1u) == 0) return -1;
    int place = 0;
    RACKRACE_NO_UNROLL
    for (int g = 0; g < f; ++g) place += static_cast<int>(product.buyer_mask >> g & 1u);
    return place < kMaxCaptiveOwners ? place : -1;
}

/// Yield of a product's output in quarter t, `ahead` quarters from now.
RACKRACE_HD inline double yield_ahead(const Scenario& scenario, const World& world, int p, int ahead) {
    const Parameters& parameters = scenario.parameters;
    const int from_launch = world.t + ahead - world.products[p].first_t;
    const int age = world.products[p].age_q >= 0 ? world.products[p].age_q + ahead : (from_launch > 0 ? from_launch : 0);
    if (scenario.products[p].first_t < 0) return parameters.yield_before_2024_frac;
    return package_yield(parameters, parameters.yield_initial_frac, parameters.yield_mature_frac, age);
}

/// Output of a product that is allotted already, `ahead` quarters from now, less the part that the rest of the world takes at today's list.
RACKRACE_HD inline std::int64_t allotted_output(const Scenario& scenario, const World& world, int p, int ahead) {
    const Product& facts = scenario.products[p];
    if (ahead < 0 || ahead >= kWaferSlots || world.t + ahead < world.products[p].first_t) return 0;
    const std::int64_t made = chips_from_wafers(world.products[p].wafers[ahead], 1.0, facts.packages_per_wafer, yield_ahead(scenario, world, p, ahead));
    const double row = row_demand_chips(scenario.parameters, facts.row_share_frac, static_cast<double>(made), facts.list_usd_chip, world.products[p].list_usd_chip);
    const std::int64_t taken = floor_to_int64(row);
    return made - (taken < made ? taken : made);
}

/// Design cost of in-house lines: an owner pays it each quarter for every line of its own that has chips still to come; a line whose
/// owners all left it unpaid slips by captive_slip_q: its chips not launched yet come later.
RACKRACE_HD inline void fund_designs(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger) {
    const Parameters& parameters = scenario.parameters;
    std::uint32_t done = 0;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const Product& line = scenario.products[p];
        if (line.buyers != Buyers::captive || (done >> p & 1u) != 0) continue;
        bool is_funded = false, has_future = false;
        RACKRACE_NO_UNROLL
        for (int q = p; q < scenario.product_count; ++q) {  // a line: the products of one vendor for the same owners
            if (scenario.products[q].buyer_mask != line.buyer_mask || scenario.products[q].vendor != line.vendor) continue;
            done |= 1u << q;
            has_future = has_future || world.products[q].last_t > world.t;
        }
        if (!has_future) continue;
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) {
            if (owner_place(line, f) < 0) continue;
            Firm& firm = world.firms[f];
            const std::uint32_t bit = 1u << p;
            if ((orders[f].design_on & bit) != 0) firm.design_off &= ~bit;
            if ((orders[f].design_off & bit) != 0) firm.design_off |= bit;
            const Usd cost = to_usd(parameters.captive_design_cost_usd);
            if ((firm.design_off & bit) != 0 || means_of(world, f) < cost) continue;
            pay(world, ledger, Kind::design_cost, f, kStaff, cost, unsecured_spread_apr(parameters, firm.default_probability_apr, world.sentiment), p);
            is_funded = true;
        }
        if (is_funded) continue;
        RACKRACE_NO_UNROLL
        for (int q = p; q < scenario.product_count; ++q) {
            if (scenario.products[q].buyer_mask != line.buyer_mask || scenario.products[q].vendor != line.vendor || world.products[q].first_t <= world.t) continue;
            world.products[q].first_t += static_cast<int>(parameters.captive_slip_q);
            world.products[q].last_t += static_cast<int>(parameters.captive_slip_q);
        }
    }
}

/// Adds chips to an order, due in `slot` quarters, deposit paid now.
RACKRACE_HD inline void place_order(const Scenario& scenario, World& world, Ledger& ledger, int f, int p, int slot, std::int64_t chips, double price_usd_chip) {
    if (chips <= 0) return;
    const Usd deposit = to_usd(price_usd_chip * static_cast<double>(chips) * scenario.parameters.chip_deposit_frac);
    ChipOrder more{};
    more.chips = to_int32(chips);
    more.price_usd_chip = price_usd_chip;
    more.deposit = deposit;
    merge_order(world.firms[f].orders[p][slot], more);
    const double spread = unsecured_spread_apr(scenario.parameters, world.firms[f].default_probability_apr, world.sentiment);
    pay(world, ledger, Kind::chip_deposit, f, scenario.products[p].vendor, deposit, spread, p);
}

/// Chips whose deposit a firm can pay now.
RACKRACE_HD inline std::int64_t deposit_backs(const Scenario& scenario, const World& world, int f, double price_usd_chip) {
    const double each = price_usd_chip * scenario.parameters.chip_deposit_frac;
    return each > 0.0 ? floor_to_int64(to_double(means_of(world, f)) / each) : 0;
}

/// In-house chips whose wafers yield output two quarters ahead go to the owners that asked for them: no auction, at list (cost and margin).
/// Owners of one line share by the uniform rule with equal weights; what the opening wafers yield without a recorded request is shared alike.
RACKRACE_HD inline void award_captive(const Scenario& scenario, World& world, Ledger& ledger, int p) {
    const Product& facts = scenario.products[p];
    const int lag = static_cast<int>(scenario.parameters.chip_sale_lag_q);
    ProductState& state = world.products[p];
    state.list_usd_chip = captive_list_price(scenario.parameters, facts.unit_cost_usd_chip);
    const std::int64_t output = allotted_output(scenario, world, p, lag);
    std::int64_t asked[kMaxFirms] = {}, awards[kMaxFirms] = {}, sum = 0;
    double weight[kMaxFirms] = {};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const int place = owner_place(facts, f);
        if (place < 0) continue;
        weight[f] = 1.0;
        sum += asked[f] = state.captive_request_chips[place];
    }
    if (output == 0) return;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f)
        if (sum == 0 && owner_place(facts, f) >= 0) asked[f] = output;
    std::uint64_t tie[kMaxFirms];
    fill_ties(scenario, world, TieMarket::chip_sale, p, tie);
    weighted_uniform<kMaxFirms>(asked, weight, tie, scenario.firm_count, output, awards);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const std::int64_t backed = deposit_backs(scenario, world, f, state.list_usd_chip);
        place_order(scenario, world, ledger, f, p, lag, awards[f] < backed ? awards[f] : backed, state.list_usd_chip);
    }
}

/// Requests for in-house chips: the vendor's stock serves them first, the rest becomes wafers. returns wafers asked for.
RACKRACE_HD inline std::int64_t request_captive(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, int p) {
    const Product& facts = scenario.products[p];
    ProductState& state = world.products[p];
    const int ahead = static_cast<int>(scenario.parameters.wafer_lead_q);
    const bool can_make = world.t + ahead >= state.first_t && world.t + ahead <= state.last_t;
    std::int64_t stock = state.inventory_chips, wanted = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int slot = 0; slot < kOrderSlots; ++slot) stock -= slot == 1 && world.firms[f].orders[p][slot].slipped_q > 0 ? world.firms[f].orders[p][slot].chips : 0;
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const int place = owner_place(facts, f);
        if (place < 0) continue;
        std::int64_t asked = orders[f].order_captive_chips[p] > 0 ? orders[f].order_captive_chips[p] : 0;
        const std::int64_t backed = deposit_backs(scenario, world, f, state.list_usd_chip);
        std::int64_t from_stock = asked < stock ? asked : stock;
        from_stock = from_stock < backed ? from_stock : backed;
        if (from_stock > 0) {
            place_order(scenario, world, ledger, f, p, 1, from_stock, state.list_usd_chip);
            stock -= from_stock;
            asked -= from_stock;
        }
        state.captive_request_chips[place] = can_make ? to_int32(asked) : 0;
        wanted += can_make ? asked : 0;
    }
    return wafers_for_chips(wanted, facts.packages_per_wafer, yield_ahead(scenario, world, p, ahead));
}

/// Requests of all suppliers for output wafer_lead_q quarters ahead, and the allotments. A supplier's allotment is split over its products
/// as it asked.
RACKRACE_HD inline void allot_packaging(const Scenario& scenario, World& world, const Orders* orders, const Chance& chance, Ledger& ledger) {
    const int ahead = static_cast<int>(scenario.parameters.wafer_lead_q);
    const WorldPath path = path_of_run(scenario, chance);
    std::int64_t by_product[kMaxProducts] = {};
    WaferRequests requests;
    std::uint64_t tie[kMaxSuppliers] = {};
    requests.count = scenario.supplier_count;
    requests.capacity = packaging_wafers(scenario, path, world.t + ahead);
    requests.capacity_last = packaging_wafers(scenario, path, world.t + ahead - 1);
    RACKRACE_NO_UNROLL
    for (int s = 0; s < scenario.supplier_count; ++s) {
        const SupplierState& supplier = world.suppliers[s];
        tie[s] = hash64(world.seed, world.t, static_cast<int>(TieMarket::wafer), scenario.firms[supplier.firm].id);
        requests.last[s] = supplier.allotted_wafers[ahead - 1];
        int known = 0;
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kWaferSlots + 1; ++k) {
            if (k == ahead || supplier.allotted_wafers[k] < 0) continue;
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
    const WaferAllotment allotment = allot_wafers(scenario.parameters, requests, tie);
    RACKRACE_NO_UNROLL
    for (int s = 0; s < scenario.supplier_count; ++s) {
        std::int64_t parts[kMaxProducts] = {}, given[kMaxProducts] = {};
        std::uint64_t part_tie[kMaxProducts] = {};
        RACKRACE_NO_UNROLL
        for (int p = 0; p < scenario.product_count; ++p) {
            parts[p] = scenario.products[p].vendor == world.suppliers[s].firm ? by_product[p] : 0;
            part_tie[p] = hash64(world.seed, world.t, scenario.products[p].id);
        }
        pro_rata<kMaxProducts>(parts, part_tie, scenario.product_count, allotment.wafers[s], given);
        world.suppliers[s].allotted_wafers[ahead] = to_int32(allotment.wafers[s]);
        RACKRACE_NO_UNROLL
        for (int p = 0; p < scenario.product_count; ++p)
            if (scenario.products[p].vendor == world.suppliers[s].firm) world.products[p].wafers[ahead] = to_int32(given[p]);
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
RACKRACE_HD inline void plan_supply(const Scenario& scenario, World& world, const Orders* orders, const Chance& chance, Ledger& ledger) {
    set_supplier_levers(scenario, world, orders);
    fund_designs(scenario, world, orders, ledger);
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p)
        if (scenario.products[p].buyers == Buyers::captive) award_captive(scenario, world, ledger, p);
    allot_packaging(scenario, world, orders, chance, ledger);
}

}  // namespace rackrace
