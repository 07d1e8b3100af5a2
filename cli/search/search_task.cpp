#include "cli/search/search_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "cli/batch/inputs.h"
#include "engine/base/number_text.h"
#include "engine/scenario/load_facts.h"
#include "engine/scenario/tables.h"
#include "game/local_search.h"

namespace rackrace {
namespace {

double number_of(const std::string& text) {
    double value = 0.0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// What varies, and whose it is.
Refusals find_varied(const Plan& plan, SearchTask& task) {
    Refusals refusals;
    for (std::size_t a = 0; a < plan.axes.size(); ++a) {
        const Axis& axis = plan.axes[a];
        if (!axis.is_range && axis.values.size() == 1) continue;
        const std::string owner = owner_and_parameter(axis.key).first;
        if (owner.empty()) refusals.add(axis.at.refusal(axis.key + " is no parameter of a script", "a search varies those of one firm: FIRM.parameter; give other keys one value"));
        else if (std::find(std::begin(kRoleNames), std::end(kRoleNames), owner) != std::end(kRoleNames))
            refusals.add(axis.at.refusal(owner + " is a role", "a best response is that of one firm: name the firm"));
        else if (!task.firm.empty() && owner != task.firm) refusals.add(axis.at.refusal(fmt::format("{} is of {}, other keys of {}", axis.key, owner, task.firm), "a search varies parameters of one firm"));
        else task.firm = owner;
        task.varied.push_back(a);
    }
    for (const StrategyAxis& axis : plan.profiles)
        if (axis.options.size() > 1) refusals.add(axis.at.refusal(axis.owner + " has several strategies", "in a search everybody plays one; rackrace tournament compares several"));
    if (task.varied.empty() && refusals.empty()) refusals.add({plan.name + ".toml", 0, 0, "varies nothing", "give parameters of one firm a range in [vary], as coreweave.presold = { from = 0.3, to = 1.0 }"});
    return refusals;
}

Refusals choose_fresh(const Plan& plan, SearchTask& task) {
    task.fresh = plan.search.fresh;
    const std::uint64_t last = *std::max_element(plan.seeds.begin(), plan.seeds.end());
    for (int i = 1; i <= kFreshSeeds && plan.search.fresh.empty(); ++i) task.fresh.add(last + static_cast<std::uint64_t>(i));
    for (std::uint64_t seed : task.fresh)
        if (std::find(plan.seeds.begin(), plan.seeds.end(), seed) != plan.seeds.end())
            return plan.search.fresh_at.refusal(fmt::format("seed {} is not fresh: the search plays it", seed), "name seeds that are not among those of the plan, or leave fresh out");
    return {};
}

Refusals choose_budget(const Plan& plan, std::int64_t asked, SearchTask& task) {
    const std::int64_t sample = static_cast<std::int64_t>(task.sample.size() * plan.seeds.size()), wanted = asked > 0 ? asked : plan.search.budget;
    const Origin at = asked > 0 ? Origin{fmt::format("--budget {}", asked), 0, 0} : plan.search.budget_at;
    task.budget = wanted > 0 ? wanted : sample;
    if (!plan.search.refine.empty() && !has_local_search()) return plan.search.refine_at.refusal("this program was built without NLopt", "install libnlopt-dev and libnlopt-cxx-dev and build anew, or leave refine out");
    if (task.budget < sample) return at.refusal(fmt::format("the sample alone takes {} runs", sample), "raise the budget, or take fewer points or seeds");
    if (task.budget > sample && plan.search.refine.empty())
        return at.refusal(fmt::format("the sample takes {} runs and nothing would use the others", sample), "add refine = \"subplex\" to [search], or take more points");
    if (!plan.search.refine.empty() && std::none_of(plan.axes.begin(), plan.axes.end(), [](const Axis& axis) { return axis.is_range; }))
        return plan.search.refine_at.refusal("there is no range to climb in", "give a key of [vary] a range, or leave refine out");
    return {};
}

}  // namespace

std::string SearchTask::parameter(std::size_t i) const { return owner_and_parameter(axis(i).key).second; }

std::string SearchTask::text_of(const SearchPoint& point) const {
    std::string out;
    for (std::size_t i = 0; i < point.size(); ++i) out += (i == 0 ? "" : " ") + parameter(i) + "=" + point[i];
    return out.empty() ? "default" : out;
}

std::string value_of_share(const Axis& axis, double share) {
    if (axis.is_whole) return number_text(std::min(axis.to, axis.from + std::floor(share * (axis.to - axis.from + 1.0))));
    const std::string text = fmt::format("{:.6g}", axis.from + share * (axis.to - axis.from));
    return number_text(std::clamp(number_of(text), axis.from, axis.to));
}

double share_of_value(const Axis& axis, const std::string& value) {
    const double at = number_of(value) - axis.from;
    return std::clamp(axis.is_whole ? (at + 0.5) / (axis.to - axis.from + 1.0) : at / (axis.to - axis.from), 0.0, 1.0);
}

Result<SearchTask> search_task(const Plan& plan, std::int64_t budget, const std::string& objective) {
    SearchTask task;
    task.plan = plan;
    if (Refusals wrong = find_varied(plan, task); !wrong.empty()) return wrong;
    const Setting<std::string>& planned = plan.search.objective;
    auto aim = !objective.empty()       ? Objective::parse(objective, {"--objective", 0, 0})
               : !planned.value.empty() ? Objective::parse(planned.value, planned.origin)
                                        : Objective::parse(kOwnersValue, {});
    if (!aim) return aim.error();
    task.objective = std::move(*aim);
    const auto design = Design::make(plan);
    if (!design) return design.error();
    for (std::int64_t profile = 0; profile < design->profiles(); ++profile) {
        const ProfileChoice choice = design->choice(profile);
        SearchPoint& point = task.sample.emplace_back();
        for (std::size_t a : task.varied) point.push_back(choice.values[a]);
    }
    Refusals refusals = choose_fresh(plan, task);
    refusals.add(choose_budget(plan, budget, task));
    if (!refusals.empty()) return refusals;
    return task;
}

}  // namespace rackrace
