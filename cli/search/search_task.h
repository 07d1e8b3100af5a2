// What a plan asks a search to do: one firm's script, parameters of it that vary, the seeds they are tried on and the fresh ones that check the winner.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/batch/design.h"
#include "cli/batch/plan.h"
#include "cli/search/objective.h"

namespace rackrace {

/// The values of the varied parameters, in the order of the plan; empty: the script's own, as plan and scenario leave them.
using SearchPoint = std::vector<std::string>;

struct SearchTask {
    Plan plan;
    std::string firm;
    std::vector<std::size_t> varied;  // places among the plan's axes
    std::vector<SearchPoint> sample;
    Seeds fresh;  // none of the plan's seeds
    std::int64_t budget = 0;          // runs of sample and climb
    Objective objective;

    const Axis& axis(std::size_t i) const { return plan.axes[varied[i]]; }
    /// "presold" of the i-th varied parameter.
    std::string parameter(std::size_t i) const;
    /// "presold=0.5 floor_x=1.2"; "default" for the empty point.
    std::string text_of(const SearchPoint& point) const;
    /// Points that the budget has room for.
    std::int64_t points() const { return budget / static_cast<std::int64_t>(plan.seeds.size()); }
};

inline constexpr int kFreshSeeds = 32;  // where the plan names none: the first after all its seeds

/// budget: runs, 0 where the plan or its sample decides. objective: empty where the plan decides. Refused: keys of several owners, of a role, of the scenario; strategies to choose among; nothing that
/// varies; a budget that the sample does not fit into, or that nothing uses; fresh seeds that are not fresh; an objective that is no expression of figures.
Result<SearchTask> search_task(const Plan& plan, std::int64_t budget, const std::string& objective);

/// From a share of the way through a range, 0 to 1, to a value of it in six digits, a whole one where the range is; and back.
std::string value_of_share(const Axis& axis, double share);
double share_of_value(const Axis& axis, const std::string& value);

}  // namespace rackrace
