#include "engine/replay/events.h"

#include <fmt/format.h>

#include "engine/replay/state_path.h"

namespace rackrace {
namespace {

Usd total_arrears(const World& world, int firm) {
    Usd sum{};
    for (int party = 0; party < kParties; ++party) sum += world.arrears[firm][party][0] + world.arrears[firm][party][1];
    return sum;
}

const Contract* find_contract(const World& world, std::int32_t id) {
    for (const Contract& contract : world.contracts)
        if (contract.id == id) return &contract;
    return nullptr;
}

std::string party(const Names& names, int index) { return index_label(names, "balance", 0, index); }

void add_firm_events(const World& before, const World& after, const Names& names, std::vector<Event>& events) {
    for (int f = 0; f < after.firm_count; ++f) {
        const std::string name = party(names, f);
        const double owed = to_double(total_arrears(after, f)) / 1e6;
        const FirmStatus then = before.firms[f].status, now = after.firms[f].status;
        if (then == FirmStatus::healthy && now != FirmStatus::healthy)
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
    for (const Contract& then : before.contracts)
        if (then.id != 0 && find_contract(after, then.id) == nullptr)
            events.push_back({"contract_ended", party(names, then.seller), party(names, then.buyer), static_cast<double>(then.quantity_h100e),
                              fmt::format("contract {} of {} for {} ends", then.id, party(names, then.seller), party(names, then.buyer))});
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

}  // namespace

std::string fault_sentence(const World& world, const Names& names) {
    switch (world.fault) {
        case Fault::none: return "";
        case Fault::negative_posting:
            return fmt::format("a posting of kind {} by {} has the negative amount {} $", row_of(static_cast<Kind>(world.fault_where)).name,
                               party(names, world.fault_who), world.fault_value);
        case Fault::identity:
            return fmt::format("identity I{} is off by {} (index {} of what it sums over)", world.fault_where, world.fault_value, world.fault_who);
        case Fault::not_a_number: return fmt::format("a value is not a finite number (place {}, index {})", world.fault_where, world.fault_who);
    }
    return "unknown fault";
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
