// What a firm owes in the next quarters, and from it the money that backs its bids for new chips (model.md 5.3, BP).
#pragma once

#include "engine/market/building.h"
#include "engine/market/chip_backing.h"
#include "engine/market/site_arrivals.h"
#include "engine/settle/backlog.h"
#include "engine/settle/debt_service.h"
#include "engine/settle/opening_schedule.h"
#include "engine/settle/signed_money.h"
#include "engine/settle/vendor_credit.h"

namespace rackrace {

/// All chips on order, those that shipped this quarter among them: price and server, less the deposits paid.
RACKRACE_HD inline Usd open_chip_balances(const Scenario& scenario, const Firm& firm) {
    double value = 0.0;
    Usd deposits{};
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        if (!has_orders(firm, p)) continue;
        RACKRACE_NO_UNROLL
        for (int slot = 0; slot < kOrderSlots; ++slot) {
            const ChipOrder& order = firm.orders[p][slot];
            value += order.chips * (order.price_usd_chip + scenario.products[p].system_usd_chip);
            deposits += order.deposit;
        }
    }
    return to_usd(value) - deposits;
}

/// Building instalments of this quarter and the next ones, `horizon` in all: the opening schedule's and the firm's own projects'.
RACKRACE_HD inline Usd instalments_within(const Scenario& scenario, const World& world, int f, int horizon) {
    Usd sum{};
    visit_held_arrivals(scenario, world, f, [&](const Arrival& arrival, int k) {
        if (arrival.build_q == 0) return;
        RACKRACE_NO_UNROLL
        for (int ahead = 0; ahead < horizon; ++ahead) sum += instalment_due(scenario, arrival, k, world.t + ahead, world.t);
    });
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kMaxProjects; ++i) {
        const Project& project = world.firms[f].projects[i];
        if (project.kw == 0) continue;
        const int quarters = project.left_q < horizon ? project.left_q : horizon;
        sum += to_usd(to_double(building_instalment(project.cost, project.spent, project.left_q)) * quarters);
    }
    return sum;
}

/// Second payments for on-site plant that starts to run this quarter or in the next ones, `horizon` in all.
RACKRACE_HD inline Usd plant_due_within(const Scenario& scenario, const Firm& firm, int horizon) {
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        RACKRACE_NO_UNROLL
        for (int k = 0; k < horizon && k < kOnsiteSlots; ++k) {
            if (firm.sites[r].onsite_coming_kw[k] == 0) continue;
            sum += (1.0 - scenario.parameters.onsite_order_payment_frac) * scenario.regions[r].onsite_usd_kw * firm.sites[r].onsite_coming_kw[k];
        }
    }
    return to_usd(sum);
}

/// Interest and principal of the next `horizon` settlements; the principal is not counted down meanwhile. A revolver has no date.
RACKRACE_HD inline Usd debt_service_within(const Scenario& scenario, const World& world, const Firm& firm, int horizon) {
    Usd sum{};
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) {
        const Tranche& tranche = firm.debt[d];
        if (tranche.kind == DebtKind::none) continue;
        const bool has_date = tranche.kind != DebtKind::revolver;
        const int left = tranche.left_q > 1 ? tranche.left_q : 1, quarters = has_date && left < horizon ? left : horizon;
        sum += to_usd(quarters * to_double(interest_of(scenario, world, firm, tranche)));
        if (has_date && left <= horizon) sum += tranche.principal;
        else if (has_date && tranche.is_amortising != 0) sum += to_usd(to_double(tranche.principal) * quarters / left);
    }
    return sum;
}

/// Take-or-pay of each firm as a buyer of compute: of the quarter before, and of this quarter and the next ones, buying_power_horizon_q in
/// all, where prepaid money pays first.
struct ComputeDues {
    Usd last_q[kMaxFirms];
    Usd within[kMaxFirms];
};

RACKRACE_HD inline ComputeDues compute_dues(const Parameters& p, const World& world) {
    const int horizon = static_cast<int>(p.buying_power_horizon_q);
    ComputeDues dues{};
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        const Contract& contract = world.contracts[c];
        if (contract.id == 0 || !is_firm(contract.buyer)) continue;
        dues.last_q[contract.buyer] += takeorpay_due(p, contract, world.t - 1);
        const Usd due = takeorpay_within(p, contract, world.t, world.t + horizon - 1);
        dues.within[contract.buyer] += max_usd(Usd{}, due - contract.prepaid);
    }
    return dues;
}

/// Rent of this quarter and the next ones, `horizon` in all.
RACKRACE_HD inline Usd rent_within(const Scenario& scenario, const Firm& firm, int horizon) {
    double rent = 0.0;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const Site& site = firm.sites[r];
        rent += (site.lease_left_q < horizon ? site.lease_left_q : horizon) * site.lease_kw * site.lease_rent_usd_kw_q;
        RACKRACE_NO_UNROLL
        for (int k = 0; k + 1 < horizon && k < kLeaseSlots; ++k)
            rent += (horizon - 1 - k) * site.lease_coming_kw[k] * scenario.parameters.lease_rent_usd_kw_q;
    }
    return to_usd(rent);
}

/// Rent of the leases there are, which stood in the costs of the quarter before.
RACKRACE_HD inline Usd rent_last_q(const Scenario& scenario, const Firm& firm) {
    double rent = 0.0;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) rent += firm.sites[r].lease_kw * firm.sites[r].lease_rent_usd_kw_q;
    return to_usd(rent);
}

/// BP at the start of the sale. A signed project line counts as far as instalments can draw it. Last quarter's EBITDA is after rent and
/// take-or-pay: they are put back, since those of the coming quarters stand among the open balances.
RACKRACE_HD inline Usd buying_power_of(const Scenario& scenario, const World& world, const ComputeDues& compute, int f) {
    const Firm& firm = world.firms[f];
    const int horizon = static_cast<int>(scenario.parameters.buying_power_horizon_q);
    const Usd instalments = instalments_within(scenario, world, f, horizon);
    BuyingFunds funds{};
    funds.cash = cash_of(world, f);
    funds.undrawn_credit = undrawn_revolver(firm) + drawable_contract_backed(firm) + min_usd(drawable_project(firm), instalments) + vendor_credit_left(scenario, world, f);
    funds.receipts_last_q = firm.history[0].ebitda_ai + firm.history[0].ebitda_core + rent_last_q(scenario, firm) + compute.last_q[f];
    if (is_bankrupt(firm)) funds.receipts_last_q = min_usd(Usd{}, funds.receipts_last_q);  // suppliers demand cash
    funds.cash_cost_q = firm.cash_costs;
    funds.open_balances = open_chip_balances(scenario, firm) + instalments + plant_due_within(scenario, firm, horizon) +
                          debt_service_within(scenario, world, firm, horizon) + rent_within(scenario, firm, horizon) + compute.within[f];
    return buying_power(scenario.parameters, funds);
}

}  // namespace rackrace
