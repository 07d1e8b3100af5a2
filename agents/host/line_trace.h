// What a callback of a script did, line by line, as plain data: a debugger steps through it forwards and backwards, and no script runs while it does.
// A line is listed for its first passes; what comes between listed lines is one entry that says how much it was, so a trace has an end whatever the
// script does.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agents/checker/script_shape.h"
#include "engine/scenario/names.h"

namespace rackrace {

/// How much of a callback is listed.
struct TraceLimits {
    int passes = 3;    // of each line
    int steps = 2000;  // of all lines; gaps between them are not counted
};

/// A value as a person reads it.
struct ShownValue {
    std::string text;               // "22.9", "true", "obs.market.products[2]", "{1, 2, 3, ... 10000 items}"; empty: there is none
    std::optional<double> number;   // of a number, with every digit
    std::uint64_t print = 0;        // of what a table holds beyond what the text shows, its first thousand entries

    bool is_there() const { return !text.empty(); }
    friend bool operator==(const ShownValue& a, const ShownValue& b) { return a.text == b.text && a.number == b.number && a.print == b.print; }
};

/// A local variable that a line changed, or a number of memory.
struct ValueChange {
    int frame = 0;                  // the call that the local belongs to; -1: memory
    int slot = 0;                   // of the call's locals: an inner variable may have the name of an outer one
    std::string name;               // "gap_mh"; "mem.last_price", "mem.prices[3]"
    ShownValue before, after;       // nothing before: it begins; nothing after: it is out of scope
};

/// A line that ran, or a gap: lines that are not listed.
struct TracedStep {
    int file = 0;                   // of CallbackTrace::files
    int line = 0, last_line = 0;    // of the statement; of a gap the lowest and highest
    int frame = 0;                  // which call, numbered from 0 in the order of calling
    int depth = 0;                  // calls of the script around it; of a gap the least
    int pass = 1;                   // the how-manieth time that the line ran
    std::int64_t skipped = 0;       // of a gap: lines that ran
    std::vector<ValueChange> changes;
    std::vector<int> orders;        // that it placed, of the decision's log
    std::vector<int> traces;        // that it showed, of the decision's log
    std::vector<int> reads;         // of CallbackTrace::reads, those for the first time

    bool is_gap() const { return skipped > 0; }
};

/// A field of the observation that was read by its name.
struct InputRead {
    std::string path;               // "obs.me.cash_musd"; of init "info.horizon_q"
    ShownValue value;
    std::string unit;               // empty without one
    int file = 0, line = 0;         // where first
    std::int64_t times = 0;
};

struct TracedFile {
    std::string name;               // as a path in the run's scripts/, or as it was given
    std::vector<std::string> lines;
};

/// Fields that one callback is shown to have read; more are counted.
inline constexpr std::size_t kMaxListedReads = 500;

struct CallbackTrace {
    Callback which = Callback::decide;
    std::vector<TracedFile> files;  // in which lines ran, the first of them that of the callback
    std::vector<TracedStep> steps;
    std::map<std::pair<int, int>, std::int64_t> passes;  // by file and line, how often it ran
    std::vector<InputRead> reads;   // in the order of reading
    std::int64_t unlisted_reads = 0;
    std::int64_t lines_run = 0;     // with all passes

    /// Text of a line; empty where there is none.
    const std::string& text(int file, int line) const;
    std::int64_t passes_of(int file, int line) const;
};

/// A decision's callbacks as they are called: `init` first where it was.
struct DecisionTrace {
    const Names* names = nullptr;   // of firms and products, for ids
    TraceLimits limits;
    std::vector<CallbackTrace> callbacks;
};

/// The unit that the ending of a variable's name says: "Mh" of gap_mh; empty where it says none.
std::string unit_of_variable(std::string_view name);

/// The locals of the call that stands at a step once the line is done, in the order of their declaration.
std::vector<ValueChange> locals_after(const CallbackTrace& trace, std::size_t step);

}  // namespace rackrace
