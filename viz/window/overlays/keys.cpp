// All keys, by what they are for; a click on one does it.
#include <imgui.h>

#include "viz/window/actions.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/overlays/overlays.h"
#include "viz/window/overlays/panel.h"

namespace rackrace {
namespace {

void draw_group(Group group, const Action*& chosen, const WindowLook& look) {
    ImGui::TextDisabled("%s", title_of(group));
    if (!ImGui::BeginTable(title_of(group), 3, ImGuiTableFlags_SizingStretchProp)) return;
    ImGui::TableSetupColumn("key", ImGuiTableColumnFlags_WidthFixed, look.px(110.0));
    ImGui::TableSetupColumn("what", ImGuiTableColumnFlags_WidthStretch, 3.0F);
    ImGui::TableSetupColumn("mouse", ImGuiTableColumnFlags_WidthStretch, 2.0F);
    for (const Action& action : actions()) {
        if (action.group != group) continue;
        ImGui::TableNextRow(ImGuiTableRowFlags_None, look.px(kTarget - 4.0));
        ImGui::TableNextColumn();
        ImGui::PushID(action.id);
        if (ImGui::Selectable(keys_text(action).c_str(), false, ImGuiSelectableFlags_SpanAllColumns)) chosen = &action;
        ImGui::PopID();
        ImGui::TableNextColumn();
        ImGui::TextUnformatted(action.title);
        ImGui::TableNextColumn();
        ImGui::TextDisabled("%s", action.mouse);
    }
    ImGui::EndTable();
}

}  // namespace

void draw_keys(Session& session, const WindowLook& look) {
    const Action* chosen = nullptr;
    begin_panel("Keys", 860.0, 640.0, look);
    ImGui::BeginChild("all keys");
    scroll_by_keys(look);
    for (const Group group : {Group::playback, Group::screens, Group::reading, Group::view, Group::files, Group::help})
        draw_group(group, chosen, look);
    ImGui::EndChild();
    end_panel(session.view);
    if (chosen == nullptr) return;
    session.view.overlay = Overlay::none;
    perform(*chosen, session);
}

}  // namespace rackrace
