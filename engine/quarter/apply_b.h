// What a call of a stage B verb does; see apply_a.h. Used in `decide` they are standing orders, judged by what is known there.
#pragma once

#include "engine/market/find_contract.h"
#include "engine/quarter/apply_a.h"
#include "engine/quarter/verb_args_b.h"

namespace rackrace {

/// The product is sold new to all, now, or what is left of it in stock.
RACKRACE_HD inline VerbAnswer check_on_sale(const Scenario& scenario, const World& world, std::int32_t product) {
    if (!is_product(scenario, product)) return unknown(product);
    if (scenario.products[product].buyers == Buyers::captive) return refuse(Code::captive, product, 0.0);
    const int first_t = world.products[product].first_t, last_t = scenario.products[product].buyers == Buyers::used_only ? first_t - 1 : world.products[product].last_t;
    if (world.t < first_t) return refuse(Code::not_released, world.t, first_t);
    const bool sells_stock = is_offered(scenario, world, product) && world.products[product].inventory_chips > 0;
    if (world.t > last_t && !sells_stock) return refuse(Code::not_released, world.t, last_t);
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const BidChips& args, int line, Orders& orders) {
    VerbAnswer answer = check_call(scenario, f, args);
    if (answer.ok()) answer = check_on_sale(scenario, world, args.product);
    if (answer.ok()) answer = check_lot(args.chips);
    if (!answer.ok()) return answer;
    const double most = scenario.parameters.bid_cap_list_ratio * world.products[args.product].list_usd_chip;
    if (args.max_usd_chip > most) return refuse(Code::price_out_of_band, args.max_usd_chip, most);
    if (to_units(args.chips) == 0) return {};
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kMaxSteps; ++k) {
        ChipStep& step = orders.bid_chips[args.product][k];
        if (step.chips != 0) continue;
        step = {args.max_usd_chip, to_units(args.chips), line};
        return {};
    }
    return refuse(Code::too_many, kMaxSteps + 1, kMaxSteps);
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const AcceptSupply& args, int, Orders& orders) {
    VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (args.offer < 0 || args.offer >= kMaxAgreements) return unknown(args.offer);
    const SupplyAgreement& offer = world.agreements[args.offer];
    if (offer.chips_q == 0 || offer.buyer != f || offer.is_accepted != 0) return unknown(args.offer);
    if (args.chips > offer.chips_q) return refuse(Code::over_capacity, args.chips, offer.chips_q);
    answer = check_lot(args.chips);
    return answer.ok() ? take_slot(orders.accept_supply_chips[args.offer], to_units(args.chips)) : answer;
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const CancelChips& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (!is_product(scenario, args.product)) return unknown(args.product);
    std::int64_t open = 0;
    RACKRACE_NO_UNROLL
    for (int slot = 1; slot < kOrderSlots; ++slot) open += world.firms[f].orders[args.product][slot].chips;
    if (to_units(args.chips) > open) return refuse(Code::over_capacity, args.chips, static_cast<double>(open));
    return take_slot(orders.cancel_chips[args.product], to_units(args.chips));
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const SellChips& args, int line, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (!is_product(scenario, args.product)) return unknown(args.product);
    const Holding& held = world.firms[f].holdings[args.product];
    const double most = static_cast<double>(held.installed) + held.warehouse;
    const std::int32_t chips = to_units(args.chips);
    if (chips > most) return refuse(Code::over_capacity, args.chips, most);
    ChipStep& step = orders.sell_chips[args.product];
    if (step.chips != 0) return duplicate();
    if (chips > 0) step = {args.min_usd_chip, chips, line};
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World&, int f, const BuyUsedChips& args, int line, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (!is_product(scenario, args.product)) return unknown(args.product);
    ChipStep& step = orders.buy_used_chips[args.product];
    if (step.chips != 0) return duplicate();
    const std::int32_t chips = to_units(args.chips);
    if (chips > 0) step = {args.max_usd_chip, chips, line};
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const RetireChips& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (!is_product(scenario, args.product)) return unknown(args.product);
    const std::int32_t chips = to_units(args.chips), installed = world.firms[f].holdings[args.product].installed;
    if (chips > installed) return refuse(Code::over_capacity, args.chips, installed);
    return take_slot(orders.retire_chips[args.product], chips);
}

/// A spot order of a grade: inference is the first of its choices, training the second; the state has them the other way round.
RACKRACE_HD inline VerbAnswer take_spot(const Parameters& p, SpotStep (&steps)[2], std::int32_t grade, double mh, double usd_h) {
    SpotStep& step = steps[grade == 0 ? 1 : 0];
    if (step.h100e != 0.0) return duplicate();
    if (mh > 0.0) step = {usd_h, mh * kMillion / p.hours_per_quarter};
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World&, int f, const OfferSpot& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    return answer.ok() ? take_spot(scenario.parameters, orders.offer_spot, args.grade, args.mh, args.min_usd_h) : answer;
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World&, int f, const BidSpot& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    return answer.ok() ? take_spot(scenario.parameters, orders.bid_spot, args.grade, args.mh, args.max_usd_h) : answer;
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const FavourContract& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    const int c = find_contract(world, args.contract);
    if (c < 0 || world.contracts[c].seller != f) return unknown(args.contract);
    const std::uint64_t bit = std::uint64_t{1} << (c % 64);
    orders.favour_on[c / 64] = args.on != 0 ? orders.favour_on[c / 64] | bit : orders.favour_on[c / 64] & ~bit;
    orders.favour_off[c / 64] = args.on != 0 ? orders.favour_off[c / 64] & ~bit : orders.favour_off[c / 64] | bit;
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World&, int f, const Train& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    return answer.ok() ? set_once(orders, FirmSetting::train, args.frac) : answer;
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World&, int f, const ServeFirst& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    return answer.ok() ? set_once(orders, FirmSetting::serve_training_first, args.what) : answer;
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const SetPrice& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (args.segment < 1 || args.segment > kMaxSegments) return unknown(args.segment);
    const double mean = world.segments[args.segment - 1].mean_price_usd_task;
    const double low = scenario.parameters.task_price_min_ratio * mean, high = scenario.parameters.task_price_max_ratio * mean;
    if (args.usd_task < low) return refuse(Code::out_of_bounds, args.usd_task, low);
    if (args.usd_task > high) return refuse(Code::out_of_bounds, args.usd_task, high);
    const bool is_enterprise = args.segment - 1 == static_cast<int>(Segment::enterprise);
    return set_once(orders, is_enterprise ? FirmSetting::price_enterprise : FirmSetting::price_consumer, args.usd_task);
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World&, int f, const SetPriority& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    return answer.ok() ? set_once(orders, FirmSetting::segment_priority, args.frac) : answer;
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World&, int f, const UseInCore& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    return answer.ok() ? set_once(orders, FirmSetting::core_use, args.frac) : answer;
}

}  // namespace rackrace
