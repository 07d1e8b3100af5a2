// What stands beside the script while a decision is stepped through: the locals after the line, the orders so far with what was refused, and what the
// script read, keeps in memory and showed.
#pragma once

#include <string>
#include <vector>

#include "viz/window/look.h"
#include "viz/window/session.h"

namespace rackrace {

struct NamedValue {
    std::string name, value;
    bool is_new = false;       // the line changed it
};

struct LocalsReading {
    std::string heading;       // "Locals after line 37"
    std::vector<NamedValue> rows;
    std::string empty_text;
};
LocalsReading prepare_locals(Session& session);
void draw_locals(const LocalsReading& reading, const WindowLook& look);

struct StepOrder {
    std::string what, outcome, place;
    bool is_rejected = false, is_of_line = false;
};
struct StepOrdersReading {
    std::string heading;       // "2 of 5 orders are placed after this line"
    std::vector<StepOrder> rows;
    std::string error;         // of the script, where the decision failed
    std::string unrecorded;    // what came of the orders is not as recorded, and why; empty where it is
};
StepOrdersReading prepare_step_orders(Session& session);
void draw_step_orders(const StepOrdersReading& reading, const WindowLook& look);

struct InputReading {
    std::vector<NamedValue> saw, memory, traces;  // is_new: by the line that is shown
    std::string unchanged;                        // of memory
};
InputReading prepare_input(Session& session);
void draw_input(const InputReading& reading, const WindowLook& look);

}  // namespace rackrace
