// The market over the run: prices, who has compute, who asks for it, chips.
#include "viz/window/screens/screens.h"

namespace rackrace {

ScreenKind market_screen() {
    return {Screen::market,
            "Market",
            true,
            {{"Prices", "prices", 0.0F, 0.0F, 0.55F, 0.54F},
             {"Capacity", "capacity", 0.55F, 0.0F, 1.0F, 0.54F},
             {"Demand", "demand", 0.0F, 0.54F, 0.55F, 1.0F},
             {"Chip queue", "chip-queue", 0.55F, 0.54F, 1.0F, 1.0F}}};
}

}  // namespace rackrace
