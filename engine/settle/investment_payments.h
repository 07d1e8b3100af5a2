// Settlement step S6: chips that shipped this quarter, building instalments, wafers. Signed project and contract-backed money is drawn first;
// chips that cannot be paid go back and their deposit is lost.
#pragma once

#include "engine/market/building.h"
#include "engine/market/chip_return.h"
#include "engine/market/site_arrivals.h"
#include "engine/market/wafers.h"
#include "engine/settle/payments.h"
#include "engine/settle/rating.h"

namespace rackrace {

/// Draws signed money into a tranche of its kind; the spread is that of the day, weighted by principal with older draws.
RACKRACE_HD inline void draw_signed(World& world, Ledger& ledger, int f, DebtKind kind, Usd amount, double spread_apr, int term_q) {
    if (amount.value <= 0) return;
    const int d = find_tranche(world, f, kind);
    if (d < 0) return;
    Tranche& tranche = world.firms[f].debt[d];
    if (tranche.kind == DebtKind::none) {
        tranche = Tranche{};
        tranche.kind = kind;
        tranche.is_floating = tranche.is_amortising = tranche.is_secured = 1;
        tranche.left_q = term_q;
    }
    const double old = to_double(tranche.principal), more = to_double(amount);
    tranche.rate_apr = (tranche.rate_apr * old + spread_apr * more) / (old + more);
    tranche.principal += amount;
    post(world, ledger, Kind::debt_issue, kInvestor, f, amount, d);
}

/// Spread of a signed project line on the day of a draw: lenders' loss of site debt at the firm's own risk.
RACKRACE_HD inline double project_spread_apr(const Scenario& scenario, const World& world, int f) {
    const Parameters& p = scenario.parameters;
    const double novelty = 1.0 + p.novelty_initial_extra * exp(-world.t / p.novelty_decay_q);
    return credit_spread_apr(p, novelty, p.loss_given_default_project_frac, world.firms[f].default_probability_apr, world.sentiment);
}

/// Spread of the signed contract-backed line: that of the loan it belongs to, which every firm with such a line has.
RACKRACE_HD inline double contract_backed_spread_apr(const Scenario& scenario, const World& world, int f) {
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d)
        if (world.firms[f].debt[d].kind == DebtKind::contract_backed) return world.firms[f].debt[d].rate_apr;
    return project_spread_apr(scenario, world, f);
}

/// Pays for the chips of one product that shipped this quarter: balance to the supplier, integration to the system makers. What the means
/// do not cover goes back, from the warehouse first, and its deposit is the supplier's income.
RACKRACE_HD inline void pay_shipment(const Scenario& scenario, World& world, Ledger& ledger, int f, int product, double spread_apr) {
    Firm& firm = world.firms[f];
    ChipOrder& order = firm.orders[product][0];
    if (order.chips == 0) return;
    const int vendor = scenario.products[product].vendor;
    const double price = order.price_usd_chip, system = scenario.products[product].system_usd_chip;
    const Usd total = to_usd(price * order.chips) - order.deposit + to_usd(system * order.chips);
    const Usd signed_money = min_usd(firm.undrawn_contract_backed, max_usd(Usd{}, total));
    const Usd means = means_of(world, f) + signed_money;
    std::int64_t paid_chips = order.chips;
    if (means < total) {
        const double each = to_double(total) / order.chips;
        paid_chips = each > 0.0 ? floor_to_int64(to_double(means) / each) : 0;
        ChipStock stock{firm.holdings[product].warehouse, firm.holdings[product].installed};
        const std::int64_t back = return_chips(stock, order.chips - paid_chips);
        paid_chips = order.chips - back;
        firm.holdings[product].warehouse = to_int32(stock.warehouse);
        firm.holdings[product].installed = to_int32(stock.installed);
        world.products[product].inventory_chips += to_int32(back);
        world.products[product].returned_chips += to_int32(back);
        const Usd lost = to_usd(to_double(order.deposit) * static_cast<double>(back) / order.chips);
        post(world, ledger, Kind::chip_deposit_forfeited, f, vendor, lost, product);
        order.deposit -= lost;
        order.chips = to_int32(paid_chips);
    }
    const Usd integration = to_usd(system * order.chips);
    const Usd balance = max_usd(Usd{}, to_usd(price * order.chips) - order.deposit);
    const Usd drawn = min_usd(firm.undrawn_contract_backed, balance + integration);
    draw_signed(world, ledger, f, DebtKind::contract_backed, drawn, contract_backed_spread_apr(scenario, world, f),
                static_cast<int>(scenario.parameters.opening_project_loan_q));
    firm.undrawn_contract_backed -= drawn;
    post(world, ledger, Kind::chip_deposit_applied, f, vendor, order.deposit, product);
    pay(world, ledger, Kind::chip_balance, f, vendor, balance, spread_apr, product);
    pay(world, ledger, Kind::integration, f, kSystem, integration, spread_apr, product);
    firm.holdings[product].gross += order.deposit + balance + integration;
    order = ChipOrder{};
}

/// Instalment that the opening schedule owes in quarter t for one arrival: equal parts over the build_q quarters that end with the
/// arrival, the remainder in the last.
RACKRACE_HD inline Usd instalment_due(const Scenario& scenario, const Arrival& arrival, int k, int t) {
    const int arrival_t = scenario.arrivals_t + k;
    if (arrival.build_q == 0 || t > arrival_t || t <= arrival_t - arrival.build_q) return {};
    const Usd part{arrival.shell_cost.value / arrival.build_q};
    return t == arrival_t ? Usd{arrival.shell_cost.value - part.value * (arrival.build_q - 1)} : part;
}

/// Instalments of the opening schedule for one firm, and sites completed this quarter. Unpaid ones are arrears to the builder.
RACKRACE_HD inline void pay_instalments(const Scenario& scenario, World& world, Ledger& ledger, int f, double spread_apr) {
    Firm& firm = world.firms[f];
    pay_arrears(world, ledger, f, kBuilder, spread_apr);
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        Usd due{}, completed{};
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kArrivalQuarters; ++k) {
            const Arrival& arrival = scenario.arrivals[f][r][k];
            due += instalment_due(scenario, arrival, k, world.t);
            if (scenario.arrivals_t + k == world.t) completed += arrival.shell_cost;
        }
        const Usd drawn = min_usd(firm.undrawn_project, due);
        draw_signed(world, ledger, f, DebtKind::project, drawn, project_spread_apr(scenario, world, f),
                    static_cast<int>(scenario.parameters.opening_project_loan_q));
        firm.undrawn_project -= drawn;
        pay(world, ledger, Kind::building_instalment, f, kBuilder, due, spread_apr, r);
        post(world, ledger, Kind::site_completed, f, f, completed, r);
    }
}

/// Instalments of the firm's own projects, and the rest of the capital of plant that runs since this quarter. Signed project money is drawn
/// first; a project that cannot be paid stands still.
RACKRACE_HD inline void pay_projects(const Scenario& scenario, World& world, Ledger& ledger, int f, double spread_apr) {
    Firm& firm = world.firms[f];
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kMaxProjects; ++i) {
        Project& project = firm.projects[i];
        if (project.kw == 0 || project.stands_still != 0) continue;
        const Usd due = building_instalment(project.cost, project.spent, project.left_q);
        if (means_of(world, f) + firm.undrawn_project < due) {
            project.stands_still = 1;
            continue;
        }
        const Usd drawn = min_usd(firm.undrawn_project, due);
        draw_signed(world, ledger, f, DebtKind::project, drawn, project_spread_apr(scenario, world, f),
                    static_cast<int>(scenario.parameters.opening_project_loan_q));
        firm.undrawn_project -= drawn;
        pay(world, ledger, Kind::building_instalment, f, kBuilder, due, spread_apr, project.region);
        project.spent += due;
    }
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const double rest = (1.0 - scenario.parameters.onsite_order_payment_frac) * scenario.regions[r].onsite_usd_kw;
        pay(world, ledger, Kind::onsite_order, f, kBuilder, to_usd(rest * firm.sites[r].onsite_coming_kw[0]), spread_apr, r);
    }
}

/// The part of a vendor's inventory cost that `chips` out of `stock` carry; all of it with the last chip.
RACKRACE_HD inline Usd cost_of_chips(Usd inventory_cost, std::int64_t chips, std::int64_t stock) {
    if (stock <= 0 || chips >= stock) return inventory_cost;
    return to_usd(to_double(inventory_cost) * static_cast<double>(chips) / static_cast<double>(stock));
}

/// The vendor's side of one product: chips made are paid to the foundry, sales to the rest of the world come in, what left the inventory
/// is cost of sales, and what nobody bought for unsold_scrap_after_q quarters after the last quarter of sale is scrapped.
/// `shipped`: chips that buyers paid for this quarter.
RACKRACE_HD inline void settle_product(const Scenario& scenario, World& world, Ledger& ledger, int product, std::int64_t shipped, double spread_apr) {
    const Product& facts = scenario.products[product];
    ProductState& state = world.products[product];
    const int vendor = facts.vendor;
    const Usd made = to_usd(static_cast<double>(state.made_chips) * facts.unit_cost_usd_chip);
    post(world, ledger, Kind::row_sale, kRestOfWorld, vendor, to_usd(state.row_chips * state.list_usd_chip), product);
    pay(world, ledger, Kind::wafer_bill, vendor, kFoundry, made, spread_apr, product);
    state.inventory_cost += made;
    const std::int64_t left = shipped + state.row_chips;
    const Usd sold = cost_of_chips(state.inventory_cost, left, left + state.inventory_chips);
    if (left > 0) {
        post(world, ledger, Kind::cost_of_sales, vendor, vendor, sold, product);
        state.inventory_cost -= sold;
    }
    if (facts.buyers == Buyers::used_only || world.t < state.last_t + static_cast<int>(scenario.parameters.unsold_scrap_after_q)) return;
    post(world, ledger, Kind::inventory_write_down, vendor, vendor, state.inventory_cost, product);
    state.total_scrapped += state.inventory_chips;
    state.inventory_chips = 0;
    state.inventory_cost = Usd{};
}

/// Wafers left without a product: dies and memory were ordered too. Charged at the supplier's newest product on sale.
RACKRACE_HD inline void charge_unused_wafers(const Scenario& scenario, World& world, Ledger& ledger, const SupplierState& supplier, double spread_apr) {
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
    pay(world, ledger, Kind::unused_wafers, supplier.firm, kFoundry, charge, spread_apr);
}

/// S6 for all firms: buyers first, so that suppliers have their receipts when the foundry is paid.
RACKRACE_HD inline void pay_investment(const Scenario& scenario, World& world, Ledger& ledger, const double* spread_apr) {
    std::int64_t shipped[kMaxProducts] = {};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        // Newest slots first: a firm that cannot pay for all keeps what it can use longest.
        RACKRACE_NO_UNROLL
        for (int p = scenario.product_count - 1; p >= 0; --p) {
            const std::int32_t before = world.firms[f].orders[p][0].chips, back_before = world.products[p].returned_chips;
            pay_shipment(scenario, world, ledger, f, p, spread_apr[f]);
            shipped[p] += before - (world.products[p].returned_chips - back_before);
        }
        pay_instalments(scenario, world, ledger, f, spread_apr[f]);
        pay_projects(scenario, world, ledger, f, spread_apr[f]);
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) pay_arrears(world, ledger, f, kFoundry, spread_apr[f]);
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) settle_product(scenario, world, ledger, p, shipped[p], spread_apr[scenario.products[p].vendor]);
    RACKRACE_NO_UNROLL
    for (int s = 0; s < scenario.supplier_count; ++s)
        charge_unused_wafers(scenario, world, ledger, world.suppliers[s], spread_apr[world.suppliers[s].firm]);
}

}  // namespace rackrace
