// Threads of the fan: runs of a batch that are drawn as lines, because bands hide jumps and what goes together in a run.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "viz/figures/ensemble.h"
#include "viz/figures/figure_model.h"

namespace rackrace {

inline constexpr std::size_t kFewestForBands = 20;  // runs; below, a band of 95 % is the two outermost ones
inline constexpr std::size_t kMostThreads = 5;      // that are kept: as many looks as bands, median and mean leave

/// What a fan draws beside threads, by the id of its series.
struct FanPart {
    const char* id;
    const char* name;
};
inline constexpr FanPart kFanParts[] = {{"band50", "50 %"}, {"band80", "80 %"}, {"band95", "95 %"}, {"median", "median"}, {"mean", "mean"}};

/// Which runs a fan draws as lines, by their places in the batch, and what it leaves out.
struct FanThreads {
    std::vector<std::size_t> kept = {};        // in the place of those that the fan picks itself, kMostThreads at most; empty: its own
    std::optional<std::size_t> picked = {};    // one more
    std::optional<std::size_t> hovered = {};   // and one that is named "run 137 (hover)"
    std::set<std::string> hidden = {};         // ids of kFanParts that are not drawn
    friend bool operator==(const FanThreads&, const FanThreads&) = default;
};

/// One run, in every quarter of the batch.
Series thread_of(const Ensemble& ensemble, const Courses& courses, std::size_t run, int look);

/// The runs that a fan draws by itself: those at 10, 50 and 90 % by their value in the last quarter that enough of them have; of equal ones the
/// first. None where there are too few for bands: then it draws all.
std::vector<std::size_t> sample_runs(const Courses& courses);

/// How the fan's own threads were picked; a note of the figure.
inline constexpr const char* kSampleNote = "Threads are the runs at 10, 50 and 90 % by their last value.";

/// A fan of these courses with these threads, each named, and without the parts that are hidden.
FigureModel with_threads(FigureModel fan, const Ensemble& ensemble, const Courses& courses, const FanThreads& threads);

}  // namespace rackrace
