// A firm in chapter 11 is bought: its assets, contracts and orders join the buyer's at book value, the rest of the price is goodwill, and the price
// goes to the creditors (model.md 5.15). Everything is posted by kinds of 6.2, as if each asset were sold on.
#pragma once

#include "engine/market/power_phase.h"
#include "engine/market/shipment.h"
#include "engine/market/site_phase.h"
#include "engine/settle/contract_end.h"
#include "engine/settle/investment_payments.h"

namespace rackrace {

/// Chips of all products, in service and waiting, and their orders. Deposits are returned by the vendor and paid again by the buyer.
RACKRACE_HD inline void take_chips(const Scenario& scenario, World& world, Ledger& ledger, int f, int buyer) {
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        Holding &from = world.firms[f].holdings[p], &to = world.firms[buyer].holdings[p];
        const Usd net = from.gross - from.depreciation;
        post(world, ledger, Kind::chip_depreciation_disposal, f, f, from.depreciation, p);
        post(world, ledger, Kind::used_chip_sale, buyer, f, net, p);
        post(world, ledger, Kind::chip_disposal, f, f, net, p);
        if (to.installed == 0) to.is_off = from.is_off;
        to.installed += from.installed;
        to.warehouse += from.warehouse;
        to.gross += net;
        from = Holding{};
        RACKRACE_NO_UNROLL
        for (int slot = 0; slot < kOrderSlots; ++slot) {
            ChipOrder& order = world.firms[f].orders[p][slot];
            const int vendor = scenario.products[p].vendor;
            post(world, ledger, Kind::chip_deposit_returned, vendor, f, order.deposit, p);
            post(world, ledger, Kind::chip_deposit, buyer, vendor, order.deposit, p);
            merge_order(world.firms[buyer].orders[p][slot], order);
            order = ChipOrder{};
        }
    }
    RACKRACE_NO_UNROLL
    for (SupplyAgreement& agreement : world.agreements)
        if (agreement.chips_q != 0 && agreement.buyer == f) agreement.buyer = static_cast<std::int16_t>(buyer);
}

/// Power, shells and leases of one region: kW and adders add up, rents and terms weigh by kW.
RACKRACE_HD inline void take_site(World& world, Site& from, Site& to) {
    to.shell_kw += from.shell_kw;
    to.grid_kw += from.grid_kw;
    to.onsite_kw += from.onsite_kw;
    merge_lease(to, from.lease_kw, from.lease_rent_usd_kw_q, from.lease_left_q);
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kGridSlots; ++k) {
        to.won_kw[k] += from.won_kw[k];
        to.won_adder_usd_q[k] = to_adder(world, static_cast<double>(to.won_adder_usd_q[k]) + from.won_adder_usd_q[k]);
    }
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kOnsiteSlots; ++k) to.onsite_coming_kw[k] += from.onsite_coming_kw[k];
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kLeaseSlots; ++k) {
        const double kw = static_cast<double>(to.lease_coming_kw[k]) + from.lease_coming_kw[k];
        if (from.lease_coming_kw[k] == 0) continue;
        const double term = (static_cast<double>(to.lease_coming_kw[k]) * to.lease_coming_term_q[k] + static_cast<double>(from.lease_coming_kw[k]) * from.lease_coming_term_q[k]) / kw;
        to.lease_coming_term_q[k] = static_cast<std::int16_t>(ceil_to_int64(term));
        to.lease_coming_kw[k] += from.lease_coming_kw[k];
    }
    RACKRACE_NO_UNROLL
    for (int v = 0; v < kMaxCohorts; ++v) to.vintage[v] = to_adder(world, static_cast<double>(to.vintage[v]) + from.vintage[v]);  // kW waiting are far below the cut
    from = Site{};
}

/// Projects move into free slots, the one with the most spent first; what finds no slot is abandoned by its new owner, and counted.
RACKRACE_HD inline void take_projects(const Scenario& scenario, World& world, Ledger& ledger, int f, int buyer) {
    int free = 0;
    RACKRACE_NO_UNROLL
    while (true) {
        int best = -1;
        RACKRACE_NO_UNROLL
        for (int i = 0; i < kMaxProjects; ++i) {
            const Project& one = world.firms[f].projects[i];
            if (one.kw != 0 && (best < 0 || one.spent > world.firms[f].projects[best].spent)) best = i;
        }
        if (best < 0) return;
        Project& project = world.firms[f].projects[best];
        RACKRACE_NO_UNROLL
        while (free < kMaxProjects && world.firms[buyer].projects[free].kw != 0) ++free;
        if (free < kMaxProjects) {
            world.firms[buyer].projects[free] = project;
        } else {
            ++world.capacity_refusals;
            abandon_project(scenario.parameters, world, ledger, buyer, project);
        }
        project = Project{};
    }
}

/// Books of sites, plant and work in building, and the deposits at the utility.
RACKRACE_HD inline void take_site_books(World& world, Ledger& ledger, int f, int buyer) {
    const auto book = [&](Account account) { return balance_of(world, f, account); };
    const Usd sites = book(Account::sites_gross) + book(Account::sites_depreciation), onsite = book(Account::onsite_gross) + book(Account::onsite_depreciation);
    const Usd building = book(Account::building), deposits = book(Account::grid_deposits);
    post(world, ledger, Kind::site_depreciation_disposal, f, f, -book(Account::sites_depreciation));
    post(world, ledger, Kind::site_sale, buyer, f, sites);
    post(world, ledger, Kind::site_disposal, f, f, sites);
    post(world, ledger, Kind::onsite_depreciation_disposal, f, f, -book(Account::onsite_depreciation));
    post(world, ledger, Kind::onsite_order, buyer, f, onsite);
    post(world, ledger, Kind::onsite_completed, buyer, buyer, onsite);
    post(world, ledger, Kind::onsite_disposal, f, f, onsite);
    post(world, ledger, Kind::building_instalment, buyer, f, building);
    post(world, ledger, Kind::building_write_off, f, f, building);
    post(world, ledger, Kind::grid_deposit_returned, kUtility, f, deposits);
    post(world, ledger, Kind::grid_deposit, buyer, kUtility, deposits);
}

/// Contracts change sides with what is prepaid on them; those with the buyer itself cancel out and end. The quarter's compute goes with them.
RACKRACE_HD inline void take_contracts(const Scenario& scenario, World& world, Ledger& ledger, int f, int buyer) {
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        Contract& contract = world.contracts[c];
        if (contract.id == 0 || (contract.seller != f && contract.buyer != f)) continue;
        const int old_seller = contract.seller, old_buyer = contract.buyer;
        if (contract.seller == f) contract.seller = static_cast<std::int16_t>(buyer);
        else contract.buyer = static_cast<std::int16_t>(buyer);
        post(world, ledger, Kind::prepayment_returned, old_seller, old_buyer, contract.prepaid, contract.id);
        if (contract.seller == contract.buyer) {
            contract.prepaid = Usd{};
            stop_contract(scenario, world, contract);
        } else {
            post(world, ledger, Kind::prepayment, contract.buyer, contract.seller, contract.prepaid, contract.id);
        }
    }
}

/// What the firm's compute did in the quarter now stands with the buyer, so that the close finds it beside the contracts.
RACKRACE_HD inline void take_compute(Firm& from, Firm& to) {
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g) {
        const double mine = to.pool_h100e[g], more = from.pool_h100e[g];
        if (more > 0.0) to.kappa[g] = (to.kappa[g] * mine + from.kappa[g] * more) / (mine + more);
        to.pool_h100e[g] += from.pool_h100e[g];
        to.received_h100e[g] += from.received_h100e[g];
        to.delivered_h100e[g] += from.delivered_h100e[g];
        to.used_h100e[g] += from.used_h100e[g];
        to.sold_spot_h100e[g] += from.sold_spot_h100e[g];
        to.idle_h100e[g] += from.idle_h100e[g];
    }
    to.spot_bought_t_h100e += from.spot_bought_t_h100e;
    to.spot_bought_i_h100e += from.spot_bought_i_h100e;
    to.spot_idle_t_h100e += from.spot_idle_t_h100e;
    to.spot_idle_i_h100e += from.spot_idle_i_h100e;
}

/// Carries out a sale at `price`, which the buyer's cash and revolver cover. The buyer takes no debt, no bills, no staff, no models and no customers.
RACKRACE_HD RACKRACE_APART inline void acquire(const Scenario& scenario, World& world, Ledger& ledger, int f, int buyer, Usd price, const EstateValue& value) {
    const Usd before = cash_of(world, f);
    take_chips(scenario, world, ledger, f, buyer);
    take_site_books(world, ledger, f, buyer);
    take_projects(scenario, world, ledger, f, buyer);
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) take_site(world, world.firms[f].sites[r], world.firms[buyer].sites[r]);
    take_contracts(scenario, world, ledger, f, buyer);
    take_compute(world.firms[f], world.firms[buyer]);
    assign_receivables(scenario, world, ledger, f, buyer);
    const Usd book = cash_of(world, f) - before;  // of what changed hands
    if (price < book) post(world, ledger, Kind::firm_purchase, f, buyer, book - price, f);
    else post(world, ledger, Kind::firm_purchase, buyer, f, price - book, f);
    if (cash_of(world, buyer).value < 0) draw_revolver(world, ledger, buyer, -cash_of(world, buyer), revolver_margin_apr(scenario, world, buyer));
    wipe_out(scenario, world, ledger, f, pay_creditors(scenario, world, ledger, f, value.chips_usd, value.sites_usd));
    world.firms[f].taken_by = static_cast<std::int16_t>(buyer + 1);
    close_firm(world.firms[f], FirmStatus::acquired);
}

}  // namespace rackrace
