// The markets of a quarter as a list: what each cleared at. A click shows its auction.
#pragma once

#include <string>
#include <vector>

#include "viz/window/look.h"
#include "viz/window/session.h"

namespace rackrace {

struct MarketList {
    struct Row {
        std::string market, price;  // price in the group's unit; empty where nothing was cleared
        bool is_chosen = false;
    };
    struct Group {
        std::string title;  // "Chips, $/chip"
        std::vector<Row> rows;
    };
    std::vector<Group> groups;
    std::string unrecorded;  // its rows are not as recorded, and why; empty where they are
};

MarketList prepare_markets(const Session& session);
void draw_markets(const MarketList& list, Session& session, const WindowLook& look);

}  // namespace rackrace
