// The script of the decision that is stepped through: its lines with how often each ran, the line that is shown, the line that is marked; and buttons
// for the ways on and back.
#pragma once

#include <string>
#include <vector>

#include "viz/window/look.h"
#include "viz/window/session.h"

namespace rackrace {

struct ScriptRow {
    int number = 0;
    std::string text;
    std::string passes;        // how often it ran: "12"; empty for never
    bool is_shown = false, is_marked = false;
    std::string note;          // of the shown line: an order that it placed and was refused
};

struct ScriptReading {
    std::string heading;       // "ladder.lua   nebius   2028Q3   decide, line 37, pass 2 of 8"
    std::string about;         // where it stands among all steps, and whether the decision is the recorded one
    std::string edit;          // what the checker says of the script in the editor; empty where none is edited for the firm
    bool edit_is_wrong = false;
    std::string empty_text;    // why there is no script to show
    std::vector<ScriptRow> rows;
    int shown = 0;             // its line
    int step = 0;              // which of all: another one scrolls its line into sight
};

ScriptReading prepare_script(Session& session);
void draw_stepped_script(const ScriptReading& reading, Session& session, const WindowLook& look);

}  // namespace rackrace
