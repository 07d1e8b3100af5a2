// P5 on contracts that are live: those that buyers end, prices that buyers force down, and rows of one pair that have become alike.
// What changes a contract's future moves the backlog that is carried forward (I10).
#pragma once

#include "engine/market/contract_billing.h"
#include "engine/market/contract_exit.h"
#include "engine/market/live_contracts.h"
#include "engine/market/reputation.h"
#include "engine/quarter/orders.h"
#include "engine/settle/backlog.h"
#include "engine/settle/firm_rating.h"
#include "engine/settle/payments.h"

namespace rackrace {

/// Take-or-pay money of this quarter and all later ones: what the carried backlog holds for a contract before the quarter's bills.
RACKRACE_HD inline Usd backlog_before_bills(const Scenario& scenario, const World& world, const Contract& contract) {
    return contract_backlog(scenario.parameters, contract, world.t - 1);
}

/// Quarters that a contract still delivers, this one included.
RACKRACE_HD inline int quarters_left(const Contract& contract, int t) { return contract.end_t - (contract.start_t > t ? contract.start_t : t) + 1; }

/// The fee for leaving now; 0 where the seller was short for too long.
RACKRACE_HD inline Usd leaving_fee(const Parameters& p, const Contract& contract, int t) {
    std::int64_t due = 0, missing = 0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < static_cast<int>(p.shortfall_window_q); ++k) {
        due += contract.due_h100e[k];
        missing += contract.short_h100e[k];
    }
    if (may_leave_free(p, missing, due)) return {};
    return to_usd(termination_fee_usd(p, contract.price_usd_h, contract.takeorpay_frac, contract.quantity_h100e, quarters_left(contract, t)));
}

/// Ends a contract for `fee`: what was prepaid pays it first, the rest is cash; prepaid money beyond it goes back to the buyer.
RACKRACE_HD inline void end_contract(const Scenario& scenario, World& world, Ledger& ledger, Contract& contract, Usd fee) {
    const Usd from_prepaid = min_usd(fee, contract.prepaid);
    post(world, ledger, Kind::prepayment_draw, contract.buyer, contract.seller, from_prepaid, contract.id);
    pay(world, ledger, Kind::termination_fee, contract.buyer, contract.seller, fee - from_prepaid, revolver_margin_apr(scenario, world, contract.buyer), contract.id);
    const Usd back = contract.prepaid - from_prepaid;
    pay(world, ledger, Kind::prepayment_returned, contract.seller, contract.buyer, back, revolver_margin_apr(scenario, world, contract.seller), contract.id);
    world.backlog -= backlog_before_bills(scenario, world, contract);
    contract = Contract{};
}

/// Terminations by buyers. The contract delivers no more from this quarter on.
RACKRACE_HD inline void break_contracts(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, const LiveContracts& live) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        Contract& contract = world.contracts[live.slot[i]];
        if (contract.id == 0 || !is_firm(contract.buyer) || !has_slot(orders[contract.buyer].break_contract, live.slot[i])) continue;
        end_contract(scenario, world, ledger, contract, leaving_fee(scenario.parameters, contract, world.t));
    }
}

/// Once a year a buyer may threaten to leave for the market; where leaving would pay, the price falls.
RACKRACE_HD inline void renegotiate_contracts(const Scenario& scenario, World& world, const Orders* orders, const LiveContracts& live) {
    const Parameters& p = scenario.parameters;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        Contract& contract = world.contracts[live.slot[i]];
        if (contract.id == 0 || !is_firm(contract.buyer) || !has_slot(orders[contract.buyer].renegotiate, live.slot[i])) continue;
        if (contract.renegotiated_t >= 0 && world.t - contract.renegotiated_t < p.renegotiation_interval_q) continue;
        Firm& buyer = world.firms[contract.buyer];
        const double replacement = replacement_price_usd_h(scenario, world, contract);
        const bool is_distressed = buyer.breach_q > 0 || buyer.status == FirmStatus::chapter_11;
        const Renegotiation now = renegotiate_price(p, contract.price_usd_h, contract.takeorpay_frac, replacement, is_distressed);
        if (!now.has_changed) continue;
        world.backlog -= backlog_before_bills(scenario, world, contract);
        contract.price_usd_h = now.price_usd_h;
        contract.renegotiated_t = static_cast<std::int16_t>(world.t);
        world.backlog += backlog_before_bills(scenario, world, contract);
        buyer.reliability_frac = reliability_after_renegotiation(p, buyer.reliability_frac);
    }
}

/// Two rows that from now on differ in price, take-or-pay and prepayment only.
RACKRACE_HD inline bool are_alike(const Contract& a, const Contract& b, int t) {
    const auto is_full = [t](const Contract& c) { return t >= c.start_t + (c.ramp_q > 1 ? c.ramp_q - 1 : 0); };
    return a.seller == b.seller && a.buyer == b.buyer && a.generation == b.generation && a.end_t == b.end_t && is_full(a) && is_full(b);
}

/// Adds the row `from` to the older row `to`: price and take-or-pay weighted by quantity.
RACKRACE_HD inline void merge_into(Contract& to, Contract& from) {
    const double own = to.quantity_h100e, other = from.quantity_h100e, all = own + other;
    to.price_usd_h = (to.price_usd_h * own + from.price_usd_h * other) / all;
    to.takeorpay_frac = (to.takeorpay_frac * own + from.takeorpay_frac * other) / all;
    to.quantity_h100e += from.quantity_h100e;
    to.prepaid += from.prepaid;
    to.renegotiated_t = to.renegotiated_t > from.renegotiated_t ? to.renegotiated_t : from.renegotiated_t;
    to.is_favoured = static_cast<std::int16_t>(to.is_favoured | from.is_favoured);
    RACKRACE_NO_UNROLL
    for (int k = 0; k < 4; ++k) {
        to.due_h100e[k] += from.due_h100e[k];
        to.short_h100e[k] += from.short_h100e[k];
    }
    from = Contract{};
}

/// Rows past their ramp of the same seller, buyer, generation and end become one, under the older number.
RACKRACE_HD inline void merge_contracts(const Scenario& scenario, World& world) {
    const LiveContracts live = live_contracts(world);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        RACKRACE_NO_UNROLL
        for (int j = i + 1; j < live.count; ++j) {
            Contract &a = world.contracts[live.slot[i]], &b = world.contracts[live.slot[j]];
            if (a.id == 0) break;
            if (b.id == 0 || !are_alike(a, b, world.t)) continue;
            world.backlog -= backlog_before_bills(scenario, world, a) + backlog_before_bills(scenario, world, b);
            Contract &older = a.id < b.id ? a : b, &younger = a.id < b.id ? b : a;
            merge_into(older, younger);
            world.backlog += backlog_before_bills(scenario, world, older);
        }
    }
}

}  // namespace rackrace
