#include "engine/replay/events.h"

#include <fmt/format.h>

#include "engine/market/find_contract.h"
#include "engine/replay/state_path.h"
#include "engine/scenario/resolved_toml.h"

namespace rackrace {
namespace {

Usd total_arrears(const World& world, int firm) {
    Usd sum{};
    for (int party = 0; party < kParties; ++party) sum += world.arrears[firm][party][0] + world.arrears[firm][party][1];
    return sum;
}

/// A row that is gone because an older one of the same pair, generation and end has taken it in.
bool is_merged(const World& after, const Contract& then) {
    for (const Contract& now : after.contracts)
        if (now.id != 0 && now.id < then.id && now.seller == then.seller && now.buyer == then.buyer && now.generation == then.generation && now.end_t == then.end_t) return true;
    return false;
}

std::string party(const Names& names, int index) { return index_label(names, "balance", 0, index); }

/// What became of a firm that cannot pay.
void add_failure_events(const World& before, const World& after, int f, const Names& names, std::vector<Event>& events) {
    const FirmStatus then = before.firms[f].status, now = after.firms[f].status;
    if (then == now) return;
    const std::string name = party(names, f);
    const double debt = to_double(-balance_of(before, f, Account::debt) + total_arrears(before, f)) / 1e6;
    const double owes = to_double(-balance_of(after, f, Account::debt) + total_arrears(after, f)) / 1e6;
    if (now == FirmStatus::chapter_11) events.push_back({"default", name, "", owes, fmt::format("{} is in default and enters chapter 11: it owes {:.1f} M$", name, owes)});
    if (then == FirmStatus::chapter_11 && now == FirmStatus::healthy)
        events.push_back({"reorganised", name, "", debt - owes, fmt::format("{} leaves chapter 11 with its creditors as owners: {:.1f} M$ of {:.1f} M$ are no longer owed", name, debt - owes, debt)});
    if (now == FirmStatus::liquidated) events.push_back({"liquidated", name, "", owes, fmt::format("{} is liquidated: it owes {:.1f} M$", name, owes)});
    if (now == FirmStatus::acquired) {
        const std::string buyer = party(names, after.firms[f].taken_by - 1);
        events.push_back({"acquired", name, buyer, debt, fmt::format("{} takes over {}, whose creditors were owed {:.1f} M$", buyer, name, debt)});
    }
}

void add_firm_events(const World& before, const World& after, const Names& names, std::vector<Event>& events) {
    for (int f = 0; f < after.firm_count; ++f) {
        const std::string name = party(names, f);
        const double owed = to_double(total_arrears(after, f)) / 1e6;
        const FirmStatus then = before.firms[f].status, now = after.firms[f].status;
        add_failure_events(before, after, f, names, events);
        if (then == FirmStatus::healthy && (now == FirmStatus::in_arrears || now == FirmStatus::overdue))
            events.push_back({"arrears_begun", name, "", owed, fmt::format("{} cannot pay: {:.1f} M$ in arrears", name, owed)});
        if (then != FirmStatus::overdue && now == FirmStatus::overdue)
            events.push_back({"arrears_overdue", name, "", owed, fmt::format("{} is two quarters late: {:.1f} M$ in arrears", name, owed)});
        if ((then == FirmStatus::in_arrears || then == FirmStatus::overdue) && now == FirmStatus::healthy)
            events.push_back({"arrears_ended", name, "", 0.0, fmt::format("{} has paid its arrears", name)});
        const int was = before.firms[f].rating, is = after.firms[f].rating;
        if (was != is && was > 0 && is > 0)
            events.push_back({"rating_changed", name, "", static_cast<double>(is), fmt::format("{} is rated {} after {}", name, is, was)});
    }
}

/// What lenders and investors did to a firm.
void add_money_events(const World& before, const World& after, const Names& names, std::vector<Event>& events) {
    for (int f = 0; f < after.firm_count; ++f) {
        const std::string name = party(names, f);
        const Firm &then = before.firms[f], &now = after.firms[f];
        const double owed = -to_double(balance_of(after, f, Account::debt)) / 1e6;
        if (then.breach_q == 0 && now.breach_q > 0)
            events.push_back({"covenant_broken", name, "", owed, fmt::format("{} breaks a covenant and owes {:.1f} M$: it draws and pays out nothing, and its loans cost more", name, owed)});
        if (then.breach_q > 0 && now.breach_q == 0)
            events.push_back({"covenant_mended", name, "", owed, fmt::format("{} keeps its covenants again, or has no loan with any", name)});
        if (then.accelerated == 0 && now.accelerated != 0)
            events.push_back({"loans_called", name, "", owed, fmt::format("lenders call the loans of {}: {:.1f} M$", name, owed)});
        if (then.venture_t != now.venture_t && now.venture_t == after.t)
            events.push_back({"venture_round", name, "", now.own_frac, fmt::format("{} closes a venture round: its first owners hold {:.1f}%", name, 100.0 * now.own_frac)});
    }
}

void add_contract_events(const World& before, const World& after, const Names& names, std::vector<Event>& events) {
    for (const Contract& now : after.contracts) {
        if (now.id == 0) continue;
        const std::string pair = party(names, now.seller) + " for " + party(names, now.buyer);
        const double size = now.quantity_h100e;
        if (now.id >= before.next_contract_id)
            events.push_back({"contract_signed", party(names, now.seller), party(names, now.buyer), size,
                              fmt::format("{} signs contract {} with {:.0f} H100e", pair, now.id, size)});
        if (now.start_t == after.t)
            events.push_back({"contract_started", party(names, now.seller), party(names, now.buyer), size,
                              fmt::format("contract {} of {} starts, {:.0f} H100e", now.id, pair, size)});
    }
    for (const Contract& then : before.contracts) {
        if (then.id == 0) continue;
        const int slot = find_contract(after, then.id);
        const Contract* now = slot < 0 ? nullptr : &after.contracts[slot];
        const std::string seller = party(names, then.seller), buyer = party(names, then.buyer);
        const double size = then.quantity_h100e;
        if (now != nullptr && now->renegotiated_t == after.t && then.renegotiated_t != after.t)
            events.push_back({"contract_renegotiated", buyer, seller, now->price_usd_h,
                              fmt::format("{} forces contract {} with {} from {:.2f} to {:.2f} $/h", buyer, then.id, seller, then.price_usd_h, now->price_usd_h)});
        if (now != nullptr || is_merged(after, then)) continue;
        if (then.end_t >= after.t)
            events.push_back({"contract_left", buyer, seller, size, fmt::format("contract {} of {} for {} ends {} quarters early", then.id, seller, buyer, then.end_t - after.t + 1)});
        else
            events.push_back({"contract_ended", seller, buyer, size, fmt::format("contract {} of {} for {} ends", then.id, seller, buyer)});
    }
}

void add_product_events(const World& before, const World& after, const Names& names, std::vector<Event>& events) {
    for (int p = 0; p < kMaxProducts; ++p) {
        const std::string name = index_label(names, "products", 0, p);
        if (after.products[p].first_t == after.t && after.products[p].list_usd_chip > 0.0)
            events.push_back({"product_launched", "", name, after.products[p].list_usd_chip,
                              fmt::format("{} is on sale at {:.0f} $ a chip", name, after.products[p].list_usd_chip)});
        const auto scrapped = after.products[p].total_scrapped - before.products[p].total_scrapped;
        if (scrapped > 0)
            events.push_back({"chips_scrapped", "", name, static_cast<double>(scrapped), fmt::format("{} chips of {} are scrapped", scrapped, name)});
    }
}

constexpr int kLeverIdentity = 16;

/// In the order of check_levers.
const char* lever_name(int i) {
    constexpr const char* kLevers[] = {"train_frac", "segment_priority_frac", "payout_frac", "core_use_frac", "oversell_ratio", "buyer_cap_frac", "buyer_weight"};
    return i >= 0 && i < static_cast<int>(std::size(kLevers)) ? kLevers[i] : "unknown";
}

/// " at coreweave"; empty for the market as a whole.
std::string place_of(const WorldFault& fault, const Names& names) {
    const int who = fault.who;
    switch (fault.about) {
        case Subject::market: return "";
        case Subject::party: return " at " + party(names, who);
        case Subject::kind: return fmt::format(" over all parties in postings of kind {}", row_of(static_cast<Kind>(who)).name);
        case Subject::product: return " at product " + index_label(names, "products", 0, who);
        case Subject::region: return " in region " + index_label(names, "regions", 0, who);
        case Subject::segment: return " in segment " + index_label(names, "segments", 0, who);
        case Subject::contract: return fmt::format(" at the contract in slot {}", who);
    }
    return "";
}

}  // namespace

std::string fault_sentence(const WorldFault& fault, const Names& names) {
    switch (fault.kind) {
        case Fault::none: return "";
        case Fault::negative_posting:
            return fmt::format("a posting of kind {} by {} has the negative amount {} $", row_of(static_cast<Kind>(fault.where)).name,
                               party(names, fault.who), fault.value);
        case Fault::identity:
            if (fault.where == kLeverIdentity) return fmt::format("identity I{}: lever {}{} is out of its bounds", fault.where, lever_name(static_cast<int>(fault.value)), place_of(fault, names));
            return fault.value == 0 ? fmt::format("identity I{} does not hold{}", fault.where, place_of(fault, names)) : fmt::format("identity I{} is off by {}{}", fault.where, fault.value, place_of(fault, names));
        case Fault::not_a_number: return fmt::format("identity I{}: a value is not a finite number", fault.where);
    }
    return "unknown fault";
}

std::vector<Event> shocks_beginning(const Scenario& scenario, int t, const Names& names) {
    std::vector<Event> events;
    for (int i = 0; i < scenario.shock_count; ++i) {
        const Shock& shock = scenario.shocks[i];
        if (shock.start_t != t) continue;
        const std::string_view noun = shock_target_noun(shock.kind);
        const std::string target = shock.target < 0      ? ""
                                   : noun == "firm"      ? party(names, shock.target)
                                   : noun == "product"   ? index_label(names, "products", 0, shock.target)
                                   : noun == "region"    ? index_label(names, "regions", 0, shock.target)
                                                         : fmt::format("generation {}", shock.target);
        events.push_back({"shock", noun == "firm" ? target : "", noun == "firm" ? "" : target, shock.size,
                          fmt::format("{} begins{}: size {}, {} quarters", kShockKindNames[static_cast<int>(shock.kind)],
                                      target.empty() ? "" : ", " + target, shock.size, shock.length_q)});
    }
    return events;
}

std::vector<Event> events_between(const World& before, const World& after, const Names& names) {
    std::vector<Event> events;
    add_firm_events(before, after, names, events);
    add_money_events(before, after, names, events);
    add_contract_events(before, after, names, events);
    add_product_events(before, after, names, events);
    const int refused = after.capacity_refusals - before.capacity_refusals;
    if (refused > 0) events.push_back({"slot_refused", "", "", static_cast<double>(refused), fmt::format("{} items found no free slot", refused)});
    if (after.fault != Fault::none) events.push_back({"fault", "", "", static_cast<double>(after.fault_value), fault_sentence(after, names)});
    return events;
}

}  // namespace rackrace
