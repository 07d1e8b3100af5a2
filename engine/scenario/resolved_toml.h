// A loaded scenario written back as one TOML file with every default spelled out and, as a comment, where each value comes from.
#pragma once

#include <string>

#include "engine/scenario/csv.h"
#include "engine/scenario/load_parameters.h"
#include "engine/scenario/load_scenario.h"
#include "engine/scenario/scenario_settings.h"

namespace rackrace {

/// sources: parameters.csv with the columns name, value, status and source. `file` holds the parameters as the scenario uses them.
/// Reading the text again, from the same data, gives the same scenario and opening world.
std::string resolved_toml(const ScenarioSettings& settings, const ParameterFile& file, const CsvTable& sources, const LoadedScenario& loaded);

/// What a shock of this kind aims at: "firm", "product", "region", "generation", or "" where it has no target.
std::string_view shock_target_noun(ShockKind kind);

}  // namespace rackrace
