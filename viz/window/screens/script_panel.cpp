#include "viz/window/screens/script_panel.h"

#include <fmt/format.h>

#include <imgui.h>

#include "agents/checker/source_text.h"
#include "engine/base/quarter_index.h"
#include "viz/window/actions.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/overlays/panel.h"
#include "viz/window/script_actions.h"

namespace rackrace {
namespace {

struct StepButton {
    const char* label;
    const char* action;
};
constexpr StepButton kButtons[] = {{"Back  Shift+F11", "step-back"}, {"Over  F10", "step-over"}, {"Into  F11", "step-into"}, {"Run to line  F9", "run-to-line"}, {"Edit  Ctrl+E", "edit-script"}, {"Fork from here  F8", "fork"}};

std::string place_text(const CallbackTrace& trace, const TracedStep& step) {
    const std::string callback(kCallbackNames[static_cast<std::size_t>(trace.which)]);
    if (step.is_gap()) return fmt::format("{}: {} more runs of lines {} to {}, not listed", callback, step.skipped, step.line, step.last_line);
    const std::int64_t all = trace.passes_of(step.file, step.line);
    return fmt::format("{}, line {}{}", callback, step.line, all > 1 ? fmt::format(", pass {} of {}", step.pass, all) : "");
}

/// The first refusal of the step, as a code with its name.
std::string refusal_of(const TracedDecision& decision, const TracedStep& step) {
    for (const int i : step.orders) {
        const PlacedOrder& order = decision.log.orders[static_cast<std::size_t>(i)];
        if (!order.answer.ok()) return fmt::format("! {} {}", row_of(order.answer.code).id, row_of(order.answer.code).name);
    }
    return "";
}

/// A script that the checker refuses stands out by its sign as well as by its colour.
void put_finding(const ScriptReading& reading, const WindowLook& look) {
    ImGui::PushStyleColor(ImGuiCol_Text, packed(reading.edit_is_wrong ? look.theme->looks[1] : look.theme->ink));
    ImGui::TextWrapped("%s%s", reading.edit_is_wrong ? "x " : "", reading.edit.c_str());
    ImGui::PopStyleColor();
}

void draw_row(const ScriptRow& row, Session& session, const WindowLook& look) {
    const Theme& theme = *look.theme;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x, height = ImGui::GetTextLineHeightWithSpacing();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (row.is_shown) list.AddRectFilled(at, {at.x + room, at.y + height}, packed(chosen_ground(theme)));
    if (ImGui::InvisibleButton(fmt::format("line {}", row.number).c_str(), {room, height})) {
        session.view.marked_line = row.is_marked ? 0 : row.number;
        session.view.status = row.is_marked ? "No line is marked." : fmt::format("F9 runs to line {}.", row.number);
    }
    const bool is_run = !row.passes.empty();
    const std::string sign = row.is_shown ? ">" : row.is_marked ? "*" : is_run ? "#" : " ";
    const std::string text = fmt::format("{} {:>4} {:>5}  {}{}", sign, row.number, row.passes, row.text, row.note.empty() ? "" : "   " + row.note);
    put_text(at, is_run ? theme.ink : theme.muted, text, room, look, kSmallTextSize);
    if (row.is_marked) list.AddRect(at, {at.x + room, at.y + height}, packed(focus_colour(theme)));
}

}  // namespace

ScriptReading prepare_script(Session& session) {
    ScriptReading out;
    if (session.view.is_playing) {
        out.empty_text = "The run is playing. Space stops it; then the decision of the quarter is made again, line by line.";
        return out;
    }
    if (const ScriptEdit* edit = edit_of_firm(session)) {
        out.edit = edit->finding();
        out.edit_is_wrong = !edit->is_clean();
    }
    const Stepping& stepping = session.stepping();
    const ViewState& view = session.view;
    if (stepping.is_empty()) {
        out.empty_text = stepping.empty_text;
        return out;
    }
    const CallbackTrace& trace = stepping.trace(view.step);
    const TracedStep& step = stepping.step(view.step);
    const TracedDecision& decision = stepping.decision(view.step);
    const TracedFile& file = trace.files[static_cast<std::size_t>(step.file)];
    out.shown = step.line;
    out.step = static_cast<int>(view.step);
    out.heading = fmt::format("{}   {}   {}   {}", file.name, view.firm, quarter_name(view.t), place_text(trace, step));
    out.about = fmt::format("Step {} of {}. {}", view.step + 1, stepping.places.size(),
                            decision.differences.empty() ? "The decision is the recorded one." : "NOT the recorded decision: " + decision.differences.front() + ".");
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const int line = static_cast<int>(i) + 1;
        const std::int64_t passes = trace.passes_of(step.file, line);
        const bool is_shown = line >= step.line && line <= step.last_line && !step.is_gap();
        out.rows.push_back({line, display_line(file.lines[i]).text, passes > 0 ? std::to_string(passes) : "", is_shown, line == view.marked_line, line == step.line ? refusal_of(decision, step) : ""});
    }
    return out;
}

void draw_stepped_script(const ScriptReading& reading, Session& session, const WindowLook& look) {
    if (!reading.empty_text.empty()) {
        ImGui::TextWrapped("%s", reading.empty_text.c_str());
        return;
    }
    ImGui::TextWrapped("%s", reading.heading.c_str());
    ImGui::TextDisabled("%s", reading.about.c_str());
    if (!reading.edit.empty()) put_finding(reading, look);
    for (const StepButton& button : kButtons) {
        if (&button != kButtons) beside_if_room(button.label);
        if (choice_button(button.label, false, look)) perform(*find_action(button.action), session);
    }
    ImGui::TextDisabled("%s", "  line  ran   # it ran, > it is shown, * it is marked (click)");
    if (ImGui::BeginChild("script in lines", ImGui::GetContentRegionAvail(), ImGuiChildFlags_None)) {
        scroll_tile_by_keys(look);
        ImGui::PushFont(look.monospace, static_cast<float>(kSmallTextSize));
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0.0F, 0.0F});
        int& last_step = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("last step"), -1);
        for (const ScriptRow& row : reading.rows) {
            draw_row(row, session, look);
            if (row.number == reading.shown && last_step != reading.step && !ImGui::IsItemVisible()) ImGui::SetScrollHereY(0.4F);
        }
        last_step = reading.step;
        ImGui::PopStyleVar();
        ImGui::PopFont();
    }
    ImGui::EndChild();
}

}  // namespace rackrace
