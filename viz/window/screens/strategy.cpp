// A firm's decision of the quarter, made again and stepped through: its script, beside it what each line did, and below what the script showed over the run.
#include "viz/window/screens/screens.h"
#include "viz/window/screens/script_panel.h"
#include "viz/window/screens/step_panels.h"

namespace rackrace {

ScreenKind strategy_screen() {
    return screen_of(Screen::strategy, "Strategy", Needs::run,
                     {{"Script", "", [](Session& session, const WindowLook& look) { draw_stepped_script(prepare_script(session), session, look); }},
                      {"Locals", "", [](Session& session, const WindowLook& look) { draw_locals(prepare_locals(session), look); }},
                      {"Orders", "", [](Session& session, const WindowLook& look) { draw_step_orders(prepare_step_orders(session), look); }},
                      {"Saw, memory, trace", "", [](Session& session, const WindowLook& look) { draw_input(prepare_input(session), look); }},
                      {"Traces", "traces"}},
                     "beside 0.58 under 0.68 0 4 under 0.36 1 under 0.48 2 3");
}

}  // namespace rackrace
