// Goes to a quarter or an address that is typed.
#include <imgui.h>

#include "engine/base/quarter_index.h"
#include "viz/window/overlays/overlays.h"
#include "viz/window/overlays/panel.h"

namespace rackrace {

void draw_go_to(Session& session, const WindowLook& look) {
    ViewState& view = session.view;
    begin_panel("Go to", 560.0, 170.0, look);
    const bool is_entered = draw_text_field(view, "28q3, or an address such as @2028Q3#firm=coreweave", look);
    ImGui::TextDisabled("Quarters go from %s to %s.", quarter_name(session.first_t()).c_str(), quarter_name(session.last_t()).c_str());
    ImGui::TextWrapped("%s", view.status.c_str());
    end_panel(view);
    if (!is_entered || view.overlay_text.empty()) return;
    const Refusals refusals = session.begin_go_to(view.overlay_text);
    if (refusals.empty()) session.view.overlay = Overlay::none;
    else session.view.status = refusals.all.front().text();
}

}  // namespace rackrace
