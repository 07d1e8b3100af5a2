// Who is tied to whom: contracts and supply between the firms at the cursor's quarter, and the same in rows.
#include "viz/window/screens/screens.h"
#include "viz/window/screens/ties_panel.h"

namespace rackrace {

ScreenKind network_screen() {
    return screen_of(
        Screen::network, "Network", Needs::run,
        {{"Network", "network"}, {"Ties", "", [](Session& session, const WindowLook& look) { draw_ties(prepare_ties(session), session, look); }}},
        "beside 0.72 0 1");
}

}  // namespace rackrace
