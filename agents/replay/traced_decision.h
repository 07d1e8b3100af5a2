// A decision of a recorded run made again beside the run, by the interpreter and line by line: the run is played again up to the quarter, and where the
// firm's turn comes its script decides once more on the same input. The run's own decision is not touched. Another script may decide there too.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agents/host/line_trace.h"
#include "agents/host/script_error.h"
#include "agents/host/strategy.h"
#include "agents/replay/recorded_run.h"
#include "engine/replay/replay_reader.h"

namespace rackrace {

struct DecisionQuestion {
    int firm = 0;
    int t = 0;
    std::optional<Stage> stage;                 // both where there is none
    TraceLimits limits;
    std::shared_ptr<const Strategy> other;      // nullptr: none
};

/// A number of memory before and after a decision.
struct MemoryNumber {
    std::string name;                           // "last_price", "prices[3]"
    ShownValue before, after;
    friend bool operator==(const MemoryNumber&, const MemoryNumber&) = default;
};

/// A decision of one stage, with all that it left behind.
struct TracedDecision {
    Stage stage = Stage::a;
    DecisionTrace trace;
    DecisionLog log;                            // of it alone; Decision is its only one
    std::vector<MemoryNumber> memory;
    std::optional<ScriptError> error;
    int results_shown = 0;
    std::vector<std::string> differences;       // from what the run holds, as sentences; empty: the same
};

struct TracedQuarter {
    std::vector<TracedDecision> decisions;      // of the run's script, by stage
    std::vector<TracedDecision> others;         // of the other script, by stage
    std::string script;                         // the run's, as a path in its scripts/
    EngineChoice engine = EngineChoice::lua;    // that ran it in the run
    bool has_operate = false;
    bool is_same_state = true;                  // the state from which it decided is the recorded one
    VerbMask autopilot_verbs = 0;
    VerbMask other_leaves = 0;                  // levers that the other script leaves to the autopilot and the run's does not
    std::vector<std::string> unknown_settings;  // of the run for this firm: the other script declares no such parameter
};

/// The numbers that a decision left as they were, those of an array beside each other that are alike told together: "n 3, closed[1] to [20] 0".
std::string unchanged_text(const std::vector<MemoryNumber>& memory);

/// Why a firm's script decided nothing in a quarter that was played: the firm is not there, is over, is run by an administrator, or has no operate.
Refusal no_decision(Replay& replay, const std::string& firm, int t);

/// run: of replay. Names of the trace point into `run`. Without decisions where there were none. Refused: scripts that do not load.
Result<TracedQuarter> trace_decisions(const RecordedRun& run, Replay& replay, const DecisionQuestion& question);

}  // namespace rackrace
