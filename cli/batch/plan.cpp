#include "cli/batch/plan.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <tuple>

#include "engine/base/number_text.h"
#include "engine/scenario/load_facts.h"
#include "engine/scenario/tables.h"
#include "engine/scenario/toml.h"

namespace rackrace {
namespace {

struct Reader {
    std::string place;
    Refusals& refusals;

    Origin at(const toml::source_region& source) const { return {place, static_cast<int>(source.begin.line), static_cast<int>(source.begin.column)}; }
    Origin at(const toml::node& node) const { return at(node.source()); }
    Origin at(const toml::key& key) const { return at(key.source()); }
    void refuse(const Origin& origin, std::string fact, std::string advice) const { refusals.add(origin.refusal(std::move(fact), std::move(advice))); }
    void unknown(const toml::key& key, const std::vector<std::string>& known) const {
        refuse(at(key), "no key is called '" + std::string(key.str()) + "' here", suggestion(key.str(), known));
    }
};

/// A value as `run --set` takes it; empty where it is none.
std::string value_text(const toml::node& node) {
    if (node.is_integer()) return std::to_string(**node.as_integer());
    if (node.is_floating_point()) return number_text(**node.as_floating_point());
    if (node.is_boolean()) return **node.as_boolean() ? "true" : "false";
    return node.is_string() ? **node.as_string() : std::string();
}

bool read_seed(const Reader& in, const toml::node& node, std::uint64_t& seed) {
    const auto value = node.value_exact<std::int64_t>();
    if (value && *value >= 0) seed = static_cast<std::uint64_t>(*value);
    else in.refuse(in.at(node), "is no seed", "seeds are whole numbers from 0");
    return value && *value >= 0;
}

void read_seed_range(const Reader& in, const toml::table& range, Seeds& seeds) {
    std::uint64_t first = 1;
    std::int64_t count = 0;
    for (auto&& [key, node] : range) {
        if (key.str() == "first") read_seed(in, node, first);
        else if (key.str() != "count") in.unknown(key, {"first", "count"});
        else if (const auto value = node.value_exact<std::int64_t>(); value && *value >= 1 && *value <= kMaxSeeds) count = *value;
        else in.refuse(in.at(node), "count cannot be '" + value_text(node) + "'", "write a whole number from 1 to " + std::to_string(kMaxSeeds));
    }
    if (!range.contains("count")) in.refuse(in.at(range), "the seeds have no count", "write seeds = { first = 1, count = 32 }");
    seeds.set_range(first, static_cast<std::size_t>(count));
}

void read_seeds(const Reader& in, const toml::key& key, const toml::node& node, Seeds& seeds) {
    if (const auto* range = node.as_table()) return read_seed_range(in, *range, seeds);
    const auto* list = node.as_array();
    if (list == nullptr || list->empty())
        return in.refuse(in.at(key), "there are no seeds", "write seeds = { first = 1, count = 32 }, or a list such as [1, 2, 3]");
    std::set<std::uint64_t> seen;
    for (const toml::node& item : *list) {
        std::uint64_t seed = 0;
        if (!read_seed(in, item, seed)) continue;
        if (!seen.insert(seed).second) in.refuse(in.at(item), "seed " + std::to_string(seed) + " is there twice", "keep it once: a seed is one world");
        seeds.add(seed);
    }
}

void read_sample(const Reader& in, const toml::key& key, const toml::node& node, Plan& plan) {
    plan.sample_at = in.at(key);
    const auto* sample = node.as_table();
    if (sample == nullptr) return in.refuse(in.at(key), "sample is no table", "write sample = { method = \"sobol\", points = 16 }");
    for (auto&& [name, value] : *sample) {
        if (name.str() == "method") {
            const std::string word = value_text(value);
            plan.method_at = in.at(value);
            const std::vector<std::string> known = {"grid", "lhs", "sobol"};
            const int i = find_name(known, word);
            if (i < 0) in.refuse(in.at(value), "no sample is called '" + word + "'", suggestion(word, known));
            else plan.method = static_cast<SampleMethod>(i + 1);
        } else if (name.str() == "points") {
            const auto points = value.value_exact<std::int64_t>();
            plan.points_at = in.at(value);
            if (points && *points >= 1 && *points <= kMaxPoints) plan.points = static_cast<int>(*points);
            else in.refuse(in.at(value), "points cannot be '" + value_text(value) + "'", "write a whole number from 1 to " + std::to_string(kMaxPoints));
        } else if (name.str() == "seed") {
            read_seed(in, value, plan.sample_seed);
        } else {
            in.unknown(name, {"method", "points", "seed"});
        }
    }
    for (const char* needed : {"method", "points"})
        if (!sample->contains(needed)) in.refuse(in.at(key), std::string("the sample has no ") + needed, "write sample = { method = \"sobol\", points = 16 }");
}

void read_range(const Reader& in, const toml::table& range, Axis& axis) {
    axis.is_range = true;
    bool are_whole = true;
    for (auto&& [key, node] : range) {
        const bool is_from = key.str() == "from";
        if (!is_from && key.str() != "to") {
            in.unknown(key, {"from", "to"});
            continue;
        }
        const auto value = node.is_number() ? node.value<double>() : std::nullopt;
        if (!value || *value - *value != 0.0) in.refuse(in.at(node), std::string(key.str()) + " is not a finite number", "write digits, without quotes");
        else (is_from ? axis.from : axis.to) = *value;
        are_whole = are_whole && node.is_integer();
    }
    axis.is_whole = are_whole;
    for (const char* needed : {"from", "to"})
        if (!range.contains(needed)) in.refuse(axis.at, "the range of " + axis.key + " has no " + needed, "write { from = 0.3, to = 1.0 }");
    if (range.contains("from") && range.contains("to") && !(axis.from < axis.to))
        in.refuse(axis.at, "the range of " + axis.key + " is empty", "from must be less than to; one value is a list: [" + number_text(axis.from) + "]");
}

void read_list(const Reader& in, const toml::array& list, Axis& axis) {
    if (list.empty()) in.refuse(axis.at, axis.key + " has no values", "give a list with at least one, or delete the key");
    std::set<std::string> seen;
    for (const toml::node& item : list) {
        const std::string text = value_text(item);
        if (text.empty()) in.refuse(in.at(item), "a value of " + axis.key + " is neither number, text nor flag", "give one value");
        else if (!seen.insert(text).second) in.refuse(in.at(item), "value " + text + " of " + axis.key + " is there twice", "keep it once");
        axis.values.push_back(text);
    }
}

/// Keys with dots may be quoted or not: "coreweave.presold" = [...] and coreweave.presold = [...] are the same.
void read_vary(const Reader& in, const toml::table& table, const std::string& prefix, Plan& plan) {
    for (auto&& [key, node] : table) {
        Axis axis;
        axis.key = prefix + std::string(key.str());
        axis.at = in.at(key);
        if (const auto* inner = node.as_table()) {
            if (!inner->contains("from") && !inner->contains("to") && !inner->empty()) {
                read_vary(in, *inner, axis.key + ".", plan);
                continue;
            }
            read_range(in, *inner, axis);
        } else if (const auto* list = node.as_array()) {
            read_list(in, *list, axis);
        } else if (const std::string text = value_text(node); !text.empty()) {
            axis.values.push_back(text);
        } else {
            in.refuse(axis.at, axis.key + " is neither a list nor a range", "write [\"UNIFORM\", \"POSTED\"] or { from = 0.3, to = 1.0 }");
        }
        plan.axes.push_back(std::move(axis));
    }
}

void read_profiles(const Reader& in, const toml::table& table, Plan& plan) {
    for (auto&& [key, node] : table) {
        StrategyAxis axis{std::string(key.str()), in.at(key), {}};
        const auto add = [&](const toml::node& item) {
            const auto file = item.value_exact<std::string>();
            const auto is_same = [&](const Setting<std::string>& one) { return one.value == *file; };
            if (!file || file->empty()) in.refuse(in.at(item), "is no strategy", "name a script, as \"neocloud/ladder.lua\"");
            else if (std::any_of(axis.options.begin(), axis.options.end(), is_same)) in.refuse(in.at(item), "'" + *file + "' is there twice", "keep it once");
            else axis.options.push_back({*file, in.at(item)});
        };
        if (const auto* list = node.as_array()) {
            if (list->empty()) in.refuse(axis.at, axis.owner + " has no strategies", "name at least one script, or delete the key");
            for (const toml::node& item : *list) add(item);
        } else {
            add(node);
        }
        plan.profiles.push_back(std::move(axis));
    }
}

void read_search(const Reader& in, const toml::table& table, SearchKeys& search) {
    for (auto&& [key, node] : table) {
        if (key.str() == "refine") {
            search.refine = value_text(node);
            search.refine_at = in.at(node);
            const std::vector<std::string> known = {"subplex"};
            if (find_name(known, search.refine) < 0) in.refuse(in.at(node), "no way to climb is called '" + search.refine + "'", suggestion(search.refine, known));
        } else if (key.str() == "budget") {
            search.budget_at = in.at(node);
            if (const auto runs = node.value_exact<std::int64_t>(); runs && *runs >= 1) search.budget = *runs;
            else in.refuse(in.at(node), "budget cannot be '" + value_text(node) + "'", "write a whole number of runs from 1");
        } else if (key.str() == "objective") {
            const auto text = node.value_exact<std::string>();
            if (text && !text->empty()) search.objective = {*text, in.at(node)};
            else in.refuse(in.at(node), "objective is not a text", "write objective = \"value_usd\"");
        } else if (key.str() == "fresh") {
            search.fresh_at = in.at(key);
            read_seeds(in, key, node, search.fresh);
        } else {
            in.unknown(key, {"refine", "budget", "objective", "fresh"});
        }
    }
}

const std::vector<std::string> kPlanKeys = {"scenario", "seeds", "sample", "vary", "profiles", "panel", "engine", "search"};

void read_keys(const Reader& in, const toml::table& root, Plan& plan) {
    for (auto&& [key, node] : root) {
        const std::string_view name = key.str();
        if (name == "scenario") {
            const auto value = node.value_exact<std::string>();
            if (value && !value->empty()) plan.scenario = {*value, in.at(node)};
            else in.refuse(in.at(node), "scenario is not a text", "write scenario = \"base-2026\"");
        } else if (name == "seeds") {
            read_seeds(in, key, node, plan.seeds);
        } else if (name == "sample") {
            read_sample(in, key, node, plan);
        } else if (name == "panel") {
            if (const auto value = node.value_exact<bool>()) plan.wants_panel = *value;
            else in.refuse(in.at(node), "panel is neither true nor false", "write panel = false for a row a run and no figures by quarter");
        } else if (name == "engine") {
            const std::string word = value_text(node);
            const std::vector<std::string> known(std::begin(kEngineChoices), std::end(kEngineChoices));
            const int i = find_name(known, word);
            plan.engine_at = in.at(node);
            if (i < 0) in.refuse(in.at(node), "no engine is called '" + word + "'", suggestion(word, known));
            else plan.engine = static_cast<EngineChoice>(i);
        } else if (name == "vary" || name == "profiles" || name == "search") {
            const auto* table = node.as_table();
            if (name == "search") plan.search.at = in.at(key);
            if (table == nullptr) in.refuse(in.at(key), std::string(name) + " is not a table", "write [" + std::string(name) + "] and its keys below");
            else if (name == "vary") read_vary(in, *table, "", plan);
            else if (name == "search") read_search(in, *table, plan.search);
            else read_profiles(in, *table, plan);
        } else {
            in.unknown(key, kPlanKeys);
        }
    }
    if (!root.contains("scenario")) in.refuse({in.place, 0, 0}, "has no scenario", "add scenario = \"base-2026\"");
    if (!root.contains("seeds")) in.refuse({in.place, 0, 0}, "has no seeds", "add seeds = { first = 1, count = 32 }");
}

/// The library sorts keys; the order of a plan is that of its lines.
void sort_axes(Plan& plan) {
    const auto by_line = [](const auto& a, const auto& b) { return std::tie(a.at.line, a.at.column) < std::tie(b.at.line, b.at.column); };
    std::stable_sort(plan.axes.begin(), plan.axes.end(), by_line);
    std::stable_sort(plan.profiles.begin(), plan.profiles.end(), by_line);
    const auto is_role = [](const StrategyAxis& axis) { return std::find(std::begin(kRoleNames), std::end(kRoleNames), axis.owner) != std::end(kRoleNames); };
    std::stable_partition(plan.profiles.begin(), plan.profiles.end(), is_role);
}

void check_sample(const Plan& plan, Refusals& refusals) {
    const auto range = std::find_if(plan.axes.begin(), plan.axes.end(), [](const Axis& axis) { return axis.is_range; });
    if (range != plan.axes.end() && plan.sample_at.line == 0)
        refusals.add(range->at.refusal(range->key + " is a range, but the plan has no sample", "add sample = { method = \"sobol\", points = 16 }"));
    if (range == plan.axes.end() && plan.sample_at.line > 0)
        refusals.add(plan.sample_at.refusal("there is no range to sample", "delete sample, or give a key of [vary] a range"));
}

}  // namespace

bool is_plan(const std::string& text) {
    const auto root = parse_toml(text, "");
    return root && std::any_of(kPlanKeys.begin(), kPlanKeys.end(), [&](const std::string& key) { return root->contains(key); });
}

Result<Plan> parse_plan(const std::filesystem::path& file, std::string text) {
    Plan plan;
    plan.name = file.stem().string();
    plan.folder = file.parent_path();
    plan.text = std::move(text);
    const std::string place = file.filename().string();
    const auto root = parse_toml(plan.text, place, "docs/batches.md");
    if (!root) return root.error();
    Refusals refusals;
    read_keys({place, refusals}, *root, plan);
    sort_axes(plan);
    if (refusals.empty()) check_sample(plan, refusals);
    std::stable_sort(refusals.all.begin(), refusals.all.end(), [](const Refusal& a, const Refusal& b) { return a.line < b.line; });
    if (!refusals.empty()) return refusals;
    return plan;
}

Result<Plan> read_plan(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::stringstream bytes;
    if (stream) bytes << stream.rdbuf();
    if (!stream || bytes.str().empty()) return Refusal{file.string(), 0, 0, "cannot be read, or is empty", "name a plan file; docs/batches.md lists its keys"};
    return parse_plan(file, bytes.str());
}

}  // namespace rackrace
