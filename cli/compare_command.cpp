// `rackrace compare`: two batches, run against run with the same setting and seed; or two runs, and where they part.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "cli/batch/batch_folder.h"
#include "game/paired.h"
#include "cli/cells.h"
#include "cli/commands.h"
#include "cli/run_comparison.h"
#include "engine/replay/address.h"
#include "engine/replay/key_columns.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;
using Figures = std::vector<double>;

/// The runs of a batch that were played to the end.
struct Runs {
    std::set<std::string> settings;  // columns of what varied
    std::map<std::string, Figures> by_key;
    bool is_ambiguous = false;       // two runs with one key
};

std::vector<std::string> figure_names(const std::vector<std::string>& firms) {
    std::vector<std::string> names;
    for (const Column& figure : key_market_figures()) names.push_back(figure.name + "_last");
    for (const std::string& firm : firms) names.push_back("value_usd." + firm);
    return names;
}

std::set<std::string> setting_columns(const Plan& plan) {
    std::set<std::string> out;
    for (const Axis& axis : plan.axes) out.insert(axis.key);
    for (const StrategyAxis& axis : plan.profiles) out.insert("strategy." + axis.owner);
    return out;
}

/// Runs by seed and the settings that both batches have. A key begins with the seed.
Runs read_runs(OpenBatch& batch, const std::set<std::string>& common, const std::vector<std::string>& figures) {
    Runs out;
    std::string columns = "seed";
    for (const std::string& name : common) columns += ", \"" + name + "\"";
    for (const std::string& name : figures) columns += ", \"" + name + "\"";
    auto rows = batch.database.prepare("SELECT " + columns + " FROM runs WHERE status IN ('ok', 'script_errors') ORDER BY run");
    while (rows && rows->step() == Step::row) {
        std::string key;
        for (std::size_t i = 0; i <= common.size(); ++i) key += cell_text(rows->cell(static_cast<int>(i))) + "\n";
        Figures values;
        for (std::size_t i = 0; i < figures.size(); ++i) values.push_back(cell_number(rows->cell(static_cast<int>(1 + common.size() + i))));
        out.is_ambiguous = !out.by_key.emplace(key, std::move(values)).second || out.is_ambiguous;
    }
    return out;
}

struct Comparison {
    std::string figure;
    double first_mean = 0.0, second_mean = 0.0;
    PairedDifference difference;
};

/// Settings of one seed share its draws: their differences are averaged first, and the interval is over seeds.
std::vector<Comparison> compare(const Runs& first, const Runs& second, const std::vector<std::string>& figures, std::size_t& pairs) {
    std::vector<Comparison> out;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        Comparison& one = out.emplace_back();
        one.figure = figures[i];
        std::map<std::string, std::pair<double, int>> by_seed;
        pairs = 0;
        for (const auto& [key, values] : first.by_key) {
            const auto other = second.by_key.find(key);
            if (other == second.by_key.end() || std::isnan(values[i]) || std::isnan(other->second[i])) continue;
            auto& [sum, n] = by_seed[key.substr(0, key.find('\n'))];
            sum += other->second[i] - values[i];
            ++n;
            ++pairs;
            one.first_mean += values[i];
            one.second_mean += other->second[i];
        }
        std::vector<double> differences;
        for (const auto& [seed, sum] : by_seed) differences.push_back(sum.first / sum.second);
        if (pairs > 0) {
            one.first_mean /= static_cast<double>(pairs);
            one.second_mean /= static_cast<double>(pairs);
        }
        one.difference = paired_difference(differences);
    }
    return out;
}

void print(const std::vector<Comparison>& all, std::size_t pairs, const Terminal& terminal) {
    std::string out = fmt::format("  {:<26} {:>12} {:>12} {:>12}   {:<28} {:>5} {:>8}\n", "figure", "first", "second", "difference", "95 % interval", "seeds", "effect");
    for (const Comparison& one : all) {
        const PairedDifference& d = one.difference;
        const std::string interval = std::isfinite(d.half_width) ? fmt::format("{:.4g} to {:.4g}", d.mean - d.half_width, d.mean + d.half_width) : "none: one seed";
        out += fmt::format("  {:<26} {:>12.5g} {:>12.5g} {:>12.4g}   {:<28} {:>5} {:>8.2f}\n", one.figure, one.first_mean, one.second_mean, d.mean, interval, d.n, d.effect);
    }
    terminal.data(out + fmt::format("  {} pairs\n", pairs));
}

void print_json(const std::vector<Comparison>& all, std::size_t pairs, const Terminal& terminal) {
    Json figures = Json::array();
    for (const Comparison& one : all) {
        const PairedDifference& d = one.difference;
        const bool has_interval = std::isfinite(d.half_width);
        figures.push_back({{"figure", one.figure}, {"first", one.first_mean}, {"second", one.second_mean}, {"difference", d.mean},
                           {"low", has_interval ? Json(d.mean - d.half_width) : Json()}, {"high", has_interval ? Json(d.mean + d.half_width) : Json()},
                           {"seeds", d.n}, {"effect", d.effect}});
    }
    terminal.data(Json{{"schema", "rackrace.compare/1"}, {"pairs", pairs}, {"figures", figures}}.dump() + "\n");
}

Result<OpenBatch> open_named(const std::string& name) {
    const auto folder = find_batch(name);
    return folder ? open_batch(*folder) : Result<OpenBatch>(folder.error());
}

ExitCode compare_named_runs(const std::filesystem::path& first, const std::filesystem::path& second, const Terminal& terminal) {
    auto a = Replay::open(first), b = Replay::open(second);
    Refusals refusals;
    if (!a) refusals.add(a.error());
    if (!b) refusals.add(b.error());
    if (!refusals.empty()) return terminal.refuse(refusals, ExitCode::bad_input);
    return compare_runs(*a, *b, terminal);
}

}  // namespace

ExitCode compare_command(const CompareArguments& arguments, const Terminal& terminal) {
    if (const auto first = find_run(arguments.first); first && !is_batch(*first)) {
        const auto second = find_run(arguments.second);
        return second ? compare_named_runs(*first, *second, terminal) : terminal.refuse(second.error(), ExitCode::bad_input);
    }
    auto first = open_named(arguments.first), second = open_named(arguments.second);
    Refusals refusals;
    if (!first) refusals.add(first.error());
    if (!second) refusals.add(second.error());
    if (!refusals.empty()) return terminal.refuse(refusals, ExitCode::bad_input);
    const auto first_plan = plan_of(first->folder, first->facts.name), second_plan = plan_of(second->folder, second->facts.name);
    if (!first_plan) refusals.add(first_plan.error());
    if (!second_plan) refusals.add(second_plan.error());
    if (!refusals.empty()) return terminal.refuse(refusals, ExitCode::bad_input);

    std::set<std::string> common;
    const auto others = setting_columns(*second_plan);
    for (const std::string& name : setting_columns(*first_plan))
        if (others.contains(name)) common.insert(name);
    std::vector<std::string> firms;
    const std::vector<std::string> known = firms_of(*second);
    for (const std::string& firm : firms_of(*first))
        if (std::find(known.begin(), known.end(), firm) != known.end()) firms.push_back(firm);
    const auto figures = figure_names(firms);
    const Runs a = read_runs(*first, common, figures), b = read_runs(*second, common, figures);
    for (const auto& [runs, batch] : {std::pair{&a, &*first}, {&b, &*second}})
        if (runs->is_ambiguous)
            refusals.add({batch->folder.string(), 0, 0, "has several runs of one seed that differ in what the other batch does not vary", "compare batches whose plans vary the same keys"});
    std::size_t pairs = 0;
    const auto all = compare(a, b, figures, pairs);
    if (refusals.empty() && pairs == 0)
        refusals.add({second->folder.string(), 0, 0, "has no run with setting and seed of one in " + first->folder.string(), "sweep both plans with the same seeds and sample"});
    if (!refusals.empty()) return terminal.refuse(refusals, ExitCode::bad_input);
    for (const OpenBatch* batch : {&*first, &*second})
        if (!batch->is_complete) terminal.note("note: " + missing_runs_text(*batch) + "\n");
    if (terminal.wants_json) print_json(all, pairs, terminal);
    else print(all, pairs, terminal);
    return ExitCode::done;
}

}  // namespace rackrace
