// What keys do while a decision is stepped through; on another screen they open the screen Strategy first.
#pragma once

#include "viz/window/session.h"

namespace rackrace {

/// into: the next line that ran, wherever; else over the functions that the line calls. direction: 1 on, -1 back.
void step_decision(Session& session, bool into, int direction);
/// To the next time that the marked line runs; without a mark that of the line that is shown.
void run_to_marked_line(Session& session);
/// Moves the mark for it by lines of the script, or sets it at the line that is shown.
void move_mark(Session& session, int by);

}  // namespace rackrace
