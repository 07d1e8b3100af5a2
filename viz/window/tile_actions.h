// Tiles by keys: the focus from one to the next, all of the screen for one, and where they are: the actions of the table that move them.
#pragma once

#include "viz/window/session.h"
#include "viz/window/tiling.h"

namespace rackrace {

void focus_neighbour(Session& session, int direction);
void maximise_tile(Session& session);
/// Off the room, or back into it.
void tear_tile(Session& session);
/// The focused tile changes places with the one on that side; a torn one moves that way.
void shift_tile(Session& session, TileSide side);
/// Its place grows or shrinks.
void widen_tile(Session& session, int direction);
void heighten_tile(Session& session, int direction);
/// Beside each other becomes under each other, and back.
void turn_tiles(Session& session);
/// As the screen has them at first.
void reset_tiles(Session& session);

}  // namespace rackrace
