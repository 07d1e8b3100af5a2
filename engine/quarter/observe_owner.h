// P4 and P8: the part of obs.me that owners of compute see: fleet, sites, power, what their hours cost, their customers and contracts.
#pragma once

#include "engine/market/market_compute.h"
#include "engine/market/power_ahead.h"
#include "engine/quarter/observe_market.h"
#include "engine/quarter/view_firm.h"
#include "engine/settle/backlog.h"
#include "engine/settle/compute_cost.h"

namespace rackrace {

/// Chips awarded to a firm and not shipped, for delivery within `lead_q` quarters.
RACKRACE_HD inline std::int32_t ordered_chips(const Firm& firm, int product, int lead_q) {
    std::int32_t sum = 0;
    RACKRACE_NO_UNROLL
    for (int slot = 1; slot < kOrderSlots && slot <= lead_q; ++slot) sum += firm.orders[product][slot].chips;  // slot 0 has shipped
    return sum;
}

/// Quarters from a chip order made now to delivery: those of the newest product, of the usual sale where none sells.
RACKRACE_HD inline int newest_lead_q(const Parameters& p, const MarketFigures& market) {
    return market.newest_i > 0 ? market.products[market.newest_i - 1].lead_q : static_cast<int>(p.chip_sale_lag_q);
}

RACKRACE_HD inline void observe_fleet(const Scenario& scenario, const World& world, const MarketFigures& market, int f, MeView& me) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    const double uptime = p.uptime_frac[static_cast<int>(firm.role)];
    double arriving_h100e = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.product_count; ++i) {
        const Holding& h = firm.holdings[i];
        const double h100e_chip = scenario.products[i].training_h100e_chip * uptime;
        const std::int32_t ordered = ordered_chips(firm, i, kOrderSlots);
        arriving_h100e += ordered_chips(firm, i, newest_lead_q(p, market)) * h100e_chip;
        if (h.installed == 0 && h.warehouse == 0 && ordered == 0) continue;
        FleetView& view = me.fleet[me.fleet_count++];
        view.product = i;
        view.gen = scenario.products[i].generation;
        view.chips = h.installed;
        view.waiting_chips = h.warehouse;
        view.ordered_chips = ordered;
        const double age = h.gross.value > 0 ? to_double(h.depreciation) / to_double(h.gross) * scenario.firms[f].chip_life_q : 0.0;
        view.age_q = to_int32(to_int64(round_half_away(age)));
        view.mh = h.is_off != 0 ? 0.0 : to_mh(p, h.installed * h100e_chip);
        view.book_musd = to_musd(h.gross - h.depreciation);
        view.resale_musd = to_musd((static_cast<double>(h.installed) + h.warehouse) * market.products[i].resale_usd_chip);
    }
    me.arriving_mh = to_mh(p, arriving_h100e);
}

RACKRACE_HD inline void observe_power(const Scenario& scenario, const World& world, int f, MeView& me) {
    const Firm& firm = world.firms[f];
    me.sites_count = scenario.region_count;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const Site& site = firm.sites[r];
        double coming_kw = 0.0;
        RACKRACE_NO_UNROLL
        for (const std::int32_t kw : site.lease_coming_kw) coming_kw += kw;
        me.sites[r] = {to_mw(site.shell_kw), to_mw(site.lease_kw), to_mw(coming_kw), to_mw(site.grid_kw), to_mw(site.onsite_kw),
                       to_mw(unconnected_grid_kw(scenario, world, f, r))};
    }
    double usable = usable_it_kw_ahead(scenario, world, f, 0);
    me.power_mw = to_mw(usable);
    me.power_free_mw = to_mw(max(0.0, usable - installed_it_kw(scenario, firm)));
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kPowerAhead; ++k) {
        const double then = usable_it_kw_ahead(scenario, world, f, k + 1);
        me.power_coming_mw[k] = to_mw(then - usable);
        usable = then;
    }
}

/// Own customers and models. Needs of inference count in training hours: divided by the firm's kappa.
RACKRACE_HD inline void observe_customers(const Scenario& scenario, const World& world, int f, const OwnCompute& own, MeView& me) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    double need_h100e = own_wants(scenario, world, contracted_compute(scenario, world, live_contracts(world)), f, own).training_h100e;
    RACKRACE_NO_UNROLL
    for (int s = 0; s < kMaxSegments; ++s) {
        need_h100e += customers_need_h100e_i(scenario, world, f, s) / own.kappa;
        me.share_frac[s] = share_of_segment(p, firm, s);
        me.served_frac[s] = firm.served_frac[s];
        me.price_usd_task[s] = firm.price_usd_task[s];
    }
    me.demand_mh = to_mh(p, need_h100e);
    me.train_mh = to_mh(p, firm.training_h100e);
    me.capability = firm.capability_oom;
    if (firm.role == Role::hyperscaler) me.core_mh = to_mh(p, firm.core_h100e_i / own.kappa);
}

/// What was sold and rented by contract, and for a neocloud what is still to come of it.
RACKRACE_HD inline void observe_contract_totals(const Scenario& scenario, const World& world, const MarketFigures& market, int f, MeView& me) {
    const Parameters& p = scenario.parameters;
    const int ahead_t = world.t + newest_lead_q(p, market);
    double sold = 0.0, rented = 0.0, owed_usd = 0.0, owed_usd_q = 0.0, revenue = 0.0, by_buyer[kParties] = {};
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        const Contract& contract = world.contracts[c];
        if (contract.id == 0 || contract.end_t < world.t) continue;
        if (contract.buyer == f) rented += committed_in(contract, world.t);
        if (contract.seller != f) continue;
        sold += committed_in(contract, ahead_t);
        const double usd = to_double(contract_backlog(p, contract, world.t - 1));
        owed_usd += usd;
        owed_usd_q += usd * (contract.end_t - world.t + 1);
        const double bill = contract.price_usd_h * committed_in(contract, world.t);
        revenue += bill;
        by_buyer[contract.buyer] += bill;
    }
    me.contracted_mh = to_mh(p, sold);
    me.rented_mh = to_mh(p, rented);
    if (world.firms[f].role != Role::neocloud) return;
    me.takeorpay_musd = to_musd(owed_usd);
    me.backlog_q = owed_usd > 0.0 ? round_half_away(owed_usd_q / owed_usd) : 0.0;
    RACKRACE_NO_UNROLL
    for (int party = 0; party < kParties; ++party)
        if (revenue > 0.0) me.top_client_frac = max(me.top_client_frac, by_buyer[party] / revenue);
}

RACKRACE_HD inline void observe_owner(const Scenario& scenario, const World& world, const MarketFigures& market, int f, MeView& me) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    const OwnCompute own = own_compute(scenario, world, f, held_products(scenario, world.firms[f]));
    observe_fleet(scenario, world, market, f, me);
    observe_power(scenario, world, f, me);
    observe_contract_totals(scenario, world, market, f, me);
    me.capacity_mh = to_mh(p, own.h100e);
    double used_h100e = 0.0;
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g)
        used_h100e += static_cast<double>(firm.delivered_h100e[g]) + firm.used_h100e[g] + firm.sold_spot_h100e[g];
    me.used_mh = to_mh(p, used_h100e);
    if (own.h100e > 0.0) {
        const double hours = own.h100e * p.hours_per_quarter, cash = compute_cash_cost_usd_q(scenario, world, f);
        me.cash_cost_usd_h = cash / hours;
        me.unit_cost_usd_h = (cash + compute_depreciation_usd_q(scenario, world, f)) / hours;
    }
    if (builds_models(firm.role)) observe_customers(scenario, world, f, own, me);
}

}  // namespace rackrace
