#include "viz/window/screens/decision_panel.h"

#include <fmt/format.h>

#include <algorithm>

#include <imgui.h>

#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "viz/window/actions.h"
#include "viz/window/altered_lists.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/overlays/panel.h"
#include "viz/window/screens/order_panel.h"

namespace rackrace {
namespace {

constexpr int kLinesAround = 2;
constexpr const char *kStepLabel = "Step through it  8", *kEditLabel = "Edit script  Ctrl+E";

std::vector<std::string> failures_of(const ReplayStore& store, int t, const std::string& firm) {
    const Columns& decisions = store.table("decisions");
    std::vector<std::string> out;
    const auto [first, end] = decisions.rows_of(t);
    for (std::size_t row = first; row < end; ++row)
        if (decisions.text(row, "firm") == firm && decisions.text(row, "status") == "failed")
            out.push_back(
                fmt::format("{}:{:.0f}: {}", decisions.text(row, "error_script"), decisions.number(row, "error_line"), decisions.text(row, "error")));
    return out;
}

std::vector<std::string> traces_of(const ReplayStore& store, int t, const std::string& firm) {
    const Columns& traces = store.table("traces");
    std::vector<std::string> out;
    const auto [first, end] = traces.rows_of(t);
    for (std::size_t row = first; row < end; ++row)
        if (traces.text(row, "firm") == firm)
            out.push_back(fmt::format("{}{}, line {:.0f}", traces.text(row, "name"),
                                      traces.text(row, "kind") == "mark" ? "" : " " + short_number(traces.number(row, "value")),
                                      traces.number(row, "line")));
    return out;
}

struct SeenNumber {
    const char* column;
    const char* name;
    const char* unit;
    double scale;
};
constexpr SeenNumber kSeen[] = {{"cash_usd", "cash", "M$", 1e6},
                                {"debt_usd", "debt", "M$", 1e6},
                                {"pool_h100e", "own compute", "H100e", 1.0},
                                {"usable_it_kw", "power it can use", "IT MW", 1e3}};

/// Of the close before, from which it decided.
std::vector<std::string> seen_by(const ReplayStore& store, int t, const std::string& firm) {
    std::vector<std::string> out;
    for (const SeenNumber& seen : kSeen)
        if (const double value = store.of_firm(t - 1, firm, seen.column); std::isfinite(value))
            out.push_back(fmt::format("{} {} {}", seen.name, short_number(value / seen.scale), seen.unit));
    for (const auto& [column, name] : {std::pair{"spot_t_usd_h", "spot T"}, {"spot_i_usd_h", "spot I"}})
        if (const double value = store.of_market(t - 1, column); std::isfinite(value))
            out.push_back(fmt::format("{} {} $/h", name, short_number(value)));
    return out;
}

std::string file_of(const std::string& script) { return script.substr(script.find_last_of('/') + 1); }

/// true in the frame in which another order is pinned than in the one before.
bool is_newly_pinned(const std::string& pinned) {
    int& last = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("pinned order"), 0);
    const int now = static_cast<int>(ImGui::GetID(pinned.c_str()));
    const bool is_new = !pinned.empty() && last != now;
    last = now;
    return is_new;
}

void draw_order_row(const PlacedText& order, const DecisionReading& reading, Session& session, const WindowLook& look) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x, gap = look.px(4.0), inner = room - 2.0F * gap;
    const std::string what = order.verb + "  " + order.arguments, where = fmt::format("{}:{}", file_of(order.script), order.line);
    const std::string outcome = (order.is_rejected ? "x " : "") + order.outcome;  // told by its word and a sign, not by colour alone
    const float place = width_of(where, look, kSmallTextSize), beside = std::max(1.0F, inner - place - 2.0F * gap);
    const float lines = lines_height(what, inner, look) + look.px(2.0);
    const bool is_pinned = order.address == reading.pinned;
    if (ImGui::Selectable(("##" + order.address).c_str(), is_pinned, ImGuiSelectableFlags_None,
                          {room, lines + lines_height(outcome, beside, look, kSmallTextSize) + look.px(4.0)})) {
        session.view.pinned = is_pinned ? "" : order.address;
        session.view.status = is_pinned ? "Nothing is pinned." : order.verb + " of " + order.firm + ": " + order.outcome + ". W asks why.";
    }
    if (ImGui::IsItemClicked(ImGuiMouseButton_Right)) {
        session.view.pinned = order.address;
        perform(*find_action("why"), session);
    }
    const bool is_hovered = ImGui::IsItemHovered();
    put_lines({at.x + gap, at.y}, look.theme->ink, what, inner, look);
    put_lines({at.x + gap, at.y + lines}, order.is_rejected ? look.theme->looks[1] : look.theme->muted, outcome, beside, look, kSmallTextSize);
    put_text({at.x + room - place - gap, at.y + lines}, look.theme->muted, where, place + gap, look, kSmallTextSize);
    if (is_hovered) ImGui::SetTooltip("%s\n%s\n%s:%d", what.c_str(), order.outcome.c_str(), order.script.c_str(), order.line);
    if (is_pinned) draw_script(reading.lines, order.line, look);
}

void draw_section(const char* title, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    ImGui::TextDisabled("%s", title);
    for (const std::string& line : lines) ImGui::TextWrapped("%s", line.c_str());
}

}  // namespace

DecisionReading prepare_decision(Session& session) {
    const ReplayStore& store = session.store();
    const ViewState& view = session.view;
    DecisionReading out;
    out.orders = session.orders(view.t, view.firm);
    out.failures = failures_of(store, view.t, view.firm);
    out.traces = traces_of(store, view.t, view.firm);
    out.saw = seen_by(store, view.t, view.firm);
    out.unrecorded = unrecorded_note(store, {"orders", "fills", "decisions", "traces", "firms", "quarters"});
    out.saw_command = fmt::format("rackrace obs {} --firm {}", quoted_word(store.run_id() + "@" + quarter_name(view.t)), view.firm);
    const auto rejected = std::count_if(out.orders.begin(), out.orders.end(), [](const PlacedText& order) { return order.is_rejected; });
    out.heading = out.orders.empty() ? "No orders in " + quarter_name(view.t) + "."
                                     : fmt::format("{} in {}: {} orders, {} rejected", view.firm, quarter_name(view.t), out.orders.size(), rejected);
    for (const PlacedText& order : out.orders)
        if (order.address == view.pinned) {
            out.pinned = order.address;
            out.lines = lines_around(session.script(order.script), order.line, kLinesAround);
        }
    return out;
}

void draw_decision(const DecisionReading& reading, Session& session, const WindowLook& look) {
    draw_unrecorded(reading.unrecorded, look);
    ImGui::TextWrapped("%s", reading.heading.c_str());
    if (choice_button(kStepLabel, false, look)) perform(*find_action("strategy"), session);
    beside_if_room(kEditLabel);
    if (choice_button(kEditLabel, false, look)) perform(*find_action("edit-script"), session);
    if (ImGui::BeginChild("decision in rows", ImGui::GetContentRegionAvail())) {
        scroll_tile_by_keys(look);
        const bool brings_pinned = is_newly_pinned(reading.pinned);
        for (const std::string& failure : reading.failures) ImGui::TextWrapped("x script error: %s", failure.c_str());
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0.0F, look.px(2.0)});
        for (const PlacedText& order : reading.orders) {
            draw_order_row(order, reading, session, look);
            if (brings_pinned && order.address == reading.pinned) ImGui::SetScrollHereY(0.3F);
        }
        ImGui::PopStyleVar();
        draw_section("Trace", reading.traces);
        draw_section("Saw, of the close before", reading.saw);
        ImGui::TextDisabled("All that it saw");
        ImGui::TextWrapped("%s", reading.saw_command.c_str());
    }
    ImGui::EndChild();
}

}  // namespace rackrace
