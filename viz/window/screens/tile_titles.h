// The titles of a screen's tiles as buttons, for a room that shows one tile at a time.
#pragma once

#include "viz/window/screens/screens.h"

namespace rackrace {

/// Of all of them beside each other.
float titles_width(const ScreenKind& kind);
/// The focused one chosen; leaves the cursor after the last, on the same line.
void draw_titles(const ScreenKind& kind, Session& session, const WindowLook& look);

}  // namespace rackrace
