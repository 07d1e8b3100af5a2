#include "viz/window/screens/event_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "engine/base/quarter_index.h"
#include "viz/figures/events_lane.h"
#include "viz/figures/failed_decisions.h"
#include "viz/window/altered_lists.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/script_actions.h"
#include "viz/window/window_canvas.h"

namespace rackrace {
namespace {

void go_to_event(std::size_t row, int place, Session& session) {
    const Columns& events = session.store().table("events");
    session.view.event_row = place;
    session.seek(events.quarter(row));
    session.view.status = quarter_name(session.view.t) + ": " + events.text(row, "sentence") + ".";
    const std::string& firm = events.text(row, "firm");
    const auto& firms = session.store().firms();
    if (std::find(firms.begin(), firms.end(), firm) != firms.end()) session.view.firm = firm;
    if (events.text(row, "kind") == kScriptFailed) step_through(session, events.text(row, "sentence") + ".");
}

void draw_chips(const EventList& list, Session& session, const WindowLook& look) {
    auto& hidden = session.view.hidden_event_kinds;
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x, side = look.px(kTarget);
    const auto next_place = [&](float width, bool is_first) {
        if (is_first) return;
        ImGui::SameLine();
        if (ImGui::GetCursorScreenPos().x + width > right) ImGui::NewLine();
    };
    bool is_first = true;
    for (const EventList::Kind& kind : list.kinds) {
        // A hidden kind says so in its label; the looks of what is chosen are not all there is.
        const std::string label = fmt::format("       {} {}{}###{}", kind.title, kind.count, kind.is_shown ? "" : " (hidden)", kind.kind);
        const std::string shown = label.substr(0, label.find("###"));
        next_place(ImGui::CalcTextSize(shown.c_str()).x + 2.0F * ImGui::GetStyle().FramePadding.x, is_first);
        is_first = false;
        const ImVec2 at = ImGui::GetCursorScreenPos();
        if (choice_button(label.c_str(), kind.is_shown, look)) {
            if (kind.is_shown) hidden.insert(kind.kind);
            else hidden.erase(kind.kind);
        }
        WindowCanvas canvas(*ImGui::GetWindowDrawList(), at, *look.theme, look.px(1.5));
        canvas.marker({0.55 * side, 0.5 * side}, kind.look, look.px(4.5), {});
    }
    if (hidden.empty()) return;
    next_place(ImGui::CalcTextSize("Show all (Esc)").x + 2.0F * ImGui::GetStyle().FramePadding.x, is_first);
    if (choice_button("Show all (Esc)", false, look)) hidden.clear();
}

struct RowPlaces {
    float time, firm, kind, size, sentence, end;  // from the left
};

RowPlaces places_of(float room, const WindowLook& look) {
    const float time = look.px(8.0), firm = time + width_of("2028 Q3", look) + look.px(14.0), kind = firm + look.px(110.0);
    const float size = kind + look.px(150.0), sentence = size + look.px(90.0);
    return {time, firm, kind, size, sentence, room - look.px(8.0)};
}

void draw_row(const EventList& list, int place, const RowPlaces& places, Session& session, const WindowLook& look) {
    const Columns& events = session.store().table("events");
    const std::size_t row = list.rows[static_cast<std::size_t>(place)];
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = look.px(kTarget), room = ImGui::GetContentRegionAvail().x;
    const int t = events.quarter(row);
    if (t == session.view.t) ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + room, at.y + height}, packed(focus_colour(*look.theme), 0.18));
    if (ImGui::Selectable(fmt::format("##event {}", row).c_str(), session.view.event_row == place, ImGuiSelectableFlags_None, {room, height}))
        go_to_event(row, place, session);
    const bool is_hovered = ImGui::IsItemHovered();
    const float y = at.y + 0.5F * (height - look.px(kTextSize)) - look.px(1.0);
    const auto put = [&](float from, float to, std::string_view colour, const std::string& text) {
        put_text({at.x + from, y}, colour, text, to - from - look.px(6.0), look);
    };
    const EventList::Kind& kind = list.kinds[list.kind_places.at(events.text(row, "kind"))];
    put(places.time, places.firm, look.theme->ink, fmt::format("{} Q{}", year_of(t), quarter_of(t)));
    put(places.firm, places.kind, look.theme->ink, events.text(row, "firm"));
    WindowCanvas canvas(*ImGui::GetWindowDrawList(), at, *look.theme, look.px(1.5));
    canvas.marker({places.kind + look.px(6.0), 0.5 * height}, kind.look, look.px(4.5), {});
    put(places.kind + look.px(18.0), places.size, kind.is_grave ? look.theme->ink : look.theme->muted, kind.title);
    const std::string size = short_number(events.number(row, "size"));
    put_text({at.x + places.sentence - look.px(14.0) - width_of(size, look), y}, look.theme->muted, size, look.px(90.0), look);
    put(places.sentence, places.end, look.theme->ink, events.text(row, "sentence"));
    if (is_hovered) ImGui::SetTooltip("%s\nclick goes there", events.text(row, "sentence").c_str());
}

/// Up and down in the rows, Enter goes to the picked one.
void take_keys(const EventList& list, Session& session, float height) {
    ViewState& view = session.view;
    if (view.tile != 0 || view.overlay != Overlay::none || list.rows.empty() || ImGui::GetIO().WantTextInput || ImGui::GetIO().KeyMods != 0) return;
    const int last = static_cast<int>(list.rows.size()) - 1, before = view.event_row;
    if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) view.event_row = std::min(view.event_row + 1, last);
    if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) view.event_row = std::max(view.event_row - 1, 0);
    if (view.event_row != before) ImGui::SetScrollY((static_cast<float>(view.event_row) + 0.5F) * height - 0.5F * ImGui::GetWindowHeight());
    if (ImGui::IsKeyPressed(ImGuiKey_Enter, false) && view.event_row >= 0 && view.event_row <= last)
        go_to_event(list.rows[static_cast<std::size_t>(view.event_row)], view.event_row, session);
}

/// Keeps the rows of the quarter under the cursor in sight when it moves.
void follow_cursor(const EventList& list, const Session& session, float height) {
    ImGuiStorage& memory = *ImGui::GetStateStorage();
    const ImGuiID key = ImGui::GetID("followed quarter");
    if (memory.GetInt(key, -1) == session.view.t) return;
    memory.SetInt(key, session.view.t);
    const Columns& events = session.store().table("events");
    const auto at =
        std::lower_bound(list.rows.begin(), list.rows.end(), session.view.t, [&](std::size_t row, int t) { return events.quarter(row) < t; });
    const float y = static_cast<float>(at - list.rows.begin()) * height, top = ImGui::GetScrollY(), bottom = top + ImGui::GetWindowHeight();
    if (y < top || y + height > bottom)
        ImGui::SetScrollY(std::max(0.0F, y - height * std::floor(0.3F * ImGui::GetWindowHeight() / height)));  // whole rows
}

}  // namespace

EventList prepare_event_list(Session& session) {
    EventList out;
    const Columns& events = session.store().table("events");
    out.all = events.rows();
    out.unrecorded = unrecorded_note(session.store(), {"events"});
    for (std::size_t row = 0; row < events.rows(); ++row) {
        const std::string& kind = events.text(row, "kind");
        auto at = out.kind_places.find(kind);
        if (at == out.kind_places.end()) {
            at = out.kind_places.emplace(kind, out.kinds.size()).first;
            out.kinds.push_back({kind, kind, kRestLook, 0, session.view.hidden_event_kinds.count(kind) == 0, false});
            if (const EventLane* lane = event_lane(kind)) {
                out.kinds.back().title = lane->title;
                out.kinds.back().look = lane->look;
                out.kinds.back().is_grave = lane->severity <= Gravity::trouble;
            }
        }
        ++out.kinds[at->second].count;
        if (out.kinds[at->second].is_shown) out.rows.push_back(row);
    }
    return out;
}

void draw_event_list(const EventList& list, Session& session, const WindowLook& look) {
    draw_unrecorded(list.unrecorded, look);
    if (list.all == 0) {
        ImGui::TextWrapped("No events in this run.");
        return;
    }
    draw_chips(list, session, look);
    ImGui::TextDisabled("%s", fmt::format("{} of {} events; Up, Down and Enter go to one", list.rows.size(), list.all).c_str());
    if (ImGui::BeginChild("rows of events", ImGui::GetContentRegionAvail())) {
        const float height = look.px(kTarget);
        if (list.rows.empty()) ImGui::TextWrapped("No events match. Clear filters (Esc).");
        take_keys(list, session, height);
        follow_cursor(list, session, height);
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0.0F, 0.0F});
        const RowPlaces places = places_of(ImGui::GetContentRegionAvail().x, look);
        ImGuiListClipper clipper;
        clipper.Begin(static_cast<int>(list.rows.size()), height);
        while (clipper.Step())
            for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row) draw_row(list, row, places, session, look);
        ImGui::PopStyleVar();
    }
    ImGui::EndChild();
}

}  // namespace rackrace
