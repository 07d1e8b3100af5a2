// Who is tied to whom: contracts and supply between the firms at the cursor's quarter, the same in rows, and who hangs most on one other.
#include "viz/window/screens/screens.h"
#include "viz/window/screens/ties_panel.h"

namespace rackrace {

ScreenKind network_screen() {
    return screen_of(
        Screen::network, "Network", Needs::run,
        {{"Network", "network"}, {"Ties", "", [](Session& session, const WindowLook& look) { draw_ties(prepare_ties(session), session, look); }},
         {"Exposure", "exposure"}},
        "beside 0.72 0 under 0.44 1 2");
}

}  // namespace rackrace
