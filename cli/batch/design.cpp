#include "cli/batch/design.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <charconv>
#include <cmath>
#include <numeric>

#include "cli/counted.h"
#include "engine/base/hash.h"
#include "engine/base/number_text.h"

namespace rackrace {
namespace {

constexpr std::size_t kSobolDimensions = boost::random::default_sobol_table::max_dimension;

/// A value of the range, in 12 digits where it is not whole: what adding and multiplying leave behind them (0.6499999999999999) would be played, kept in tables and typed again.
std::string value_text(const Axis& axis, double value) {
    if (axis.is_whole) return number_text(value);
    const std::string text = fmt::format("{:.12g}", value);
    std::from_chars(text.data(), text.data() + text.size(), value);
    return number_text(std::clamp(value, axis.from, axis.to));
}

/// A share of the way through a range, in [0, 1), as a value: a whole one where the range is.
std::string value_at(const Axis& axis, double share) {
    return value_text(axis, axis.is_whole ? axis.from + std::floor(share * (axis.to - axis.from + 1.0)) : axis.from + share * (axis.to - axis.from));
}

/// `points` values from end to end; a whole range with fewer has all of them.
std::vector<std::string> grid_values(const Axis& axis, int points) {
    std::vector<std::string> out;
    const double width = axis.to - axis.from;
    const int steps = axis.is_whole && width + 1.0 < points ? static_cast<int>(width) + 1 : points;
    for (int i = 0; i < steps; ++i) {
        double value = steps == 1 ? axis.from + width / 2.0 : i + 1 == steps ? axis.to : axis.from + width * i / (steps - 1);
        if (axis.is_whole) value = std::floor(value + 0.5);
        out.push_back(value_text(axis, value));
    }
    return out;
}

/// The sampled values of every range, [range][point].
std::vector<std::vector<std::string>> sampled_values(const Plan& plan, const std::vector<const Axis*>& ranges) {
    std::vector<std::vector<std::string>> out(ranges.size());
    const auto sobol = plan.method == SampleMethod::sobol ? sobol_points(plan.points, ranges.size()) : std::vector<std::vector<double>>{};
    for (std::size_t r = 0; r < ranges.size(); ++r) {
        if (plan.method == SampleMethod::lhs)
            for (double share : latin_hypercube(plan.sample_seed, ranges[r]->key, plan.points)) out[r].push_back(value_at(*ranges[r], share));
        for (const auto& point : sobol) out[r].push_back(value_at(*ranges[r], point[r]));
    }
    return out;
}

}  // namespace

std::vector<double> latin_hypercube(std::uint64_t seed, const std::string& name, int points) {
    const std::uint64_t id = name_hash(name.data(), name.size());
    std::vector<int> order(static_cast<std::size_t>(points));
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](int a, int b) {
        const std::uint64_t key_a = hash64(seed, id, 0, a), key_b = hash64(seed, id, 0, b);
        return key_a != key_b ? key_a < key_b : a < b;
    });
    std::vector<double> out;
    for (int cell : order) out.push_back((cell + static_cast<double>(hash64(seed, id, 1, cell) >> 11) * 0x1p-53) / points);
    return out;
}

std::vector<std::vector<double>> sobol_points(int points, std::size_t dimensions) {
    boost::random::sobol sequence(dimensions);
    std::vector<std::vector<double>> out(static_cast<std::size_t>(points), std::vector<double>(dimensions));
    for (auto& point : out)
        for (double& share : point) share = static_cast<double>(sequence() >> 11) * 0x1p-53;
    return out;
}

Result<Design> Design::make(const Plan& plan) {
    std::vector<const Axis*> ranges;
    for (const Axis& axis : plan.axes)
        if (axis.is_range) ranges.push_back(&axis);
    if (plan.method == SampleMethod::sobol && ranges.size() > kSobolDimensions)
        return plan.sample_at.refusal(fmt::format("a Sobol sequence has {} dimensions, the plan {} ranges", kSobolDimensions, ranges.size()), "sample with lhs");
    const auto sampled = sampled_values(plan, ranges);
    const bool has_points = !ranges.empty() && plan.method != SampleMethod::grid;

    Design out;
    out.seeds_ = plan.seeds;
    std::vector<std::int64_t> sizes;  // from the outermost
    std::string counts;
    double total = static_cast<double>(plan.seeds.size());
    const auto cross = [&](std::size_t size, const std::string& name) {
        sizes.push_back(static_cast<std::int64_t>(size));
        total *= static_cast<double>(size);
        if (size > 1) counts += fmt::format("{} ({}) x ", size, name);
    };
    if (has_points) cross(static_cast<std::size_t>(plan.points), kSampleMethodNames[static_cast<int>(plan.method)]);
    std::vector<std::size_t> axis_place, option_place;
    std::size_t range = 0;
    for (const Axis& axis : plan.axes) {
        const bool is_sampled = axis.is_range && has_points;
        out.axis_values_.push_back(is_sampled ? sampled[range] : axis.is_range ? grid_values(axis, plan.points) : axis.values);
        range += axis.is_range ? 1 : 0;
        axis_place.push_back(is_sampled ? 0 : sizes.size());
        if (!is_sampled) cross(out.axis_values_.back().size(), axis.key);
    }
    for (const StrategyAxis& axis : plan.profiles) {
        option_place.push_back(sizes.size());
        cross(axis.options.size(), axis.owner);
    }
    if (total > static_cast<double>(kMaxRuns))
        return Refusal{plan.name + ".toml", 0, 0, fmt::format("asks for {:.3g} runs", total), fmt::format("at most {} are played in one batch", kMaxRuns)};

    std::vector<std::int64_t> strides(sizes.size(), 1);
    for (std::size_t i = sizes.size(); i-- > 0;) {
        strides[i] = out.profiles_;
        out.profiles_ *= sizes[i];
    }
    for (std::size_t place : axis_place) {
        out.axis_stride_.push_back(strides[place]);
        out.axis_size_.push_back(sizes[place]);
    }
    for (std::size_t place : option_place) {
        out.option_stride_.push_back(strides[place]);
        out.option_size_.push_back(sizes[place]);
    }
    out.count_text_ = fmt::format("{} = {}{}", out.runs(), counts, counted(plan.seeds.size(), "seed"));
    return out;
}

ProfileChoice Design::choice(std::int64_t profile) const {
    ProfileChoice out;
    for (std::size_t a = 0; a < axis_values_.size(); ++a) out.values.push_back(axis_values_[a][static_cast<std::size_t>(profile / axis_stride_[a] % axis_size_[a])]);
    for (std::size_t a = 0; a < option_stride_.size(); ++a) out.options.push_back(static_cast<std::size_t>(profile / option_stride_[a] % option_size_[a]));
    return out;
}

BatchCell Design::cell(std::int64_t run) const {
    const auto seeds = static_cast<std::int64_t>(seeds_.size());
    return {run / seeds, seeds_[static_cast<std::size_t>(run % seeds)]};
}

}  // namespace rackrace
