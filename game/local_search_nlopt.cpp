#include <nlopt.hpp>

#include "game/local_search.h"

namespace rackrace {
namespace {

constexpr double kFirstStep = 0.15;  // of a range: wide enough to leave the cell of a sample of a few dozen points
constexpr double kLeastStep = 1e-3;  // finer steps change less than the next seed does

double ask(const std::vector<double>& shares, std::vector<double>&, void* payoff) {
    const auto answer = (*static_cast<const PointPayoff*>(payoff))(shares);
    if (!answer) throw nlopt::forced_stop();
    return *answer;
}

}  // namespace

bool has_local_search() { return true; }

void climb(const std::vector<double>& start, int questions, const PointPayoff& payoff) {
    nlopt::opt method(nlopt::LN_SBPLX, static_cast<unsigned>(start.size()));
    method.set_lower_bounds(0.0);
    method.set_upper_bounds(1.0);
    method.set_max_objective(ask, const_cast<PointPayoff*>(&payoff));
    method.set_initial_step(kFirstStep);
    method.set_xtol_abs(kLeastStep);
    method.set_maxeval(questions);
    std::vector<double> at = start;
    double best = 0.0;
    try {
        method.optimize(at, best);
    } catch (const nlopt::forced_stop&) {        // whoever answers said stop and knows the best point
    } catch (const nlopt::roundoff_limited&) {   // no step makes a difference any more
    }
}

}  // namespace rackrace
