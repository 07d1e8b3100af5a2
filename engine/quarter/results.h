// What markets made of a firm's orders, as results on its Desk: read off Deals, and off the world after the phases where it still shows it.
// Told are contracts and threats to leave them, money, chips new, used and in-house, power lots, on-site plant, leases, wafers and spot hours. Of
// other orders all that the call accepts is done, but of supply agreements, which no result tells of.
#pragma once

#include "engine/market/captive_lines.h"
#include "engine/market/deals.h"
#include "engine/quarter/desk.h"
#include "engine/quarter/orders.h"
#include "engine/quarter/verb_args_deals.h"
#include "engine/quarter/view_units.h"

namespace rackrace {

RACKRACE_HD inline Author author_of(VerbMask autopilot, Verb verb) { return (autopilot & verb_bit(verb)) != 0 ? Author::autopilot : Author::script; }

RACKRACE_HD inline void report(Desk& desk, VerbMask autopilot, Verb verb, std::int32_t ref, double asked, double got, double price, Code code) {
    record(desk, {asked, got, price, ref, verb, code, author_of(autopilot, verb), 0});
}

/// Of what is paid out of cash in hand: less of it only where the cash is gone.
RACKRACE_HD inline void report_payment(Desk& desk, VerbMask autopilot, Verb verb, std::int32_t ref, Usd asked, Usd got) {
    report(desk, autopilot, verb, ref, to_musd(asked), to_musd(got), 0.0, got < asked ? Code::insufficient_cash : Code::none);
}

/// Chips that a firm bids for, all steps together.
RACKRACE_HD inline std::int64_t bid_chips(const Orders& orders, int product) {
    std::int64_t asked = 0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kMaxSteps; ++k) asked += orders.bid_chips[product][k].chips;
    return asked;
}

/// Contracts, loans and shares, order by order: markets tell of each in Deals.
RACKRACE_HD inline void report_deals(const Parameters& p, const Orders& orders, const Deals& deals, int f, VerbMask autopilot, Desk& desk) {
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kMaxOffers; ++k) {
        const CapacityOffer& offer = orders.offer_contract[k];
        const Deal& deal = deals.offer_contract[f][k];
        if (offer.h100e != 0) report(desk, autopilot, Verb::offer_contract, offer.generation, to_mh(p, offer.h100e), to_mh(p, deal.got), deal.price, deal.code);
    }
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kMaxRequests; ++k) {
        const CapacityBid& bid = orders.bid_contract[k];
        const Deal& deal = deals.bid_contract[f][k];
        if (bid.h100e != 0) report(desk, autopilot, Verb::bid_contract, bid.generation, to_mh(p, bid.h100e), to_mh(p, deal.got), deal.price, deal.code);
    }
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kMaxRaises; ++k) {
        const LoanRequest& request = orders.borrow[k];
        const Deal& deal = deals.borrow[f][k];
        const int word = request.kind - debt_kind_of_word(0);
        if (request.amount.value != 0) report(desk, autopilot, Verb::borrow, word, to_musd(request.amount), to_musd(deal.got), deal.price, deal.code);
    }
    const Deal &issue = deals.raise_equity[f], &buy_back = deals.buy_back[f];
    if (orders.raise_equity.value != 0) report(desk, autopilot, Verb::raise_equity, -1, to_musd(orders.raise_equity), to_musd(issue.got), issue.price, issue.code);
    if (orders.buy_back.value != 0) report(desk, autopilot, Verb::buy_back, -1, to_musd(orders.buy_back), to_musd(buy_back.got), buy_back.price, buy_back.code);
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d)
        if (orders.repay[d].value != 0) report_payment(desk, autopilot, Verb::repay, d, orders.repay[d], deals.repaid[f][d]);
    RACKRACE_NO_UNROLL
    for (int slot = 0; slot < kMaxContracts; ++slot) {
        const Threat& threat = deals.renegotiate[slot];
        if (threat.contract == 0 || !has_slot(orders.renegotiate, slot)) continue;
        report(desk, autopilot, Verb::renegotiate, threat.contract, 1.0, threat.was_believed, threat.usd_h, threat.was_believed != 0 ? Code::none : Code::unfilled);
    }
}

/// Bids for failed firms, which are resolved after the settlement: told with the results of stage B.
RACKRACE_HD inline void report_firm_bids(const Orders& orders, const Deals& deals, int f, VerbMask autopilot, Desk& desk) {
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kMaxFirmBids; ++k) {
        const FirmBid& bid = orders.bid_firm[k];
        const Deal& deal = deals.bid_firm[f][k];
        if (bid.amount.value != 0) report(desk, autopilot, Verb::bid_firm, bid.firm, to_musd(bid.amount), to_musd(deal.got), deal.price, deal.code);
    }
}

/// Leases and on-site plant: what was signed and ordered in the quarter stands in the slot of their lead time.
RACKRACE_HD inline void report_sites(const Scenario& scenario, const Orders& orders, const World& after, int f, VerbMask autopilot, Desk& desk) {
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const Site& site = after.firms[f].sites[r];
        const double lease_kw = orders.lease_site[r].kw, signed_kw = site.lease_coming_kw[static_cast<int>(scenario.parameters.lease_lead_q) - 1];
        if (lease_kw > 0.0) report(desk, autopilot, Verb::lease_site, r, to_mw(lease_kw), to_mw(signed_kw), 0.0, fill_code(lease_kw, signed_kw));
        const double plant_kw = orders.order_onsite_kw[r], ordered_kw = plant_kw > 0.0 ? site.onsite_coming_kw[scenario.regions[r].onsite_lead_q] : 0.0;
        if (plant_kw > 0.0) report(desk, autopilot, Verb::order_onsite, r, to_mw(plant_kw), to_mw(ordered_kw), 0.0, fill_code(plant_kw, ordered_kw));
    }
}

/// In-house chips: those out of stock, and those asked of the foundry, whose wafers come later.
RACKRACE_HD inline void report_captive(const Scenario& scenario, const Deals& deals, const Orders& orders, int f, VerbMask autopilot, Desk& desk) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.product_count; ++i) {
        const int place = orders.order_captive_chips[i] > 0 ? owner_place(scenario.products[i], f) : -1;
        if (place < 0) continue;
        const double asked = orders.order_captive_chips[i], got = deals.captive_chips[i][place];
        report(desk, autopilot, Verb::order_captive, i, asked, got, 0.0, fill_code(asked, got));
    }
}

/// Stage A: contracts, money, power lots, sites, in-house chips and wafers. `after`: the world of stage B.
/// autopilot: the verbs whose orders were the autopilot's.
RACKRACE_HD inline void report_stage_a(const Scenario& scenario, const Deals& deals, const Orders& orders, const World& after, int f, VerbMask autopilot, Desk& desk) {
    const Parameters& p = scenario.parameters;
    report_deals(p, orders, deals, f, autopilot, desk);
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const std::int64_t asked = orders.bid_power[r].kw;
        if (asked == 0) continue;
        const std::int64_t got = deals.power_kw[f][r];
        const double largest = p.grid_lot_share_max_frac * after.regions[r].lot_kw;
        const bool is_cut = scenario.rules.power == PowerRule::auction && static_cast<double>(asked) > largest && got > 0;
        const Code code = is_cut ? Code::power_short : fill_code(static_cast<double>(asked), static_cast<double>(got));
        report(desk, autopilot, Verb::bid_power, r, to_mw(static_cast<double>(asked)), to_mw(static_cast<double>(got)), after.regions[r].adder_usd_kw_q, code);
    }
    report_sites(scenario, orders, after, f, autopilot, desk);
    report_captive(scenario, deals, orders, f, autopilot, desk);
    if (scenario.firms[f].supplier_slot < 0) return;
    const int ahead = static_cast<int>(p.wafer_lead_q);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.product_count; ++i) {
        const double asked = orders.order_wafers[i], got = min(asked, after.products[i].wafers[ahead]);
        if (asked > 0.0) report(desk, autopilot, Verb::order_wafers, i, asked, got, 0.0, fill_code(asked, got));
    }
}

/// Bids for one product together. The price is the mean of what the quarter's awards cost; without any, that of the sale.
RACKRACE_HD inline void report_chips(const Orders& orders, const Deals& deals, const World& after, int f, int product, VerbMask autopilot, Desk& desk) {
    const auto asked = static_cast<double>(bid_chips(orders, product));
    if (asked == 0.0) return;
    const double got = deals.new_chips[f][product];
    const double price = got > 0.0 ? to_double(deals.new_chips_paid[f][product]) / got : after.products[product].cleared_usd_chip;
    report(desk, autopilot, Verb::bid_chips, product, asked, got, price, fill_code(asked, got));
}

/// Used chips of one product, at the price of its auction.
RACKRACE_HD inline void report_used_chips(const Orders& orders, const Deals& deals, const World& after, int f, int product, VerbMask autopilot, Desk& desk) {
    const double price = after.products[product].resale_usd_chip;
    const double offered = orders.sell_chips[product].chips, sold = deals.used_chips_sold[f][product];
    const double wanted = orders.buy_used_chips[product].chips, bought = deals.used_chips_bought[f][product];
    if (offered > 0.0) report(desk, autopilot, Verb::sell_chips, product, offered, sold, price, fill_code(offered, sold));
    if (wanted > 0.0) report(desk, autopilot, Verb::buy_used_chips, product, wanted, bought, price, fill_code(wanted, bought));
}

/// Spot hours of one grade, sold and bought. Training hours that found no buyer as such may have sold as inference; they are told as training, at what an
/// hour of the offer brought in the mean.
RACKRACE_HD inline void report_spot(const Parameters& p, const Orders& orders, const Deals& deals, const World& after, int f, int grade, VerbMask autopilot, Desk& desk) {
    const int word = grade == 0 ? 1 : 0;  // of the verbs' argument
    const double offered = std::floor(orders.offer_spot[grade].h100e), wanted = std::floor(orders.bid_spot[grade].h100e);
    const auto sold = static_cast<double>(deals.spot_sold_h100e[f][grade]), bought = static_cast<double>(deals.spot_bought_h100e[f][grade]);
    if (offered > 0.0) report(desk, autopilot, Verb::offer_spot, word, to_mh(p, offered), to_mh(p, sold), grade == 0 && sold > 0.0 ? deals.training_offer_usd_h[f] : after.spot_usd_h[grade], fill_code(offered, sold));
    if (wanted > 0.0) report(desk, autopilot, Verb::bid_spot, word, to_mh(p, wanted), to_mh(p, bought), after.spot_usd_h[grade], fill_code(wanted, bought));
}

/// Stage B: chips, spot hours, talent and failed firms. `after`: the world of the close.
RACKRACE_HD inline void report_stage_b(const Scenario& scenario, const Deals& deals, const Orders& orders, const World& after, int f, VerbMask autopilot, Desk& desk) {
    report_firm_bids(orders, deals, f, autopilot, desk);
    if (after.firms[f].role == Role::supplier) return;
    if (orders.hire_talent.value != 0) report_payment(desk, autopilot, Verb::hire_talent, -1, orders.hire_talent, deals.talent[f]);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.product_count; ++i) {
        report_chips(orders, deals, after, f, i, autopilot, desk);
        report_used_chips(orders, deals, after, f, i, autopilot, desk);
    }
    RACKRACE_NO_UNROLL
    for (int grade = 0; grade < 2; ++grade) report_spot(scenario.parameters, orders, deals, after, f, grade, autopilot, desk);
}

}  // namespace rackrace
