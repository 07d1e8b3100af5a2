// What two runs were given otherwise: scenario, seed, and every setting of the scenario files that lie in their folders.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "viz/figures/replay_store.h"

namespace rackrace {

/// The settings of a scenario file as the program writes one: "rules.chips" -> "UNIFORM". A table of a list is one setting:
/// "handovers 1" -> "quarter 2028Q3, firm coreweave, strategy land_grab.lua". Empty where the file cannot be read.
std::map<std::string, std::string> settings_of_file(const std::filesystem::path& file);

/// "seed 1 -> 2", "parameters.floor_frac: 0.1 -> 0.2", "handovers 1: none -> quarter 2028Q3, ...", by name. Where a run is a replay without its folder the
/// numbers of the model alone are compared.
std::vector<std::string> settings_difference(const ReplayStore& first, const ReplayStore& second);

}  // namespace rackrace
