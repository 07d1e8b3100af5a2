#include "viz/window/plot.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "viz/figures/describe.h"
#include "viz/figures/figure_layout.h"
#include "viz/figures/figure_painter.h"
#include "viz/window/overlays/panel.h"
#include "viz/window/pick.h"
#include "viz/window/plot_area.h"
#include "viz/window/plot_reading.h"
#include "viz/window/readings.h"
#include "viz/window/window_canvas.h"
#include "viz/window/zoom.h"

namespace rackrace {
namespace {

constexpr double kSmallestLetters = 12.0;           // pixels
constexpr double kShares[] = {1.0, 0.9, 0.8, 0.7};  // of the wanted letters, tried in this order
constexpr double kLine = 2.0;                       // pixels at scale 1
constexpr double kNarrowestColumn = 10.5;           // of panels, in sizes of letters
constexpr double kGhost = 0.4;                      // opacity
constexpr double kThicker = 2.0;                    // the line of a chosen series
constexpr double kReach = 2.5;                      // of the pointer, in sizes of letters
constexpr double kNotch = 0.8;                      // of the values that a notch of the wheel leaves
constexpr float kClickReach = 16.0f;                // squared pixels that a hand may move during a click

FigureStyle style_of(const PlotStyle& style, ImVec2 room) {
    const double text = std::max(kSmallestLetters, kSmallTextSize * style.look.scale);
    return {"window", style.look.theme, room.x, room.y, text, 0.0, style.look.px(kLine), ""};
}

std::vector<std::string> notes_of(const FigureModel& figure) {
    std::vector<std::string> notes = figure.findings;
    notes.insert(notes.end(), figure.notes.begin(), figure.notes.end());
    for (const SumCheck& check : figure.checks)
        if (check.holds()) notes.push_back("Sum check: " + check_text(check));
    return notes;
}

/// In as few columns as make the panels fit the room, if need be with plots as low as can still be read, then with smaller letters, which
/// `drawn` has afterwards; where nothing fits, as the figure wants it.
FigureLayout fitted(const FigureModel& figure, const PlotStyle& style, FigureStyle& drawn) {
    LayoutOptions options;
    options.has_heads = style.has_heads;
    options.quarters = style.is_over_time ? style.shown_quarters : std::nullopt;
    options.values = style.values;
    options.is_log = style.is_log;
    options.behind = style.ghost;
    if (style.has_notes) options.notes = notes_of(figure);
    const double wanted_text = drawn.text;
    for (const double share : kShares) {
        drawn.text = std::max(kSmallestLetters, share * wanted_text);
        const int room = std::max(1, static_cast<int>(drawn.width / (kNarrowestColumn * drawn.text)));
        const int most = std::min(static_cast<int>(figure.panels.size()), room), wanted = std::min(figure.columns, room);
        for (const bool is_tight : {false, true}) {
            if (!is_tight && share < 1.0) continue;
            options.is_tight = is_tight;
            for (options.columns = wanted; options.columns <= std::max(wanted, most); ++options.columns)
                if (FigureLayout layout = prepare_figure(figure, drawn, options); layout.height <= drawn.height + 0.5) return layout;
        }
    }
    drawn.text = wanted_text;
    options.is_tight = false;
    options.columns = std::min(figure.columns, std::max(1, static_cast<int>(drawn.width / (kNarrowestColumn * drawn.text))));
    return prepare_figure(figure, drawn, options);
}

std::optional<QuarterRange> quarters_of(const FigureModel& figure) {
    std::optional<QuarterRange> all;
    for (const FigurePanel& panel : figure.panels)
        if (panel.key.kind == AxisKind::quarter)
            for (const Series& series : panel.series)
                for (const Datum& datum : series.data) {
                    const int t = static_cast<int>(datum.key);
                    all = all ? QuarterRange{std::min(all->from, t), std::max(all->to, t)} : QuarterRange{t, t};
                }
    return all;
}

void bracket(const PanelLayout& layout, const Series& series, const Datum& datum, ImVec2 origin, const PlotStyle& style, double width) {
    const auto box = box_of(layout, series, datum);
    if (!box || !is_shown(*layout.panel, layout.key, datum)) return;
    const double room = style.look.px(5.0);
    const ImVec2 a{origin.x + static_cast<float>(box->corner.x - room), origin.y + static_cast<float>(box->corner.y - room)};
    const ImVec2 b{origin.x + static_cast<float>(box->opposite.x + room), origin.y + static_cast<float>(box->opposite.y + room)};
    ImGui::GetWindowDrawList()->AddRect(a, b, packed(style.look.theme->ink), style.look.px(3.0), static_cast<float>(width));
}

void bracket_pinned(const PanelLayout& layout, ImVec2 origin, const PlotStyle& style) {
    if (style.pinned.empty()) return;
    for (const Series& series : layout.panel->series)
        for (const Datum& datum : series.data)
            if (datum.address == style.pinned) bracket(layout, series, datum, origin, style, style.look.px(2.0));
}

/// Zoom by wheel, shift by drag, all of it by a double click on what is no quarter.
void change_quarters(const FigureModel& figure, const PanelLayout& layout, const AreaInput& input, const PlotStyle& style, PlotHit& hit) {
    const auto all = quarters_of(figure);
    if (!all || !style.is_over_time || layout.panel->key.kind != AxisKind::quarter) return;
    const QuarterRange shown = style.shown_quarters.value_or(*all);
    QuarterRange wanted = shown;
    if (const double notches = ImGui::GetIO().MouseWheel; notches != 0.0 && !ImGui::GetIO().KeyShift)
        wanted = wheeled(shown, *all, input.key, notches);
    if (ImGui::IsMouseDragging(ImGuiMouseButton_Left)) {
        const double each = layout.key.at(1.0) - layout.key.at(0.0);
        const int by = std::clamp(static_cast<int>(-ImGui::GetMouseDragDelta().x / each), all->from - shown.from, all->to - shown.to);
        if (by != 0) {
            wanted = {shown.from + by, shown.to + by};
            ImGui::ResetMouseDragDelta();
        }
    }
    if (wanted.from == shown.from && wanted.to == shown.to) return;
    hit.was_reset = wanted.from == all->from && wanted.to == all->to;
    if (!hit.was_reset) hit.zoomed = wanted;
}

/// Zoom of values by Shift and wheel, around the value under the pointer.
void change_values(const PanelLayout& layout, const AreaInput& input, const PlotStyle& style, PlotHit& hit) {
    const double notches = ImGui::GetIO().KeyShift ? ImGui::GetIO().MouseWheel : 0.0;
    if (notches == 0.0 || !has_upright_values(*layout.panel)) return;
    const auto at = style.values.find(layout.panel->id);
    const ShareRange shown = at == style.values.end() ? ShareRange{} : at->second;
    const double share = (layout.measure.at(input.measure) - layout.measure.from) / (layout.measure.to - layout.measure.from);
    hit.values = {layout.panel->id, narrowed(shown, shown.from + share * (shown.to - shown.from), std::pow(kNotch, notches))};
}

void take_input(const FigureModel& figure, const PanelLayout& layout, const AreaInput& input, ImVec2 origin, const PlotStyle& style, PlotHit& hit) {
    const ImGuiIO& io = ImGui::GetIO();
    const double text = style_of(style, {}).text;
    const auto picked = pick(layout, {io.MousePos.x - origin.x, io.MousePos.y - origin.y}, kReach * text);
    const bool is_still = io.MouseDragMaxDistanceSqr[0] < kClickReach;
    hit.at = {input.key, input.measure};
    hit.is_clicked = ImGui::IsMouseReleased(ImGuiMouseButton_Left) && is_still && io.MouseClickedLastCount[0] < 2;
    if (picked) {
        hit.hovered = picked->datum;
        bracket(layout, *picked->series, *picked->datum, origin, style, 1.0);
        draw_reading(*layout.panel, *picked, style.look);
        if (hit.is_clicked) hit.clicked = picked->datum;
        if (ImGui::IsMouseClicked(ImGuiMouseButton_Right)) hit.asked_why = picked->datum;
    }
    if (style.is_over_time && layout.panel->key.kind == AxisKind::quarter && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left))
        hit.quarter = static_cast<int>(std::lround(input.key));
    change_quarters(figure, layout, input, style, hit);
    change_values(layout, input, style, hit);
}

/// Whole texts where the layout shortened them: the panel's title, the name of the row that the pointer is beside.
void say_shortened(const PanelLayout& layout, ImVec2 origin, double text) {
    if (!ImGui::IsWindowHovered()) return;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const Point at{mouse.x - origin.x, mouse.y - origin.y};
    const FigurePanel& panel = *layout.panel;
    const auto is_at = [&](const TextLine& line) {
        return at.x >= line.at.x && at.x <= layout.right && std::abs(at.y - line.at.y + 0.4 * text) <= 0.7 * text;
    };
    const bool is_shortened = !layout.title.empty() && layout.title.back().text.ends_with("...");
    if (is_shortened && std::any_of(layout.title.begin(), layout.title.end(), is_at)) ImGui::SetTooltip("%s", panel_title(panel).c_str());
    const FigureAxis& rows = panel.is_horizontal ? panel.key : panel.measure;
    if (rows.kind != AxisKind::category || at.x >= layout.left || at.y < layout.top || at.y > layout.bottom) return;
    const Scale& scale = panel.is_horizontal ? layout.key : layout.measure;
    const std::string name = key_text(rows, std::floor(scale.back(at.y) + 0.5));
    const auto& ticks = panel.is_horizontal ? layout.key_ticks : layout.measure_ticks;
    if (std::none_of(ticks.begin(), ticks.end(), [&](const Tick& tick) { return tick.text == name; })) ImGui::SetTooltip("%s", name.c_str());
}

/// The series that the pinned reading is of, in whatever quarter, once more with thicker lines.
void thicken_pinned(const PanelLayout& layout, const FigureStyle& drawn, WindowCanvas& canvas, const PlotStyle& style) {
    if (style.pinned.empty()) return;
    const auto is_chosen = [&](const Series& series) {
        const bool is_line = series.shape == MarkShape::line || series.shape == MarkShape::step;
        return is_line && std::any_of(series.data.begin(), series.data.end(), [&](const Datum& datum) { return is_same_series(datum.address, style.pinned); });
    };
    const std::vector<Series>& drawn_series = layout.panel->series;
    if (std::none_of(drawn_series.begin(), drawn_series.end(), is_chosen)) return;  // most panels: a copy has every reason of every reading
    FigurePanel chosen = *layout.panel;
    std::erase_if(chosen.series, [&](const Series& series) { return !is_chosen(series); });
    FigureStyle thick = drawn;
    thick.line *= kThicker;
    paint_marks(chosen, layout, thick, canvas);
}

void draw_panel(const FigureModel& figure, const PanelLayout& layout, const FigureStyle& drawn, ImVec2 origin, const PlotStyle& style, PlotHit& hit) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    AreaInput input;
    const bool is_there = begin_plot_area(layout, origin, input);
    if (!is_there) return;
    if (style.ghost != nullptr)
        for (const FigurePanel& panel : style.ghost->panels)
            if (panel.id == layout.panel->id && panel.measure.unit == layout.panel->measure.unit) {
                WindowCanvas dimmed(list, origin, *drawn.theme, drawn.line, kGhost);
                paint_marks(panel, layout, drawn, dimmed);
            }
    WindowCanvas canvas(list, origin, *drawn.theme, drawn.line);
    paint_panel(layout, drawn, canvas);
    if (style.is_over_time) thicken_pinned(layout, drawn, canvas, style);
    bracket_pinned(layout, origin, style);
    if (input.is_hovered) take_input(figure, layout, input, origin, style, hit);
    end_plot_area(layout);
    say_shortened(layout, origin, drawn.text);
}

}  // namespace

PlotHit draw_figure(const FigureModel& figure, const PlotStyle& style) {
    PlotHit hit;
    ImVec2 room = ImGui::GetContentRegionAvail();
    FigureStyle drawn = style_of(style, room);
    FigureLayout layout = fitted(figure, style, drawn);
    const bool scrolls = layout.height > room.y + 0.5;
    if (scrolls) {
        drawn.width -= ImGui::GetStyle().ScrollbarSize;
        layout = fitted(figure, style, drawn);
    }
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{0.0f, 0.0f});
    const bool is_seen = ImGui::BeginChild("figure", room, ImGuiChildFlags_None, scrolls ? ImGuiWindowFlags_None : ImGuiWindowFlags_NoScrollbar);
    ImGui::PopStyleVar();
    if (is_seen) {
        if (scrolls) scroll_tile_by_keys(style.look);
        const ImVec2 origin = ImGui::GetCursorScreenPos();
        WindowCanvas canvas(*ImGui::GetWindowDrawList(), origin, *drawn.theme, drawn.line);
        paint_heads(layout, drawn, canvas);
        for (const PanelLayout& panel : layout.panels) draw_panel(figure, panel, drawn, origin, style, hit);
        paint_notes(layout, drawn, canvas);
        ImGui::SetCursorScreenPos(origin);
        ImGui::Dummy({static_cast<float>(drawn.width), static_cast<float>(layout.height) - 1.0f});
    }
    ImGui::EndChild();
    return hit;
}

}  // namespace rackrace
