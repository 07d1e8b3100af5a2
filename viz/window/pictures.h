// The window drawn into pictures, without a display.
#pragma once

#include "viz/window/key_script.h"
#include "viz/window/window.h"

namespace rackrace {

/// Presses the script's keys, then draws what the request wants: one picture, or one a quarter.
WindowOutcome draw_pictures(Session& session, const WindowRequest& request, KeyScript script, const WindowListener& listener);

}  // namespace rackrace
