// Where two recorded runs part: the quarter, and the first order, or the first number of the state, that differs in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/replay/replay_reader.h"
#include "engine/replay/state_diff.h"

namespace rackrace {

/// An order that one run has and the other has not, or has with other arguments.
struct PartingOrder {
    struct Argument {
        std::string name, first, second;  // numbers in up to six digits, in all where those are alike; empty where the run's order has none
    };
    std::string firm, stage, verb, author;
    std::vector<Argument> arguments;        // those that differ; all of them where one run has no such order
    std::string first_place, second_place;  // "firms/coreweave.lua:37"; empty where the run has no such order
};

struct RunDifference {
    std::optional<int> same_until_t;       // last quarter with the same state; nothing where the openings differ
    int t = 0;                             // the first that differs, or that one of the two lacks
    bool is_length = false;                // one run ends before it
    std::optional<std::pair<std::uint64_t, std::uint64_t>> seeds;  // where they differ: then nothing else is looked for
    std::optional<PartingOrder> order;  // in the order of decisions: stage A of all firms, then stage B
    std::optional<StateDifference> state;  // where no order differs: other draws, scenarios or programs
};

/// Nothing where both hold the same quarters with the same states. Refused: tables or states that cannot be read.
Result<std::optional<RunDifference>> first_difference(Replay& first, Replay& second);

/// "the same until 2027Q2; first difference in 2027Q3: coreweave borrow: musd 180 -> 240 (firms/coreweave.lua:37)"
std::string difference_text(const RunDifference& difference);

}  // namespace rackrace
