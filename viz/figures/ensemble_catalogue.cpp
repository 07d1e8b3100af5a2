#include "viz/figures/ensemble_catalogue.h"

#include <algorithm>

#include "engine/base/quarter_index.h"
#include "engine/scenario/csv.h"
#include "viz/figures/catalogue.h"
#include "viz/figures/ensemble_parts.h"
#include "viz/figures/fan_threads.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

std::string names_of_kinds() {
    std::string out;
    for (const EnsembleKind& kind : ensemble_kinds()) out += (out.empty() ? "" : ", ") + std::string(kind.name);
    return out;
}

Refusal no_such_figure(const Ensemble& ensemble, const std::string& name) {
    const auto& of_runs = figure_kinds();
    if (std::any_of(of_runs.begin(), of_runs.end(), [&](const FigureKind& kind) { return name == kind.name; }))
        return {name, 0, 0, "is a figure of one run, and " + ensemble.id() + " is a batch",
                (ensemble.runs().empty() ? "" : "play one of its runs alone, such as " + ensemble.settings_of(0).command() + "; ") + "figures of a batch are " + names_of_kinds()};
    std::vector<std::string> known;
    for (const EnsembleKind& kind : ensemble_kinds()) known.emplace_back(kind.name);
    const std::string near = nearest_word(name, known);
    return {name, 0, 0, "is no figure", near.empty() ? "figures of a batch are " + names_of_kinds() : "did you mean '" + near + "'?"};
}

/// A figure without panels where a batch has nothing to draw; empty_text is empty where it has.
std::string nothing_to_draw(const Ensemble& ensemble) {
    if (ensemble.runs().empty()) return "No run of this batch was played to its end: failed.csv says why.";
    if (!ensemble.has_quarters()) return "This batch holds no figures by quarter: its plan says panel = false.";
    return ensemble.runs().size() == 1 ? "Only one run here. Make more: rackrace sweep PLAN, with more seeds in the plan." : "";
}

}  // namespace

const std::vector<EnsembleKind>& ensemble_kinds() {
    static const std::vector<EnsembleKind> kinds = {
        {"fan", "a key figure of all runs over time: pointwise quantiles, median, mean, a few runs as threads", false, nullptr, build_fan},
        {"histogram", "how the runs spread over a key figure in one quarter", true, nullptr, build_histogram},
        {"drivers", "which of the varied settings a key figure goes with in one quarter: rank correlations", true, nullptr, build_drivers},
        {"defaults", "the share of runs with a firm in default, by quarter", false, "firms_in_default", build_defaults},
    };
    return kinds;
}

const EnsembleKind* find_ensemble_kind(const std::string& name) {
    const auto& kinds = ensemble_kinds();
    const auto at = std::find_if(kinds.begin(), kinds.end(), [&](const EnsembleKind& kind) { return name == kind.name; });
    return at == kinds.end() ? nullptr : &*at;
}

Result<FigureModel> build_ensemble_figure(Ensemble& ensemble, const std::string& name, const EnsembleRequest& request) {
    const EnsembleKind* kind = find_ensemble_kind(name);
    if (kind == nullptr) return no_such_figure(ensemble, name);
    if (kind->key_figure != nullptr && (!request.key_figure.empty() || !request.firm.empty()))
        return Refusal{name, 0, 0, std::string("is of ") + kind->key_figure + " of the market alone", "leave --key-figure and --firm out"};
    const auto run = ensemble.find_run(request.run);
    if (!request.run.empty() && kind->build != build_fan) return Refusal{name, 0, 0, "draws no single run", "leave run=" + request.run + " out, or ask for fan"};
    if (!request.run.empty() && !run) return Refusal{ensemble.id(), 0, 0, "has no run '" + request.run + "' that was played to its end", "runs are numbered from 0, as in runs.csv"};
    if (const std::string why = nothing_to_draw(ensemble); !why.empty()) {
        FigureModel figure = start_figure(ensemble, name, std::string(name) + " of " + ensemble.id(), "");
        figure.empty_text = why;
        return figure;
    }
    const int t = request.at.value_or(ensemble.last_t());
    if (!ensemble.has_quarter(t))
        return Refusal{ensemble.id(), 0, 0, "holds no quarter " + quarter_name(t),
                       "it goes from " + quarter_name(ensemble.first_t()) + " to " + quarter_name(ensemble.last_t())};
    const std::string first(request.firm.empty() ? kFirstMarketFigure : kFirstFirmFigure);
    const auto courses = ensemble.courses(kind->key_figure != nullptr ? kind->key_figure : request.key_figure.empty() ? first : request.key_figure, request.firm);
    if (!courses) return courses.error();
    FigureModel figure = kind->build(ensemble, {t, **courses});
    if (run) figure = with_threads(std::move(figure), ensemble, **courses, {{}, run, {}});
    if (request.at && !kind->is_of_quarter) figure.cursor_t = t;
    return figure;
}

FigureModel single_run_figure(const ReplayStore& run, const std::string& name) {
    FigureModel figure = start_figure(run, name, "One run of many: " + name);
    figure.empty_text = "Only one run here. Make more: rackrace sweep PLAN, then open their batch.";
    return figure;
}

}  // namespace rackrace
