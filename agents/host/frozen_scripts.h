// Where a run's folder keeps the scripts that it plays, as paths under its scripts/: written by a run, played again from there, and named by
// what records orders.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "agents/checker/api_names.h"
#include "engine/base/quarter_index.h"
#include "engine/scenario/load_scenario.h"
#include "engine/schema/fields.h"

namespace rackrace {

/// A role's baseline, which the autopilot plays too.
inline std::string frozen_baseline(Role role) { return "strategies/" + std::string(role_text(role)) + "/baseline.lua"; }

/// The script of a firm that names one.
inline std::string frozen_firm_script(std::string_view firm) { return "firms/" + std::string(firm) + ".lua"; }

/// What a firm plays: a script of its own where the scenario names a file, or where it plays another than the role's baseline.
inline std::string frozen_script(const LoadedScenario& loaded, int firm, bool plays_baseline) {
    const std::string& name = loaded.names.firms[static_cast<std::size_t>(firm)];
    const auto named = loaded.strategies.find(name);
    const bool has_own = !plays_baseline || (named != loaded.strategies.end() && !named->second.file.empty());
    return has_own ? frozen_firm_script(name) : frozen_baseline(loaded.scenario.firms[firm].role);
}

/// The script of a handover, in a folder of its own: what it requires lies beside it.
inline std::string frozen_handover(const LoadedScenario& loaded, const Handover& handover) {
    const std::string& firm = loaded.names.firms[static_cast<std::size_t>(handover.firm)];
    return "handovers/" + quarter_name(handover.t) + "-" + firm + "/" + firm + ".lua";
}

/// What plays a firm in quarter t: the path of its script, and its parameters as texts.
struct FrozenHands {
    std::string script;
    std::map<std::string, std::string> params;
};

/// plays_baseline: the firm begins with its role's baseline.
inline FrozenHands frozen_hands(const LoadedScenario& loaded, int firm, int t, bool plays_baseline) {
    const auto named = loaded.strategies.find(loaded.names.firms[static_cast<std::size_t>(firm)]);
    FrozenHands hands{frozen_script(loaded, firm, plays_baseline), named != loaded.strategies.end() ? named->second.params : std::map<std::string, std::string>{}};
    for (const Handover& handover : loaded.handovers) {
        if (handover.firm != firm || handover.t > t) continue;
        if (handover.has_own_script) hands.script = frozen_handover(loaded, handover);
        hands.params = handover.strategy.params;
    }
    return hands;
}

/// A file that the script `frozen` requires, by the name that `require` is given: beside it.
inline std::string frozen_module(std::string_view frozen, std::string module) {
    std::replace(module.begin(), module.end(), '.', '/');
    return std::string(frozen.substr(0, frozen.rfind('/') + 1)) + module + ".lua";
}

}  // namespace rackrace
