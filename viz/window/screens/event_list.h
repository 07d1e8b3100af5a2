// Events as rows: time, firm, kind, size, sentence; chips that show and hide kinds.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "viz/window/look.h"
#include "viz/window/session.h"

namespace rackrace {

struct EventList {
    struct Kind {
        std::string kind, title;  // as the replay writes it; for a person
        int look = 0;
        std::size_t count = 0;
        bool is_shown = true;
        bool is_grave = false;  // a failure, or trouble
    };
    std::vector<Kind> kinds;
    std::map<std::string, std::size_t> kind_places;  // in `kinds`, by kind
    std::vector<std::size_t> rows;                   // of table events, those shown, in the order of time
    std::size_t all = 0;
    std::string unrecorded;  // its rows are not as recorded, and why; empty where they are
};

EventList prepare_event_list(Session& session);
void draw_event_list(const EventList& list, Session& session, const WindowLook& look);

}  // namespace rackrace
