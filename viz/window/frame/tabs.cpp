// The first line: which run is open, and the screens.
#include "viz/figures/ensemble_parts.h"
#include "viz/window/actions.h"
#include "viz/window/frame/frame.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/screens/screens.h"

namespace rackrace {

Tabs prepare_tabs(const Session& session) {
    Tabs out;
    out.run = "nothing is open";
    if (const auto opening = session.opening()) {
        out.run = "opens " + opening->run;
    } else if (session.has_run()) {
        const RunRecord& run = session.store().run();
        out.run = run.scenario + "  seed " + std::to_string(run.seed) + "  " + session.store().run_id();
    } else if (session.has_batch()) {
        out.run = session.ensemble().scenario() + "  " + count_text(session.ensemble()) + "  " + session.ensemble().id();
    }
    for (const ScreenKind& kind : screen_kinds()) {
        for (const Action& action : actions())
            if (action.group == Group::screens && std::string_view(action.title) == kind.title)
                out.tabs.push_back({std::string(action.keys.front()) + " " + kind.title, action.id, kind.screen == session.view.screen});
    }
    return out;
}

void draw_tabs(const Tabs& tabs, Session& session, const WindowLook& look) {
    const float gap = ImGui::GetStyle().ItemSpacing.x;
    constexpr const char* kFind = "/ Find";
    float width = button_width(kFind);
    for (const Tabs::Tab& tab : tabs.tabs) width += button_width(tab.label.c_str()) + gap;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x, left = room - width;
    const float name = width_of("rackrace", look) + 2.0F * gap, y = at.y + (look.px(kTarget) - look.px(kTextSize)) / 2.0F;
    put_text({at.x, y}, look.theme->ink, "rackrace", left, look);
    put_text({at.x + name, y}, look.theme->muted, tabs.run, left - name - gap, look);
    ImGui::SetCursorScreenPos({at.x + left, at.y});
    for (const Tabs::Tab& tab : tabs.tabs) {
        if (choice_button(tab.label.c_str(), tab.is_chosen, look)) perform(*find_action(tab.action), session);
        ImGui::SameLine();
    }
    if (choice_button(kFind, false, look)) perform(*find_action("palette"), session);
}

}  // namespace rackrace
