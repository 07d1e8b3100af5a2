// What happened in a quarter, found by comparing its closing state with the one before: failures, arrears, contracts, launches, scrap, downgrades, faults;
// and the shocks that the scenario has for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/scenario/names.h"
#include "engine/scenario/scenario.h"
#include "engine/world/world.h"

namespace rackrace {

/// Every kind of event, the gravest first; tables, documents and lanes take the list from here.
inline constexpr std::string_view kEventKinds[] = {
    "fault",         "default",        "liquidated",    "acquired",      "reorganised",           "loans_called",
    "arrears_overdue", "covenant_broken", "arrears_begun", "shock",       "contract_left",         "contract_renegotiated",
    "slot_refused",  "covenant_mended", "arrears_ended", "rating_changed", "venture_round",        "contract_signed",
    "contract_started", "contract_ended", "product_launched", "chips_scrapped"};

constexpr bool is_event_kind(std::string_view kind) {
    for (const std::string_view one : kEventKinds)
        if (one == kind) return true;
    return false;
}

/// The name of a kind; one that is not in the list does not compile.
struct EventName {
    const char* text;
    consteval EventName(const char* kind) : text(kind) {
        if (!is_event_kind(kind)) throw "not in kEventKinds";
    }
    friend bool operator==(EventName name, std::string_view kind) { return name.text == kind; }
};

struct Event {
    EventName kind;
    std::string firm;     // whom it is about; empty where no firm
    std::string subject;  // counterparty, product or identity
    double size = 0.0;    // in the unit of the sentence
    std::string sentence;
};

/// Events of the quarter that ended in `after`, in fixed order: firms, contracts, products, then the run.
std::vector<Event> events_between(const World& before, const World& after, const Names& names);

/// The scenario's shocks that begin in quarter t, in its order.
std::vector<Event> shocks_beginning(const Scenario& scenario, int t, const Names& names);

/// What broke, in words: "identity I2 is off by 12 at coreweave". Empty where nothing did.
std::string fault_sentence(const WorldFault& fault, const Names& names);
inline std::string fault_sentence(const World& world, const Names& names) { return fault_sentence(fault_of(world), names); }

}  // namespace rackrace
