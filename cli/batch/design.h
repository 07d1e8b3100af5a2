// Which profiles a plan asks for, in which order: the sample of its ranges, crossed with its lists, crossed with its strategies. Runs are
// profiles times seeds, seeds innermost; a run's number says all of it, whoever plays it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/batch/plan.h"
#include "gpu/batch.h"

namespace rackrace {

/// One value an axis, one option a strategy axis, in the plan's order.
struct ProfileChoice {
    std::vector<std::string> values;
    std::vector<std::size_t> options;
};

class Design {
public:
    static constexpr std::int64_t kMaxRuns = 1'000'000'000;

    /// Refused: more than kMaxRuns runs, more ranges than a Sobol sequence has dimensions.
    static Result<Design> make(const Plan& plan);

    std::int64_t profiles() const { return profiles_; }
    std::int64_t runs() const { return profiles_ * static_cast<std::int64_t>(seeds_.size()); }
    ProfileChoice choice(std::int64_t profile) const;
    BatchCell cell(std::int64_t run) const;

    /// "512 = 16 (sobol) x 32 seeds"
    const std::string& count_text() const { return count_text_; }

private:
    std::vector<std::vector<std::string>> axis_values_;  // [axis]; of sampled ranges one a point
    std::vector<std::int64_t> axis_stride_, axis_size_;  // a profile's index on an axis is profile / stride % size
    std::vector<std::int64_t> option_stride_, option_size_;
    Seeds seeds_;
    std::int64_t profiles_ = 1;
    std::string count_text_;
};

/// Latin hypercube: each of `points` equal cells of [0, 1) is met once, in an order and at places within the cells keyed by (seed, name).
/// returns [points]
std::vector<double> latin_hypercube(std::uint64_t seed, const std::string& name, int points);

/// The first `points` of the Sobol sequence, its zero left out. returns [point][dimension], in (0, 1)
std::vector<std::vector<double>> sobol_points(int points, std::size_t dimensions);

}  // namespace rackrace
