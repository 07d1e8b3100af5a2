// P14 and P17: the settlement in its fixed steps, and the close of the quarter: histories, backlog, identities.
#pragma once

#include "engine/market/reputation.h"
#include "engine/settle/contract_payments.h"
#include "engine/settle/debt_service.h"
#include "engine/settle/depreciate.h"
#include "engine/settle/firm_value.h"
#include "engine/settle/identities.h"
#include "engine/settle/investment_payments.h"
#include "engine/settle/operating_costs.h"
#include "engine/settle/tax_and_payout.h"

namespace rackrace {

/// Moves the histories one quarter on; index 0 is the quarter that settles now.
RACKRACE_HD inline void open_histories(const Scenario& scenario, World& world) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Flows(&history)[kHistoryQuarters] = world.firms[f].history;
        RACKRACE_NO_UNROLL
        for (int q = kHistoryQuarters - 1; q > 0; --q) history[q] = history[q - 1];
        history[0] = Flows{};
    }
}

/// S1: core cash, and what the cash of the quarter's opening earned.
RACKRACE_HD inline void receive_core(const Scenario& scenario, World& world, Ledger& ledger) {
    const Parameters& p = scenario.parameters;
    const double rate = max(0.0, world.policy_rate_apr - p.cash_rate_reduction_apr) / p.quarters_per_year;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const Usd earned = to_usd(max(0.0, to_double(ledger.opening[f][static_cast<int>(Account::cash)])) * rate);
        post(world, ledger, Kind::core_receipt, kCustomer, f, to_usd(max(0.0, world.firms[f].core_cash_usd_q)));
        post(world, ledger, Kind::cash_interest, kInvestor, f, earned);
    }
}

/// P14. The order is part of the rules: who is paid before whom decides what is unpaid.
RACKRACE_HD RACKRACE_APART inline void settle(const Scenario& scenario, World& world, Ledger& ledger, const Rolls& rolls) {
    double margin_apr[kMaxFirms] = {};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) margin_apr[f] = revolver_margin_apr(scenario, world, f);
    double sold_use_frac[kParties];
    fill_sold_use(world, rolls.contracts, sold_use_frac);
    InterestDue interest;
    fill_interest_due(scenario, world, interest);
    open_histories(scenario, world);
    receive_core(scenario, world, ledger);                          // S1
    settle_contracts(scenario, world, ledger, rolls.contracts, margin_apr);  // S3  all at once: no result depends on who pays first
    pay_operating_costs(scenario, world, ledger, rolls, sold_use_frac, margin_apr);  // S4
    service_debt(scenario, world, ledger, interest, margin_apr);    // S5
    pay_investment(scenario, world, ledger, rolls, margin_apr);     // S6
    depreciate(scenario, world, ledger, rolls, sold_use_frac);      // before tax, which it lowers
    pay_taxes_and_owners(scenario, world, ledger, margin_apr);      // S7, S8
    judge_arrears(scenario, world, ledger);
}

/// P16: reliability of every seller by what its contracts were short of in the quarter (5.7).
RACKRACE_HD RACKRACE_APART inline void update_reliability(const Scenario& scenario, World& world, const LiveContracts& live) {
    std::int64_t due[kMaxFirms] = {}, delivered[kMaxFirms] = {};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        const Contract& contract = world.contracts[live.slot[i]];
        due[contract.seller] += contract.due_h100e[0];
        delivered[contract.seller] += contract.delivered_h100e;
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Firm& firm = world.firms[f];
        firm.reliability_frac = next_reliability(scenario.parameters, firm.reliability_frac, due[f], delivered[f]);
    }
}

/// Contract hours at their price less the same hours at the spot EWMA: what a firm earns only while the contract lasts.
RACKRACE_HD RACKRACE_APART inline void fill_contract_premiums(const Scenario& scenario, World& world, const LiveContracts& live) {
    const Parameters& p = scenario.parameters;
    double premium[kParties] = {};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        const Contract& contract = world.contracts[live.slot[i]];
        const double spot = replacement_price_usd_h(scenario, world, contract);
        const double taken = contract.takeorpay_frac * contract.delivered_h100e + (1.0 - contract.takeorpay_frac) * contract.used_h100e;
        const double usd = taken * p.hours_per_quarter * (contract.price_usd_h - spot);
        premium[contract.seller] += usd;
        premium[contract.buyer] -= usd;
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) world.firms[f].history[0].contract_premium = to_usd(premium[f]);
}

/// The quarter's flows of every firm, from the turnover of the ledger; its cash before financing stands since S8.
RACKRACE_HD RACKRACE_APART inline void fill_histories(const Scenario& scenario, World& world, const Ledger& ledger, const Rolls& rolls) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Flows& flows = world.firms[f].history[0];
        const NetFlows net = net_flows(ledger, f);
        flows.ai_revenue = received(ledger, f, Kind::ai_revenue);
        const Usd uplift = received(ledger, f, Kind::core_receipt) - to_usd(max(0.0, world.firms[f].core_cash_usd_q));
        flows.revenue = to_usd(world.firms[f].core_revenue_usd_q) + uplift + flows.ai_revenue + received(ledger, f, Kind::contract_bill) +
                        received(ledger, f, Kind::prepayment_draw) + received(ledger, f, Kind::spot_purchase) + received(ledger, f, Kind::chip_balance) +
                        received(ledger, f, Kind::chip_deposit_applied) + received(ledger, f, Kind::row_sale);
        flows.ebitda_ai = net[Flow::ai];
        flows.ebitda_core = net[Flow::core];
        flows.interest = paid(ledger, f, Kind::interest) + paid(ledger, f, Kind::fee);
        flows.payout = paid(ledger, f, Kind::payout);
        flows.tax = paid(ledger, f, Kind::tax);
        flows.capex = -net[Flow::investment];
        double fall = 0.0;
        RACKRACE_NO_UNROLL
        for (std::uint32_t held = rolls.held[f]; held != 0; held &= held - 1) {
            const int p = lowest_bit(held);
            const Holding& h = world.firms[f].holdings[p];
            fall += (static_cast<double>(h.installed) + h.warehouse) * (world.products[p].last_resale_usd_chip - world.products[p].resale_usd_chip);
        }
        const Usd book = paid(ledger, f, Kind::chip_depreciation) + paid(ledger, f, Kind::site_depreciation) + paid(ledger, f, Kind::onsite_depreciation);
        flows.economic_depreciation = max_usd(book, to_usd(fall) + paid(ledger, f, Kind::site_depreciation) + paid(ledger, f, Kind::onsite_depreciation));
    }
}

/// What fell due this quarter leaves the backlog that is carried forward.
RACKRACE_HD inline void close_backlog(const Scenario& scenario, World& world, const LiveContracts& live) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) world.backlog -= takeorpay_due(scenario.parameters, world.contracts[live.slot[i]], world.t);
}

}  // namespace rackrace
