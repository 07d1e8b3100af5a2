// How figures and the window look, by keys and buttons: zooms, axes, growth, ghosts, size, theme; what the table of actions performs.
#pragma once

#include "viz/window/session.h"

namespace rackrace {

void zoom_quarters(Session& session, double factor);
void pan_quarters(Session& session, int direction);
/// Of all panels of the focused figure that have an upright axis of numbers, around their middle.
void zoom_values(Session& session, double factor);
void reset_zoom(Session& session);
void switch_log(Session& session);
void switch_growth(Session& session);
void switch_ghost(Session& session);
/// How two runs are compared; the next way by key.
void show_against(Session& session, Against mode);
void next_against(Session& session);
void resize_interface(Session& session, double scale);
void next_theme(Session& session);

}  // namespace rackrace
