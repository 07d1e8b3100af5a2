// A tile: its title, the buttons in its corner, the ring of the focus, and in it a figure, the figure's table, or a panel.
#pragma once

#include <imgui.h>

#include "viz/window/screens/screens.h"
#include "viz/window/screens/tile_moves.h"

namespace rackrace {

struct TileHead {
    std::string title;  // of the figure where the tile has one
    std::string about;  // how to read it, in the tooltip of the title and of the button "i"; empty for none
    bool has_figure = false, is_table = false, can_be_log = false;
    bool can_be_growth = false, is_growth = false;
    bool can_be_maximised = false;  // false where it is the screen's only tile
};
TileHead prepare_tile(const Tile& tile, Session& session);

/// Where a tile is drawn.
struct TilePose {
    PlacedTile tile;
    ImVec2 corner, opposite;  // of the screen, in pixels
    const ScreenKind& kind;
    const TileRoom* room = nullptr;  // that it can be moved in; nullptr: it fills all of it
    bool has_titles = false;         // of all tiles, in the line of its own
};
void draw_tile(const TilePose& pose, Session& session, const WindowLook& look);

}  // namespace rackrace
