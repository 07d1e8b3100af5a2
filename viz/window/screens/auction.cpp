// One market in one quarter: which market, its curves, and the order that a person points at, down to the line of its script.
#include "viz/window/screens/markets_panel.h"
#include "viz/window/screens/order_panel.h"
#include "viz/window/screens/screens.h"

namespace rackrace {

ScreenKind auction_screen() {
    return {
        Screen::auction,
        "Auction",
        true,
        {{"Clearing", "auction", 0.17F, 0.0F, 0.68F, 1.0F},
         {"Order", "", 0.68F, 0.0F, 1.0F, 1.0F, [](Session& session, const WindowLook& look) { draw_order(prepare_order(session), session, look); }},
         {"Markets", "", 0.0F, 0.0F, 0.17F, 1.0F,
          [](Session& session, const WindowLook& look) { draw_markets(prepare_markets(session), session, look); }}}};
}

}  // namespace rackrace
