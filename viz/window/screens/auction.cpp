// One market in one quarter: which market, its curves, and the order that a person points at, down to the line of its script.
#include "viz/window/screens/markets_panel.h"
#include "viz/window/screens/order_panel.h"
#include "viz/window/screens/screens.h"

namespace rackrace {

ScreenKind auction_screen() {
    return screen_of(Screen::auction, "Auction", Needs::run,
                     {{"Clearing", "auction"},
                      {"Order", "", [](Session& session, const WindowLook& look) { draw_order(prepare_order(session), session, look); }},
                      {"Markets", "", [](Session& session, const WindowLook& look) { draw_markets(prepare_markets(session), session, look); }}},
                     "beside 0.17 2 beside 0.615 0 1");
}

}  // namespace rackrace
