// Climbing from a good point of a box to a better one, by Subplex of NLopt: no gradient, fit for payoffs that are noisy and flat in places.
#pragma once

#include <functional>
#include <optional>
#include <vector>

namespace rackrace {

/// The payoff at a point of the unit cube; nothing: stop.
using PointPayoff = std::function<std::optional<double>(const std::vector<double>& shares)>;

/// False where the program was built without NLopt.
bool has_local_search();

/// Asks for points of the unit cube, beginning at `start`, until `payoff` says stop or nothing is to be gained; a point may be asked again. The same answers lead to the same questions. At
/// most `questions` of them. Does nothing without NLopt.
/// Source: Rowan, "Functional Stability Analysis of Numerical Algorithms", 1990, as Johnson's NLopt LN_SBPLX.
void climb(const std::vector<double>& start, int questions, const PointPayoff& payoff);

}  // namespace rackrace
