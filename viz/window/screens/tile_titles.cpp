#include "viz/window/screens/tile_titles.h"

#include <imgui.h>

#include "viz/window/frame/pieces.h"

namespace rackrace {

float titles_width(const ScreenKind& kind) {
    float width = 0.0F;
    for (const Tile& tile : kind.tiles) width += button_width(tile.title) + ImGui::GetStyle().ItemSpacing.x;
    return width;
}

void draw_titles(const ScreenKind& kind, Session& session, const WindowLook& look) {
    for (std::size_t i = 0; i < kind.tiles.size(); ++i) {
        const int index = static_cast<int>(i);
        if (choice_button((std::string(kind.tiles[i].title) + "##tile").c_str(), session.view.tile == index, look)) {
            session.view.tile = index;
            session.view.status = std::string(kind.tiles[i].title) + " has the focus.";
        }
        ImGui::SameLine();
    }
}

}  // namespace rackrace
