// Playback by keys and buttons: steps, speed, the loop; what the table of actions performs.
#pragma once

#include "viz/window/session.h"

namespace rackrace {

void step_quarters(Session& session, int quarters);
void play_or_pause(Session& session);
void change_speed(Session& session, int direction);
void set_loop(Session& session, bool is_start);
void switch_loop(Session& session);

}  // namespace rackrace
