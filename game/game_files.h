// A payoff table as files that other programs read: CSV with intervals and regret, the JSON of gameanalysis with all samples, the .nfg of Gambit with means.
#pragma once

#include <string>

#include "game/payoff_table.h"

namespace rackrace {

/// A row a profile: its strategies, seeds, for each player mean, standard error, 95 % interval and best deviation with its gain; the profile's regret.
std::string payoffs_csv(const PayoffTable& table);

/// Type samplegame.1: roles are the players, a player a role; strategies sorted by name. Profiles without samples are left out.
std::string gameanalysis_json(const PayoffTable& table);

/// Payoff version, which OpenSpiel reads too: strategies are numbers there, in the table's order. Refused: a profile without samples, since the format has no gaps.
Result<std::string> nfg_text(const PayoffTable& table);

}  // namespace rackrace
