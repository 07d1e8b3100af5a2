#include "gpu/outcomes.h"

#include <algorithm>
#include <cstring>

#include "agents/core/core_engine.h"
#include "agents/host/frozen_scripts.h"
#include "engine/replay/events.h"

namespace rackrace {
namespace {

static_assert(kMaxCellFailures == static_cast<std::size_t>(kMaxCoreFailures), "what a table keeps is what a batch tells");

/// "firms/coreweave.lua:31: more than 200000 instructions in one decision", the file as a run's folder keeps it.
std::string failure_text(const Profile& profile, const CoreFailure& failure) {
    const auto f = static_cast<std::size_t>(failure.firm);
    const Role role = profile.loaded.scenario.firms[failure.firm].role;
    const auto& baseline = profile.baselines[static_cast<std::size_t>(role)];
    const bool is_own = failure.author == Author::script;
    const ScriptError error = error_of(is_own ? *profile.strategies[f] : *baseline, failure.fault);
    const std::string file = is_own ? frozen_script(profile.loaded, failure.firm, profile.strategies[f] == baseline) : frozen_baseline(role);
    return file + ":" + std::to_string(error.line) + ": " + error.message;
}

}  // namespace

void add_failure(Outcome& outcome, CellFailure failure) {
    if (outcome.failures.size() < kMaxCellFailures) outcome.failures.push_back(std::move(failure));
}

Outcome refused_outcome(std::int64_t cell, const Refusals& refusals) {
    Outcome outcome;
    outcome.cell = cell;
    outcome.status = OutcomeStatus::refused;
    for (const Refusal& refusal : refusals.all) add_failure(outcome, {-1, -1, refusal.text()});
    return outcome;
}

bool are_equal(const Outcome& a, const Outcome& b) {
    const auto same = [](const std::vector<double>& x, const std::vector<double>& y) {  // numbers that are none too
        return x.size() == y.size() && (x.empty() || std::memcmp(x.data(), y.data(), x.size() * sizeof(double)) == 0);
    };
    const auto same_metric = [](const FigureChange& x, const FigureChange& y) { return std::memcmp(&x, &y, sizeof x) == 0; };
    const auto same_failure = [](const CellFailure& x, const CellFailure& y) { return x.t == y.t && x.firm == y.firm && x.reason == y.reason; };
    return a.cell == b.cell && a.status == b.status && a.start_t == b.start_t && a.last_t == b.last_t && a.script_errors == b.script_errors &&
           a.rejections == b.rejections && a.state_hash == b.state_hash && same(a.value_usd, b.value_usd) && same(a.panel.market, b.panel.market) &&
           same(a.panel.firms, b.panel.firms) && std::equal(a.metrics.begin(), a.metrics.end(), b.metrics.begin(), b.metrics.end(), same_metric) &&
           std::equal(a.failures.begin(), a.failures.end(), b.failures.begin(), b.failures.end(), same_failure);
}

bool is_portable(const Profile& profile) {
    const auto is_compiled = [](const std::shared_ptr<const Strategy>& strategy) { return strategy == nullptr || strategy->is_portable(); };
    return profile.engine != EngineChoice::lua && std::all_of(profile.strategies.begin(), profile.strategies.end(), is_compiled) &&
           std::all_of(profile.baselines.begin(), profile.baselines.end(), is_compiled);
}

void end_with_fault(Outcome& outcome, int t, std::string reason) {
    outcome.status = OutcomeStatus::fault;
    if (outcome.failures.size() == kMaxCellFailures) outcome.failures.pop_back();
    outcome.failures.push_back({t, -1, std::move(reason)});
}

void add_panel_row(Panel& panel, const KeyFigures& figures, int firms) {
    panel.market.insert(panel.market.end(), std::begin(figures.market), std::end(figures.market));
    for (int f = 0; f < firms; ++f) panel.firms.insert(panel.firms.end(), std::begin(figures.firms[f]), std::end(figures.firms[f]));
}

Outcome outcome_of(const Profile& profile, std::int64_t cell, const CellEnd& end, const CoreFailure* failures, const KeyFigures* panel) {
    const LoadedScenario& loaded = profile.loaded;
    Outcome outcome;
    outcome.cell = cell;
    outcome.start_t = loaded.opening.t + 1;
    outcome.last_t = end.last_t;
    outcome.script_errors = end.script_errors;
    outcome.rejections = end.rejections;
    outcome.state_hash = end.state_hash;
    outcome.value_usd.assign(end.value_usd, end.value_usd + loaded.opening.firm_count);
    for (int i = 0; i < kKeyMarketFigures; ++i) outcome.metrics.push_back({end.first[i], end.last[i]});
    for (int q = 0; panel != nullptr && q <= end.last_t - outcome.start_t; ++q) add_panel_row(outcome.panel, panel[q], loaded.opening.firm_count);
    if (end.script_errors > 0) outcome.status = OutcomeStatus::script_errors;
    for (int i = 0; i < std::min(end.script_errors, kMaxCoreFailures); ++i) add_failure(outcome, {failures[i].t, failures[i].firm, failure_text(profile, failures[i])});
    if (end.fault.kind != Fault::none) end_with_fault(outcome, end.last_t, fault_sentence(end.fault, loaded.names));
    return outcome;
}

}  // namespace rackrace
