// What a firm decided in the quarter: saw, did, got, trace, as far as the replay holds them.
#pragma once

#include <string>
#include <vector>

#include "viz/window/look.h"
#include "viz/window/placed_orders.h"
#include "viz/window/session.h"

namespace rackrace {

inline constexpr const char* kDecisionTile = "Decision";  // on the screen Firm

struct DecisionReading {
    std::string heading;                // "29 orders, 2 rejected"
    std::vector<std::string> failures;  // callbacks that a script error ended, with file and line
    std::vector<PlacedText> orders;     // did and got
    std::vector<std::string> traces;    // "need_mw 12.5, line 37"
    std::vector<std::string> saw;       // numbers of the books that it decided from
    std::string saw_command;            // prints all that it saw
    std::string pinned;                 // address of the order whose script is shown; empty for none
    std::vector<ScriptLine> lines;      // of that order's script
    std::string unrecorded;             // what is told is not as recorded, and why; empty where it is
};

DecisionReading prepare_decision(Session& session);
void draw_decision(const DecisionReading& reading, Session& session, const WindowLook& look);

}  // namespace rackrace
