// Decisions that a script error ended, read from a run's table `decisions`. The replay's events are found in states and have no row of them: whoever shows
// what happened adds them here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/replay/replay_reader.h"
#include "viz/figures/replay_store.h"

namespace rackrace {

struct FailedDecision {
    int t = 0;
    std::string firm;
    std::string script;  // as a path in the run's scripts/
    int line = 0;
    std::string sentence;  // "nebius holds: decide fails at firms/nebius.lua:37: ..."

    std::string place() const { return script + ":" + std::to_string(line); }
};

/// Of table `decisions`, by quarter and firm; none where that was altered.
std::vector<FailedDecision> failed_decisions(const ReplayStore& store);

/// The kind that their events have; no replay holds it.
inline constexpr std::string_view kScriptFailed = "script_failed";

/// Adds an event for each to rows of table `events`, behind those of its quarter.
void add_failures(const std::vector<FailedDecision>& failures, ReplayRows& events);

}  // namespace rackrace
