// What a search found, as words, tables and a figure.
#pragma once

#include <string>

#include "cli/search/searching.h"
#include "viz/figures/figure_model.h"

namespace rackrace {

struct SearchResult {
    SearchTask task;
    SearchOutcome outcome;
    std::string inputs_hash, program_version, first_quarter, last_quarter;

    const TriedPoint& winner() const { return outcome.tried[outcome.winner]; }
};

/// beats: the interval of the gain on fresh seeds lies above 0. none: no point has a higher mean than the default on the seeds that were searched.
enum class SearchVerdict { beats, not_told_apart, loses, none };
inline constexpr const char* kSearchVerdictNames[] = {"beats", "not_told_apart", "loses", "none"};
SearchVerdict verdict_of(const SearchOutcome& outcome);

/// A row a point in the order of trial, then default and winner on fresh seeds.
std::string evaluations_csv(const SearchResult& result);
std::string search_text(const SearchResult& result);
/// The line below it: what is in the folder.
std::string search_saved_text(const std::string& path);
/// Schema rackrace.search/2.
std::string search_json(const SearchResult& result, const std::string& path);
/// Each point's mean in the order of trial, the best so far, the default.
FigureModel search_figure(const SearchResult& result);

}  // namespace rackrace
