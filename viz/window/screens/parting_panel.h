// Where the open run and the second one part, and what they were given otherwise.
#pragma once

#include <string>
#include <vector>

#include "viz/window/look.h"
#include "viz/window/session.h"

namespace rackrace {

struct PartingReading {
    std::string runs;                  // "base-2026-s1-6c9e and base-2026-s1-77ab"
    std::string parting;               // a sentence
    std::vector<std::string> changed;  // settings_difference, the first few
    std::size_t changed_count = 0;
};
/// Without a second run: what to do for one.
PartingReading prepare_parting(const Session& session);

void draw_parting_panel(Session& session, const WindowLook& look);

}  // namespace rackrace
