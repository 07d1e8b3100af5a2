// What happened in a quarter, found by comparing its closing state with the one before: failures, arrears, contracts, launches, scrap, downgrades, faults;
// and the shocks that the scenario has for it.
#pragma once

#include <string>
#include <vector>

#include "engine/scenario/names.h"
#include "engine/scenario/scenario.h"
#include "engine/world/world.h"

namespace rackrace {

struct Event {
    std::string kind;     // default, reorganised, liquidated, acquired, arrears_begun, arrears_overdue, arrears_ended, contract_signed, contract_started,
                          // contract_ended, contract_left, contract_renegotiated, product_launched, chips_scrapped, rating_changed, shock, slot_refused, fault
    std::string firm;     // whom it is about; empty where no firm
    std::string subject;  // counterparty, product or identity
    double size = 0.0;    // in the unit of the sentence
    std::string sentence;
};

/// Events of the quarter that ended in `after`, in fixed order: firms, contracts, products, then the run.
std::vector<Event> events_between(const World& before, const World& after, const Names& names);

/// The scenario's shocks that begin in quarter t, in its order.
std::vector<Event> shocks_beginning(const Scenario& scenario, int t, const Names& names);

/// What broke, in words: "identity I1 is off by 12 $ at coreweave". Empty where nothing did.
std::string fault_sentence(const World& world, const Names& names);

}  // namespace rackrace
