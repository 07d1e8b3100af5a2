// What a mouse does to the places of tiles: drags a tile by its title onto a side of another, or off it; drags the border between two; a torn
// tile by its corner. The same by keys is in the table of actions.
#pragma once

#include <string>

#include <imgui.h>

#include "viz/window/screens/screens.h"

namespace rackrace {

/// The room of a screen in the window: shares as places, with a gap between tiles.
struct TileRoom {
    ImVec2 at, size;
    float gap = 0.0F;
    ImVec2 corner(const ShareBox& box) const;
    ImVec2 opposite(const ShareBox& box) const;
};

/// The borders between the tiles, "border 0" and so on from the outermost cut.
void drag_borders(const TileRoom& room, const ScreenKind& kind, Session& session, const WindowLook& look);

/// After the item that a tile is dragged by: shows where it would go, and puts it there when it is let go.
void drag_tile(const PlacedTile& tile, const TileRoom& room, const ScreenKind& kind, Session& session, const WindowLook& look);

/// The corner of a torn tile, "Prices: size".
void drag_corner(const std::string& label, const PlacedTile& tile, const TileRoom& room, const ScreenKind& kind, Session& session,
                 const WindowLook& look);

}  // namespace rackrace
