#include "cli/batch/plan_flags.h"

#include <fmt/format.h>

#include <algorithm>

namespace rackrace {
namespace {

/// Where the line begins in the text, lines counted from 1.
std::size_t line_start(const std::string& text, int line) {
    std::size_t at = 0;
    for (int i = 1; i < line; ++i) at = text.find('\n', at) + 1;
    return at;
}

/// Puts a value in the place of the one that begins at `at`: a word in quotes, or digits.
void replace_value(std::string& text, const Origin& at, const std::string& value) {
    const std::size_t from = line_start(text, at.line) + static_cast<std::size_t>(at.column) - 1;
    const char first = text[from];
    const std::size_t to = first == '"' || first == '\'' ? text.find(first, from + 1) + 1 : text.find_first_not_of("+0123456789_abcdefox", from);
    text.replace(from, std::min(to, text.size()) - from, value);
}

/// Runs of the batch with so many points, as Design counts them.
double runs_with(const Plan& plan, int points) {
    double runs = static_cast<double>(plan.seeds.size());
    for (const StrategyAxis& axis : plan.profiles) runs *= static_cast<double>(axis.options.size());
    for (const Axis& axis : plan.axes) {
        if (!axis.is_range) runs *= static_cast<double>(axis.values.size());
        else if (plan.method == SampleMethod::grid) runs *= axis.is_whole ? std::min<double>(points, axis.to - axis.from + 1.0) : points;
    }
    return plan.method == SampleMethod::grid ? runs : runs * points;
}

/// The points of which there are `runs` runs.
Refusals choose_points(std::int64_t runs, Plan& plan) {
    int low = 1, high = kMaxPoints;  // the fewest points that give as many
    while (low < high) {
        const int middle = low + (high - low) / 2;
        if (runs_with(plan, middle) < static_cast<double>(runs)) low = middle + 1;
        else high = middle;
    }
    plan.points = low;
    const double there = runs_with(plan, low);
    if (there == static_cast<double>(runs)) return {};
    const double below = low > 1 ? runs_with(plan, low - 1) : 0.0;
    const std::string wholes = plan.method == SampleMethod::grid ? "points of a grid, with the lists, strategies and seeds of the plan" : fmt::format("{:.0f} runs for each point of the sample", runs_with(plan, 1));
    const std::string advice = there < static_cast<double>(runs) ? fmt::format("give at most {:.0f}", there) : below > 0.0 ? fmt::format("give {:.0f} or {:.0f}", below, there) : fmt::format("give {:.0f} or more", there);
    return Refusal{fmt::format("--runs {}", runs), 0, 0, "does not fit " + wholes, advice};
}

void set_engine(const std::string& word, Plan& plan) {
    for (int i = 0; i < static_cast<int>(std::size(kEngineChoices)); ++i)
        if (word == kEngineChoices[i]) plan.engine = static_cast<EngineChoice>(i);
    const std::string engine = "\"" + word + "\"";
    if (plan.engine_at.line > 0) replace_value(plan.text, plan.engine_at, engine);
    else plan.text.insert(line_start(plan.text, plan.scenario.origin.line), "engine = " + engine + "\n");
}

}  // namespace

Refusals apply_flags(const PlanFlags& flags, Plan& plan) {
    if (!flags.sample.empty() || flags.runs > 0) {
        if (plan.sample_at.line == 0)
            return Refusal{flags.sample.empty() ? fmt::format("--runs {}", flags.runs) : "--sample " + flags.sample, 0, 0, "the plan has no range to sample", "its lists, strategies and seeds say which runs there are"};
        for (int i = 1; i < static_cast<int>(std::size(kSampleMethodNames)); ++i)
            if (flags.sample == kSampleMethodNames[i]) plan.method = static_cast<SampleMethod>(i);
        if (flags.runs > 0)
            if (Refusals wrong = choose_points(flags.runs, plan); !wrong.empty()) return wrong;
        // From the back, so that the place of the other stays what it was.
        const std::string method = fmt::format("\"{}\"", kSampleMethodNames[static_cast<int>(plan.method)]), points = std::to_string(plan.points);
        const bool is_method_last = std::pair(plan.method_at.line, plan.method_at.column) > std::pair(plan.points_at.line, plan.points_at.column);
        if (is_method_last) replace_value(plan.text, plan.method_at, method);
        replace_value(plan.text, plan.points_at, points);
        if (!is_method_last) replace_value(plan.text, plan.method_at, method);
    }
    if (!flags.engine.empty()) set_engine(flags.engine, plan);
    const auto again = parse_plan(plan.name + ".toml", plan.text);
    if (again && again->method == plan.method && again->points == plan.points && again->engine == plan.engine) return {};
    return Refusal{plan.name + ".toml", 0, 0, "is written in a way that flags cannot change", "write method, points and engine plainly, as \"sobol\" and 16"};
}

}  // namespace rackrace
