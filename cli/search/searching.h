// The search itself: the default first, then the sample, then the climb from its best point, then default and winner on fresh seeds.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/search/search_store.h"
#include "cli/search/search_task.h"
#include "game/paired.h"
#include "gpu/batch.h"

namespace rackrace {

enum class SearchStage { standard, sample, climb };
inline constexpr const char* kSearchStageNames[] = {"default", "sample", "climb"};

struct TriedPoint {
    SearchStage stage = SearchStage::sample;
    SearchPoint point;
    std::vector<double> payoffs;  // [seed] the objective; not a number where a run did not end or has none
    MeanInterval payoff;          // over runs that ended
    PairedDifference gain;        // over the default, seed by seed
    bool is_whole = true;         // false: a run has no payoff, so the point cannot win
};

struct SearchOutcome {
    std::vector<TriedPoint> tried;  // the default first
    std::size_t winner = 0;         // the highest mean; the default where no point has a higher one
    MeanInterval fresh_default, fresh_winner;
    PairedDifference fresh_gain;    // of the winner over the default
    bool is_complete = false;       // false: interrupted
};

/// What a search needs from outside.
struct SearchTools {
    std::shared_ptr<const Profile> field;  // everybody at the default
    int threads = 0;
    std::function<void(std::int64_t runs)> show;  // finished runs, those of earlier sittings among them
};

/// Plays what the store lacks. Refused: what cannot be written.
Result<SearchOutcome> search(const SearchTask& task, const SearchTools& tools, SearchStore& store);

}  // namespace rackrace
