// The market over the run: prices, who has compute, who asks for it, chips.
#include "viz/window/screens/screens.h"

namespace rackrace {

ScreenKind market_screen() {
    return screen_of(Screen::market, "Market", Needs::run,
                     {{"Prices", "prices"}, {"Capacity", "capacity"}, {"Demand", "demand"}, {"Chip queue", "chip-queue"}},
                     "under 0.54 beside 0.55 0 1 beside 0.55 2 3");
}

}  // namespace rackrace
