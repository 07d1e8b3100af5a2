// What a player could gain by leaving a pure profile alone, over the strategies of its table and no others.
#pragma once

#include "game/payoff_table.h"

namespace rackrace {

/// The deviation of one player that gains most in the mean.
struct Deviation {
    std::size_t strategy = 0;  // the profile's own where nothing gains in the mean
    PairedDifference gain;     // zero then
};

/// regret: the largest mean gain over players and deviations, at least 0. low and high: the largest lower and upper end of a gain's 95 % interval, at least 0;
/// each interval is of one deviation, so with many of them some lower end lies above 0 by chance.
struct ProfileRegret {
    std::vector<Deviation> best;  // [player]
    double regret = 0.0, low = 0.0, high = 0.0;
    bool is_complete = true;  // false: a deviation has no seed in common with the profile
};

ProfileRegret regret_of(const PayoffTable& table, std::int64_t profile);

}  // namespace rackrace
