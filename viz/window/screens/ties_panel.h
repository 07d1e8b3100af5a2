// The twin of the network in rows: who owes whom how much, those of the picked firm first, and what others lose first if that firm fails.
#pragma once

#include <string>
#include <vector>

#include "viz/window/look.h"
#include "viz/window/session.h"

namespace rackrace {

struct TieList {
    struct Row {
        std::string who, kind, money, reason, address;  // "coreweave to openai", "contracts, delivering", "11.8 B$"
        int look = 0;
        bool is_of_firm = false;
    };
    std::string firm;
    std::vector<std::string> losses;  // first-round, of the firm's lenders, buyers and sellers; recorded numbers
    std::vector<Row> rows;            // those of the firm first, then by money
    std::string empty_text;           // why there are no rows
    std::string unrecorded;           // the losses are not as recorded, and why; empty where they are
};

TieList prepare_ties(Session& session);
void draw_ties(const TieList& list, Session& session, const WindowLook& look);

}  // namespace rackrace
