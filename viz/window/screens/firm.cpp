// One firm: its numbers over the run, what moved its cash, its chips, contracts and debt, and what it decided in the quarter.
#include "viz/window/screens/decision_panel.h"
#include "viz/window/screens/firm_line.h"
#include "viz/window/screens/screens.h"

namespace rackrace {

ScreenKind firm_screen() {
    return {Screen::firm,
            "Firm",
            true,
            {{"Firm", "firm", 0.0F, 0.0F, 0.37F, 0.63F,
              [](Session& session, const WindowLook& look) { draw_firm_line(prepare_firm_line(session), session, look); }},
             {"Cash bridge", "cash-bridge", 0.37F, 0.0F, 0.69F, 0.63F},
             {"Decision", "", 0.69F, 0.0F, 1.0F, 0.63F,
              [](Session& session, const WindowLook& look) { draw_decision(prepare_decision(session), session, look); }},
             {"Fleet", "fleet", 0.0F, 0.63F, 0.37F, 1.0F},
             {"Contracts", "contract-ladder", 0.37F, 0.63F, 0.69F, 1.0F},
             {"Debt", "debt-ladder", 0.69F, 0.63F, 1.0F, 1.0F}}};
}

}  // namespace rackrace
