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

/// The contract with the lowest number above `id` that its buyer leaves; -1 for none.
RACKRACE_HD inline int next_broken(const World& world, const Orders* orders, const LiveContracts& live, int id) {
    int next = -1;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        const Contract& contract = world.contracts[live.slot[i]];
        if (contract.id <= id || !is_firm(contract.buyer) || !has_slot(orders[contract.buyer].break_contract, live.slot[i])) continue;
        if (next < 0 || contract.id < world.contracts[next].id) next = live.slot[i];
    }
    return next;
}

/// Terminations by buyers, in the order of signing: a buyer's money may not reach for all its fees. The contract delivers no more from this quarter on.
RACKRACE_HD inline void break_contracts(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, const LiveContracts& live) {
    int id = 0;
    RACKRACE_NO_UNROLL
    for (int slot = next_broken(world, orders, live, id); slot >= 0; slot = next_broken(world, orders, live, id)) {
        Contract& contract = world.contracts[slot];
        id = contract.id;
        end_contract(scenario, world, ledger, contract, leaving_fee(scenario.parameters, contract, world.t));
    }
}

/// A contract in this slot that its buyer, a firm, threatens to leave.
RACKRACE_HD inline bool is_threatened(const World& world, const Orders* orders, int slot) {
    const Contract& contract = world.contracts[slot];
    return contract.id != 0 && is_firm(contract.buyer) && has_slot(orders[contract.buyer].renegotiate, slot);
}

/// Every threat of the quarter, as not believed yet: those at contracts that the same buyer ends at once stay so. threats [slot of a contract]: filled.
RACKRACE_HD inline void note_threats(const World& world, const Orders* orders, const LiveContracts& live, Threat* threats) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        const Contract& contract = world.contracts[live.slot[i]];
        if (is_threatened(world, orders, live.slot[i])) threats[live.slot[i]] = {contract.price_usd_h, contract.id, 0};
    }
}

/// Once a year a buyer may threaten to leave for the market; where leaving would pay, the price falls. threats [slot of a contract]: those believed.
RACKRACE_HD inline void renegotiate_contracts(const Scenario& scenario, World& world, const Orders* orders, const LiveContracts& live, Threat* threats) {
    const Parameters& p = scenario.parameters;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        Contract& contract = world.contracts[live.slot[i]];
        if (!is_threatened(world, orders, live.slot[i])) continue;
        if (contract.renegotiated_t >= 0 && world.t - contract.renegotiated_t < p.renegotiation_interval_q) continue;
        Firm& buyer = world.firms[contract.buyer];
        const double replacement = replacement_price_usd_h(scenario, world, contract);
        const bool is_distressed = buyer.breach_q > 0 || buyer.status == FirmStatus::chapter_11;
        const Renegotiation now = renegotiate_price(p, contract.price_usd_h, contract.takeorpay_frac, replacement, is_distressed);
        if (!now.has_changed) continue;
        threats[live.slot[i]] = {now.price_usd_h, contract.id, 1};
        world.backlog -= backlog_before_bills(scenario, world, contract);
        contract.price_usd_h = now.price_usd_h;
        contract.renegotiated_t = static_cast<std::int16_t>(world.t);
        world.backlog += backlog_before_bills(scenario, world, contract);
        buyer.reliability_frac = reliability_after_renegotiation(p, buyer.reliability_frac);
    }
}

/// Seller, buyer, generation and end of a row in one word: rows with the same one differ from now on in price, take-or-pay and prepayment only.
/// 0, which no contract between two parties has, for a row still in its ramp.
RACKRACE_HD inline std::uint64_t likeness_of(const Contract& c, int t) {
    if (t < first_full_t(c)) return 0;
    const auto part = [](std::int16_t x) { return static_cast<std::uint64_t>(static_cast<std::uint16_t>(x)); };
    return part(c.seller) << 48 | part(c.buyer) << 32 | part(c.generation) << 16 | part(c.end_t);
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

/// Makes one of the rows of likeness [0, i] that are like row i, if any is: the older number stays, the word of the other becomes 0.
RACKRACE_HD inline void merge_with_earlier(const Scenario& scenario, World& world, const LiveContracts& live, std::uint64_t* likeness, int i) {
    const std::uint64_t own = likeness[i];
    int k = 0;
    RACKRACE_NO_UNROLL
    while (likeness[k] != own) ++k;
    if (k == i) return;
    Contract &a = world.contracts[live.slot[k]], &b = world.contracts[live.slot[i]];
    world.backlog -= backlog_before_bills(scenario, world, a) + backlog_before_bills(scenario, world, b);
    likeness[a.id < b.id ? i : k] = 0;
    Contract &older = a.id < b.id ? a : b, &younger = a.id < b.id ? b : a;
    merge_into(older, younger);
    world.backlog += backlog_before_bills(scenario, world, older);
}

/// Rows past their ramp of the same seller, buyer, generation and end become one, under the older number. Hardly a row has one like it: a set
/// of 1,024 hashes says for which it is worth looking.
RACKRACE_HD inline void merge_contracts(const Scenario& scenario, World& world) {
    const LiveContracts live = live_contracts(world);
    std::uint64_t likeness[kMaxContracts], seen[16] = {};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        likeness[i] = likeness_of(world.contracts[live.slot[i]], world.t);
        if (likeness[i] == 0) continue;
        const std::uint64_t hash = likeness[i] * 0x9e3779b97f4a7c15u >> 54, bit = std::uint64_t{1} << (hash & 63);
        if ((seen[hash >> 6] & bit) != 0) merge_with_earlier(scenario, world, live, likeness, i);
        seen[hash >> 6] |= bit;
    }
}

}  // namespace rackrace
