// What players get in each pure profile of a finite game, sample by sample: seed i of one profile meets the same draws as seed i of any other, so
// differences between profiles are taken seed by seed. Knows numbers and names, nothing of what was played.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "game/paired.h"

namespace rackrace {

struct GamePlayer {
    std::string name;
    std::vector<std::string> strategies;
};

class PayoffTable {
public:
    static constexpr std::int64_t kMaxSamples = 100'000'000;  // 800 MB

    /// All samples missing. Refused: no players, a player without strategies, no seeds, more than kMaxSamples samples (said before they are allocated).
    static Result<PayoffTable> make(std::string title, std::vector<GamePlayer> players, std::size_t seeds);

    const std::string& title() const { return title_; }
    const std::vector<GamePlayer>& players() const { return players_; }
    std::size_t seeds() const { return seeds_; }

    /// Profiles are numbered with the first player's strategy running fastest, as in files of Gambit.
    std::int64_t profiles() const { return profiles_; }
    std::int64_t profile_of(const std::vector<std::size_t>& strategies) const;
    std::size_t strategy_of(std::int64_t profile, std::size_t player) const;
    /// The profile that differs in this player's strategy alone.
    std::int64_t deviation(std::int64_t profile, std::size_t player, std::size_t strategy) const;

    /// Not a number where there is no sample.
    double sample(std::int64_t profile, std::size_t player, std::size_t seed) const { return samples_[at(profile, player, seed)]; }
    void set(std::int64_t profile, std::size_t player, std::size_t seed, double payoff) { samples_[at(profile, player, seed)] = payoff; }

    MeanInterval payoff(std::int64_t profile, std::size_t player) const;
    /// What the player gets in `to` less what it gets in `from`, over the seeds that both have.
    PairedDifference difference(std::int64_t from, std::int64_t to, std::size_t player) const;

private:
    std::size_t at(std::int64_t profile, std::size_t player, std::size_t seed) const { return (static_cast<std::size_t>(profile) * players_.size() + player) * seeds_ + seed; }

    std::string title_;
    std::vector<GamePlayer> players_;
    std::vector<std::int64_t> strides_;  // [player]
    std::int64_t profiles_ = 1;
    std::size_t seeds_ = 0;
    std::vector<double> samples_;
};

}  // namespace rackrace
