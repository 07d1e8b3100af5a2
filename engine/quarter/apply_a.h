// What a call of a stage A verb does: checks what is known at the call, converts to the units of the state and fills the firm's orders.
// A refused call changes nothing. Quantities of 0 are no order and no refusal. Arguments arrive finite, quantities not below 0.
#pragma once

#include "engine/market/production.h"
#include "engine/quarter/orders.h"
#include "engine/quarter/verb_args_a.h"
#include "engine/quarter/view_units.h"
#include "engine/world/world.h"

namespace rackrace {

/// Chips, wafers: whole units, rounded down, so that nobody orders more than it asked for.
RACKRACE_HD inline std::int32_t to_units(double units) { return to_int32(floor_to_int64(units)); }

/// kW, rounded to the nearest: 0.57 MW are 570 kW.
RACKRACE_HD inline std::int32_t to_kw(double mw) { return to_int32(to_int64(round_half_away(mw * kKwPerMw))); }

RACKRACE_HD inline Usd musd_to_usd(double musd) { return to_usd(musd * kMillion); }

RACKRACE_HD inline VerbAnswer unknown(std::int32_t reference) { return refuse(Code::unknown_reference, reference, 0.0); }
RACKRACE_HD inline VerbAnswer duplicate() { return refuse(Code::duplicate, 2.0, 1.0); }

/// Role and plain bounds: the first check of every call.
template <class Args>
RACKRACE_HD VerbAnswer check_call(const Scenario& scenario, int f, const Args& args) {
    constexpr VerbRow row = VerbSchema<Args>::row;
    if ((row.roles & role_bit(scenario.firms[f].role)) == 0) return refuse(Code::closed_to_role, static_cast<int>(scenario.firms[f].role), 0.0);
    return check_bounds(scenario.parameters, args);
}

/// Takes a slot of one order a stage: refused where it is taken.
RACKRACE_HD inline VerbAnswer take_slot(std::int32_t& slot, std::int32_t units) {
    if (slot != 0) return duplicate();
    slot = units;
    return {};
}

RACKRACE_HD inline VerbAnswer set_once(Orders& orders, FirmSetting setting, double value) {
    if (is_given(orders, setting)) return duplicate();
    orders.settings_given |= 1u << static_cast<int>(setting);
    orders.settings[static_cast<int>(setting)] = value;
    return {};
}

RACKRACE_HD inline bool is_region(const Scenario& scenario, std::int32_t r) { return r >= 0 && r < scenario.region_count; }
RACKRACE_HD inline bool is_product(const Scenario& scenario, std::int32_t p) { return p >= 0 && p < scenario.product_count; }

/// The firm may be sold chips: it is there and owns compute.
RACKRACE_HD inline VerbAnswer check_buyer(const Scenario& scenario, const World& world, std::int32_t buyer) {
    if (buyer < 0 || buyer >= scenario.firm_count || world.firms[buyer].status == FirmStatus::absent || !is_active(world.firms[buyer])) return unknown(buyer);
    if ((kOwners & role_bit(scenario.firms[buyer].role)) == 0) return refuse(Code::closed_to_role, static_cast<int>(scenario.firms[buyer].role), 0.0);
    return {};
}

/// The firm is an owner of an in-house line.
RACKRACE_HD inline VerbAnswer check_own_line(const Scenario& scenario, int f, std::int32_t product) {
    if (!is_product(scenario, product)) return unknown(product);
    if (scenario.products[product].buyers != Buyers::captive || (scenario.products[product].buyer_mask >> f & 1u) == 0) return refuse(Code::captive, product, 0.0);
    return {};
}

/// The firm makes the product and sells it to all.
RACKRACE_HD inline VerbAnswer check_own_product(const Scenario& scenario, int f, std::int32_t product) {
    if (!is_product(scenario, product) || scenario.products[product].vendor != f || scenario.products[product].buyers == Buyers::used_only) return unknown(product);
    if (scenario.products[product].buyers == Buyers::captive) return refuse(Code::captive, product, 0.0);
    return {};
}

/// Output of wafers ordered now finds the product on sale.
RACKRACE_HD inline VerbAnswer check_output(const Scenario& scenario, const World& world, std::int32_t product) {
    const int out_t = world.t + static_cast<int>(scenario.parameters.wafer_lead_q);
    if (out_t < world.products[product].first_t) return refuse(Code::not_released, out_t, world.products[product].first_t);
    if (out_t > world.products[product].last_t) return refuse(Code::not_released, out_t, world.products[product].last_t);
    return {};
}

/// 0 chips are no order; a lot is the least.
RACKRACE_HD inline VerbAnswer check_lot(double chips) {
    return chips > 0.0 && chips < kSmallestChipLot ? refuse(Code::below_minimum, chips, kSmallestChipLot) : VerbAnswer{};
}

/// Cash that earlier orders of the stage promise.
RACKRACE_HD inline Usd cash_promised(const Orders& orders) {
    Usd sum = orders.hire_talent + orders.buy_back;
    RACKRACE_NO_UNROLL
    for (const Usd& amount : orders.repay) sum += amount;
    RACKRACE_NO_UNROLL
    for (const FirmBid& bid : orders.bid_firm) sum += bid.amount;
    return sum;
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const Repay& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (args.loan < 0 || args.loan >= kMaxTranches || world.firms[f].debt[args.loan].kind == DebtKind::none) return unknown(args.loan);
    const Usd amount = orders.repay[args.loan] + musd_to_usd(args.musd), owed = world.firms[f].debt[args.loan].principal;
    if (amount > owed) return refuse(Code::over_capacity, to_musd(amount), to_musd(owed));
    const Usd free = max_usd(Usd{}, cash_of(world, f) - (cash_promised(orders) - orders.repay[args.loan]));
    if (amount > free) return refuse(Code::insufficient_cash, to_musd(amount), to_musd(free));
    orders.repay[args.loan] = amount;
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World&, int f, const SetPayout& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    return answer.ok() ? set_once(orders, FirmSetting::payout, args.frac) : answer;
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World&, int f, const BidPower& args, int line, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (!is_region(scenario, args.region)) return unknown(args.region);
    GridBid& bid = orders.bid_power[args.region];
    if (bid.kw != 0) return duplicate();
    const std::int32_t kw = to_kw(args.grid_mw);
    if (kw > 0) bid = {args.max_usd_kw_q, kw, line};
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const WithdrawPower& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (!is_region(scenario, args.region)) return unknown(args.region);
    const Site& site = world.firms[f].sites[args.region];
    double held = site.grid_kw;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kGridSlots; ++k) held += site.won_kw[k];
    if (scenario.rules.power != PowerRule::auction) {
        RACKRACE_NO_UNROLL
        for (int age = 0; age < kMaxCohorts; ++age) held += site.vintage[age];
    }
    const std::int32_t kw = to_kw(args.grid_mw);
    if (kw > held) return refuse(Code::over_capacity, args.grid_mw, to_mw(held));
    return take_slot(orders.withdraw_power_kw[args.region], kw);
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World&, int f, const OrderOnsite& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (!is_region(scenario, args.region)) return unknown(args.region);
    if (scenario.regions[args.region].onsite_allowed == 0) return refuse(Code::over_capacity, args.grid_mw, 0.0);
    return take_slot(orders.order_onsite_kw[args.region], to_kw(args.grid_mw));
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const SellOnsite& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (!is_region(scenario, args.region)) return unknown(args.region);
    const std::int32_t kw = to_kw(args.mw), held = world.firms[f].sites[args.region].onsite_kw;
    if (kw > held) return refuse(Code::over_capacity, args.mw, to_mw(held));
    return take_slot(orders.sell_onsite_kw[args.region], kw);
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const BuildSite& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (!is_region(scenario, args.region)) return unknown(args.region);
    const std::int32_t kw = to_kw(args.mw);
    if (kw == 0) return {};
    int used = 1;
    RACKRACE_NO_UNROLL
    for (int j = 0; j < kMaxProjects; ++j) used += world.firms[f].projects[j].kw != 0;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) used += r != args.region && orders.build_site_kw[r] != 0;
    if (used > kMaxProjects) return refuse(Code::too_many, used, kMaxProjects);
    return take_slot(orders.build_site_kw[args.region], kw);
}

RACKRACE_HD inline bool is_project(const World& world, int f, std::int32_t project) {
    return project >= 0 && project < kMaxProjects && world.firms[f].projects[project].kw != 0;
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const SlowSite& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (!is_project(world, f, args.project)) return unknown(args.project);
    orders.slow_projects |= 1u << args.project;
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const AbandonSite& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (!is_project(world, f, args.project)) return unknown(args.project);
    orders.abandon_projects |= 1u << args.project;
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World&, int f, const LeaseSite& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (!is_region(scenario, args.region)) return unknown(args.region);
    LeaseRequest& request = orders.lease_site[args.region];
    if (request.kw != 0) return duplicate();
    const std::int32_t kw = to_kw(args.mw);
    if (kw > 0) request = {kw, to_units(args.tenor_q)};
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const ExitLease& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (!is_region(scenario, args.region)) return unknown(args.region);
    const std::int32_t kw = to_kw(args.mw), held = world.firms[f].sites[args.region].lease_kw;
    if (kw > held) return refuse(Code::over_capacity, args.mw, to_mw(held));
    return take_slot(orders.exit_lease_kw[args.region], kw);
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const OrderCaptive& args, int, Orders& orders) {
    VerbAnswer answer = check_call(scenario, f, args);
    if (answer.ok()) answer = check_own_line(scenario, f, args.product);
    if (answer.ok()) answer = check_lot(args.chips);
    if (answer.ok() && world.products[args.product].inventory_chips == 0) answer = check_output(scenario, world, args.product);
    return answer.ok() ? take_slot(orders.order_captive_chips[args.product], to_units(args.chips)) : answer;
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World&, int f, const FundDesign& args, int, Orders& orders) {
    VerbAnswer answer = check_call(scenario, f, args);
    if (answer.ok()) answer = check_own_line(scenario, f, args.product);
    if (!answer.ok()) return answer;
    const std::uint32_t bit = 1u << args.product;
    if (((orders.design_on | orders.design_off) & bit) != 0) return duplicate();
    (args.on != 0 ? orders.design_on : orders.design_off) |= bit;
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const HireTalent& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    if (!answer.ok()) return answer;
    if (orders.hire_talent.value != 0) return duplicate();
    const Usd amount = musd_to_usd(args.musd), free = max_usd(Usd{}, cash_of(world, f) - cash_promised(orders));
    if (amount > free) return refuse(Code::insufficient_cash, to_musd(amount), to_musd(free));
    orders.hire_talent = amount;
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const ListPrice& args, int, Orders& orders) {
    VerbAnswer answer = check_call(scenario, f, args);
    if (answer.ok()) answer = check_own_product(scenario, f, args.product);
    if (!answer.ok()) return answer;
    const Parameters& p = scenario.parameters;
    const double ratio = args.usd_chip / world.products[args.product].list_usd_chip;
    if (ratio < p.price_multiplier_min_ratio) return refuse(Code::out_of_bounds, ratio, p.price_multiplier_min_ratio);
    if (ratio > p.price_multiplier_max_ratio) return refuse(Code::out_of_bounds, ratio, p.price_multiplier_max_ratio);
    if (orders.list_price_usd_chip[args.product] != 0.0) return duplicate();
    orders.list_price_usd_chip[args.product] = args.usd_chip;
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const OrderWafers& args, int, Orders& orders) {
    VerbAnswer answer = check_call(scenario, f, args);
    if (answer.ok()) answer = check_own_product(scenario, f, args.product);
    if (answer.ok()) answer = check_output(scenario, world, args.product);
    return answer.ok() ? take_slot(orders.order_wafers[args.product], to_units(args.wafers)) : answer;
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const WeighBuyer& args, int, Orders& orders) {
    VerbAnswer answer = check_call(scenario, f, args);
    if (answer.ok()) answer = check_buyer(scenario, world, args.buyer);
    if (!answer.ok()) return answer;
    orders.buyer_weight_given |= 1u << args.buyer;
    orders.buyer_weight[args.buyer] = args.weight;
    return {};
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World&, int f, const CapBuyer& args, int, Orders& orders) {
    const VerbAnswer answer = check_call(scenario, f, args);
    return answer.ok() ? set_once(orders, FirmSetting::buyer_cap, args.frac) : answer;
}

RACKRACE_HD inline VerbAnswer apply(const Scenario& scenario, const World& world, int f, const OfferSupply& args, int line, Orders& orders) {
    VerbAnswer answer = check_call(scenario, f, args);
    if (answer.ok()) answer = check_buyer(scenario, world, args.buyer);
    if (answer.ok()) answer = check_own_product(scenario, f, args.product);
    if (answer.ok()) answer = check_lot(args.chips);
    if (!answer.ok() || to_units(args.chips) == 0) return answer;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kMaxSupplyOffers; ++k) {
        SupplyOffer& offer = orders.offer_supply[k];
        if (offer.chips_q != 0) continue;
        offer = {args.discount_frac, to_units(args.chips), static_cast<std::int16_t>(args.buyer), static_cast<std::int16_t>(args.product), to_units(args.tenor_q), line};
        return {};
    }
    return refuse(Code::too_many, kMaxSupplyOffers + 1, kMaxSupplyOffers);
}

}  // namespace rackrace
