// Before a run is open: open one, the runs of the last days, what went wrong with the last, and the first keys.
#include <imgui.h>

#include "viz/window/actions.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/overlays/panel.h"
#include "viz/window/recent_runs.h"
#include "viz/window/screens/screens.h"

namespace rackrace {
namespace {

struct Home {
    std::vector<RecentRun> recent;
    std::string error;
};

Home prepare_home(const Session& session) { return {recent_runs(), session.open_error()}; }

void open_run(const RecentRun& run, Session& session) {
    if (const Refusals refusals = session.begin_open(run.folder); !refusals.empty()) session.view.status = refusals.all.front().text();
}

void draw_recent(const Home& home, Session& session, const WindowLook& look) {
    ImGui::TextDisabled("Recent");
    if (home.recent.empty()) ImGui::TextWrapped("Nothing was opened here before.");
    for (const RecentRun& run : home.recent) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float room = ImGui::GetContentRegionAvail().x, height = look.px(2.0 * kTarget), gap = look.px(8.0);
        if (ImGui::Selectable(("##" + run.folder.string()).c_str(), false, ImGuiSelectableFlags_None, {room, height})) {
            open_run(run, session);
            return;
        }
        if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", run.folder.string().c_str());
        put_text({at.x + gap, at.y + look.px(6.0)}, look.theme->ink, run.title + "   " + run.state, room - 2.0F * gap, look);
        put_text({at.x + gap, at.y + look.px(30.0)}, look.theme->muted, run.folder.string() + "   " + run.opened, room - 2.0F * gap, look,
                 kSmallTextSize);
    }
}

void draw_error(const Home& home, const WindowLook& look) {
    if (home.error.empty()) return;
    ImGui::TextDisabled("The last one did not open");
    ImGui::TextWrapped("%s", home.error.c_str());
    ImGui::Dummy({0.0F, look.px(12.0)});
}

/// A button, and the command by which a terminal does the same.
void draw_command(const char* title, const char* command, const char* label, const char* action, Session& session, const WindowLook& look) {
    ImGui::TextDisabled("%s", title);
    if (choice_button(label, false, look)) perform(*find_action(action), session);
    ImGui::SameLine();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x, height = look.px(kTarget);
    ImGui::PushFont(look.monospace, 0.0F);
    put_text({at.x, at.y + 0.5F * (height - look.px(kTextSize))}, look.theme->ink, command, room, look);
    ImGui::PopFont();
    ImGui::Dummy({room, height});
}

void draw_home(const Home& home, Session& session, const WindowLook& look) {
    const float room = ImGui::GetContentRegionAvail().x, column = std::min(room, look.px(720.0));
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + 0.5F * (room - column));
    if (ImGui::BeginChild("home", {column, ImGui::GetContentRegionAvail().y})) {
        scroll_tile_by_keys(look);
        ImGui::Dummy({0.0F, look.px(16.0)});
        ImGui::PushFont(nullptr, static_cast<float>(1.6 * kTextSize));
        ImGui::TextUnformatted("Open a run or a batch");
        ImGui::PopFont();
        if (choice_button("Open... Ctrl+O", false, look)) perform(*find_action("open"), session);
        ImGui::SameLine();
        if (choice_button("Keys ?", false, look)) perform(*find_action("keys"), session);
        ImGui::Dummy({0.0F, look.px(12.0)});
        draw_error(home, look);
        draw_recent(home, session, look);
        ImGui::Dummy({0.0F, look.px(16.0)});
        draw_command("The default scenario, played here in some seconds; in a terminal", kDemoCommand, "Play demo", "play-demo", session, look);
        draw_command("A script of your own with its tests, written into the working folder; in a terminal", kNewStrategyCommand, "New strategy", "new-strategy",
                     session, look);
        ImGui::Dummy({0.0F, look.px(16.0)});
        ImGui::TextDisabled("First time?");
        ImGui::TextWrapped("Space plays, arrows step a quarter, W asks why, ? lists keys. Drop the folder of a run or a batch here to open it.");
    }
    ImGui::EndChild();
}

}  // namespace

ScreenKind home_screen() {
    return screen_of(Screen::home, "Home", Needs::nothing,
                     {{"Home", "", [](Session& session, const WindowLook& look) { draw_home(prepare_home(session), session, look); }}}, "0");
}

}  // namespace rackrace
