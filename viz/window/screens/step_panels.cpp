#include "viz/window/screens/step_panels.h"

#include <fmt/format.h>

#include <algorithm>

#include <imgui.h>

#include "engine/replay/replay_tables.h"
#include "viz/figures/figure_parts.h"
#include "viz/window/altered_lists.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/overlays/panel.h"

namespace rackrace {
namespace {

/// The steps, where there is one to show.
const Stepping* shown_steps(Session& session) {
    if (session.view.is_playing) return nullptr;
    const Stepping& stepping = session.stepping();
    return stepping.is_empty() ? nullptr : &stepping;
}

std::string with_unit(const std::string& name, const ShownValue& value) {
    const std::string unit = value.number ? unit_of_variable(name) : "";
    return value.text + (unit.empty() ? "" : " " + unit);
}

/// Two columns, the name muted; what the line changed carries a sign.
void draw_values(const std::vector<NamedValue>& rows, const WindowLook& look) {
    const Theme& theme = *look.theme;
    float names = 0.0F;
    const float room = ImGui::GetContentRegionAvail().x, gap = look.px(8.0);
    for (const NamedValue& row : rows) names = std::max(names, width_of("* " + row.name, look, kSmallTextSize));
    names = std::min(names, 0.55F * room);
    for (const NamedValue& row : rows) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float width = std::max(1.0F, room - names - gap), height = std::max(lines_height(row.value, width, look, kSmallTextSize), look.px(17.0));
        put_text(at, row.is_new ? theme.ink : theme.muted, (row.is_new ? "* " : "  ") + row.name, names, look, kSmallTextSize);
        put_lines({at.x + names + gap, at.y}, theme.ink, row.value, width, look, kSmallTextSize);
        ImGui::Dummy({room, height});
    }
}

void draw_part(const char* title, const std::vector<NamedValue>& rows, const WindowLook& look) {
    if (rows.empty()) return;
    ImGui::TextDisabled("%s", title);
    draw_values(rows, look);
}

}  // namespace

LocalsReading prepare_locals(Session& session) {
    LocalsReading out;
    const Stepping* stepping = shown_steps(session);
    if (stepping == nullptr) return out;
    const TracedStep& step = stepping->step(session.view.step);
    out.heading = step.is_gap() ? std::string("Locals after these lines; * changed in them") : fmt::format("Locals after line {}; * changed by it", step.line);
    for (const ValueChange& local : locals_after(stepping->trace(session.view.step), stepping->places[session.view.step].step)) {
        const bool is_new = std::any_of(step.changes.begin(), step.changes.end(), [&](const ValueChange& change) { return change.frame == local.frame && change.slot == local.slot && change.after == local.after; });
        out.rows.push_back({local.name, with_unit(local.name, local.after), is_new});
    }
    if (out.rows.empty()) out.empty_text = "None yet.";
    return out;
}

void draw_locals(const LocalsReading& reading, const WindowLook& look) {
    if (ImGui::BeginChild("locals in rows", ImGui::GetContentRegionAvail())) {
        scroll_tile_by_keys(look);
        ImGui::TextDisabled("%s", reading.heading.c_str());
        if (!reading.empty_text.empty()) ImGui::TextWrapped("%s", reading.empty_text.c_str());
        draw_values(reading.rows, look);
    }
    ImGui::EndChild();
}

StepOrdersReading prepare_step_orders(Session& session) {
    StepOrdersReading out;
    const Stepping* stepping = shown_steps(session);
    if (stepping == nullptr) return out;
    const std::size_t at = session.view.step;
    const TracedDecision& decision = stepping->decision(at);
    const TracedStep& step = stepping->step(at);
    const std::vector<PlacedText>& told = session.orders(session.view.t, session.view.firm);
    std::vector<const PlacedText*> recorded;
    for (const PlacedText& order : told)
        if (order.author == "script" && order.stage == (decision.stage == Stage::a ? "A" : "B")) recorded.push_back(&order);
    out.unrecorded = unrecorded_note(session.store(), {"orders", "fills"});
    std::size_t placed = 0;
    for (std::size_t place = 0; place <= at; ++place)
        if (stepping->places[place].decision == stepping->places[at].decision)
            for (const int order : stepping->step(place).orders) placed = std::max(placed, static_cast<std::size_t>(order) + 1);
    for (std::size_t i = 0; i < placed; ++i) {
        const PlacedOrder& order = decision.log.orders[i];
        const bool is_told = decision.differences.empty() && i < recorded.size();
        const CodeRow& code = row_of(order.answer.code);
        out.rows.push_back({fmt::format("{}  {}", info_of(order.verb).row.name, is_told ? recorded[i]->arguments : order_arguments(*decision.trace.names, order)),
                            order.answer.ok() ? (is_told ? recorded[i]->outcome : "accepted") : fmt::format("{} {}: asked {}, allowed {} ({})", code.id, code.name, short_number(order.answer.asked), short_number(order.answer.allowed), code.record),
                            fmt::format("line {}", order.line), !order.answer.ok(), std::find(step.orders.begin(), step.orders.end(), static_cast<int>(i)) != step.orders.end()});
    }
    out.heading = decision.log.orders.empty() ? "It orders nothing." : fmt::format("{} of {} orders are placed after this line", placed, decision.log.orders.size());
    if (decision.error) out.error = fmt::format("The decision fails in line {}: {}. The firm holds; its orders and what it wrote to memory are dropped.", decision.error->line, decision.error->message);
    return out;
}

void draw_step_orders(const StepOrdersReading& reading, const WindowLook& look) {
    if (ImGui::BeginChild("orders in rows", ImGui::GetContentRegionAvail())) {
        scroll_tile_by_keys(look);
        ImGui::TextDisabled("%s", reading.heading.c_str());
        draw_unrecorded(reading.unrecorded, look);
        if (!reading.error.empty()) ImGui::TextWrapped("x %s", reading.error.c_str());
        for (auto row = reading.rows.rbegin(); row != reading.rows.rend(); ++row) {
            ImGui::TextWrapped("%s%s", row->is_of_line ? "* " : "", row->what.c_str());
            ImGui::PushStyleColor(ImGuiCol_Text, packed(row->is_rejected ? look.theme->looks[1] : look.theme->muted));
            ImGui::TextWrapped("    %s%s, %s", row->is_rejected ? "x " : "", row->outcome.c_str(), row->place.c_str());
            ImGui::PopStyleColor();
        }
    }
    ImGui::EndChild();
}

InputReading prepare_input(Session& session) {
    InputReading out;
    const Stepping* stepping = shown_steps(session);
    if (stepping == nullptr) return out;
    const std::size_t at = session.view.step;
    const TracedDecision& decision = stepping->decision(at);
    const CallbackTrace& trace = stepping->trace(at);
    const TracedStep& step = stepping->step(at);
    for (std::size_t i = 0; i < trace.reads.size(); ++i) {
        const InputRead& read = trace.reads[i];
        out.saw.push_back({read.path, read.value.text + (read.unit.empty() || !read.value.number ? "" : " " + read.unit), std::find(step.reads.begin(), step.reads.end(), static_cast<int>(i)) != step.reads.end()});
    }
    out.unchanged = unchanged_text(decision.memory);
    for (const MemoryNumber& number : decision.memory) {
        if (number.before == number.after) continue;
        const bool is_new = std::any_of(step.changes.begin(), step.changes.end(), [&](const ValueChange& change) { return change.frame < 0 && change.name == "mem." + number.name; });
        out.memory.push_back({number.name, number.before.text + " -> " + with_unit(number.name, number.after), is_new});
    }
    for (std::size_t i = 0; i < decision.log.traces.size(); ++i) {
        const TraceEntry& entry = decision.log.traces[i];
        out.traces.push_back({entry.name, entry.is_mark ? "mark" : short_number(entry.value), std::find(step.traces.begin(), step.traces.end(), static_cast<int>(i)) != step.traces.end()});
    }
    return out;
}

void draw_input(const InputReading& reading, const WindowLook& look) {
    if (ImGui::BeginChild("input in rows", ImGui::GetContentRegionAvail())) {
        scroll_tile_by_keys(look);
        draw_part("Memory that the decision changes; * by this line", reading.memory, look);
        draw_part("Trace", reading.traces, look);
        draw_part("Saw: what it read by name; * first by this line", reading.saw, look);
        if (!reading.unchanged.empty()) {
            ImGui::TextDisabled("Memory that stays as it was");
            ImGui::TextWrapped("%s", reading.unchanged.c_str());
        }
    }
    ImGui::EndChild();
}

}  // namespace rackrace
