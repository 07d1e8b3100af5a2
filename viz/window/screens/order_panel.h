// The order that a person points at in an auction, or pinned, or else the one that set the price (viz/figures/price_setter.h), or where the outside or a
// rule did, the nearest to it: owner, quantity, price, what it got, and the line of the script that placed it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/window/look.h"
#include "viz/window/placed_orders.h"
#include "viz/window/session.h"

namespace rackrace {

struct OrderReading {
    std::string heading;                // how it comes to be shown: "Pinned", "Set the price", "The outside's ask at 1.346 $/h set the price; the firm order nearest to it:"
    std::optional<PlacedText> order;    // nothing where no firm placed one
    std::vector<ScriptLine> lines;      // of its script, around the line that placed it
    std::string in_auction;             // how the order stood in it and what it got; empty where it did not
    std::vector<std::string> findings;  // of the auction
    std::vector<std::string> notes;     // of its figure: surplus, who is served of a tie, what the steps are
    std::string empty_text;             // why there is no order
    std::string unrecorded;             // the order is not as recorded, and why; empty where it is
    bool has_ghost = false;
};

OrderReading prepare_order(Session& session);
void draw_order(const OrderReading& reading, Session& session, const WindowLook& look);

inline constexpr const char* kScriptLabel = "script lines";

/// Lines of a script with their numbers; the one that is meant is marked and whole, in as many lines as it needs, others are cut. Shared by panels that
/// show where an order comes from.
void draw_script(const std::vector<ScriptLine>& lines, int line, const WindowLook& look);

}  // namespace rackrace
