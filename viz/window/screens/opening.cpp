#include "viz/window/screens/opening.h"

#include <fmt/format.h>

#include <algorithm>

#include <imgui.h>

#include "viz/window/actions.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/screens/screens.h"
#include "viz/window/screens/tile_moves.h"

namespace rackrace {
namespace {

constexpr double kWidth = 460.0, kHeight = 132.0;  // of the panel, at scale 1
constexpr float kTitleShares[] = {0.42F, 0.3F, 0.36F, 0.26F};

/// A tile as it will be, with bars where title and plot come.
void draw_bones(ImVec2 corner, ImVec2 opposite, std::size_t index, const WindowLook& look) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float padding = look.px(8.0), line = look.px(kTextSize), left = corner.x + padding, right = opposite.x - padding;
    list.AddRectFilled(corner, opposite, packed(panel_ground(*look.theme)), look.px(3.0));
    const ImU32 bone = packed(button_ground(*look.theme));
    const float title = kTitleShares[index % std::size(kTitleShares)] * (right - left);
    list.AddRectFilled({left, corner.y + padding}, {left + title, corner.y + padding + line}, bone, look.px(3.0));
    for (int n = 1; n <= 3; ++n) {
        const float y = corner.y + padding + line + static_cast<float>(n) * (opposite.y - corner.y - line - 2.0F * padding) / 4.0F;
        list.AddLine({left, y}, {right, y}, bone, look.px(2.0));
    }
}

void draw_progress(double share, const WindowLook& look) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = look.px(10.0);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(at, {at.x + width, at.y + height}, packed(button_ground(*look.theme)), look.px(3.0));
    list.AddRectFilled(at, {at.x + static_cast<float>(share) * width, at.y + height}, packed(focus_colour(*look.theme)), look.px(3.0));
    ImGui::Dummy({width, height});
}

}  // namespace

OpeningPanel prepare_opening(const Session& session) {
    const Opening opening = session.opening().value_or(Opening{});
    const std::size_t of = std::max<std::size_t>(1, opening.of);
    return {"Opens " + opening.run, opening.doing.empty() ? "is read" : fmt::format("{}, step {} of {}", opening.doing, opening.done + 1, opening.of),
            static_cast<double>(opening.done) / static_cast<double>(of)};
}

void draw_opening(const OpeningPanel& opening, Session& session, const WindowLook& look) {
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const float gap = look.px(6.0);
    const TileRoom whole{at, room, gap};
    for (const PlacedTile& tile : placed_tiles(screen_kind(Screen::market).tiling))
        draw_bones(whole.corner(tile.box), whole.opposite(tile.box), static_cast<std::size_t>(tile.tile), look);
    const ImVec2 size{std::min(look.px(kWidth), room.x), std::min(look.px(kHeight), room.y)};
    ImGui::SetCursorScreenPos({at.x + (room.x - size.x) / 2.0F, at.y + (room.y - size.y) / 2.0F});
    ImGui::PushStyleColor(ImGuiCol_ChildBg, packed(look.theme->ground));
    ImGui::BeginChild("opening", size, ImGuiChildFlags_Borders, ImGuiWindowFlags_NoScrollbar);
    ImGui::PopStyleColor();
    const float width = ImGui::GetContentRegionAvail().x, line = look.px(kTextSize + 6.0);
    put_text(ImGui::GetCursorScreenPos(), look.theme->ink, opening.title, width, look);
    ImGui::Dummy({width, line});
    put_text(ImGui::GetCursorScreenPos(), look.theme->muted, opening.doing, width, look, kSmallTextSize);
    ImGui::Dummy({width, line});
    draw_progress(opening.share, look);
    if (choice_button("Esc Stop", false, look)) session.stop_opening();
    ImGui::EndChild();
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy(room);
}

}  // namespace rackrace
