// Two runs: where they part, what was set otherwise, and figures of both.
#include "viz/window/screens/parting_panel.h"
#include "viz/window/screens/screens.h"

namespace rackrace {

ScreenKind compare_screen() {
    return screen_of(Screen::compare, "Compare", Needs::run,
                     {{"Where they part", "", draw_parting_panel}, {"Prices", "prices-against"}, {"Firm", "firm-against"}, {"Demand", "demand-against"}, {"Events", "events-against"}},
                     "under 0.34 beside 0.42 0 4 beside 0.5 1 under 0.5 3 2");
}

}  // namespace rackrace
