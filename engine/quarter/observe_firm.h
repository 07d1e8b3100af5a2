// P4 and P8: fills what one firm may see beside the market: itself, its rivals' published books, its contracts, sites, loans and orders.
#pragma once

#include "engine/market/contract_exit.h"
#include "engine/market/credit_room.h"
#include "engine/market/equity_phase.h"
#include "engine/quarter/observe_owner.h"
#include "engine/settle/covenants.h"

namespace rackrace {

/// A supplier's own product: the last sale, what it costs, how much works, and wafers on the way.
RACKRACE_HD inline void observe_line(const Scenario& scenario, const World& world, int product, const SupplierState& supplier, LineView& view) {
    const Parameters& p = scenario.parameters;
    const Product& facts = scenario.products[product];
    const ProductState& state = world.products[product];
    view.product = product;
    view.available_chips = state.offered_chips;
    view.ordered_chips = state.asked_chips;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) view.backlog_chips += ordered_chips(world.firms[f], product, kOrderSlots);
    view.wafer_lead_q = static_cast<int>(p.wafer_lead_q);
    const int last = kWaferSlots - 1;  // allotted in stage A
    view.wafer_run_rate = state.wafers[supplier.allotted_wafers[last] > 0 ? last : last - 1];
    view.price_usd_chip = state.list_usd_chip * state.price_multiplier;
    view.unit_cost_usd_chip = facts.unit_cost_usd_chip;
    const bool is_mature = facts.first_t < 0;  // launched before 2024
    view.yield_frac = is_mature ? p.yield_before_2024_frac : package_yield(p, p.yield_initial_frac, p.yield_mature_frac, max(0.0, state.age_q));
}

RACKRACE_HD inline void observe_supplier(const Scenario& scenario, const World& world, int f, MeView& me) {
    me.receivables_musd = to_musd(balance_of(world, f, Account::receivables));
    const int slot = scenario.firms[f].supplier_slot;
    if (slot < 0) return;
    const SupplierState& supplier = world.suppliers[slot];
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kWafersAhead; ++k) me.wafers_allotted[k] = supplier.allotted_wafers[k + 1];
    const int lead_q = static_cast<int>(scenario.parameters.wafer_lead_q);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.product_count; ++i) {
        const Product& product = scenario.products[i];
        const ProductState& state = world.products[i];
        if (product.vendor != f || product.buyers == Buyers::used_only || state.first_t > world.t + lead_q || state.last_t < world.t) continue;
        observe_line(scenario, world, i, supplier, me.lines[me.lines_count++]);
    }
}

/// What lenders hold and would lend: covenants at this moment, unpledged collateral, the limit.
RACKRACE_HD inline void observe_credit(const Scenario& scenario, const World& world, int f, MeView& me) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    double secured = 0.0;
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d)
        if (firm.debt[d].is_secured != 0) secured += to_double(firm.debt[d].principal);
    const double pledged = chip_collateral(scenario, world, firm).resale_usd + p.abl_site_advance_frac * site_book_usd(world, f);
    double limit = to_double(largest_bond(p, world, f, bond_borrower(scenario, world, f)));
    if (firm.role == Role::neocloud)
        limit = max(limit, base_room_usd(scenario, world, f, netted_receipts(scenario, world, f, quarter_discount(p)), most_money()));
    me.headroom_frac = covenant_headroom_frac(p, firm, covenant_figures(scenario, world, f, firm.leverage_ratio));
    me.collateral_musd = to_musd(max(0.0, pledged - secured));
    me.credit_limit_musd = to_musd(limit);
}

RACKRACE_HD inline void observe_me(const Scenario& scenario, const World& world, const MarketFigures& market, int f, MeView& me) {
    const Firm& firm = world.firms[f];
    const Flows& last = firm.history[0];
    me.id = f;
    me.rating = firm.rating;
    me.cash_musd = to_musd(cash_of(world, f));
    me.debt_musd = to_musd(-balance_of(world, f, Account::debt));
    me.equity_musd = to_musd(-balance_of(world, f, Account::paid_in) - balance_of(world, f, Account::retained));
    me.value_musd = to_musd(firm.equity_value_usd);
    me.issue_value_musd = to_musd(issue_value_usd(scenario, world, f));
    me.ebitda_musd = to_musd(last.ebitda_ai + last.ebitda_core);
    me.interest_musd = to_musd(last.interest);
    me.capex_musd = to_musd(last.capex);
    me.burn_musd = to_musd(max_usd(Usd{}, last.net_outflow));
    observe_credit(scenario, world, f, me);
    if (firm.role == Role::supplier) observe_supplier(scenario, world, f, me);
    else observe_owner(scenario, world, market, f, me);
}

/// What the other firms published at the last close. Their money may have moved in stage A since: that is not shown.
RACKRACE_HD inline void observe_rivals(const Scenario& scenario, const World& world, int f, FirmView& view) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.firm_count; ++i) {
        const Firm& rival = world.firms[i];
        if (i == f || rival.status == FirmStatus::absent || !is_active(rival) || view.rivals_count == kMaxRivals) continue;
        RivalView& row = view.rivals[view.rivals_count++];
        row.id = i;
        row.role = static_cast<int>(rival.role);
        row.rating = rival.rating;
        row.distressed = rival.status != FirmStatus::healthy;
        row.cash_musd = world.history.cash_musd[i];
        row.debt_musd = world.history.debt_musd[i];
        double pools = 0.0;
        RACKRACE_NO_UNROLL
        for (int g = 0; g < kMaxGenerations; ++g) pools += rival.pool_h100e[g];
        row.capacity_mh = to_mh(scenario.parameters, pools);
        row.share_frac = world.ai_revenue_usd > 0.0 ? to_double(rival.history[0].ai_revenue) / world.ai_revenue_usd : 0.0;
        row.capex_musd = to_musd(rival.history[0].capex);
    }
}

/// Adds a row to a list; when it is full the row with the least, the new one included, is left out. Equal ones: the later.
template <int Capacity, class Row> RACKRACE_HD void add_largest(Row (&rows)[Capacity], std::int32_t& count, const Row& row, double Row::*size) {
    if (count == Capacity) {
        int least = 0;
        RACKRACE_NO_UNROLL
        for (int i = 1; i < Capacity; ++i)
            if (rows[i].*size <= rows[least].*size) least = i;
        if (row.*size <= rows[least].*size) return;
        RACKRACE_NO_UNROLL
        for (int i = least; i + 1 < Capacity; ++i) rows[i] = rows[i + 1];
        --count;
    }
    rows[count++] = row;
}

/// The contracts of which a firm is a side and that have not ended, the lowest id first. slots [kMaxContracts]. returns how many
RACKRACE_HD inline int own_contracts(const World& world, int f, std::int16_t* slots) {
    int count = 0;
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        const Contract& contract = world.contracts[c];
        if (contract.id == 0 || (contract.seller != f && contract.buyer != f) || contract.end_t < world.t) continue;
        int at = count++;
        RACKRACE_NO_UNROLL
        for (; at > 0 && world.contracts[slots[at - 1]].id > contract.id; --at) slots[at] = slots[at - 1];
        slots[at] = static_cast<std::int16_t>(c);
    }
    return count;
}

RACKRACE_HD inline void observe_contracts(const Scenario& scenario, const World& world, int f, FirmView& view) {
    const Parameters& p = scenario.parameters;
    std::int16_t slots[kMaxContracts];
    const int count = own_contracts(world, f, slots);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) {
        const int c = slots[i];
        const Contract& contract = world.contracts[c];
        ContractView row{};
        row.id = contract.id;
        row.selling = contract.seller == f;
        row.with = row.selling != 0 ? contract.buyer : contract.seller;
        row.gen = contract.generation;
        row.mh = to_mh(p, contract.quantity_h100e);
        row.usd_h = contract.price_usd_h;
        const int left_q = contract.end_t - world.t + 1;
        row.left_q = left_q;
        row.takeorpay_frac = contract.takeorpay_frac;
        row.break_musd = to_musd(termination_fee_usd(p, contract.price_usd_h, contract.takeorpay_frac, contract.quantity_h100e, left_q));
        add_largest(view.contracts, view.contracts_count, row, &ContractView::mh);
    }
}

RACKRACE_HD inline void observe_projects(const World& world, int f, FirmView& view) {
    RACKRACE_NO_UNROLL
    for (int j = 0; j < kMaxProjects; ++j) {
        const Project& project = world.firms[f].projects[j];
        if (project.kw == 0) continue;
        view.projects[view.projects_count++] = {j, project.region, to_mw(project.kw), static_cast<double>(project.left_q), to_musd(project.spent)};
    }
}

RACKRACE_HD inline void observe_loans(const Scenario& scenario, const World& world, int f, FirmView& view) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    const CovenantFigures figures = covenant_figures(scenario, world, f, firm.leverage_ratio);
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) {
        const Tranche& tranche = firm.debt[d];
        if (tranche.kind == DebtKind::none) continue;
        const double rate = tranche_rate_apr(p, world, firm, tranche);
        view.loans[view.loans_count++] = {d, static_cast<int>(tranche.kind), to_musd(tranche.principal), rate, static_cast<double>(tranche.left_q),
                                          covenant_headroom_frac(p, firm.role, figures, tranche)};
    }
}

/// Agreements that suppliers offered to this firm in stage A.
RACKRACE_HD inline void observe_supply(const Scenario& scenario, const World& world, int f, FirmView& view) {
    RACKRACE_NO_UNROLL
    for (int a = 0; a < kMaxAgreements; ++a) {
        const SupplyAgreement& offer = world.agreements[a];
        if (offer.chips_q == 0 || offer.buyer != f || offer.is_accepted != 0) continue;
        const int product = offer.product >= 0 ? offer.product : newest_on_sale(scenario, world, offer.supplier);
        view.supply[view.supply_count++] = {
            a, offer.supplier, product, offer.last_t - offer.first_t + 1, static_cast<double>(offer.chips_q), offer.discount_frac};
    }
}

/// A supplier's open orders.
RACKRACE_HD inline void observe_orders(const Scenario& scenario, const World& world, int f, FirmView& view) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.product_count; ++i) {
        if (scenario.products[i].vendor != f) continue;
        RACKRACE_NO_UNROLL
        for (int buyer = 0; buyer < scenario.firm_count; ++buyer) {
            RACKRACE_NO_UNROLL
            for (int slot = 1; slot < kOrderSlots; ++slot) {
                const std::int32_t chips = world.firms[buyer].orders[i][slot].chips;
                if (chips == 0) continue;
                const int id = (i * kMaxFirms + buyer) * kOrderSlots + slot;
                add_largest(view.orders, view.orders_count, OrderView{id, buyer, i, slot, static_cast<double>(chips)}, &OrderView::chips);
            }
        }
    }
}

/// What firm f may see at the call, beside the market. `market` is the market's view of the same call.
RACKRACE_HD inline void observe(const Scenario& scenario, const World& world, const MarketView& market, int f, FirmView& view) {
    view = FirmView{};
    observe_me(scenario, world, market.market, f, view.me);
    observe_rivals(scenario, world, f, view);
    observe_loans(scenario, world, f, view);
    if (world.firms[f].role == Role::supplier) {
        observe_orders(scenario, world, f, view);
        return;
    }
    observe_contracts(scenario, world, f, view);
    observe_projects(world, f, view);
    observe_supply(scenario, world, f, view);
}

}  // namespace rackrace
