// What a person points at without a pointer: the figure of the focused tile, the readings under the cursor, the address of the moment.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "viz/window/session.h"

namespace rackrace {

/// Name of the figure in the tile that has the focus; empty where that tile is no figure.
std::string focused_figure(const Session& session);

/// What can be pinned without a pointer.
struct CursorReading {
    std::string address, text;
};
/// Readings of the focused figure that have an address: those at the view's quarter where the figure is over quarters, otherwise all. Of a firm's
/// decision its orders, in the order of placing.
std::vector<CursorReading> readings_at_cursor(Session& session);

/// Names of the marks (act.mark) of the view's firm by quarter: "squeeze, alarm (2 times)".
std::map<int, std::string> marks_of_firm(Session& session);

/// "run@2028Q3#firm=coreweave": the quarter, with the firm, the market or the spot price that the screen is about; of a batch with the firm whose key
/// figure is shown.
std::string address_of_view(const Session& session);

/// Whether both addresses are of one number, firm or run, in whatever quarters and of whatever run: "a@2028Q3#market.spot_i_usd_h", "b@2027Q1#market.spot_i_usd_h".
bool is_same_series(const std::string& address, const std::string& other);

/// The place among the runs of the open batch of the one that is pinned.
std::optional<std::size_t> pinned_run(const Session& session);

}  // namespace rackrace
