#include "viz/window/screens/firm_line.h"

#include <fmt/format.h>

#include <cmath>

#include <imgui.h>

#include "viz/figures/why_credit.h"
#include "viz/window/actions.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/script_actions.h"

namespace rackrace {

namespace {

/// Role, status and how lenders see the firm.
Result<std::string> standing_of(const Session& session) {
    const ReplayStore& store = session.store();
    const ViewState& view = session.view;
    std::string out = store.role_of(view.firm);
    const Columns& firms = store.table("firms");
    if (const std::size_t row = store.firm_row(view.t, view.firm); row < firms.rows()) out += ", " + firms.text(row, "status");
    const auto add = [&](const char* name, const char* column, const char* after) {
        if (const double value = store.of_firm(view.t, view.firm, column); std::isfinite(value))
            out += fmt::format(", {} {}{}", name, short_number(value), after);
    };
    add("rating", "rating", " of 10");
    add("debt over EBITDA", "leverage_ratio", "");
    add("coverage", "coverage_ratio", "");
    if (const double headroom = covenant_headroom_frac(store, view.t, view.firm); std::isfinite(headroom)) out += fmt::format(", covenant headroom {:+.2f}", headroom);
    return out;
}

}  // namespace

FirmLine prepare_firm_line(const Session& session) {
    const auto standing = session.store().of_unaltered([&] { return standing_of(session); });
    FirmLine out{session.view.firm, 0, standing ? *standing : standing.error().all.front().fact};
    for (const FailedDecision& failure : session.failures()) out.failures += failure.firm == session.view.firm;
    return out;
}

void draw_firm_line(const FirmLine& line, Session& session, const WindowLook& look) {
    if (choice_button((line.firm + "###pick firm").c_str(), false, look)) perform(*find_action("pick-firm"), session);
    ImGui::SameLine();
    if (sign_button("Previous firm (P)", Sign::back, look)) perform(*find_action("previous-firm"), session);
    ImGui::SameLine(0.0F, 0.0F);
    if (sign_button("Next firm (N)", Sign::on, look)) perform(*find_action("next-firm"), session);
    ImGui::SameLine();
    if (line.failures > 0) {  // a badge: the sign and the words, beside the colour of what is grave
        ImGui::PushStyleColor(ImGuiCol_Text, packed(look.theme->looks[1]));
        const bool is_clicked = choice_button(fmt::format("x {} failed###failed decisions", line.failures).c_str(), false, look);
        ImGui::PopStyleColor();
        if (ImGui::IsItemHovered()) ImGui::SetTooltip("%zu decisions of %s ended in a script error\nclick goes to the next", line.failures, line.firm.c_str());
        if (is_clicked) go_to_next_failure(session, line.firm);
        ImGui::SameLine();
    }
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x, height = look.px(kTarget);
    std::string text = line.text;  // whole facts, as many as there is room for; the tooltip has all of them
    for (std::size_t end = text.rfind(", "); end != std::string::npos && width_of(text, look) > room; end = text.rfind(", ")) text.resize(end);
    put_text({at.x, at.y + 0.5F * (height - look.px(kTextSize)) - look.px(1.0)}, look.theme->muted, text, room, look);
    ImGui::Dummy({room, height});
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", line.text.c_str());
}

}  // namespace rackrace
