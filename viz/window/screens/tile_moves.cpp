#include "viz/window/screens/tile_moves.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "viz/window/frame/pieces.h"

namespace rackrace {
namespace {

constexpr double kTargetSide = 34.0, kTargetStep = 38.0;  // of the squares that a tile is dropped on, at scale 1
constexpr float kFewestPixels = 64.0F;                    // squared: less is a click
constexpr TileSide kSides[] = {TileSide::middle, TileSide::left, TileSide::right, TileSide::top, TileSide::bottom};

struct Box {
    ImVec2 corner, opposite;
    bool holds(ImVec2 at) const { return at.x >= corner.x && at.x < opposite.x && at.y >= corner.y && at.y < opposite.y; }
};

Box box_of(const TileRoom& room, const PlacedTile& tile) { return {room.corner(tile.box), room.opposite(tile.box)}; }

/// The half of a tile that another one takes when it is put on that side; all of it for the middle.
Box half_of(const Box& whole, TileSide side) {
    Box out = whole;
    const float x = 0.5F * (whole.corner.x + whole.opposite.x), y = 0.5F * (whole.corner.y + whole.opposite.y);
    if (side == TileSide::left) out.opposite.x = x;
    if (side == TileSide::right) out.corner.x = x;
    if (side == TileSide::top) out.opposite.y = y;
    if (side == TileSide::bottom) out.corner.y = y;
    return out;
}

/// The square in the middle of a tile that stands for one of its sides.
Box target_of(const Box& tile, TileSide side, const WindowLook& look) {
    const float r = 0.5F * look.px(kTargetSide), step = look.px(kTargetStep);
    const float x = 0.5F * (tile.corner.x + tile.opposite.x) + (side == TileSide::left ? -step : side == TileSide::right ? step : 0.0F);
    const float y = 0.5F * (tile.corner.y + tile.opposite.y) + (side == TileSide::top ? -step : side == TileSide::bottom ? step : 0.0F);
    return {{x - r, y - r}, {x + r, y + r}};
}

struct Drop {
    int target;
    TileSide side;
};

/// The squares of the tile under the pointer, and the half that would be taken; the drop that letting go would be.
std::optional<Drop> draw_targets(const PlacedTile& moved, const TileRoom& room, const Tiling& tiling, const WindowLook& look) {
    ImDrawList& list = *ImGui::GetForegroundDrawList();
    const ImVec2 mouse = ImGui::GetMousePos();
    std::optional<Drop> out;
    for (const PlacedTile& one : placed_tiles(tiling)) {
        const Box tile = box_of(room, one);
        if (one.is_torn || one.tile == moved.tile || !tile.holds(mouse)) continue;
        for (const TileSide side : kSides) {
            const Box square = target_of(tile, side, look);
            const bool is_meant = square.holds(mouse);
            if (is_meant) {
                out = Drop{one.tile, side};
                const Box half = half_of(tile, side);
                list.AddRectFilled(half.corner, half.opposite, packed(focus_colour(*look.theme), 0.3), look.px(3.0));
            }
            const Box sign = half_of({{square.corner.x + look.px(7.0), square.corner.y + look.px(7.0)},
                                      {square.opposite.x - look.px(7.0), square.opposite.y - look.px(7.0)}},
                                     side);
            list.AddRectFilled(square.corner, square.opposite, packed(is_meant ? chosen_ground(*look.theme) : button_ground(*look.theme)),
                               look.px(3.0));
            list.AddRect(square.corner, square.opposite, packed(look.theme->axis), look.px(3.0));
            list.AddRectFilled(sign.corner, sign.opposite, packed(is_meant ? look.theme->ink : look.theme->muted));
        }
    }
    return out;
}

ShareBox moved_by(const ShareBox& box, ImVec2 by, const TileRoom& room) {
    const double x = static_cast<double>(by.x / room.size.x), y = static_cast<double>(by.y / room.size.y);
    return {box.left + x, box.top + y, box.right + x, box.bottom + y};
}

}  // namespace

ImVec2 TileRoom::corner(const ShareBox& box) const {
    return {std::round(at.x + static_cast<float>(box.left) * (size.x + gap)), std::round(at.y + static_cast<float>(box.top) * (size.y + gap))};
}

ImVec2 TileRoom::opposite(const ShareBox& box) const {
    return {std::round(at.x + static_cast<float>(box.right) * (size.x + gap)) - gap,
            std::round(at.y + static_cast<float>(box.bottom) * (size.y + gap)) - gap};
}

void drag_borders(const TileRoom& room, const ScreenKind& kind, Session& session, const WindowLook& look) {
    std::size_t n = 0;
    for (const TileBorder& border : borders_of(tiling_of(session.view, kind))) {
        const ImVec2 low = room.corner(border.room), high = room.opposite(border.room);
        const float x = room.at.x + static_cast<float>(border.at) * (room.size.x + room.gap) - room.gap;
        const float y = room.at.y + static_cast<float>(border.at) * (room.size.y + room.gap) - room.gap;
        ImGui::SetCursorScreenPos(border.is_upright ? ImVec2{x, low.y} : ImVec2{low.x, y});
        ImGui::InvisibleButton(fmt::format("border {}", n++).c_str(),
                               border.is_upright ? ImVec2{room.gap, high.y - low.y} : ImVec2{high.x - low.x, room.gap});
        const bool is_held = ImGui::IsItemActive();
        if (!is_held && !ImGui::IsItemHovered()) continue;
        ImGui::SetMouseCursor(border.is_upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
        ImGui::GetWindowDrawList()->AddRectFilled(ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), packed(focus_colour(*look.theme)), look.px(3.0));
        if (!is_held || !ImGui::IsMouseDragging(ImGuiMouseButton_Left)) continue;
        const ImVec2 mouse = ImGui::GetMousePos();
        const float share = border.is_upright ? (mouse.x - low.x) / (high.x - low.x) : (mouse.y - low.y) / (high.y - low.y);
        move_border(own_tiling(session.view, kind), border.part, static_cast<double>(share));
        session.view.status = "The border is moved; Ctrl+S keeps it, Alt+Z takes it back.";
    }
}

void drag_tile(const PlacedTile& tile, const TileRoom& room, const ScreenKind& kind, Session& session, const WindowLook& look) {
    const bool is_held = ImGui::IsItemActive(), is_let_go = ImGui::IsItemDeactivated();
    if (ImGui::IsItemHovered() || is_held) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    const ImGuiIO& io = ImGui::GetIO();
    if ((!is_held && !is_let_go) || io.MouseDragMaxDistanceSqr[0] < kFewestPixels) return;
    ViewState& view = session.view;
    Tiling& tiling = own_tiling(view, kind);
    const std::string title = kind.tiles[static_cast<std::size_t>(tile.tile)].title;
    view.tile = tile.tile;
    const std::optional<Drop> drop = draw_targets(tile, room, tiling, look);
    if (is_held) {
        if (tile.is_torn) move_torn(tiling, tile.tile, moved_by(tile.box, io.MouseDelta, room));
        else if (!drop) {
            const ImVec2 by{io.MousePos.x - io.MouseClickedPos[0].x, io.MousePos.y - io.MouseClickedPos[0].y};
            const Box box = box_of(room, {tile.tile, moved_by(tile.box, by, room), true});
            ImGui::GetForegroundDrawList()->AddRect(box.corner, box.opposite, packed(focus_colour(*look.theme)), look.px(3.0), look.px(2.0));
        }
        return;
    }
    if (drop) {
        put_tile(tiling, tile.tile, drop->target, drop->side);
        view.status = title + (drop->side == TileSide::middle ? " changed places with " : " is beside ") +
                      kind.tiles[static_cast<std::size_t>(drop->target)].title + "; Ctrl+S keeps it, Alt+Z takes it back.";
    } else if (!tile.is_torn) {
        const ImVec2 by{io.MousePos.x - io.MouseClickedPos[0].x, io.MousePos.y - io.MouseClickedPos[0].y};
        const bool is_off = tear_off(tiling, tile.tile, moved_by(tile.box, by, room));
        view.status = title + (is_off ? " is torn off; Shift+Z puts it back." : " is the last tile in its place, and stays.");
    }
}

void drag_corner(const std::string& label, const PlacedTile& tile, const TileRoom& room, const ScreenKind& kind, Session& session,
                 const WindowLook& look) {
    const ImVec2 end = room.opposite(tile.box);
    const float side = look.px(16.0);
    ImGui::SetCursorScreenPos({end.x - side, end.y - side});
    ImGui::InvisibleButton(label.c_str(), {side, side});
    const bool is_held = ImGui::IsItemActive();
    ImGui::GetWindowDrawList()->AddTriangleFilled(
        {end.x - side, end.y}, end, {end.x, end.y - side},
        packed(is_held || ImGui::IsItemHovered() ? focus_colour(*look.theme) : std::string_view(look.theme->axis)));
    if (is_held || ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNWSE);
    if (!is_held || ImGui::IsItemActivated()) return;  // the pointer may have jumped to it
    ShareBox box = tile.box;
    box.right += static_cast<double>(ImGui::GetIO().MouseDelta.x / room.size.x);
    box.bottom += static_cast<double>(ImGui::GetIO().MouseDelta.y / room.size.y);
    move_torn(own_tiling(session.view, kind), tile.tile, box);
}

}  // namespace rackrace
