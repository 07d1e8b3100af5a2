// What a firm's script shows with act.trace and act.mark: the rows of table `traces` of a firm, and where each comes from.
#pragma once

#include <string>
#include <vector>

#include "viz/figures/replay_store.h"

namespace rackrace {

struct ShownTrace {
    int t = 0;
    std::string name;
    std::string callback;  // decide or operate
    double value;          // kNoValue of a mark
    bool is_mark = false;
    std::string place;  // "from decide, line 37 (its orders: firms/basalt.lua)": the line may be of a file that the script reads, and the replay does not tell of which
};

/// In the order of showing.
std::vector<ShownTrace> shown_traces(const ReplayStore& store, const std::string& firm);

/// Each name once, in the order of first showing.
std::vector<std::string> names_of(const std::vector<ShownTrace>& shown);

/// "firm=basalt&trace=need_mw"; "firm=basalt" where the name has letters that no address holds.
std::string trace_path(const std::string& firm, const std::string& name);

/// "need_mw of basalt: 12.5 in 2027Q1, 20 in 2026Q4", without the latter where `before` is kNoValue; "mark alarm of basalt in 2027Q1".
std::string trace_text(const std::string& firm, const ShownTrace& one, double before);

}  // namespace rackrace
