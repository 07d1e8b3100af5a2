// A tile: its title, the buttons in its corner, the ring of the focus, and in it a figure, the figure's table, or a panel.
#pragma once

#include <imgui.h>

#include "viz/window/screens/screens.h"

namespace rackrace {

struct TileHead {
    std::string title;  // of the figure where the tile has one
    std::string about;  // how to read it, in the tooltip of the title and of the button "i"; empty for none
    bool has_figure = false, is_table = false, can_be_log = false;
    bool can_be_maximised = false;  // false where it is the screen's only tile
};
TileHead prepare_tile(const Tile& tile, Session& session);

/// Draws it between two corners of the screen; `index` is its place among the tiles of the screen.
void draw_tile(const Tile& tile, int index, Session& session, const WindowLook& look, ImVec2 corner, ImVec2 opposite);

}  // namespace rackrace
