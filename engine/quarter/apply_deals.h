// What a call of a verb that makes deals does; see apply_a.h. What a market will make of it is not known at the call: room, compatibility
// and use of proceeds are judged there and told as results.
#pragma once

#include "engine/market/chip_backing.h"
#include "engine/market/find_contract.h"
#include "engine/market/reputation.h"
#include "engine/quarter/apply_a.h"
#include "engine/quarter/verb_args_deals.h"
#include "engine/settle/payments.h"

namespace rackrace {

/// A verb that the scenario's rules close to every role.
RACKRACE_HD inline VerbAnswer closed(const Scenario& scenario, int f) { return refuse(Code::closed_to_role, static_cast<int>(scenario.firms[f].role), 0.0); }

/// H100e that give so many million hours a quarter, rounded down.
RACKRACE_HD inline std::int32_t to_h100e(const Parameters& p, double mh) { return to_int32(floor_to_int64(mh * kMillion / p.hours_per_quarter)); }

/// The newest generation of which a firm has chips or has them on order; -1 without any.
RACKRACE_HD inline int newest_generation_of(const Scenario& scenario, const Firm& firm) {
    int newest = -1;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.product_count; ++i)
        if (scenario.products[i].generation > newest && (firm.holdings[i].installed > 0 || firm.holdings[i].warehouse > 0 || has_orders(firm, i))) newest = scenario.products[i].generation;
    return newest;
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const OfferContract& args, int line, Orders& orders) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (scenario.rules.contracts == ContractRule::none) return closed(scenario, f);
    if (args.min_tenor_q > args.tenor_q) return refuse(Code::out_of_bounds, args.min_tenor_q, args.tenor_q);
    if (firm.reliability_frac < p.contract_seller_reliability_min_frac) return refuse(Code::counterparty, firm.reliability_frac, p.contract_seller_reliability_min_frac);
    const std::int32_t h100e = to_h100e(p, args.mh);
    if (h100e == 0) return {};
    const int generation = args.gen >= 0 ? args.gen : newest_generation_of(scenario, firm);
    if (generation < 0) return refuse(Code::over_capacity, args.mh, 0.0);
    RACKRACE_NO_UNROLL
    for (CapacityOffer& offer : orders.offer_contract) {
        if (offer.h100e != 0) continue;
        offer = {args.min_usd_h, args.takeorpay_frac, args.prepay_frac, args.max_share_frac, h100e, line, generation, static_cast<std::int16_t>(args.tenor_q),
                 static_cast<std::int16_t>(args.min_tenor_q)};
        return {};
    }
    return refuse(Code::too_many, kMaxOffers + 1, kMaxOffers);
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const BidContract& args, int line, Orders& orders) {
    const Parameters& p = scenario.parameters;
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (scenario.rules.contracts == ContractRule::none) return closed(scenario, f);
    const double pd_apr = world.firms[f].default_probability_apr, reliability = buyer_reliability(world, f);
    if (pd_apr > p.contract_buyer_pd_max_apr) return refuse(Code::counterparty, pd_apr, p.contract_buyer_pd_max_apr);
    if (reliability < p.contract_seller_reliability_min_frac) return refuse(Code::counterparty, reliability, p.contract_seller_reliability_min_frac);
    const std::int32_t h100e = to_h100e(p, args.mh);
    if (h100e == 0) return {};
    RACKRACE_NO_UNROLL
    for (CapacityBid& bid : orders.bid_contract) {
        if (bid.h100e != 0) continue;
        bid = {args.max_usd_h, args.takeorpay_frac, args.prepay_frac, h100e, line, args.gen, static_cast<std::int16_t>(args.tenor_q), static_cast<std::int16_t>(args.start_in_q)};
        return {};
    }
    return refuse(Code::too_many, kMaxRequests + 1, kMaxRequests);
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World&, int f, const SetOversell& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    return answer.ok() ? set_once(orders, FirmSetting::oversell, args.ratio) : answer;
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const Renegotiate& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    const int slot = find_contract(world, args.contract);
    if (slot < 0 || world.contracts[slot].buyer != f) return unknown(args.contract);
    const int last_t = world.contracts[slot].renegotiated_t;
    if (last_t >= 0 && world.t - last_t < scenario.parameters.renegotiation_interval_q) return refuse(Code::too_soon, world.t - last_t, scenario.parameters.renegotiation_interval_q);
    add_slot(orders.renegotiate, slot);
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const BreakContract& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    const int slot = find_contract(world, args.contract);
    if (slot < 0 || world.contracts[slot].buyer != f) return unknown(args.contract);
    add_slot(orders.break_contract, slot);
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World&, int f, const Borrow& args, int line, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    const int kind = debt_kind_of_word(args.kind);
    if (kind == static_cast<int>(DebtKind::convertible) && scenario.firms[f].role == Role::hyperscaler) return refuse(Code::closed_to_role, static_cast<int>(Role::hyperscaler), 0.0);
    const Usd amount = musd_to_usd(args.musd);
    if (amount.value == 0) return {};
    RACKRACE_NO_UNROLL
    for (LoanRequest& request : orders.borrow) {
        if (request.amount.value != 0) continue;
        request = {amount, args.max_apr, line, static_cast<std::int16_t>(args.tenor_q), static_cast<std::int16_t>(kind)};
        return {};
    }
    return refuse(Code::too_many, kMaxRaises + 1, kMaxRaises);
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const RaiseEquity& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (orders.raise_equity.value != 0) return duplicate();
    const int last_t = world.firms[f].venture_t;
    const double interval_q = scenario.parameters.venture_interval_q;
    if (scenario.firms[f].role == Role::lab && last_t >= 0 && world.t - last_t < interval_q) return refuse(Code::too_soon, world.t - last_t, interval_q);
    orders.raise_equity = musd_to_usd(args.musd);
    orders.raise_equity_max_frac = args.max_dilution_frac;
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const BuyBack& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (orders.buy_back.value != 0) return duplicate();
    const Usd amount = musd_to_usd(args.musd), kept = min_cash(scenario.parameters, world.firms[f].cash_costs);
    const Usd free = max_usd(Usd{}, cash_of(world, f) - kept - cash_promised(orders));
    if (amount > free) return refuse(Code::insufficient_cash, to_musd(amount), to_musd(free));
    orders.buy_back = amount;
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const BidFirm& args, int line, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (scenario.rules.acquisitions == AcquisitionRule::banned) return closed(scenario, f);
    if (args.firm < 0 || args.firm >= scenario.firm_count || args.firm == f || world.firms[args.firm].status != FirmStatus::chapter_11) return unknown(args.firm);
    if (world.firms[f].status != FirmStatus::healthy) return refuse(Code::counterparty, static_cast<int>(world.firms[f].status), static_cast<int>(FirmStatus::healthy));
    const Usd amount = musd_to_usd(args.musd), free = max_usd(Usd{}, means_of(world, f) - cash_promised(orders));
    if (amount > free) return refuse(Code::insufficient_cash, to_musd(amount), to_musd(free));
    if (amount.value == 0) return {};
    RACKRACE_NO_UNROLL
    for (FirmBid& bid : orders.bid_firm) {
        if (bid.amount.value != 0 && bid.firm == args.firm) return duplicate();
        if (bid.amount.value != 0) continue;
        bid = {amount, args.firm, line};
        return {};
    }
    return refuse(Code::too_many, kMaxFirmBids + 1, kMaxFirmBids);
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const FinanceBuyer& args, int line, Orders& orders) {
    VerbAnswer answer = check_call(scenario, f, args);
    if (answer.ok()) answer = check_buyer(scenario, world, args.buyer);
    if (!answer.ok()) return answer;
    const Usd amount = musd_to_usd(args.musd);
    if (amount.value == 0) return {};
    RACKRACE_NO_UNROLL
    for (CreditOffer& offer : orders.finance_buyer) {
        if (offer.amount.value != 0) continue;
        offer = {amount, args.apr, line, static_cast<std::int16_t>(args.buyer), static_cast<std::int16_t>(args.tenor_q)};
        return {};
    }
    return refuse(Code::too_many, kMaxCreditOffers + 1, kMaxCreditOffers);
}

}  // namespace rackrace
