// Runs of a batch as threads of its fan: which one is at hand, and which are kept. What the pointer, buttons and the table of actions do to them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "viz/window/session.h"

namespace rackrace {

/// Why nothing can be kept.
inline constexpr const char* kNoRunAtHand = "No run is at hand: click one in the fan, or press U.";

/// The pinned run, else the one under the pointer, by its place in the batch.
std::optional<std::size_t> run_at_hand(const Session& session);
/// Numbers of the runs that the fan draws whatever is at hand: those that were kept, else its own.
std::vector<std::string> threads_of(Session& session);

/// The run whose value at t is nearest to the one under the pointer is drawn until the pointer leaves the fan. Of equal ones the one that is drawn already.
void hover_run(Session& session, int t, double value);
/// Pins the run under the pointer at t, or lets it go where it is pinned there.
void pin_hovered_run(Session& session, int t);
/// Draws and pins the next run above (1) or below (-1) the one at hand in the view's quarter; the one beside the middle where none is at hand.
void step_run(Session& session, int direction);
/// A band, the median or the mean of the fan, by its id of kFanParts: leaves it out, or draws it again.
void switch_fan_part(Session& session, const std::string& id);
/// Keeps the run at hand as a thread, kMostThreads at most; lets it go where it is one.
void keep_run(Session& session);

}  // namespace rackrace
