// Plays on from the cursor's quarter with another script or other parameters at the picked firm.
#include <imgui.h>

#include "engine/base/quarter_index.h"
#include "viz/window/overlays/overlays.h"
#include "viz/window/overlays/panel.h"

namespace rackrace {

void draw_fork(Session& session, const WindowLook& look) {
    ViewState& view = session.view;
    begin_panel(("Fork at " + quarter_name(view.t) + ": " + view.firm + " in other hands").c_str(), 720.0, 240.0, look);
    const bool is_entered = draw_text_field(view, "a script, parameters as shade=0.4, or both; a path with blanks in quotes", look);
    ImGui::PushTextWrapPos();
    ImGui::TextDisabled("The run that is open stays as it is. Until %s both are the same; the fork is saved as a run of its own and opens in Compare.", quarter_name(view.t - 1).c_str());
    ImGui::TextDisabled("F picks another firm, G another quarter, before this is opened.");
    ImGui::PopTextWrapPos();
    ImGui::TextWrapped("%s", view.status.c_str());
    end_panel(view);
    if (!is_entered) return;
    const Refusals refusals = session.fork(view.overlay_text);
    if (!refusals.empty()) view.status = refusals.all.front().text();
}

}  // namespace rackrace
