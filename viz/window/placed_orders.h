// Orders as a person reads them: what was asked, what came of it, and the line of the script that placed it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/figures/replay_store.h"

namespace rackrace {

struct PlacedText {
    std::string firm, verb, author, stage;
    std::string arguments;  // "grade inference, mh 120, min_usd_h 1.92"
    std::string outcome;    // "got 84 of 120 (F02 partial)"; "rejected: R07 not_released, 21 where 13 is allowed"
    bool is_rejected = false;
    std::string script;  // a path in the run's scripts/
    int line = 0;
    std::string address;
};

/// Of a firm in a quarter, in the order of placing.
std::vector<PlacedText> orders_of(const ReplayStore& store, int t, const std::string& firm);

/// The order that an address names (firm=F&order=N); nothing for another address, or an order that is not there.
std::optional<PlacedText> order_at(const ReplayStore& store, const std::string& address);

/// Lines of a script around one of them.
struct ScriptLine {
    int number = 0;
    std::string text;
};
std::vector<ScriptLine> lines_around(const std::vector<std::string>& script, int line, int around);

}  // namespace rackrace
