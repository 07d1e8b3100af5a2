#include "cli/search/search_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include "cli/cells.h"
#include "cli/open_number.h"
#include "engine/base/number_text.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

std::string csv_interval(const MeanInterval& of) { return of.n == 0 ? ",," : fmt::format("{},{},{}", number_text(of.mean), csv_number(of.low()), csv_number(of.high())); }
Json json_interval(const MeanInterval& of) { return {{"mean", of.mean}, {"low", number_or_null(of.low())}, {"high", number_or_null(of.high())}, {"n", of.n}}; }

/// How payoffs are told: owners' value in B$, any other objective in the units of its figures.
struct PayoffWords {
    bool is_owners_value;
    std::string label;

    explicit PayoffWords(const Objective& objective) : is_owners_value(objective.is_owners_value()), label(is_owners_value ? "owners' value" : objective.text()) {}

    std::string number(double payoff) const { return is_owners_value ? fmt::format("{:.2f}", payoff / 1e9) : fmt::format("{:.4g}", payoff); }
    std::string change(double payoff) const { return is_owners_value ? fmt::format("{:+.2f}", payoff / 1e9) : fmt::format("{:+.4g}", payoff); }
    /// "+2.71 (+0.40 to +5.02)".
    std::string gain(const MeanInterval& gain) const {
        return std::isfinite(gain.half_width) ? fmt::format("{} ({} to {})", change(gain.mean), change(gain.low()), change(gain.high())) : change(gain.mean) + " (one seed: no interval)";
    }
    std::string unit() const { return is_owners_value ? " B$" : ""; }
};

std::string verdict_text(const SearchResult& result) {
    switch (verdict_of(result.outcome)) {
        case SearchVerdict::beats: return "the winner beats the default on fresh seeds too";
        case SearchVerdict::loses: return "the winner loses to the default on fresh seeds: what it gained was chance";
        case SearchVerdict::none: return "no point did better than the default, even on the seeds that were searched";
        case SearchVerdict::not_told_apart: break;
    }
    return "on fresh seeds the winner is not told from the default: its gain may be chance; more seeds would tell";
}

Json point_json(const SearchTask& task, const SearchPoint& point) {
    Json out = Json::object();
    for (std::size_t i = 0; i < point.size(); ++i) out[task.parameter(i)] = point[i];
    return out;
}

Datum datum(double key, double value, std::string reason) {
    Datum out;
    out.key = key;
    out.value = value;
    out.reason = std::move(reason);
    return out;
}

}  // namespace

SearchVerdict verdict_of(const SearchOutcome& outcome) {
    if (outcome.winner == 0) return SearchVerdict::none;
    const MeanInterval& gain = outcome.fresh_gain;
    return gain.n > 0 && gain.low() > 0.0 ? SearchVerdict::beats : gain.n > 0 && gain.high() < 0.0 ? SearchVerdict::loses : SearchVerdict::not_told_apart;
}

std::string evaluations_csv(const SearchResult& result) {
    const SearchTask& task = result.task;
    std::string out = "point,stage";
    for (std::size_t i = 0; i < task.varied.size(); ++i) out += "," + csv_text(Cell{task.axis(i).key});
    out += ",runs,failed,payoff,payoff_low,payoff_high,gain,gain_low,gain_high\n";
    const auto row = [&](std::size_t number, const std::string& stage, const SearchPoint& point, std::size_t runs, const MeanInterval& payoff, const MeanInterval& gain) {
        out += fmt::format("{},{}", number, stage);
        for (std::size_t i = 0; i < task.varied.size(); ++i) out += "," + (point.empty() ? std::string() : csv_text(Cell{point[i]}));
        out += fmt::format(",{},{},{},{}\n", runs, runs - static_cast<std::size_t>(payoff.n), csv_interval(payoff), csv_interval(gain));
    };
    for (std::size_t i = 0; i < result.outcome.tried.size(); ++i) {
        const TriedPoint& one = result.outcome.tried[i];
        row(i, kSearchStageNames[static_cast<int>(one.stage)], one.point, one.payoffs.size(), one.payoff, one.gain);
    }
    row(0, "fresh_default", {}, task.fresh.size(), result.outcome.fresh_default, {});
    row(result.outcome.winner, "fresh_winner", result.winner().point, task.fresh.size(), result.outcome.fresh_winner, result.outcome.fresh_gain);
    return out;
}

std::string search_text(const SearchResult& result) {
    const SearchTask& task = result.task;
    const SearchOutcome& found = result.outcome;
    const PayoffWords words(task.objective);
    std::string out = fmt::format("  {}: {} parameters of {}, {}, {} points x {} seeds; {}{}, 95 % intervals\n", task.plan.name, task.varied.size(), task.firm, task.plan.scenario.value,
                                  found.tried.size() - 1, task.plan.seeds.size(), words.label, words.unit().empty() ? "" : " in" + words.unit());
    out += fmt::format("  default   {}\n  winner    {}   {}\n", words.number(found.tried.front().payoff.mean), words.number(result.winner().payoff.mean), task.text_of(result.winner().point));
    if (found.winner > 0) {
        out += fmt::format("  searched  {} over the default on the seeds that chose it, which flatter it\n", words.gain(result.winner().gain));
        out += fmt::format("  fresh     {} on {} seeds that it has not seen: {} against {}\n", words.gain(found.fresh_gain), task.fresh.size(), words.number(found.fresh_winner.mean), words.number(found.fresh_default.mean));
    }
    return out + fmt::format("  verdict   {}\n", verdict_text(result));
}

std::string search_saved_text(const std::string& path) { return fmt::format("  saved     {}   figure search.svg, table evaluations.csv\n", path); }

std::string search_json(const SearchResult& result, const std::string& path) {
    const SearchTask& task = result.task;
    const SearchOutcome& found = result.outcome;
    return Json{{"schema", "rackrace.search/2"}, {"search", task.plan.name}, {"scenario", task.plan.scenario.value}, {"firm", task.firm}, {"objective", task.objective.text()}, {"points", found.tried.size() - 1},
                {"seeds", task.plan.seeds.size()}, {"fresh_seeds", task.fresh.size()}, {"inputs_hash", result.inputs_hash}, {"default_payoff", json_interval(found.tried.front().payoff)},
                {"winner", point_json(task, result.winner().point)}, {"winner_stage", kSearchStageNames[static_cast<int>(result.winner().stage)]}, {"winner_payoff", json_interval(result.winner().payoff)},
                {"searched_gain", json_interval(result.winner().gain)}, {"fresh_default_payoff", json_interval(found.fresh_default)}, {"fresh_winner_payoff", json_interval(found.fresh_winner)},
                {"fresh_gain", json_interval(found.fresh_gain)}, {"verdict", kSearchVerdictNames[static_cast<int>(verdict_of(found))]}, {"path", path}}
               .dump() + "\n";
}

FigureModel search_figure(const SearchResult& result) {
    const SearchTask& task = result.task;
    const PayoffWords words(task.objective);
    FigureModel figure;
    figure.id = "search";
    figure.title = fmt::format("Search: {} parameters of {}", task.varied.size(), task.firm);
    figure.subtitle = fmt::format("{} in the mean over {} seeds, by point", words.label, task.plan.seeds.size());
    figure.from = {task.plan.name, task.plan.scenario.value, fmt::format("{} to {}", task.plan.seeds.front(), task.plan.seeds.back()), result.program_version, result.inputs_hash, result.first_quarter, result.last_quarter};
    FigurePanel panel;
    panel.id = "points";
    panel.title = words.label;
    panel.key.label = "point";
    panel.measure = measure_axis(words.label, words.is_owners_value ? "$" : "", false);
    Series sample{"sample", "sample", MarkShape::mark, 0}, climb{"climb", "climb", MarkShape::mark, 1}, best{"best", "best so far", MarkShape::line, 2}, standard{"default", "default", MarkShape::level, 3};
    double most = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < result.outcome.tried.size(); ++i) {
        const TriedPoint& one = result.outcome.tried[i];
        const std::string reason = fmt::format("{}: {}{}", task.text_of(one.point), words.number(one.payoff.mean), words.unit());
        const double at = static_cast<double>(i);
        if (one.stage == SearchStage::standard) standard.data.push_back(datum(at, one.payoff.mean, reason));
        else (one.stage == SearchStage::climb ? climb : sample).data.push_back(datum(at, one.payoff.mean, reason));
        if (one.is_whole) most = std::max(most, one.payoff.mean);
        if (std::isfinite(most)) best.data.push_back(datum(at, most, reason));
    }
    panel.series = {standard, best, sample};
    if (!climb.data.empty()) panel.series.push_back(climb);
    figure.panels.push_back(std::move(panel));
    figure.findings.push_back(verdict_text(result) + ".");
    if (result.outcome.winner > 0) figure.findings.push_back(fmt::format("On fresh seeds it gains {}{}.", words.gain(result.outcome.fresh_gain), words.unit()));
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
