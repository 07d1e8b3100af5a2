// In-house chips: their owners pay the design cost, ask for chips in P7 and get what their wafers yield, at cost and margin, without a sale.
#pragma once

#include "engine/market/chip_orders.h"
#include "engine/market/chip_supply.h"
#include "engine/market/list_price.h"
#include "engine/market/weighted_uniform.h"

namespace rackrace {

/// Place of a firm among the owners of an in-house line, -1 if it is none.
RACKRACE_HD inline int owner_place(const Product& product, int f) {
    if (product.buyers != Buyers::captive || (product.buyer_mask >> f & 1u) == 0) return -1;
    int place = 0;
    RACKRACE_NO_UNROLL
    for (int g = 0; g < f; ++g) place += static_cast<int>(product.buyer_mask >> g & 1u);
    return place < kMaxCaptiveOwners ? place : -1;
}

/// The products of one vendor for the same owners, a bit each: one line.
RACKRACE_HD inline std::uint32_t line_of(const Scenario& scenario, int product) {
    const Product& one = scenario.products[product];
    std::uint32_t line = 0;
    RACKRACE_NO_UNROLL
    for (int q = 0; q < scenario.product_count; ++q) {
        const Product& other = scenario.products[q];
        if (other.buyers == Buyers::captive && other.vendor == one.vendor && other.buyer_mask == one.buyer_mask) line |= 1u << q;
    }
    return line;
}

/// True if an owner of the line pays for its design this quarter. The setting holds for the line, whichever of its products it was given for.
RACKRACE_HD inline bool pays_design(const Scenario& scenario, World& world, const Orders& order, Ledger& ledger, int f, std::uint32_t line, int product) {
    const Parameters& parameters = scenario.parameters;
    Firm& firm = world.firms[f];
    if (!is_active(firm)) return false;
    if ((order.design_on & line) != 0) firm.design_off &= ~line;
    if ((order.design_off & line) != 0) firm.design_off |= line;
    const Usd cost = to_usd(parameters.captive_design_cost_usd);
    if ((firm.design_off & line) != 0 || means_of(world, f) < cost) return false;
    pay(world, ledger, Kind::design_cost, f, kStaff, cost, revolver_margin_apr(scenario, world, f), product);
    return true;
}

/// Design cost of in-house lines: an owner pays it each quarter for every line of its own that has chips still to come; a line whose
/// owners all left it unpaid slips by captive_slip_q: its chips not launched yet come later.
RACKRACE_HD inline void fund_designs(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger) {
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const std::uint32_t line = scenario.products[p].buyers == Buyers::captive ? line_of(scenario, p) : 0;
        if (line == 0 || (line & ((1u << p) - 1u)) != 0) continue;  // once a line, at its first product
        bool is_funded = false, has_future = false;
        RACKRACE_NO_UNROLL
        for (int q = p; q < scenario.product_count; ++q) has_future = has_future || ((line >> q & 1u) != 0 && world.products[q].last_t > world.t);
        if (!has_future) continue;
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f)
            if (owner_place(scenario.products[p], f) >= 0 && pays_design(scenario, world, orders[f], ledger, f, line, p)) is_funded = true;
        if (is_funded) continue;
        RACKRACE_NO_UNROLL
        for (int q = p; q < scenario.product_count; ++q) {
            if ((line >> q & 1u) == 0 || world.products[q].first_t <= world.t) continue;
            world.products[q].first_t += static_cast<int>(scenario.parameters.captive_slip_q);
            world.products[q].last_t += static_cast<int>(scenario.parameters.captive_slip_q);
        }
    }
}

/// Shares `supply` among the owners by the uniform rule with equal weights and orders what each gets for `slot`, as far as its deposit goes.
/// asked, shares, placed [firms]; the last two are filled: the shares, and what was ordered of them.
RACKRACE_HD inline void share_among_owners(const Scenario& scenario, World& world, Ledger& ledger, int p, int slot, std::int64_t supply,
                                           const std::int64_t* asked, std::int64_t* shares, std::int64_t* placed) {
    const double deposit_frac = scenario.parameters.chip_deposit_frac, price = world.products[p].list_usd_chip;
    double weight[kMaxFirms] = {};
    std::int64_t all = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        weight[f] = 1.0;
        all += asked[f];
        shares[f] = placed[f] = 0;
    }
    if (all == 0 || supply <= 0) return;
    std::uint64_t tie[kMaxFirms];
    fill_ties(scenario, world, TieMarket::chip_sale, p, tie);
    weighted_uniform<kMaxFirms>(asked, weight, tie, scenario.firm_count, supply, shares);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (shares[f] == 0) continue;
        const std::int64_t backed = deposit_backs(world, f, price, deposit_frac), chips = placed[f] = shares[f] < backed ? shares[f] : backed;
        place_order(scenario, world, ledger, f, p, slot, chips, price, chip_deposit(price, chips, deposit_frac));
    }
}

/// In-house chips whose wafers yield output after the lag go to the owners that asked for them. What the opening wafers yield without a
/// recorded request is shared alike. Output that wafer rounding leaves over stays in stock.
RACKRACE_HD inline void award_captive(const Scenario& scenario, World& world, Ledger& ledger, int p) {
    const int lag = static_cast<int>(scenario.parameters.chip_sale_lag_q);
    ProductState& state = world.products[p];
    state.list_usd_chip = captive_list_price(scenario.parameters, scenario.products[p].unit_cost_usd_chip);
    const std::int64_t made = output_chips(scenario, world, p, lag), unclaimed = chips_on_sale(scenario, world, p).chips;
    const std::int64_t output = made < unclaimed ? made : unclaimed;  // less where a slipped launch left older orders waiting
    if (output == 0) return;
    std::int64_t asked[kMaxFirms] = {}, shares[kMaxFirms], placed[kMaxFirms], sum = 0;
    RACKRACE_NO_UNROLL
    for (int place = 0; place < kMaxCaptiveOwners; ++place) sum += state.captive_request_chips[place];
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const int place = owner_place(scenario.products[p], f);
        if (place >= 0 && is_active(world.firms[f])) asked[f] = sum > 0 ? state.captive_request_chips[place] : output;
    }
    share_among_owners(scenario, world, ledger, p, lag, output, asked, shares, placed);
}

/// Requests for in-house chips: the vendor's free stock serves them first, the rest becomes wafers. A share of the stock that its deposit
/// does not cover lapses. returns the wafers asked for.
RACKRACE_HD inline std::int64_t request_captive(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, int p) {
    ProductState& state = world.products[p];
    const int ahead = static_cast<int>(scenario.parameters.wafer_lead_q);
    const bool can_make = world.t + ahead >= state.first_t && world.t + ahead <= state.last_t;
    std::int64_t asked[kMaxFirms] = {}, from_stock[kMaxFirms], placed[kMaxFirms], wanted = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f)
        if (owner_place(scenario.products[p], f) >= 0 && is_active(world.firms[f]) && orders[f].order_captive_chips[p] > 0) asked[f] = orders[f].order_captive_chips[p];
    share_among_owners(scenario, world, ledger, p, static_cast<int>(scenario.parameters.inventory_ship_lag_q), chips_on_sale(scenario, world, p).stock, asked,
                       from_stock, placed);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const int place = owner_place(scenario.products[p], f);
        if (place < 0) continue;
        const std::int64_t rest = can_make ? asked[f] - from_stock[f] : 0;
        state.captive_request_chips[place] = to_int32(rest);
        ledger.deals.captive_chips[p][place] = to_int32(placed[f]);
        wanted += rest;
    }
    return wafers_for_chips(wanted, scenario.products[p].packages_per_wafer, yield_ahead(scenario, world, p, ahead));
}

/// What each owner may expect of its request out of the `wafers` that packaging left of the line's `wished`: short ones are shared as their chips will be.
RACKRACE_HD inline void tell_captive(const Scenario& scenario, const World& world, Deals& deals, int p, std::int64_t wished, std::int64_t wafers) {
    std::int64_t rest[kMaxFirms] = {}, share[kMaxFirms] = {}, sum = 0;
    double weight[kMaxFirms] = {};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const int place = owner_place(scenario.products[p], f);
        weight[f] = 1.0;
        rest[f] = place >= 0 ? world.products[p].captive_request_chips[place] : 0;
        sum += rest[f];
    }
    if (sum == 0) return;
    const double yield_frac = yield_ahead(scenario, world, p, static_cast<int>(scenario.parameters.wafer_lead_q));
    const std::int64_t chips = wafers > 0 && wafers >= wished ? sum : chips_from_wafers(wafers, 1.0, scenario.products[p].packages_per_wafer, yield_frac);
    std::uint64_t tie[kMaxFirms];
    fill_ties(scenario, world, TieMarket::chip_sale, p, tie);
    weighted_uniform<kMaxFirms>(rest, weight, tie, scenario.firm_count, chips, share);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f)
        if (rest[f] > 0) deals.captive_chips[p][owner_place(scenario.products[p], f)] += to_int32(share[f]);
}

}  // namespace rackrace
