// The story of a run in about ten sentences, each from numbers of the replay: prices, compute, chips, power, money, who rose and who fell.
#pragma once

#include <string>
#include <vector>

#include "viz/figures/replay_store.h"

namespace rackrace {

std::vector<std::string> run_story(const ReplayStore& store);

/// The firm of a role with the most revenue over the run; empty where the role has none. The first by name where several have it.
std::string largest_firm(const ReplayStore& store, const std::string& role);

}  // namespace rackrace
