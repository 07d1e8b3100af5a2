#include "viz/window/screens/tile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/quarter_index.h"
#include "viz/figures/against.h"
#include "viz/figures/describe.h"
#include "viz/figures/figure_layout.h"
#include "viz/figures/growth.h"
#include "viz/window/actions.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/plot.h"
#include "viz/window/screens/tile_titles.h"
#include "viz/window/table_twin.h"
#include "viz/window/thread_actions.h"
#include "viz/window/zoom.h"

namespace rackrace {
namespace {

constexpr double kWidestTooltip = 460.0;  // pixels at scale 1

enum class Corner { about, log, growth, table, maximise, restore, write };

void draw_corner(ImDrawList& list, ImVec2 c, float r, Corner corner, ImU32 ink, float line) {
    const auto box = [&](float left, float top, float right, float bottom) {
        list.AddRect({c.x + left * r, c.y + top * r}, {c.x + right * r, c.y + bottom * r}, ink, 0.0F, line);
    };
    const auto stroke = [&](float x0, float y0, float x1, float y1) {
        list.AddLine({c.x + x0 * r, c.y + y0 * r}, {c.x + x1 * r, c.y + y1 * r}, ink, line);
    };
    switch (corner) {
        case Corner::about:
            list.AddRectFilled({c.x - 0.15F * r, c.y - r}, {c.x + 0.15F * r, c.y - 0.65F * r}, ink);
            list.AddRectFilled({c.x - 0.15F * r, c.y - 0.35F * r}, {c.x + 0.15F * r, c.y + r}, ink);
            break;
        case Corner::log:
            stroke(-1.0F, 1.0F, 1.0F, 1.0F), stroke(-1.0F, 0.35F, 1.0F, 0.35F), stroke(-1.0F, -0.1F, 1.0F, -0.1F), stroke(-1.0F, -0.4F, 1.0F, -0.4F),
                stroke(-1.0F, -1.0F, -1.0F, 1.0F);
            break;
        case Corner::growth:
            stroke(-1.0F, 1.0F, -0.2F, 0.0F), stroke(-0.2F, 0.0F, 0.2F, 0.4F), stroke(0.2F, 0.4F, 1.0F, -0.8F), stroke(1.0F, -0.8F, 0.2F, -0.8F),
                stroke(1.0F, -0.8F, 1.0F, 0.0F);
            break;
        case Corner::table: box(-1.0F, -0.9F, 1.0F, 0.9F), stroke(-1.0F, -0.3F, 1.0F, -0.3F), stroke(-0.2F, -0.9F, -0.2F, 0.9F); break;
        case Corner::maximise: box(-1.0F, -1.0F, 1.0F, 1.0F), stroke(-1.0F, -0.8F, 1.0F, -0.8F); break;
        case Corner::restore: box(-1.0F, -0.4F, 0.4F, 1.0F), box(-0.4F, -1.0F, 1.0F, 0.4F); break;
        case Corner::write:
            stroke(0.0F, -1.0F, 0.0F, 0.4F), stroke(-0.5F, -0.1F, 0.0F, 0.4F), stroke(0.5F, -0.1F, 0.0F, 0.4F), stroke(-1.0F, 1.0F, 1.0F, 1.0F);
            break;
    }
}

/// "Prices: table" is its label; the tooltip says what it does. Moves `at_next` to the place of the next one.
bool corner_button(const Tile& tile, const char* what, Corner corner, bool is_chosen, ImVec2& at_next, const WindowLook& look) {
    const float side = look.px(kTarget);
    const ImVec2 at = at_next;
    at_next.x += side;
    ImGui::SetCursorScreenPos(at);
    const bool is_pressed = ImGui::InvisibleButton(fmt::format("{}: {}", tile.title, what).c_str(), {side, side});
    const bool is_hovered = ImGui::IsItemHovered();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Theme& theme = *look.theme;
    if (is_hovered) list.AddRectFilled(at, {at.x + side, at.y + side}, packed(hovered_ground(theme)), look.px(3.0));
    if (is_chosen) list.AddRectFilled({at.x, at.y + side - look.px(3.0)}, {at.x + side, at.y + side}, packed(focus_colour(theme)));
    draw_corner(list, {at.x + 0.5F * side, at.y + 0.5F * side}, look.px(6.0), corner, packed(is_hovered || is_chosen ? theme.ink : theme.muted),
                std::max(1.0F, look.px(1.3)));
    return is_pressed;
}

void tooltip(const std::string& text, const WindowLook& look) {
    if (text.empty() || !ImGui::IsItemHovered() || !ImGui::BeginTooltip()) return;
    ImGui::PushTextWrapPos(look.px(kWidestTooltip));
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
}

void act(Session& session, int index, const char* action) {
    session.view.tile = index;
    perform(*find_action(action), session);
}

void draw_buttons(const Tile& tile, const TileHead& head, int index, ImVec2 at, Session& session, const WindowLook& look) {
    const bool is_maximised = session.view.is_tile_maximised;
    if (head.has_figure) {
        corner_button(tile, "about", Corner::about, false, at, look);
        tooltip(head.about, look);
        if (head.can_be_log) {
            if (corner_button(tile, "log", Corner::log, session.view.is_log, at, look)) act(session, index, "log");
            tooltip("Prices on axes of equal ratios (Y)", look);
        }
        if (head.can_be_growth) {
            if (corner_button(tile, "growth", Corner::growth, head.is_growth, at, look)) act(session, index, "growth");
            tooltip("Growth on the quarter before, or levels (D)", look);
        }
        if (corner_button(tile, "table", Corner::table, head.is_table, at, look)) act(session, index, "table");
        tooltip("As a table, and back (T)", look);
        if (corner_button(tile, "export", Corner::write, false, at, look)) act(session, index, "export");
        tooltip("Write it to a file (E)", look);
    }
    if (!head.can_be_maximised) return;
    if (corner_button(tile, "maximise", is_maximised ? Corner::restore : Corner::maximise, is_maximised, at, look)) act(session, index, "maximise");
    tooltip(is_maximised ? "All tiles again (Z)" : "This tile alone (Z)", look);
}

/// Title and buttons; the title is what the tile is moved by.
void draw_head(const TilePose& pose, const Tile& tile, const TileHead& head, Session& session, const WindowLook& look) {
    const int index = pose.tile.tile;
    const int buttons = (head.can_be_maximised ? 1 : 0) + (head.has_figure ? 3 + (head.can_be_log ? 1 : 0) + (head.can_be_growth ? 1 : 0) : 0);
    const float side = look.px(kTarget),
                right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x - side * static_cast<float>(buttons);
    if (pose.has_titles) draw_titles(pose.kind, session, look);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = std::max(1.0F, right - at.x - look.px(4.0));
    ImGui::InvisibleButton((std::string(tile.title) + ": move").c_str(), {width, side});
    if (ImGui::IsItemActivated()) session.view.tile = index;
    if (pose.room != nullptr && head.can_be_maximised) drag_tile(pose.tile, *pose.room, pose.kind, session, look);
    if (!ImGui::IsItemActive()) tooltip(head.title + (head.about.empty() ? "" : "\n" + head.about), look);
    const std::string_view title = width_of(head.title, look) <= width ? std::string_view(head.title) : tile.title;  // the short one is not cut
    if (!pose.has_titles || title != tile.title)
        put_text({at.x, at.y + 0.5F * (side - look.px(kTextSize)) - look.px(1.0)}, look.theme->ink, title, width, look);
    draw_buttons(tile, head, index, {right, at.y}, session, look);
    ImGui::NewLine();  // ends the line of the buttons: what follows would be drawn beside them
    ImGui::SetCursorScreenPos({ImGui::GetCursorScreenPos().x, at.y + side});
}

bool is_over_time(const char* figure) {
    if (const EnsembleKind* kind = find_ensemble_kind(figure)) return !kind->is_of_quarter;
    return std::any_of(figure_kinds().begin(), figure_kinds().end(),
                       [&](const FigureKind& kind) { return kind.name == one_run_name(figure) && !kind.is_of_quarter; });
}

void take(const PlotHit& hit, const std::string& figure, int index, Session& session) {
    ViewState& view = session.view;
    if (hit.hovered != nullptr) view.hovered = hit.hovered->address;
    if (hit.clicked != nullptr && !hit.clicked->address.empty()) {
        view.tile = index;
        view.pinned = view.pinned == hit.clicked->address ? "" : hit.clicked->address;
        view.status = view.pinned.empty() ? "Nothing is pinned." : hit.clicked->reason + (hit.clicked->reason.empty() ? "" : ". ") + "W asks why.";
    }
    if (hit.asked_why != nullptr && !hit.asked_why->address.empty()) {
        view.pinned = hit.asked_why->address;
        act(session, index, "why");
    }
    if (hit.quarter) {
        session.seek(*hit.quarter);
        view.status = "At " + quarter_name(view.t) + ".";
    }
    if (hit.zoomed) view.shown_quarters = hit.zoomed;
    if (hit.values) show_values(view, figure, hit.values->first, hit.values->second);
    if (hit.was_reset) view.shown_quarters.reset();
}

/// In the fan a click picks the run that is highlighted, whatever mark is nearest.
void point_at_run(PlotHit& hit, int index, Session& session) {
    const int t = static_cast<int>(std::lround(hit.at->first));
    hover_run(session, t, hit.at->second);
    if (!hit.is_clicked) return;
    hit.clicked = nullptr;
    session.view.tile = index;
    pin_hovered_run(session, t);
}

void draw_figure_of(const Tile& tile, int index, Session& session, const WindowLook& look) {
    ViewState& view = session.view;
    const FigureModel& figure = session.figure(tile.figure);
    const bool is_fan = session.has_batch() && std::string_view(tile.figure) == "fan";
    if (view.tables.count(tile.figure) != 0) {
        if (is_fan) view.hovered_run.clear();
        draw_table(figure, prepare_table(figure), look);
        return;
    }
    PlotStyle style;
    style.look = look;
    style.shown_quarters = view.shown_quarters;
    style.is_over_time = is_over_time(tile.figure);
    for (const FigurePanel& panel : figure.panels)
        if (const ShareRange part = shown_values(view, tile.figure, panel.id); part.to - part.from < 1.0) style.values[panel.id] = part;
    style.is_log = view.is_log;
    style.has_notes = view.is_tile_maximised;
    style.pinned = view.pinned;
    if (std::string_view(tile.figure) == "auction" && view.has_ghost && session.store().has_quarter(view.t - 1))
        style.ghost = &session.figure_at(tile.figure, view.t - 1);
    PlotHit hit = draw_figure(figure, style);
    if (is_fan && hit.at) point_at_run(hit, index, session);
    else if (is_fan) view.hovered_run.clear();
    take(hit, tile.figure, index, session);
}

}  // namespace

TileHead prepare_tile(const Tile& tile, Session& session) {
    TileHead head;
    head.title = tile.title;
    head.can_be_maximised = screen_kind(session.view.screen).tiles.size() > 1;
    if (std::string_view(tile.figure).empty() || !session.has_any()) return head;
    const FigureModel& figure = session.figure(tile.figure);
    head.has_figure = true;
    head.title = figure.title;
    head.is_table = session.view.tables.count(tile.figure) != 0;
    head.can_be_log = std::any_of(figure.panels.begin(), figure.panels.end(), can_be_log);
    head.is_growth = figure.is_growth;
    head.can_be_growth = figure.is_growth || (session.has_run() && is_over_time(tile.figure) && std::any_of(figure.panels.begin(), figure.panels.end(), can_be_growth));
    head.about = figure.subtitle;
    const auto add = [&](const std::string& text) { head.about += (head.about.empty() ? "" : "\n") + text; };
    for (const std::string& finding : figure.findings) add(finding);
    for (const std::string& note : figure.notes) add(note);
    for (const SumCheck& check : figure.checks)
        if (check.holds()) add("Sum check: " + check_text(check));
    return head;
}

void draw_tile(const TilePose& pose, Session& session, const WindowLook& look) {
    const auto& [corner, opposite] = std::pair{pose.corner, pose.opposite};
    const int index = pose.tile.tile;
    const Tile& tile = pose.kind.tiles[static_cast<std::size_t>(index)];
    ImGui::SetCursorScreenPos(corner);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{look.px(8.0), look.px(2.0)});
    if (pose.tile.is_torn) ImGui::PushStyleColor(ImGuiCol_ChildBg, packed(look.theme->ground));  // it lies over others
    const bool is_seen = ImGui::BeginChild(tile.title, {opposite.x - corner.x, opposite.y - corner.y}, ImGuiChildFlags_Borders,
                                           ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    if (pose.tile.is_torn) ImGui::PopStyleColor();
    ImGui::PopStyleVar();
    if (is_seen) {
        const TileHead head = prepare_tile(tile, session);
        draw_head(pose, tile, head, session, look);
        WindowLook inner = look;
        inner.has_keys = session.view.tile == index && session.view.overlay == Overlay::none;
        if (tile.draw != nullptr) tile.draw(session, inner);
        if (head.has_figure) draw_figure_of(tile, index, session, inner);
        if (ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows) && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
            session.view.tile = index;
            if (pose.tile.is_torn) move_torn(own_tiling(session.view, pose.kind), index, pose.tile.box);  // to the front
        }
        // In the tile's own list, which is drawn over its ground, but not cut to its content.
        ImGui::PushClipRect(corner, opposite, false);
        if (session.view.tile == index) draw_focus_ring({corner.x + 1.0F, corner.y + 1.0F}, {opposite.x - 1.0F, opposite.y - 1.0F}, look);
        if (pose.tile.is_torn) drag_corner(std::string(tile.title) + ": size", pose.tile, *pose.room, pose.kind, session, look);
        ImGui::PopClipRect();
    }
    ImGui::EndChild();
}

}  // namespace rackrace
