// A tournament of strategies over one seat: each plays the seat against a field of each, its own among them. Scores, ranks with what chance of seeds leaves of
// them, and who beats whom.
#pragma once

#include "game/payoff_table.h"

namespace rackrace {

enum class DuelEnd { unclear, first_wins, second_wins };

/// The seat played by `first` against a field of `second`, less the seat played by `second` against a field of `first`, on the same seeds.
/// It is won where its 95 % interval lies on one side of 0.
struct Duel {
    std::size_t first = 0, second = 0;  // first < second
    PairedDifference difference;
    DuelEnd end = DuelEnd::unclear;
};

struct Standing {
    std::size_t strategy = 0;
    MeanInterval score;        // of the seat, mean over all fields
    PairedDifference lead;     // over the mean score of all strategies, seed by seed
    int rank = 0;              // from 1, by score
    int rank_low = 0, rank_high = 0;  // 95 % of resampled seeds give a rank between them
    int wins = 0, losses = 0, unclear = 0;
    std::size_t best_reply = 0;     // to a field of this strategy, by the mean
    PairedDifference reply_gain;    // of the best reply over the strategy itself in that seat; zero where it is its own best reply
};

struct Standings {
    std::vector<Standing> by_rank;
    std::vector<Duel> duels;  // by first, then second
    int seeds = 0;            // those that all profiles have: the others count for nothing
};

/// seat, field: players of the table with the same strategies. Ranks are resampled kResamples times by a keyed draw, so the same table gives the same ranges.
/// Refused: players with other strategies, no seed that all profiles have.
inline constexpr int kResamples = 1000;
Result<Standings> standings_of(const PayoffTable& table, std::size_t seat, std::size_t field);

}  // namespace rackrace
