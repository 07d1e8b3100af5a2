// Who is tied to whom: contracts and supply between the firms at the cursor's quarter, and the same in rows.
#include "viz/window/screens/screens.h"
#include "viz/window/screens/ties_panel.h"

namespace rackrace {

ScreenKind network_screen() {
    return {Screen::network,
            "Network",
            true,
            {{"Network", "network", 0.0F, 0.0F, 0.72F, 1.0F},
             {"Ties", "", 0.72F, 0.0F, 1.0F, 1.0F, [](Session& session, const WindowLook& look) { draw_ties(prepare_ties(session), session, look); }}}};
}

}  // namespace rackrace
