// Stepping through a firm's decisions of a quarter: the steps of all its callbacks in one list, and the ways to go through it. Plain data: going back is
// as good as going on, and nothing runs.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agents/replay/traced_decision.h"

namespace rackrace {

/// A step by where it is in the TracedQuarter.
struct StepPlace {
    std::size_t decision = 0, callback = 0, step = 0;
};

struct Stepping {
    std::string empty_text;                        // why there is nothing to step through; empty where there is
    std::shared_ptr<const TracedQuarter> quarter;  // nullptr where there is nothing
    std::vector<StepPlace> places;                 // in the order of running

    bool is_empty() const { return places.empty(); }
    const TracedDecision& decision(std::size_t at) const { return quarter->decisions[places[at].decision]; }
    const CallbackTrace& trace(std::size_t at) const { return decision(at).trace.callbacks[places[at].callback]; }
    const TracedStep& step(std::size_t at) const { return trace(at).steps[places[at].step]; }
};

/// The steps of a quarter that was traced.
Stepping stepping_of(TracedQuarter quarter);

/// Where a script error ended a decision: its last step, of the nth decision that failed; 0 where fewer did.
std::size_t failed_step(const Stepping& stepping, std::size_t nth = 0);

/// The next step, or with `direction` -1 the one before; at an end where it is.
std::size_t step_into(const Stepping& stepping, std::size_t at, int direction);
/// The same without those inside functions that the line calls.
std::size_t step_over(const Stepping& stepping, std::size_t at, int direction);
/// The next step after `at` on a line of the file that is shown there; nothing where there is none.
std::optional<std::size_t> run_to_line(const Stepping& stepping, std::size_t at, int line);

}  // namespace rackrace
