#include "viz/window/screens/ensemble_line.h"

#include <algorithm>

#include <imgui.h>

#include "viz/figures/fan_threads.h"
#include "viz/window/actions.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/thread_actions.h"

namespace rackrace {

EnsembleLine prepare_ensemble_line(Session& session) {
    if (!session.has_batch()) return {};
    const Courses& courses = session.courses();
    EnsembleLine line{courses.name(), courses.meaning, "Keep run", false};
    if (const auto run = run_at_hand(session)) {
        line.can_keep = true;
        const std::string number = std::to_string(session.ensemble().runs()[*run].number);
        const std::vector<std::string> threads = threads_of(session);
        line.keep = std::find(threads.begin(), threads.end(), number) == threads.end() ? "Keep run " + number : "Let run " + number + " go";
    }
    if (!sample_runs(courses).empty())
        for (const FanPart& part : kFanParts) {
            const std::string action = std::string("fan-") + part.id;
            line.parts.push_back({std::string(part.name) + "###" + action, action, !session.view.hidden_fan_parts.contains(part.id)});
        }
    return line;
}

void draw_ensemble_line(const EnsembleLine& line, Session& session, const WindowLook& look) {
    if (line.figure.empty()) return;
    if (choice_button((line.figure + "###pick key figure").c_str(), false, look)) perform(*find_action("pick-key-figure"), session);
    ImGui::SameLine();
    ImGui::BeginDisabled(!line.can_keep);
    if (choice_button((line.keep + "###keep run").c_str(), false, look)) perform(*find_action("keep-run"), session);
    ImGui::EndDisabled();
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) {
        if (line.can_keep) ImGui::SetTooltip("A thread of the fan, %zu at most (R)", kMostThreads);
        else ImGui::SetTooltip("%s", kNoRunAtHand);
    }
    for (const EnsembleLine::Part& part : line.parts) {
        beside_if_room(part.label.c_str());
        if (choice_button(part.label.c_str(), part.is_drawn, look)) perform(*find_action(part.action), session);
    }
    ImGui::SameLine();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = std::max(1.0F, ImGui::GetContentRegionAvail().x), height = look.px(kTarget);
    put_text({at.x, at.y + 0.5F * (height - look.px(kTextSize)) - look.px(1.0)}, look.theme->muted, line.text, room, look);
    ImGui::Dummy({room, height});
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", line.text.c_str());
}

}  // namespace rackrace
