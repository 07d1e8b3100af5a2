// What happened: a row an event, filters by kind, and the lanes that show how dense they lie.
#include "viz/window/screens/event_list.h"
#include "viz/window/screens/screens.h"

namespace rackrace {

ScreenKind events_screen() {
    return screen_of(
        Screen::events, "Events", Needs::run,
        {{"Event list", "", [](Session& session, const WindowLook& look) { draw_event_list(prepare_event_list(session), session, look); }},
         {"Lanes", "events"}},
        "under 0.45 0 1");
}

}  // namespace rackrace
