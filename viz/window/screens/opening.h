// While a run is being opened: tiles without content, and over them what is being read and how far it is.
#pragma once

#include <string>

#include "viz/window/look.h"
#include "viz/window/session.h"

namespace rackrace {

struct OpeningPanel {
    std::string title, doing;  // "Opens base-2026-s1-6c9e", "reads table orders, step 3 of 47"
    double share = 0.0;        // of the steps that are done
};

/// Of a session that opens a run.
OpeningPanel prepare_opening(const Session& session);
/// Fills the room that the frame left.
void draw_opening(const OpeningPanel& opening, Session& session, const WindowLook& look);

}  // namespace rackrace
