// The window on a display: draws when something asks for it, keeps time, and serves what a person does beside keys and clicks.
#pragma once

#include "viz/window/key_script.h"
#include "viz/window/window.h"

namespace rackrace {

/// Until it is closed, or the request's frames are drawn.
WindowOutcome show_window(Session& session, const WindowRequest& request, KeyScript script, const WindowListener& listener);

}  // namespace rackrace
