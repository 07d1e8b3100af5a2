#include "game/payoff_table.h"

#include <cmath>
#include <limits>

namespace rackrace {

Result<PayoffTable> PayoffTable::make(std::string title, std::vector<GamePlayer> players, std::size_t seeds) {
    PayoffTable out;
    if (players.empty()) return Refusal{title, 0, 0, "has no players", "let at least one firm or role have strategies"};
    if (seeds == 0) return Refusal{title, 0, 0, "has no samples", "play at least one seed"};
    double samples = static_cast<double>(seeds) * static_cast<double>(players.size());
    for (const GamePlayer& player : players) {
        if (player.strategies.empty()) return Refusal{title, 0, 0, player.name + " has no strategies", "give it at least one"};
        samples *= static_cast<double>(player.strategies.size());
    }
    if (samples > static_cast<double>(kMaxSamples))
        return Refusal{title, 0, 0, "its table would have " + std::to_string(static_cast<std::int64_t>(samples / 1e6)) + " million payoffs",
                       "at most " + std::to_string(kMaxSamples / 1'000'000) + " million fit; take fewer strategies or seeds"};
    for (const GamePlayer& player : players) {
        out.strides_.push_back(out.profiles_);
        out.profiles_ *= static_cast<std::int64_t>(player.strategies.size());
    }
    out.title_ = std::move(title);
    out.players_ = std::move(players);
    out.seeds_ = seeds;
    out.samples_.assign(static_cast<std::size_t>(samples), std::numeric_limits<double>::quiet_NaN());
    return out;
}

std::int64_t PayoffTable::profile_of(const std::vector<std::size_t>& strategies) const {
    std::int64_t profile = 0;
    for (std::size_t p = 0; p < players_.size(); ++p) profile += strides_[p] * static_cast<std::int64_t>(strategies[p]);
    return profile;
}

std::size_t PayoffTable::strategy_of(std::int64_t profile, std::size_t player) const {
    return static_cast<std::size_t>(profile / strides_[player]) % players_[player].strategies.size();
}

std::int64_t PayoffTable::deviation(std::int64_t profile, std::size_t player, std::size_t strategy) const {
    return profile + strides_[player] * (static_cast<std::int64_t>(strategy) - static_cast<std::int64_t>(strategy_of(profile, player)));
}

MeanInterval PayoffTable::payoff(std::int64_t profile, std::size_t player) const {
    std::vector<double> there;
    for (std::size_t s = 0; s < seeds_; ++s)
        if (const double value = sample(profile, player, s); !std::isnan(value)) there.push_back(value);
    return mean_interval(there);
}

PairedDifference PayoffTable::difference(std::int64_t from, std::int64_t to, std::size_t player) const {
    std::vector<double> differences;
    for (std::size_t s = 0; s < seeds_; ++s)
        if (const double gain = sample(to, player, s) - sample(from, player, s); !std::isnan(gain)) differences.push_back(gain);
    return paired_difference(differences);
}

}  // namespace rackrace
