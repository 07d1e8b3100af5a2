#include "game/standings.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/hash.h"

namespace rackrace {
namespace {

/// A table between two players, cut to the seeds that all profiles have.
struct Seat {
    std::size_t strategies = 0;
    std::vector<std::vector<double>> payoffs;  // [own * strategies + field][seed]

    const std::vector<double>& of(std::size_t own, std::size_t field) const { return payoffs[own * strategies + field]; }
    std::size_t seeds() const { return payoffs.front().size(); }
};

Seat cut(const PayoffTable& table, std::size_t seat, std::size_t field) {
    Seat out{table.players()[seat].strategies.size(), {}};
    std::vector<std::int64_t> profiles;
    std::vector<std::size_t> choice(table.players().size(), 0);
    for (std::size_t own = 0; own < out.strategies; ++own)
        for (std::size_t other = 0; other < out.strategies; ++other) {
            choice[seat] = own;
            choice[field] = other;
            profiles.push_back(table.profile_of(choice));
        }
    out.payoffs.resize(profiles.size());
    for (std::size_t s = 0; s < table.seeds(); ++s) {
        const auto is_there = [&](std::int64_t profile) { return !std::isnan(table.sample(profile, seat, s)); };
        if (!std::all_of(profiles.begin(), profiles.end(), is_there)) continue;
        for (std::size_t i = 0; i < profiles.size(); ++i) out.payoffs[i].push_back(table.sample(profiles[i], seat, s));
    }
    return out;
}

std::vector<double> less(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> out;
    for (std::size_t s = 0; s < a.size(); ++s) out.push_back(a[s] - b[s]);
    return out;
}

/// Strategies from the highest mean down; ties by number.
std::vector<std::size_t> order_of(const std::vector<double>& means) {
    std::vector<std::size_t> order(means.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return means[a] > means[b]; });
    return order;
}

/// Percentile bootstrap over seeds: the ranks that 2.5 and 97.5 % of resamples reach. Source: Efron and Tibshirani, "An Introduction to the Bootstrap".
void resample_ranks(const std::vector<std::vector<double>>& scores, std::vector<Standing>& standings) {
    const std::size_t seeds = scores.front().size();
    std::vector<std::vector<int>> ranks(scores.size());
    for (int i = 0; i < kResamples; ++i) {
        std::vector<double> sums(scores.size(), 0.0);
        for (std::size_t draw = 0; draw < seeds; ++draw) {
            const std::size_t seed = hash64(i, draw) % seeds;
            for (std::size_t a = 0; a < scores.size(); ++a) sums[a] += scores[a][seed];
        }
        const auto order = order_of(sums);
        for (std::size_t place = 0; place < order.size(); ++place) ranks[order[place]].push_back(static_cast<int>(place) + 1);
    }
    for (Standing& one : standings) {
        auto& of = ranks[one.strategy];
        std::sort(of.begin(), of.end());
        one.rank_low = of[kResamples / 40];
        one.rank_high = of[kResamples - 1 - kResamples / 40];
    }
}

Duel duel(const Seat& seat, std::size_t first, std::size_t second) {
    Duel out{first, second, paired_difference(less(seat.of(first, second), seat.of(second, first))), DuelEnd::unclear};
    if (out.difference.low() > 0.0) out.end = DuelEnd::first_wins;
    if (out.difference.high() < 0.0) out.end = DuelEnd::second_wins;
    return out;
}

void find_best_reply(const Seat& seat, Standing& standing) {
    standing.best_reply = standing.strategy;
    for (std::size_t reply = 0; reply < seat.strategies; ++reply) {
        const PairedDifference gain = paired_difference(less(seat.of(reply, standing.strategy), seat.of(standing.strategy, standing.strategy)));
        if (gain.mean <= standing.reply_gain.mean) continue;
        standing.best_reply = reply;
        standing.reply_gain = gain;
    }
}

}  // namespace

Result<Standings> standings_of(const PayoffTable& table, std::size_t seat, std::size_t field) {
    const auto& players = table.players();
    if (players[seat].strategies != players[field].strategies)
        return Refusal{table.title(), 0, 0, players[seat].name + " and " + players[field].name + " do not choose among the same strategies", "give both the same list"};
    const Seat cells = cut(table, seat, field);
    const std::size_t n = cells.strategies, seeds = cells.seeds();
    if (seeds == 0) return Refusal{table.title(), 0, 0, "no seed was played to the end in every profile", "see failed.csv for what ended them"};

    std::vector<std::vector<double>> scores(n, std::vector<double>(seeds, 0.0));
    std::vector<double> all(seeds, 0.0), means;
    for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = 0; b < n; ++b)
            for (std::size_t s = 0; s < seeds; ++s) scores[a][s] += cells.of(a, b)[s] / static_cast<double>(n);
        for (std::size_t s = 0; s < seeds; ++s) all[s] += scores[a][s] / static_cast<double>(n);
        means.push_back(mean_interval(scores[a]).mean);
    }
    Standings out;
    out.seeds = static_cast<int>(seeds);
    for (std::size_t strategy : order_of(means)) {
        Standing& one = out.by_rank.emplace_back();
        one.strategy = strategy;
        one.rank = static_cast<int>(out.by_rank.size());
        one.score = mean_interval(scores[strategy]);
        one.lead = paired_difference(less(scores[strategy], all));
        find_best_reply(cells, one);
    }
    resample_ranks(scores, out.by_rank);
    std::vector<Standing*> by_strategy(n);
    for (Standing& one : out.by_rank) by_strategy[one.strategy] = &one;
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = a + 1; b < n; ++b) {
            const Duel& one = out.duels.emplace_back(duel(cells, a, b));
            Standing &first = *by_strategy[a], &second = *by_strategy[b];
            if (one.end == DuelEnd::unclear) ++first.unclear, ++second.unclear;
            else if (one.end == DuelEnd::first_wins) ++first.wins, ++second.losses;
            else ++first.losses, ++second.wins;
        }
    return out;
}

}  // namespace rackrace
