// Where a person is, by keys and buttons: screens, firms, markets, what lies over them; opening and leaving; what the table of actions performs.
#pragma once

#include "viz/window/session.h"

namespace rackrace {

void show_overlay(Session& session, Overlay overlay);
void enter_screen(Session& session, Screen screen);
void pick_neighbour(Session& session, const std::vector<std::string>& all, std::string& picked, int direction);
void copy_command(Session& session, const std::string& command);
void reload_run(Session& session);
/// What is in front goes first: an overlay, a run that is being opened, a maximised tile, filters of events, a pinned reading, playback.
void close_front(Session& session);

}  // namespace rackrace
