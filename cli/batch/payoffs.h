// A batch as a game: who chooses among what, and what each gets, run by run. Players are the owners of [profiles] and of strategy parameters that vary.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/batch/batch_store.h"
#include "cli/batch/plan.h"
#include "engine/scenario/load_scenario.h"
#include "game/payoff_table.h"

namespace rackrace {

/// Columns of table runs and the value that a run must have to count: which game of several is meant.
using GamePicks = std::vector<std::pair<std::string, std::string>>;

/// A player's payoff is the sum of owners' values of its firms: a firm, or those firms of a role that play as the role does. Runs that ended early or were never played are missing.
/// loaded: the scenario of the plan. Refused: an incomplete batch, nobody who chooses, ranges that were sampled and not crossed, settings that vary and are not picked.
Result<PayoffTable> game_of_batch(OpenBatch& batch, const Plan& plan, const LoadedScenario& loaded, const GamePicks& picks);

/// The same of a batch's folder alone, from its frozen inputs.
Result<PayoffTable> game_in(const std::filesystem::path& folder, const GamePicks& picks);

/// The firms whose values a player gets.
std::vector<std::string> firms_of_player(const std::string& player, const std::vector<std::string>& players, const Plan& plan, const LoadedScenario& loaded);

/// Names of scripts for tables: the file's name without folder and .lua where that tells them apart.
std::vector<std::string> strategy_labels(const StrategyAxis& axis);

}  // namespace rackrace
