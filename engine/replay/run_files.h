// The texts beside a replay: run.json, METHODS.md, data-dictionary.csv, log.jsonl, and docs/replay-format.md. Pure functions of the run.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/replay/table.h"

namespace rackrace {

struct QuarterHash {
    int t;
    std::uint64_t hash;
};

/// A figure of table `quarters` at the first and at the last quarter played.
struct FigureChange {
    double first = 0.0, last = 0.0;
};

std::string run_json(const RunRecord& run, const std::vector<QuarterHash>& hashes, const std::map<std::string, FigureChange>& metrics);

/// A paragraph to paste into a paper.
std::string methods_text(const RunRecord& run, const Scenario& scenario);

/// table, column, unit, type, meaning: every column of every table, CSV.
std::string data_dictionary_csv();

/// "R02 23, R09 11, R01 7": the most frequent first.
std::string codes_text(const std::map<std::string, int>& counts);

/// One line of log.jsonl.
std::string log_line(const std::string& level, int t, const std::string& kind, const std::string& text);

/// docs/replay-format.md: the file as a whole, then table by table.
std::string replay_format_markdown();

/// One hash of a run: of the state hashes of all quarters played, in order.
std::uint64_t run_hash(const std::vector<std::uint64_t>& state_hashes);

}  // namespace rackrace
