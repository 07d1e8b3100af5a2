#include "viz/window/screens/parting_panel.h"

#include <fmt/format.h>

#include <algorithm>

#include <imgui.h>

#include "viz/window/actions.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/view_actions.h"

namespace rackrace {
namespace {

constexpr std::size_t kTold = 6;  // changed settings; scenario.toml of both folders has them all

}  // namespace

PartingReading prepare_parting(const Session& session) {
    const ReplayStore& first = session.store();
    if (session.second() == nullptr) return {first.run_id(), "One run is open. C picks a second; F8 plays on from this quarter with another script or parameters at " + session.view.firm + ".", {}, 0};
    const ReplayStore& second = session.second()->store;
    PartingReading out{first.run_id() + " and " + second.run_id(), session.second()->parting, {}, 0};
    if (out.parting.empty()) out.parting = "the same in every quarter and state";
    out.parting.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(out.parting.front())));
    const std::vector<std::string>& changed = session.second()->changed;
    out.changed.assign(changed.begin(), changed.begin() + static_cast<std::ptrdiff_t>(std::min(kTold, changed.size())));
    out.changed_count = changed.size();
    return out;
}

void draw_parting_panel(Session& session, const WindowLook& look) {
    const PartingReading reading = prepare_parting(session);
    if (choice_button("Second run", false, look)) perform(*find_action("pick-second"), session);
    ImGui::SameLine();
    if (choice_button("Fork from here", false, look)) perform(*find_action("fork"), session);
    for (const auto& [mode, label] : {std::pair{Against::overlay, "Overlay"}, {Against::side, "Side by side"}, {Against::difference, "Difference"}}) {
        ImGui::SameLine();
        if (choice_button(label, session.view.against == mode, look)) show_against(session, mode);
    }
    ImGui::PushTextWrapPos();
    ImGui::TextUnformatted(reading.parting.c_str());
    ImGui::PushStyleColor(ImGuiCol_Text, packed(look.theme->muted));
    std::string set = reading.runs;
    for (const std::string& one : reading.changed) set += (&one == &reading.changed.front() ? ". Set otherwise: " : "; ") + one;
    if (reading.changed_count > reading.changed.size()) set += fmt::format("; and {} more", reading.changed_count - reading.changed.size());
    ImGui::TextUnformatted(set.c_str());
    ImGui::PopStyleColor();
    ImGui::PopTextWrapPos();
}

}  // namespace rackrace
