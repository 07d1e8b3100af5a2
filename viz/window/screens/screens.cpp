#include "viz/window/screens/screens.h"

#include <algorithm>

#include <imgui.h>

#include "viz/window/screens/tile.h"
#include "viz/window/screens/tile_moves.h"
#include "viz/window/screens/tile_titles.h"

namespace rackrace {

const std::vector<ScreenKind>& screen_kinds() {
    static const std::vector<ScreenKind> kinds = {market_screen(), auction_screen(), firm_screen(), network_screen(), events_screen(), ensemble_screen(), compare_screen(), strategy_screen(), home_screen()};
    return kinds;
}

const ScreenKind& screen_kind(Screen screen) {
    return *std::find_if(screen_kinds().begin(), screen_kinds().end(), [&](const ScreenKind& kind) { return kind.screen == screen; });
}

ScreenKind screen_of(Screen screen, const char* title, Needs needs, std::vector<Tile> tiles, const char* tiling) {
    const int count = static_cast<int>(tiles.size());
    return {screen, title, needs, std::move(tiles), tiling_of_text(tiling, count).value()};
}

const Tiling& tiling_of(const ViewState& view, const ScreenKind& kind) {
    const auto at = view.tilings.find(kind.screen);
    return at == view.tilings.end() ? kind.tiling : at->second;
}

Tiling& own_tiling(ViewState& view, const ScreenKind& kind) { return view.tilings.try_emplace(kind.screen, kind.tiling).first->second; }

namespace {

constexpr double kLowestTile = 150.0;    // at scale 1: below it a figure is a title and a scroll bar
constexpr double kTitleBesides = 360.0;  // at scale 1: room for the title and the buttons of a tile beside the titles of all

/// One tile fills the room; without the others' titles where it was maximised.
void draw_one(const ScreenKind& kind, bool has_titles, Session& session, const WindowLook& look) {
    const bool has_room = ImGui::GetContentRegionAvail().x >= titles_width(kind) + look.px(kTitleBesides);
    if (has_titles && !has_room) {
        draw_titles(kind, session, look);
        ImGui::NewLine();
    }
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    TilePose pose{{session.view.tile, {}, false}, at, {at.x + room.x, at.y + room.y}, kind, nullptr};
    pose.has_titles = has_titles && has_room;
    draw_tile(pose, session, look);
}

bool shows_fan(const ScreenKind& kind, const ViewState& view, bool is_alone) {
    const auto is_fan = [](const Tile& tile) { return std::string_view(tile.figure) == "fan"; };
    if (is_alone || view.is_tile_maximised) return is_fan(kind.tiles[static_cast<std::size_t>(view.tile)]);
    return std::any_of(kind.tiles.begin(), kind.tiles.end(), is_fan);
}

}  // namespace

bool shows_one_tile(const Tiling& tiling, double height) {
    const std::vector<PlacedTile> placed = placed_tiles(tiling);
    return placed.size() > 1 && std::any_of(placed.begin(), placed.end(),
                                            [&](const PlacedTile& tile) { return !tile.is_torn && tile.box.height() * height < kLowestTile; });
}

void draw_screen(Session& session, const WindowLook& look) {
    const ScreenKind& kind = screen_kind(session.has_any() ? session.view.screen : Screen::home);
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const bool is_alone = shows_one_tile(tiling_of(session.view, kind), static_cast<double>(room.y) / look.scale);
    session.view.hovered.clear();
    if (!shows_fan(kind, session.view, is_alone)) session.view.hovered_run.clear();  // the pointer cannot be over it
    if (is_alone || session.view.is_tile_maximised) {
        draw_one(kind, !session.view.is_tile_maximised, session, look);
    } else {
        const TileRoom whole{at, room, look.px(6.0)};
        drag_borders(whole, kind, session, look);
        for (const PlacedTile& tile : placed_tiles(tiling_of(session.view, kind)))
            draw_tile({tile, whole.corner(tile.box), whole.opposite(tile.box), kind, &whole}, session, look);
    }
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy(room);
}

}  // namespace rackrace
