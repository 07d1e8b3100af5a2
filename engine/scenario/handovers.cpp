#include "engine/scenario/handovers.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "engine/base/quarter_index.h"
#include "engine/scenario/load_facts.h"
#include "engine/scenario/tables.h"

namespace rackrace {
namespace {

/// Nothing where the settings are refused.
std::optional<Handover> read(const HandoverSettings& one, const LoadedScenario& loaded, Refusals& refusals) {
    const Scenario& scenario = loaded.scenario;
    const int firm = find_name(loaded.names.firms, one.firm.value);
    if (firm < 0) refusals.add(one.firm.origin.refusal("no firm is called '" + one.firm.value + "'", suggestion(one.firm.value, loaded.names.firms)));
    const auto t = parse_quarter(one.quarter.value);
    const bool is_played = t && *t >= scenario.start_t && *t <= kLastPathQuarter;
    if (!is_played)
        refusals.add(one.quarter.origin.refusal("quarter cannot be '" + one.quarter.value + "'", "write " + quarter_name(scenario.start_t) + " to " + quarter_name(kLastPathQuarter)));
    if (!one.to.strategy && one.to.params.empty())
        refusals.add(one.origin.refusal("changes nothing", "name a strategy, or parameters of the one that plays, as params = { ... }"));
    if (firm < 0 || !is_played) return std::nullopt;
    Handover handover{*t, firm, one.to.strategy.has_value(), {}};
    handover.strategy.named_at = one.origin.text();
    if (one.to.strategy) {
        handover.strategy.file = one.to.strategy->value;
        handover.strategy.folder = one.to.folder;
        handover.strategy.named_at = one.to.strategy->origin.text();
    }
    for (const auto& [name, value] : one.to.params) handover.strategy.params[name] = value.value;
    return handover;
}

}  // namespace

void resolve_handovers(const ScenarioSettings& settings, LoadedScenario& loaded, Refusals& refusals) {
    std::map<std::pair<int, int>, const HandoverSettings*> seen;
    for (const HandoverSettings& one : settings.handovers) {
        auto handover = read(one, loaded, refusals);
        if (!handover) continue;
        if (!seen.try_emplace({handover->t, handover->firm}, &one).second)
            refusals.add(one.origin.refusal(one.firm.value + " is handed over twice in " + one.quarter.value, "keep one of the two"));
        loaded.handovers.push_back(std::move(*handover));
    }
    std::sort(loaded.handovers.begin(), loaded.handovers.end(), [](const Handover& a, const Handover& b) { return std::tie(a.t, a.firm) < std::tie(b.t, b.firm); });
    std::map<int, std::map<std::string, std::string>> params;  // that each firm has by then
    for (const auto& [name, strategy] : loaded.strategies) params[find_name(loaded.names.firms, name)] = strategy.params;
    for (Handover& handover : loaded.handovers) {
        if (!handover.has_own_script) handover.strategy.params.merge(std::map(params[handover.firm]));
        params[handover.firm] = handover.strategy.params;
    }
}

Refusal handovers_refusal(const LoadedScenario& loaded) {
    const Handover& first = loaded.handovers.front();
    return {first.strategy.named_at, 0, 0, loaded.names.firms[static_cast<std::size_t>(first.firm)] + " is handed over in " + quarter_name(first.t) + ", which single runs alone can play",
            "play it with rackrace run, or take the handovers out"};
}

}  // namespace rackrace
