// Settlement step S4: wages and running cost, upkeep, storage, energy with its minimum take, adders, rent.
#pragma once

#include "engine/market/chip_load.h"
#include "engine/market/power_connection.h"
#include "engine/settle/payments.h"

namespace rackrace {

/// Upkeep of the chips that run: a share of list + system a year. held: held_products.
RACKRACE_HD inline Usd upkeep_of(const Scenario& scenario, const World& world, int f, std::uint32_t held) {
    const Parameters& p = scenario.parameters;
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (; held != 0; held &= held - 1) {
        const int i = lowest_bit(held);
        const Holding& h = world.firms[f].holdings[i];
        if (h.is_off == 0) sum += h.installed * (world.products[i].list_usd_chip + scenario.products[i].system_usd_chip);
    }
    return to_usd(sum * p.upkeep_apr[static_cast<int>(world.firms[f].role)] / p.quarters_per_year);
}

/// Storage and insurance of waiting chips: a share of their cost, which is the group's by units, chips that just shipped among them.
/// held: held_products.
RACKRACE_HD inline Usd storage_of(const Scenario& scenario, const Firm& firm, std::uint32_t held) {
    double cost = 0.0;
    RACKRACE_NO_UNROLL
    for (; held != 0; held &= held - 1) {
        const int p = lowest_bit(held);
        const Holding& h = firm.holdings[p];
        const ChipOrder& shipped = firm.orders[p][0];  // there, but paid and booked only in S6
        const double group = to_double(h.gross) + shipped.chips * (shipped.price_usd_chip + scenario.products[p].system_usd_chip);
        if (h.warehouse > 0) cost += group * h.warehouse / (static_cast<double>(h.warehouse) + h.installed);
    }
    return to_usd(cost * scenario.parameters.warehouse_cost_frac);
}

/// Running cost beside chips and power: a fixed part, and a share of AI revenue (own, contract and spot).
RACKRACE_HD inline Usd staff_of(const Scenario& scenario, const World& world, const Ledger& ledger, int f) {
    const Usd revenue = received(ledger, f, Kind::ai_revenue) + received(ledger, f, Kind::contract_bill) + received(ledger, f, Kind::prepayment_draw) +
                        received(ledger, f, Kind::spot_purchase);
    const double share = scenario.parameters.staff_revenue_share_frac[static_cast<int>(world.firms[f].role)];
    return to_usd(world.firms[f].staff_usd_q + share * to_double(revenue));
}

/// An energy bill, drawn down first from deposits of kW that are connected, which are those beyond `waiting`; and the adders of the region.
RACKRACE_HD inline void pay_energy(const Scenario& scenario, World& world, Ledger& ledger, int f, int r, Usd bill, Usd waiting, double margin_apr) {
    const Usd spare = balance_of(world, f, Account::grid_deposits) - waiting;
    const Usd drawn = max_usd(Usd{}, min_usd(bill, spare));
    post(world, ledger, Kind::grid_deposit_applied, f, kUtility, drawn, r);
    pay(world, ledger, Kind::energy, f, kUtility, bill - drawn, margin_apr, r);
    pay(world, ledger, Kind::grid_adder, f, kUtility, Usd{adders_owed_usd_q(scenario, world.firms[f].sites[r])}, margin_apr, r);
}

/// S4 for all firms, in the fixed order of the creditors: staff, utility, landlord; each creditor's old arrears first.
/// sold_use_frac [party]: fill_sold_use.
RACKRACE_HD RACKRACE_APART inline void pay_operating_costs(const Scenario& scenario, World& world, Ledger& ledger, const Rolls& rolls, const double* sold_use_frac,
                                                           const double* margin_apr) {
    MeterLoads loads;
    meter_loads(scenario, world, rolls, sold_use_frac, loads);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const double margin = margin_apr[f];
        pay_arrears(world, ledger, f, kStaff, margin);
        pay(world, ledger, Kind::staff, f, kStaff, staff_of(scenario, world, ledger, f), margin);
        pay(world, ledger, Kind::upkeep, f, kStaff, upkeep_of(scenario, world, f, rolls.held[f]), margin);
        pay(world, ledger, Kind::storage, f, kStaff, storage_of(scenario, world.firms[f], rolls.held[f]), margin);
        pay_arrears(world, ledger, f, kUtility, margin);
        const Usd waiting = deposits_of_waiting(scenario, world.firms[f]);
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) {
            if (world.firms[f].sites[r].grid_kw == 0 && world.firms[f].sites[r].onsite_kw == 0) continue;  // no load, and no connection to owe for
            const double take_frac = minimum_take_frac(scenario, r, world.t);
            const double grid_mwh = billed_grid_mwh(scenario.parameters, take_frac, loads.grid_kw[f][r], world.firms[f].sites[r].grid_kw);
            const double onsite_mwh = energy_mwh(scenario.parameters, loads.onsite_kw[f][r]);
            const double bill = grid_mwh * world.regions[r].energy_price_usd_mwh + onsite_mwh * scenario.regions[r].onsite_usd_mwh;
            pay_energy(scenario, world, ledger, f, r, to_usd(bill), waiting, margin);
        }
        pay_arrears(world, ledger, f, kLandlord, margin);
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) {
            Site& site = world.firms[f].sites[r];
            if (site.lease_kw == 0) continue;
            pay(world, ledger, Kind::rent, f, kLandlord, to_usd(site.lease_kw * site.lease_rent_usd_kw_q), margin, r);
            --site.lease_left_q;
        }
    }
}

}  // namespace rackrace
