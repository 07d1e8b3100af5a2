#include "viz/window/screens/ensemble_line.h"

#include <imgui.h>

#include "viz/window/actions.h"
#include "viz/window/frame/pieces.h"

namespace rackrace {

EnsembleLine prepare_ensemble_line(Session& session) {
    if (!session.has_batch()) return {};
    const Courses& courses = session.courses();
    return {courses.name(), courses.meaning};
}

void draw_ensemble_line(const EnsembleLine& line, Session& session, const WindowLook& look) {
    if (line.figure.empty()) return;
    if (choice_button((line.figure + "###pick key figure").c_str(), false, look)) perform(*find_action("pick-key-figure"), session);
    ImGui::SameLine();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x, height = look.px(kTarget);
    put_text({at.x, at.y + 0.5F * (height - look.px(kTextSize)) - look.px(1.0)}, look.theme->muted, line.text, room, look);
    ImGui::Dummy({room, height});
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", line.text.c_str());
}

}  // namespace rackrace
