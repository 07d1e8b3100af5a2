// What happened: a row an event, filters by kind, and the lanes that show how dense they lie.
#include "viz/window/screens/event_list.h"
#include "viz/window/screens/screens.h"

namespace rackrace {

ScreenKind events_screen() {
    return {Screen::events,
            "Events",
            true,
            {{"Event list", "", 0.0F, 0.0F, 1.0F, 0.45F,
              [](Session& session, const WindowLook& look) { draw_event_list(prepare_event_list(session), session, look); }},
             {"Lanes", "events", 0.0F, 0.45F, 1.0F, 1.0F}}};
}

}  // namespace rackrace
