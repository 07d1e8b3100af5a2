// Orders are merged lever by lever: the autopilot's where a script plays none, those of `operate` over the standing ones of `decide`.
#pragma once

#include "engine/quarter/orders.h"
#include "engine/quarter/verb_table.h"

namespace rackrace {

template <class T, std::size_t Count>
RACKRACE_HD void take_all(const T (&from)[Count], T (&to)[Count]) {
    RACKRACE_NO_UNROLL
    for (std::size_t i = 0; i < Count; ++i) to[i] = from[i];
}

RACKRACE_HD inline void take_setting(const Orders& from, FirmSetting setting, Orders& to) {
    const std::uint32_t bit = 1u << static_cast<int>(setting);
    to.settings_given = (to.settings_given & ~bit) | (from.settings_given & bit);
    to.settings[static_cast<int>(setting)] = from.settings[static_cast<int>(setting)];
}

/// Replaces everything that a verb fills in `to` by what it filled in `from`.
RACKRACE_HD inline void take_lever(Verb verb, const Orders& from, Orders& to) {
    switch (verb) {
        case Verb::offer_contract: take_all(from.offer_contract, to.offer_contract); break;
        case Verb::bid_contract: take_all(from.bid_contract, to.bid_contract); break;
        case Verb::set_oversell: take_setting(from, FirmSetting::oversell, to); break;
        case Verb::renegotiate: take_all(from.renegotiate, to.renegotiate); break;
        case Verb::break_contract: take_all(from.break_contract, to.break_contract); break;
        case Verb::borrow: take_all(from.borrow, to.borrow); break;
        case Verb::raise_equity:
            to.raise_equity = from.raise_equity;
            to.raise_equity_max_frac = from.raise_equity_max_frac;
            break;
        case Verb::repay: take_all(from.repay, to.repay); break;
        case Verb::set_payout: take_setting(from, FirmSetting::payout, to); break;
        case Verb::buy_back: to.buy_back = from.buy_back; break;
        case Verb::bid_power: take_all(from.bid_power, to.bid_power); break;
        case Verb::withdraw_power: take_all(from.withdraw_power_kw, to.withdraw_power_kw); break;
        case Verb::order_onsite: take_all(from.order_onsite_kw, to.order_onsite_kw); break;
        case Verb::sell_onsite: take_all(from.sell_onsite_kw, to.sell_onsite_kw); break;
        case Verb::build_site: take_all(from.build_site_kw, to.build_site_kw); break;
        case Verb::slow_site: to.slow_projects = from.slow_projects; break;
        case Verb::abandon_site: to.abandon_projects = from.abandon_projects; break;
        case Verb::lease_site: take_all(from.lease_site, to.lease_site); break;
        case Verb::exit_lease: take_all(from.exit_lease_kw, to.exit_lease_kw); break;
        case Verb::order_captive: take_all(from.order_captive_chips, to.order_captive_chips); break;
        case Verb::fund_design:
            to.design_on = from.design_on;
            to.design_off = from.design_off;
            break;
        case Verb::hire_talent: to.hire_talent = from.hire_talent; break;
        case Verb::bid_firm: take_all(from.bid_firm, to.bid_firm); break;
        case Verb::list_price: take_all(from.list_price_usd_chip, to.list_price_usd_chip); break;
        case Verb::order_wafers: take_all(from.order_wafers, to.order_wafers); break;
        case Verb::weigh_buyer:
            to.buyer_weight_given = from.buyer_weight_given;
            take_all(from.buyer_weight, to.buyer_weight);
            break;
        case Verb::cap_buyer: take_setting(from, FirmSetting::buyer_cap, to); break;
        case Verb::offer_supply: take_all(from.offer_supply, to.offer_supply); break;
        case Verb::finance_buyer: take_all(from.finance_buyer, to.finance_buyer); break;
        case Verb::bid_chips:
            RACKRACE_NO_UNROLL
            for (int p = 0; p < kMaxProducts; ++p) take_all(from.bid_chips[p], to.bid_chips[p]);
            break;
        case Verb::accept_supply: take_all(from.accept_supply_chips, to.accept_supply_chips); break;
        case Verb::cancel_chips: take_all(from.cancel_chips, to.cancel_chips); break;
        case Verb::sell_chips: take_all(from.sell_chips, to.sell_chips); break;
        case Verb::buy_used_chips: take_all(from.buy_used_chips, to.buy_used_chips); break;
        case Verb::retire_chips: take_all(from.retire_chips, to.retire_chips); break;
        case Verb::offer_spot: take_all(from.offer_spot, to.offer_spot); break;
        case Verb::bid_spot: take_all(from.bid_spot, to.bid_spot); break;
        case Verb::favour_contract:
            take_all(from.favour_on, to.favour_on);
            take_all(from.favour_off, to.favour_off);
            break;
        case Verb::train: take_setting(from, FirmSetting::train, to); break;
        case Verb::serve_first: take_setting(from, FirmSetting::serve_training_first, to); break;
        case Verb::set_price:
            take_setting(from, FirmSetting::price_enterprise, to);
            take_setting(from, FirmSetting::price_consumer, to);
            break;
        case Verb::set_priority: take_setting(from, FirmSetting::segment_priority, to); break;
        case Verb::use_in_core: take_setting(from, FirmSetting::core_use, to); break;
        case Verb::count: break;
    }
}

/// Every lever of a set.
RACKRACE_HD inline void take_levers(VerbMask verbs, const Orders& from, Orders& to) {
    RACKRACE_NO_UNROLL
    for (int v = 0; v < kVerbs; ++v)
        if ((verbs >> v & 1u) != 0) take_lever(static_cast<Verb>(v), from, to);
}

}  // namespace rackrace
