// One firm: its numbers over the run, what moved its cash, its chips, contracts and debt, and what it decided in the quarter.
#include "viz/window/screens/decision_panel.h"
#include "viz/window/screens/firm_line.h"
#include "viz/window/screens/screens.h"

namespace rackrace {

ScreenKind firm_screen() {
    return screen_of(Screen::firm, "Firm", Needs::run,
                     {{"Firm", "firm", [](Session& session, const WindowLook& look) { draw_firm_line(prepare_firm_line(session), session, look); }},
                      {"Cash bridge", "cash-bridge"},
                      {"Decision", "", [](Session& session, const WindowLook& look) { draw_decision(prepare_decision(session), session, look); }},
                      {"Fleet", "fleet"},
                      {"Contracts", "contract-ladder"},
                      {"Debt", "debt-ladder"}},
                     "under 0.65 beside 0.37 0 beside 0.51 1 2 beside 0.37 3 beside 0.51 4 5");
}

}  // namespace rackrace
