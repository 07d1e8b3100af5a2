// What flags of the command line say in place of keys of a plan. They are written into the plan's text, so that the plan that a batch keeps says what is
// played: going on, joining parts and the hash of the inputs need no flags.
#pragma once

#include <cstdint>
#include <string>

#include "cli/batch/plan.h"

namespace rackrace {

struct PlanFlags {
    std::string sample;     // grid, lhs or sobol; empty: as the plan says
    std::int64_t runs = 0;  // of the whole batch; 0: as the plan says
    std::string engine;     // auto, lua or core; empty: as the plan says
};

/// Refused: a sample where the plan has no range; numbers of runs that no number of points gives.
Refusals apply_flags(const PlanFlags& flags, Plan& plan);

}  // namespace rackrace
