// The time of the run, always in sight: buttons of playback, a place a quarter, the events of each, flags for the marks of the picked firm, the cursor and the ends of the loop.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/base/quarter_index.h"
#include "viz/window/actions.h"
#include "viz/window/frame/frame.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/readings.h"
#include "viz/window/window_canvas.h"

namespace rackrace {
namespace {

constexpr std::size_t kMostSentences = 10;  // of a quarter, in the tooltip

void act(Session& session, const char* id) { perform(*find_action(id), session); }

void draw_buttons(const Timeline& timeline, Session& session, const WindowLook& look) {
    ViewState& view = session.view;
    for (const auto& [label, sign, id] : {std::tuple{"First quarter (Home)", Sign::first, "first-quarter"},
                                          {"Previous quarter (Left)", Sign::back, "previous-quarter"},
                                          {"Play or pause (Space)", view.is_playing ? Sign::pause : Sign::play, "play"},
                                          {"Next quarter (Right)", Sign::on, "next-quarter"},
                                          {"Last quarter (End)", Sign::last, "last-quarter"}}) {
        if (sign_button(label, sign, look)) act(session, id);
        ImGui::SameLine();
    }
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const std::string quarter = fmt::format("{} Q{}", year_of(view.t), quarter_of(view.t));
    const float wide = width_of("2028 Q3", look, kTextSize + 3.0) + look.px(20.0);
    put_text({at.x + look.px(8.0), at.y + look.px(4.0)}, look.theme->ink, quarter, wide, look, kTextSize + 3.0);
    ImGui::SetCursorScreenPos({at.x + wide, at.y});
    if (sign_button("Slower (,)", Sign::minus, look)) act(session, "slower");
    ImGui::SameLine();
    const ImVec2 speed_at = ImGui::GetCursorScreenPos();
    const std::string speed = short_number(view.quarters_per_s) + " q/s";
    const float speed_wide = width_of("0.5 q/s", look) + look.px(8.0);
    put_text({speed_at.x + (speed_wide - width_of(speed, look)) / 2.0F, speed_at.y + look.px(6.0)}, look.theme->ink, speed, speed_wide, look);
    ImGui::SetCursorScreenPos({speed_at.x + speed_wide, speed_at.y});
    if (sign_button("Faster (.)", Sign::plus, look)) act(session, "faster");
    ImGui::SameLine();
    const std::string loop =
        timeline.loop ? fmt::format("Loop {} to {}###loop", quarter_name(timeline.loop->from), quarter_name(timeline.loop->to)) : "Loop###loop";
    if (choice_button(loop.c_str(), view.is_looping, look)) act(session, "loop");
    const float right = button_width("B Bookmark") + button_width("G Go to") + ImGui::GetStyle().ItemSpacing.x;
    ImGui::SameLine();
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, ImGui::GetContentRegionAvail().x - right));
    if (choice_button("B Bookmark", false, look)) act(session, "bookmark");
    ImGui::SameLine();
    if (choice_button("G Go to", false, look)) act(session, "go-to");
}

/// Where the quarters lie on the screen.
struct Ruler {
    ImVec2 at;
    float width, height;
    int first, count;
    float cell() const { return width / static_cast<float>(count); }
    float left(int t) const { return at.x + cell() * static_cast<float>(t - first); }
    float middle(int t) const { return left(t) + cell() / 2.0F; }
    int quarter(float x) const { return first + static_cast<int>(std::clamp(std::floor((x - at.x) / cell()), 0.0F, static_cast<float>(count - 1))); }
};

/// Where the end was when its handle, the item drawn last, was taken; asked in every frame that it is held.
float taken_at(float x) {
    float& taken = *ImGui::GetStateStorage()->GetFloatRef(ImGui::GetID("loop end taken at"), x);
    if (ImGui::IsItemActivated()) taken = x;
    return taken;
}

/// An end of the loop, which can be dragged.
void loop_handle(const char* label, float x, const Ruler& ruler, Session& session, bool is_start, const WindowLook& look) {
    const float half = look.px(6.0), target = look.px(kTarget);
    // Outwards of its line, where the other end does not reach, and inside the ruler.
    const float left = std::clamp(is_start ? x + half - target : x - half, ruler.at.x, ruler.at.x + ruler.width - target);
    ImGui::SetCursorScreenPos({left, ruler.at.y});
    ImGui::InvisibleButton(label, {target, target});
    const bool is_held = ImGui::IsItemActive();
    const float from = is_held ? taken_at(x) : x;
    if (is_held && ImGui::IsMouseDragging(ImGuiMouseButton_Left)) {
        QuarterRange& loop = *session.view.loop;
        const int t = ruler.quarter(from + (is_start ? half : -half) + ImGui::GetMouseDragDelta(ImGuiMouseButton_Left).x);
        (is_start ? loop.from : loop.to) = is_start ? std::min(t, loop.to) : std::max(t, loop.from);
        session.view.status = "Loops from " + quarter_name(loop.from) + " to " + quarter_name(loop.to) + ".";
    }
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImU32 ink = packed(look.theme->looks[1]);
    list.AddLine({x, ruler.at.y}, {x, ruler.at.y + ruler.height}, ink, look.px(2.0));
    const float tip = is_start ? half : -half;
    list.AddTriangleFilled({x, ruler.at.y}, {x + tip, ruler.at.y}, {x, ruler.at.y + look.px(10.0)}, ink);
    if (is_held || ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
}

void draw_ruler(const Ruler& ruler, const Session& session, const WindowLook& look) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Theme& theme = *look.theme;
    const float line = ruler.at.y + look.px(22.0);
    list.AddRectFilled(ruler.at, {ruler.at.x + ruler.width, ruler.at.y + ruler.height}, packed(panel_ground(theme)));
    const int t = session.view.t;
    list.AddRectFilled({ruler.left(t), ruler.at.y}, {ruler.left(t + 1), ruler.at.y + ruler.height}, packed(focus_colour(theme), 0.35));
    list.AddLine({ruler.at.x, line}, {ruler.at.x + ruler.width, line}, packed(theme.axis));
    const float label = width_of("2026", look, kSmallTextSize) + look.px(6.0);
    const int years = std::max(1, static_cast<int>(std::ceil(label / (4.0F * ruler.cell()))));
    for (int q = ruler.first; q < ruler.first + ruler.count; ++q) {
        const bool is_year = quarter_of(q) == 1;
        if (!is_year && ruler.cell() < look.px(3.0)) continue;
        list.AddLine({ruler.middle(q), line}, {ruler.middle(q), line - look.px(is_year ? 6.0 : 3.0)}, packed(theme.axis));
        if (is_year && year_of(q) % years == 0)
            put_text({ruler.middle(q) + look.px(3.0), ruler.at.y + look.px(2.0)}, theme.muted, std::to_string(year_of(q)), label, look,
                     kSmallTextSize);
    }
    list.AddRect({ruler.left(t), ruler.at.y}, {ruler.left(t + 1), ruler.at.y + ruler.height}, packed(focus_colour(theme)), 0.0F, look.px(2.0));
}

/// Marks beside each other in the place of their quarter, as many as fit.
void draw_events(const Timeline& timeline, const Ruler& ruler, const WindowLook& look) {
    WindowCanvas canvas(*ImGui::GetWindowDrawList(), {0.0F, 0.0F}, *look.theme, look.px(1.5));
    const float step = look.px(11.0), y = ruler.at.y + look.px(33.0);
    int t = -1, n = 0;
    for (const Timeline::Mark& mark : timeline.marks) {
        n = mark.t == t ? n + 1 : 0;
        t = mark.t;
        const float x = ruler.left(mark.t) + std::min(ruler.cell() / 2.0F, look.px(7.0)) + step * static_cast<float>(n);
        if (n == 0 || x + step / 2.0F <= ruler.left(mark.t + 1)) canvas.marker({x, y}, mark.look, look.px(3.5), "");
    }
}

/// On the tick of their quarter, flying to the left: the names of years stand at the right of theirs.
void draw_flags(const Timeline& timeline, const Ruler& ruler, const WindowLook& look) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImU32 ink = packed(look.theme->ink);
    const float wide = std::min(look.px(9.0), ruler.cell() / 2.0F), top = ruler.at.y + look.px(4.0), foot = ruler.at.y + look.px(22.0);
    for (const Timeline::Flag& flag : timeline.flags) {
        const float x = ruler.middle(flag.t);
        list.AddLine({x, top}, {x, foot}, ink, look.px(1.5));
        list.AddTriangleFilled({x, top}, {x, top + look.px(8.0)}, {x - wide, top + look.px(4.0)}, ink);
    }
}

/// What happened in a quarter, and what the picked firm's script marked.
void show_quarter(int t, const Timeline& timeline, const Session& session) {
    const Columns& events = session.store().table("events");
    const auto [first, end] = events.rows_of(t);
    std::string text = fmt::format("{}: {} events", quarter_name(t), end - first);
    for (std::size_t row = first; row < std::min(end, first + kMostSentences); ++row) text += "\n" + events.text(row, "sentence");
    if (end - first > kMostSentences) text += "\nmore on screen Events";
    for (const Timeline::Flag& flag : timeline.flags)
        if (flag.t == t) text += "\n" + flag.text + "; Shift+X goes on to the next ones";
    ImGui::SetTooltip("%s", text.c_str());
}

}  // namespace

Timeline prepare_timeline(Session& session) {
    Timeline out;
    out.first = session.first_t();
    out.last = session.last_t();
    if (session.view.is_looping) out.loop = session.view.loop;
    if (!session.has_run()) return out;
    std::set<std::pair<int, int>> seen;                               // quarters and looks
    for (const FigurePanel& panel : session.figure("events").panels)  // its lanes have the gravest first
        for (const Series& series : panel.series)
            for (const Datum& datum : series.data) {
                const int t = static_cast<int>(datum.key);
                if (seen.insert({t, series.look}).second) out.marks.push_back({t, series.look});
            }
    std::stable_sort(out.marks.begin(), out.marks.end(), [](const Timeline::Mark& a, const Timeline::Mark& b) { return a.t < b.t; });
    for (const auto& [t, names] : marks_of_firm(session)) out.flags.push_back({t, "marks of " + session.view.firm + ": " + names});
    return out;
}

void draw_timeline(const Timeline& timeline, Session& session, const WindowLook& look) {
    draw_buttons(timeline, session, look);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Ruler ruler{at, ImGui::GetContentRegionAvail().x, ImGui::GetContentRegionAvail().y, timeline.first, timeline.last - timeline.first + 1};
    if (timeline.loop) ImGui::SetNextItemAllowOverlap();  // by its handles
    ImGui::InvisibleButton("timeline", {ruler.width, ruler.height});
    const bool is_hovered = ImGui::IsItemHovered();
    if (ImGui::IsItemActive()) {
        const int t = ruler.quarter(ImGui::GetMousePos().x);
        if (t != session.view.t) session.view.status = "At " + quarter_name(t) + ".";
        session.seek(t);
    }
    if (is_hovered && ImGui::GetIO().MouseWheel != 0.0F) act(session, ImGui::GetIO().MouseWheel < 0.0F ? "next-quarter" : "previous-quarter");
    draw_ruler(ruler, session, look);
    draw_events(timeline, ruler, look);
    draw_flags(timeline, ruler, look);
    if (timeline.loop) {
        loop_handle("loop start", ruler.left(timeline.loop->from), ruler, session, true, look);
        loop_handle("loop end", ruler.left(timeline.loop->to + 1), ruler, session, false, look);
    }
    if (is_hovered && session.has_run() && !ImGui::IsMouseDown(ImGuiMouseButton_Left)) show_quarter(ruler.quarter(ImGui::GetMousePos().x), timeline, session);
}

}  // namespace rackrace
