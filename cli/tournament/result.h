// A tournament's outcome as tables, words and a figure.
#pragma once

#include <string>

#include "game/standings.h"
#include "viz/figures/figure_model.h"

namespace rackrace {

struct TournamentResult {
    std::string name, scenario, role, firm, inputs_hash, program_version, first_quarter, last_quarter;
    std::vector<std::string> strategies;
    Standings standings;
};

/// A row a strategy, by rank.
std::string standings_csv(const TournamentResult& result);
/// A row a pair: the difference, its interval, who wins.
std::string duels_csv(const TournamentResult& result);
/// Both, for a person: the table by rank and who beats whom.
std::string tournament_text(const TournamentResult& result);
/// Schema rackrace.tournament/1.
std::string tournament_json(const TournamentResult& result, const std::string& path);
/// Scores with their intervals, by rank.
FigureModel tournament_figure(const TournamentResult& result);

}  // namespace rackrace
