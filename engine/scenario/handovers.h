// Handovers of a scenario: from what its file says to what a run plays.
#pragma once

#include "engine/scenario/load_scenario.h"

namespace rackrace {

/// Fills loaded.handovers. A handover without a script of its own adds its parameters to those that the firm had. Refused: a firm that does not play, a quarter
/// outside the horizon, a handover that changes nothing, and two of a firm in one quarter.
void resolve_handovers(const ScenarioSettings& settings, LoadedScenario& loaded, Refusals& refusals);

/// Says that a scenario with handovers is for single runs: batches, trials and cards seat their firms once.
Refusal handovers_refusal(const LoadedScenario& loaded);

}  // namespace rackrace
