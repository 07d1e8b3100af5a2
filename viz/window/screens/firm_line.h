// Who the firm is, in one line above its pictures; its name opens the list of firms.
#pragma once

#include <string>

#include "viz/window/look.h"
#include "viz/window/session.h"

namespace rackrace {

struct FirmLine {
    std::string firm;
    std::size_t failures = 0;  // of its decisions, in the whole run
    std::string text;  // "neocloud, healthy, rating 6 of 10, leverage 4.2"
};

FirmLine prepare_firm_line(const Session& session);
void draw_firm_line(const FirmLine& line, Session& session, const WindowLook& look);

}  // namespace rackrace
