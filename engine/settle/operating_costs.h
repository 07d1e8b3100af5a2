// Settlement step S4: wages and running cost, upkeep, storage, energy with its minimum take, adders, rent.
#pragma once

#include "engine/market/energy.h"
#include "engine/market/power_phase.h"
#include "engine/market/site_power.h"
#include "engine/settle/payments.h"

namespace rackrace {

/// Share of a firm's own pool of a generation that worked this quarter: hours sold by contract count as used (5.4).
/// What idles is contracted compute first, so own chips idle only for the rest.
RACKRACE_HD inline double pool_use_frac(const Firm& firm, int g) {
    if (firm.pool_h100e[g] == 0) return 0.0;
    const double idle_own = max(0.0, static_cast<double>(firm.idle_h100e[g]) - firm.received_h100e[g]);
    return 1.0 - min(1.0, idle_own / firm.pool_h100e[g]);
}

/// Mean draw of a firm's chips at the rack, IT kW.
RACKRACE_HD inline double firm_load_kw(const Scenario& scenario, const Firm& firm) {
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const Holding& h = firm.holdings[p];
        if (h.installed == 0) continue;
        const double use = pool_use_frac(firm, scenario.products[p].generation);
        sum += h.installed * chip_load_kw(scenario.parameters, scenario.products[p].kw_chip, use, h.is_off == 0);
    }
    return sum;
}

/// A firm's load at the meter by region: spread as its usable kW; the grid carries it as far as it goes, on-site plant the rest.
struct MeterLoads {
    double grid_kw[kMaxFirms][kMaxRegions];
    double onsite_kw[kMaxFirms][kMaxRegions];
};

/// Loads of all firms, the regions' energy prices that follow from them, and each firm's mean price weighted by usable kW.
RACKRACE_HD inline void meter_loads(const Scenario& scenario, World& world, MeterLoads& loads) {
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) world.regions[r].used_kw = 0.0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Firm& firm = world.firms[f];
        firm.load_kw = firm_load_kw(scenario, firm);
        const double usable = usable_it_kw(scenario, firm);
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) {
            const Region& region = scenario.regions[r];
            const double share = usable > 0.0 ? static_cast<double>(usable_it_kw(region, firm.sites[r])) / usable : 0.0;
            const double meter = firm.load_kw * share * region.pue_ratio;
            loads.grid_kw[f][r] = min(meter, firm.sites[r].grid_kw);
            loads.onsite_kw[f][r] = meter - loads.grid_kw[f][r];
            world.regions[r].used_kw += loads.grid_kw[f][r];
        }
    }
    const double years = (world.t - scenario.start_t + 1) / scenario.parameters.quarters_per_year;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const double base = scenario.regions[r].base_power_usd_mwh * pow(1.0 + scenario.regions[r].power_growth_apr, years);
        world.regions[r].energy_price_usd_mwh =
            energy_price_usd_mwh(scenario.parameters, base, world.regions[r].used_kw, static_cast<double>(world.regions[r].exogenous_kw));
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const double usable = usable_it_kw(scenario, world.firms[f]);
        double price = 0.0;
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r)
            price += world.regions[r].energy_price_usd_mwh * static_cast<double>(usable_it_kw(scenario.regions[r], world.firms[f].sites[r]));
        world.firms[f].energy_price_usd_mwh = usable > 0.0 ? price / usable : 0.0;
    }
}

/// Upkeep of the chips that run: a share of list + system a year.
RACKRACE_HD inline Usd upkeep_of(const Scenario& scenario, const World& world, int f) {
    const Parameters& p = scenario.parameters;
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.product_count; ++i) {
        const Holding& h = world.firms[f].holdings[i];
        if (h.is_off == 0) sum += h.installed * (world.products[i].list_usd_chip + scenario.products[i].system_usd_chip);
    }
    return to_usd(sum * p.upkeep_apr[static_cast<int>(world.firms[f].role)] / p.quarters_per_year);
}

/// Storage and insurance of waiting chips: a share of their cost, which is the group's by units.
RACKRACE_HD inline Usd storage_of(const Scenario& scenario, const Firm& firm) {
    double cost = 0.0;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const Holding& h = firm.holdings[p];
        if (h.warehouse > 0) cost += to_double(h.gross) * h.warehouse / (static_cast<double>(h.warehouse) + h.installed);
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

/// An energy bill, drawn down first from deposits of kW that are connected; and the adders of the region.
RACKRACE_HD inline void pay_energy(const Scenario& scenario, World& world, Ledger& ledger, int f, int r, Usd bill, double spread_apr) {
    const Usd spare = balance_of(world, f, Account::grid_deposits) - deposits_of_waiting(scenario, world.firms[f]);
    const Usd drawn = max_usd(Usd{}, min_usd(bill, spare));
    post(world, ledger, Kind::grid_deposit_applied, f, kUtility, drawn, r);
    pay(world, ledger, Kind::energy, f, kUtility, bill - drawn, spread_apr, r);
    if (scenario.rules.power != PowerRule::auction) return;
    std::int64_t adder = 0;
    RACKRACE_NO_UNROLL
    for (int v = 0; v < kMaxCohorts; ++v) adder += world.firms[f].sites[r].vintage[v];
    pay(world, ledger, Kind::grid_adder, f, kUtility, Usd{adder}, spread_apr, r);
}

/// S4 for all firms, in the fixed order of the creditors: staff, utility, landlord; each creditor's old arrears first.
RACKRACE_HD inline void pay_operating_costs(const Scenario& scenario, World& world, Ledger& ledger, const double* spread_apr) {
    MeterLoads loads;
    meter_loads(scenario, world, loads);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const double spread = spread_apr[f];
        pay_arrears(world, ledger, f, kStaff, spread);
        pay(world, ledger, Kind::staff, f, kStaff, staff_of(scenario, world, ledger, f), spread);
        pay(world, ledger, Kind::upkeep, f, kStaff, upkeep_of(scenario, world, f), spread);
        pay(world, ledger, Kind::storage, f, kStaff, storage_of(scenario, world.firms[f]), spread);
        pay_arrears(world, ledger, f, kUtility, spread);
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) {
            const double grid_mwh = billed_grid_mwh(scenario.parameters, loads.grid_kw[f][r], world.firms[f].sites[r].grid_kw);
            const double onsite_mwh = energy_mwh(scenario.parameters, loads.onsite_kw[f][r]);
            const double bill = grid_mwh * world.regions[r].energy_price_usd_mwh + onsite_mwh * scenario.regions[r].onsite_usd_mwh;
            pay_energy(scenario, world, ledger, f, r, to_usd(bill), spread);
        }
        pay_arrears(world, ledger, f, kLandlord, spread);
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) {
            const Site& site = world.firms[f].sites[r];
            pay(world, ledger, Kind::rent, f, kLandlord, to_usd(site.lease_kw * site.lease_rent_usd_kw_q), spread, r);
        }
    }
}

}  // namespace rackrace
