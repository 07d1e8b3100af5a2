// Liquidation: sites, power, orders and contracts go on the day of the decision, chips through the used market in the quarters after it; then
// creditors are paid and nothing is left (model.md 5.15).
#pragma once

#include "engine/market/chip_orders.h"
#include "engine/market/power_phase.h"
#include "engine/market/site_phase.h"
#include "engine/market/used_chip_phase.h"
#include "engine/settle/contract_end.h"
#include "engine/settle/identities_exit.h"

namespace rackrace {

/// Open chip orders are cancelled: deposits are forfeited, but for orders that are late by so much that a buyer may leave. Supply agreements end.
RACKRACE_HD inline void cancel_all_orders(const Scenario& scenario, World& world, Ledger& ledger, int f) {
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        RACKRACE_NO_UNROLL
        for (int slot = 0; slot < kOrderSlots; ++slot) {
            const std::int64_t chips = world.firms[f].orders[p][slot].chips;
            if (chips > 0) cancel_order(scenario, world, ledger, f, p, slot, chips);
        }
    }
    RACKRACE_NO_UNROLL
    for (SupplyAgreement& agreement : world.agreements)
        if (agreement.chips_q != 0 && agreement.buyer == f) agreement = SupplyAgreement{};
}

/// Grid kW are free again, waiting ones are withdrawn for half of their deposit; adders of the latter are a claim of the utility. What is left of
/// the deposits comes back.
RACKRACE_HD inline void return_power(const Scenario& scenario, World& world, Ledger& ledger, int f) {
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        Site& site = world.firms[f].sites[r];
        double cost_usd = 0.0;
        withdraw_waiting(scenario, world, ledger, f, r, waiting_kw(scenario, site), cost_usd);
        file_claim(world, ledger, Kind::grid_adder, f, kUtility, to_usd(cost_usd), r);
        world.regions[r].free_kw += site.grid_kw;
        site.grid_kw = 0;
        RACKRACE_NO_UNROLL
        for (std::uint32_t& adder : site.vintage) adder = 0;
    }
    post(world, ledger, Kind::grid_deposit_returned, kUtility, f, balance_of(world, f, Account::grid_deposits));
}

/// Running leases are left, which is a claim of the landlord; signed ones lapse.
RACKRACE_HD inline void leave_leases(const Scenario& scenario, World& world, Ledger& ledger, int f) {
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        Site& site = world.firms[f].sites[r];
        const double fee = lease_exit_fee_usd(scenario.parameters, site.lease_rent_usd_kw_q, site.lease_kw, site.lease_left_q);
        file_claim(world, ledger, Kind::lease_exit, f, kLandlord, to_usd(fee), r);
        site.lease_kw = 0;
        site.lease_left_q = 0;
        site.lease_rent_usd_kw_q = 0.0;
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kLeaseSlots; ++k) {
            site.lease_coming_kw[k] = 0;
            site.lease_coming_term_q[k] = 0;
        }
    }
}

/// Shells go to landlords for part of their book, running plant is sold, everything in building is abandoned: projects, the opening schedule,
/// plant on order. returns what it brought.
RACKRACE_HD inline Usd sell_sites(const Scenario& scenario, World& world, Ledger& ledger, int f) {
    const Parameters& p = scenario.parameters;
    Firm& firm = world.firms[f];
    const Usd before = cash_of(world, f);
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        RACKRACE_NO_UNROLL
        for (std::int32_t& kw : firm.sites[r].onsite_coming_kw) kw = 0;  // plant of this quarter is paid for since S6
    }
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        Site& site = firm.sites[r];
        sell_plant(scenario, world, ledger, f, r, site.onsite_kw);
        world.regions[r].landlord_kw += site.shell_kw;
        site.shell_kw = 0;
    }
    const Usd building = balance_of(world, f, Account::building), salvage = project_salvage(p, building);
    post(world, ledger, Kind::building_salvage, kBuilder, f, salvage);
    post(world, ledger, Kind::building_write_off, f, f, building - salvage);
    RACKRACE_NO_UNROLL
    for (Project& project : firm.projects) project = Project{};
    const Usd depreciation = -balance_of(world, f, Account::sites_depreciation), net = balance_of(world, f, Account::sites_gross) - depreciation;
    post(world, ledger, Kind::site_sale, kLandlord, f, to_usd(p.site_liquidation_frac * to_double(net)));
    post(world, ledger, Kind::site_depreciation_disposal, f, f, depreciation);
    post(world, ledger, Kind::site_disposal, f, f, net);
    return cash_of(world, f) - before;
}

/// The day of the decision. Chips leave service and wait for the used market; customers move in the next quarter.
RACKRACE_HD RACKRACE_APART inline void start_liquidation(const Scenario& scenario, World& world, Ledger& ledger, int f) {
    Firm& firm = world.firms[f];
    firm.status = FirmStatus::liquidated;
    firm.estate_q = static_cast<std::int16_t>(scenario.parameters.chapter_11_q + 1.0);
    reject_contracts(scenario, world, ledger, f, true);
    cancel_all_orders(scenario, world, ledger, f);
    return_power(scenario, world, ledger, f);
    leave_leases(scenario, world, ledger, f);
    repay_secured(world, ledger, f, true, sell_sites(scenario, world, ledger, f));
    RACKRACE_NO_UNROLL
    for (Holding& h : firm.holdings) {
        h.warehouse += h.installed;
        h.installed = h.is_off = 0;
        h.unprofitable_q = 0;
    }
    firm.core_cash_usd_q = firm.core_revenue_usd_q = firm.staff_usd_q = 0.0;
    RACKRACE_NO_UNROLL
    for (double& price : firm.price_usd_task) price = 0.0;
}

/// Chips that not even the dealer took are scrap.
RACKRACE_HD inline void scrap_chips(const Scenario& scenario, World& world, Ledger& ledger, int f) {
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const std::int32_t chips = world.firms[f].holdings[p].warehouse;
        if (chips == 0 && world.firms[f].holdings[p].gross.value == 0) continue;
        if (chips > 0) dispose_chips(world, ledger, f, p, chips);
        world.products[p].total_scrapped += chips;
    }
}

/// A quarter of the wind-up, after the used market has met. At the end the rest is shared out, and the firm is gone.
RACKRACE_HD RACKRACE_APART inline void wind_up(const Scenario& scenario, World& world, Ledger& ledger, int f) {
    Firm& firm = world.firms[f];
    if (is_gone(scenario.parameters, firm)) return;
    repay_secured(world, ledger, f, false, received(ledger, f, Kind::used_chip_sale) + received(ledger, f, Kind::dealer_purchase));
    if (firm.estate_q++ < wound_up_q(scenario.parameters)) return;
    scrap_chips(scenario, world, ledger, f);
    assign_receivables(scenario, world, ledger, f, kInvestor);
    wipe_out(scenario, world, ledger, f, pay_creditors(scenario, world, ledger, f, 0.0, 0.0));
    close_firm(firm, FirmStatus::liquidated);
}

}  // namespace rackrace
