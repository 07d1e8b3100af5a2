// Settlement step S6: chips that shipped this quarter, building instalments, wafers.
#pragma once

#include "engine/market/building.h"
#include "engine/market/rolls.h"
#include "engine/market/site_arrivals.h"
#include "engine/settle/chip_payments.h"
#include "engine/settle/opening_schedule.h"
#include "engine/settle/supplier_payments.h"

namespace rackrace {

/// Instalments of the opening schedule of firm `from`, which f holds, and sites completed this quarter. Unpaid ones are arrears to the builder.
RACKRACE_HD inline void pay_schedule(const Scenario& scenario, World& world, Ledger& ledger, int from, int f, double margin_apr) {
    const int next = first_arrival_from(scenario, world.t, world.t);  // sites that stand are paid
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count && next < kArrivalQuarters; ++r) {
        Usd due{}, completed{};
        RACKRACE_NO_UNROLL
        for (int k = next; k < kArrivalQuarters; ++k) {
            const Arrival& arrival = scenario.arrivals[from][r][k];
            due += instalment_due(scenario, arrival, k, world.t, world.t);
            if (shell_arrival_t(scenario, scenario.arrivals_t + k, world.t) == world.t) completed += arrival.shell_cost;
        }
        draw_project(world, ledger, f, due);
        pay(world, ledger, Kind::building_instalment, f, kBuilder, due, margin_apr, r);
        post(world, ledger, Kind::site_completed, f, f, completed, r);
    }
}

/// Instalments of the opening schedules that a firm holds: its own, and those of firms it acquired.
RACKRACE_HD inline void pay_instalments(const Scenario& scenario, World& world, Ledger& ledger, int f, double margin_apr) {
    pay_arrears(world, ledger, f, kBuilder, margin_apr);
    if (first_arrival_from(scenario, world.t, world.t) >= kArrivalQuarters) return;
    RACKRACE_NO_UNROLL
    for (std::uint32_t held = held_schedules(scenario, world, f); held != 0; held &= held - 1)
        pay_schedule(scenario, world, ledger, lowest_bit(held), f, margin_apr);
}

/// Instalments of the firm's own projects, and the rest of the capital of plant that runs since this quarter. Signed project money is drawn
/// first; a project that cannot be paid pauses, at the cost of a pause.
RACKRACE_HD RACKRACE_APART inline void pay_projects(const Scenario& scenario, World& world, Ledger& ledger, int f, double margin_apr) {
    Firm& firm = world.firms[f];
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kMaxProjects; ++i) {
        Project& project = firm.projects[i];
        if (project.kw == 0 || project.stands_still != 0) continue;
        const Usd due = building_instalment(project.cost, project.spent, project.left_q);
        if (means_of(world, f) + drawable_project(firm) < due) {
            project.stands_still = 1;
            pay(world, ledger, Kind::building_pause, f, kBuilder, pause_cost(scenario.parameters, project.spent), margin_apr, project.region);
            continue;
        }
        draw_project(world, ledger, f, due);
        pay(world, ledger, Kind::building_instalment, f, kBuilder, due, margin_apr, project.region);
        project.spent += due;
    }
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        if (firm.sites[r].onsite_coming_kw[0] == 0) continue;
        const double cost_usd = scenario.regions[r].onsite_usd_kw * firm.sites[r].onsite_coming_kw[0];
        const Usd before = to_usd(scenario.parameters.onsite_order_payment_frac * cost_usd), rest = to_usd(cost_usd) - before;
        pay(world, ledger, Kind::onsite_order, f, kBuilder, rest, margin_apr, r);
        post(world, ledger, Kind::onsite_completed, f, f, before + rest, r);
    }
}

/// Shipments of one firm, the newest generation first: a firm that cannot pay for all keeps what it can use longest. held: held_products,
/// among them all that shipped. paid_chips [products] is added to
RACKRACE_HD inline void pay_shipments(const Scenario& scenario, World& world, Ledger& ledger, int f, std::uint32_t held, double margin_apr,
                                      std::int64_t* paid_chips) {
    std::uint32_t shipped = 0;  // bit by product
    RACKRACE_NO_UNROLL
    for (; held != 0; held &= held - 1)
        if (world.firms[f].orders[lowest_bit(held)][0].chips != 0) shipped |= 1u << lowest_bit(held);
    RACKRACE_NO_UNROLL
    for (int g = kMaxGenerations - 1; g >= 0 && shipped != 0; --g) {
        RACKRACE_NO_UNROLL
        for (std::uint32_t left = shipped; left != 0; left &= left - 1) {
            const int p = lowest_bit(left);
            if (scenario.products[p].generation != g) continue;
            paid_chips[p] += pay_shipment(scenario, world, ledger, f, p, margin_apr);
            shipped &= ~(1u << p);
        }
    }
}

/// S6 for all firms: buyers first, so that suppliers have their receipts when they pay for sites and the foundry is paid.
RACKRACE_HD RACKRACE_APART inline void pay_investment(const Scenario& scenario, World& world, Ledger& ledger, const Rolls& rolls, const double* margin_apr) {
    std::int64_t paid_chips[kMaxProducts] = {};
    RACKRACE_NO_UNROLL
    for (int suppliers = 0; suppliers <= 1; ++suppliers) {
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) {
            if ((world.firms[f].role == Role::supplier) != (suppliers != 0)) continue;
            pay_shipments(scenario, world, ledger, f, rolls.held[f], margin_apr[f], paid_chips);
            pay_instalments(scenario, world, ledger, f, margin_apr[f]);
            pay_projects(scenario, world, ledger, f, margin_apr[f]);
        }
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        pay_arrears(world, ledger, f, kSystem, margin_apr[f]);
        pay_arrears(world, ledger, f, kFoundry, margin_apr[f]);
    }
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) settle_product(scenario, world, ledger, p, paid_chips[p], margin_apr[scenario.products[p].vendor]);
    RACKRACE_NO_UNROLL
    for (int s = 0; s < scenario.supplier_count; ++s)
        charge_unused_wafers(scenario, world, ledger, world.suppliers[s], margin_apr[world.suppliers[s].firm]);
}

}  // namespace rackrace
