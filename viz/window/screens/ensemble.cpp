// A batch: a key figure over all runs, what it goes with, how it spreads at the cursor, how many runs have a firm in default.
#include "viz/window/screens/ensemble_line.h"
#include "viz/window/screens/screens.h"

namespace rackrace {

ScreenKind ensemble_screen() {
    return screen_of(Screen::ensemble, "Ensemble", Needs::any,
                     {{"Fan", "fan", [](Session& session, const WindowLook& look) { draw_ensemble_line(prepare_ensemble_line(session), session, look); }},
                      {"Drivers", "drivers"},
                      {"Histogram", "histogram"},
                      {"Defaults", "defaults"}},
                     "under 0.57 beside 0.62 0 1 beside 0.5 2 3");
}

}  // namespace rackrace
