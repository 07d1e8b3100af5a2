#include "viz/window/screens/screens.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "viz/window/frame/pieces.h"
#include "viz/window/screens/tile.h"

namespace rackrace {

const std::vector<ScreenKind>& screen_kinds() {
    static const std::vector<ScreenKind> kinds = {market_screen(), auction_screen(), firm_screen(), network_screen(), events_screen(), home_screen()};
    return kinds;
}

const ScreenKind& screen_kind(Screen screen) {
    return *std::find_if(screen_kinds().begin(), screen_kinds().end(), [&](const ScreenKind& kind) { return kind.screen == screen; });
}

namespace {

constexpr double kLowestTile = 150.0;  // at scale 1: below it a figure is a title and a scroll bar

/// The titles of all tiles, the focused one chosen.
void draw_titles(const ScreenKind& kind, Session& session, const WindowLook& look) {
    for (std::size_t i = 0; i < kind.tiles.size(); ++i) {
        const int index = static_cast<int>(i);
        if (choice_button((std::string(kind.tiles[i].title) + "##tile").c_str(), session.view.tile == index, look)) {
            session.view.tile = index;
            session.view.status = std::string(kind.tiles[i].title) + " has the focus.";
        }
        ImGui::SameLine();
    }
    ImGui::NewLine();
}

}  // namespace

bool shows_one_tile(const ScreenKind& kind, double height) {
    return kind.tiles.size() > 1 && std::any_of(kind.tiles.begin(), kind.tiles.end(),
                                                [&](const Tile& tile) { return static_cast<double>(tile.bottom - tile.top) * height < kLowestTile; });
}

void draw_screen(Session& session, const WindowLook& look) {
    const ScreenKind& kind = screen_kind(session.has_run() ? session.view.screen : Screen::home);
    const bool is_alone = shows_one_tile(kind, static_cast<double>(ImGui::GetContentRegionAvail().y) / look.scale);
    if (is_alone && !session.view.is_tile_maximised) draw_titles(kind, session, look);
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const float gap = look.px(6.0);
    session.view.hovered.clear();
    for (std::size_t i = 0; i < kind.tiles.size(); ++i) {
        const Tile& tile = kind.tiles[i];
        const int index = static_cast<int>(i);
        if (session.view.is_tile_maximised || is_alone) {
            if (index == session.view.tile) draw_tile(tile, index, session, look, at, {at.x + room.x, at.y + room.y});
            continue;
        }
        const auto place = [&](float x, float y) { return ImVec2{std::round(at.x + x * (room.x + gap)), std::round(at.y + y * (room.y + gap))}; };
        const ImVec2 corner = place(tile.left, tile.top), opposite = place(tile.right, tile.bottom);
        draw_tile(tile, index, session, look, corner, {opposite.x - gap, opposite.y - gap});
    }
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy(room);
}

}  // namespace rackrace
