#include "viz/window/screens/order_panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "viz/figures/price_setter.h"
#include "viz/window/actions.h"
#include "viz/window/altered_lists.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/overlays/panel.h"

namespace rackrace {
namespace {

constexpr int kLinesAround = 4;

/// The order of a firm whose price is nearest to the cleared level; empty where the figure has none.
std::string nearest_to_price(const FigureModel& figure) {
    for (const FigurePanel& panel : figure.panels) {
        double cleared = kNoValue;
        for (const Series& series : panel.series)
            if (series.id == "cleared" && !series.data.empty()) cleared = series.data.front().value;
        const Datum* best = nullptr;
        for (const Series& series : panel.series)
            for (const Datum& datum : series.data)
                if (series.shape == MarkShape::step && std::isfinite(cleared) && datum.address.find("order=") != std::string::npos &&
                    (best == nullptr || std::abs(datum.value - cleared) < std::abs(best->value - cleared)))
                    best = &datum;
        if (best != nullptr) return best->address;
    }
    return "";
}

/// The reason of the step with this address; empty where the figure has none.
std::string reason_at(const FigureModel& figure, const std::string& address) {
    for (const FigurePanel& panel : figure.panels)
        for (const Series& series : panel.series)
            for (const Datum& datum : series.data)
                if (datum.address == address) return datum.reason;
    return "";
}

struct Candidate {
    std::string heading, address;
    std::string no_order = "No order to show.";  // said where the address names none
};

/// What is shown where nobody points at an order and none is pinned: the order that set the price; where none of a firm did, the nearest to it
/// under the words for who did.
Candidate of_the_price(const ReplayStore& store, const ViewState& view, const FigureModel& figure) {
    const auto setter = price_setter(store, view.t, view.market);
    if (!setter || setter->words.empty()) return {"Nearest to the price", nearest_to_price(figure)};
    if (!setter->address.empty()) return {setter->words, setter->address};
    return {setter->words + "; the firm order nearest to it:", nearest_to_price(figure), setter->words + "; no firm has an order in it."};
}

void row(const char* name, const std::string& value) {
    if (value.empty()) return;
    ImGui::TextDisabled("%s", name);
    ImGui::TextWrapped("%s", value.c_str());
}

void act(Session& session, const char* action) { perform(*find_action(action), session); }

void draw_buttons(const OrderReading& reading, Session& session, const WindowLook& look) {
    if (reading.order) {
        if (choice_button("Why", false, look)) {
            session.view.pinned = reading.order->address;
            act(session, "why");
        }
        ImGui::SameLine();
        if (choice_button("Open decision", false, look)) {
            session.view.firm = reading.order->firm;
            session.view.pinned = reading.order->address;
            act(session, "firm");
        }
    }
    if (choice_button("Previous quarter##auction", false, look)) act(session, "previous-quarter");
    ImGui::SameLine();
    if (choice_button("Next quarter##auction", false, look)) act(session, "next-quarter");
    if (choice_button("Ghost of the quarter before", reading.has_ghost, look)) act(session, "ghost");
}

}  // namespace

OrderReading prepare_order(Session& session) {
    const ReplayStore& store = session.store();
    const FigureModel& figure = session.figure("auction");
    OrderReading out;
    out.has_ghost = session.view.has_ghost;
    out.findings = figure.findings;
    out.notes = figure.notes;
    out.unrecorded = unrecorded_note(store, {"orders", "fills"});
    Candidate shown{"Under the pointer", session.view.hovered};
    out.order = order_at(store, shown.address);
    if (!out.order) {
        shown = {"Pinned", session.view.pinned};
        out.order = order_at(store, shown.address);
    }
    if (!out.order) {
        shown = of_the_price(store, session.view, figure);
        out.order = order_at(store, shown.address);
    }
    if (out.order) {
        out.heading = shown.heading;
        out.in_auction = reason_at(figure, out.order->address);
        out.lines = lines_around(session.script(out.order->script), out.order->line, kLinesAround);
        return out;
    }
    out.empty_text = figure.empty_text.empty() ? shown.no_order : figure.empty_text;
    return out;
}

void draw_script(const std::vector<ScriptLine>& lines, int line, const WindowLook& look) {
    if (lines.empty()) return;
    ImGui::PushFont(look.monospace, static_cast<float>(kSmallTextSize));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = ImGui::GetTextLineHeightWithSpacing(), room = ImGui::GetContentRegionAvail().x;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    float y = at.y;
    for (const ScriptLine& one : lines) {
        const bool is_meant = one.number == line;
        const std::string text = fmt::format("{}{:4} {}", is_meant ? ">" : " ", one.number, one.text);
        if (is_meant) {  // never cut: it is what the panel is for
            const float whole = lines_height(text, room, look, kSmallTextSize) + ImGui::GetStyle().ItemSpacing.y;
            list.AddRectFilled({at.x, y}, {at.x + room, y + whole}, packed(hovered_ground(*look.theme)));
            put_lines({at.x, y}, look.theme->ink, text, room, look, kSmallTextSize);
            y += whole;
        } else {
            put_text({at.x, y}, look.theme->muted, text, room, look, kSmallTextSize);
            y += height;
        }
    }
    ImGui::InvisibleButton(kScriptLabel, {std::max(1.0F, room), y - at.y});
    ImGui::PopFont();
    if (ImGui::IsItemHovered() && ImGui::BeginTooltip()) {
        ImGui::PushFont(look.monospace, 0.0F);
        for (const ScriptLine& one : lines)
            ImGui::TextUnformatted(fmt::format("{}{:4} {}", one.number == line ? ">" : " ", one.number, one.text).c_str());
        ImGui::PopFont();
        ImGui::EndTooltip();
    }
}

void draw_order(const OrderReading& reading, Session& session, const WindowLook& look) {
    if (ImGui::BeginChild("order in words", ImGui::GetContentRegionAvail())) {
        scroll_tile_by_keys(look);
        if (reading.order) {
            const PlacedText& order = *reading.order;
            draw_unrecorded(reading.unrecorded, look);
            ImGui::PushStyleColor(ImGuiCol_Text, packed(look.theme->muted));
            ImGui::TextWrapped("%s", reading.heading.c_str());
            ImGui::PopStyleColor();
            ImGui::TextWrapped("%s: %s", order.firm.c_str(), order.verb.c_str());
            row("asked", order.arguments);
            row("in the auction", reading.in_auction);
            row("told to the firm", order.outcome);
            row("placed by", fmt::format("{} ({}), {}:{}", order.author, order.stage == "A" ? "decide" : "operate", order.script, order.line));
            draw_script(reading.lines, order.line, look);
            ImGui::Dummy({0.0F, look.px(4.0)});
        } else {
            ImGui::TextWrapped("%s", reading.empty_text.c_str());
        }
        draw_buttons(reading, session, look);
        ImGui::Dummy({0.0F, look.px(4.0)});
        for (const std::string& finding : reading.findings) ImGui::TextWrapped("%s", finding.c_str());
        ImGui::PushStyleColor(ImGuiCol_Text, packed(look.theme->muted));
        for (const std::string& note : reading.notes) ImGui::TextWrapped("%s", note.c_str());
        ImGui::TextWrapped("Point at a step to read its order; a click pins it, a right click asks why.");
        ImGui::PopStyleColor();
    }
    ImGui::EndChild();
}

}  // namespace rackrace
