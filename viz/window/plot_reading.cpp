#include "viz/window/plot_reading.h"

#include <cmath>

#include <imgui.h>

#include "viz/figures/figure_painter.h"
#include "viz/window/window_canvas.h"

namespace rackrace {
namespace {

constexpr double kWidest = 420.0;  // pixels at scale 1

std::string value_text(const FigurePanel& panel, const Series& series, const Datum& datum) {
    if (series.shape == MarkShape::band) return shown_text(panel.measure, datum.base) + " to " + shown_text(panel.measure, datum.base + datum.value);
    return shown_text(panel.measure, datum.value);
}

void draw_lines(const PlotReading& reading, const WindowLook& look) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float side = ImGui::GetTextLineHeight();
    if (!ImGui::BeginTable("readings", 3, ImGuiTableFlags_SizingFixedFit)) return;
    for (const PlotReading::Line& line : reading.lines) {
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        const ImVec2 at = ImGui::GetCursorScreenPos();
        WindowCanvas canvas(list, at, *look.theme, look.px(2.0));
        canvas.line({{0.0, 0.5 * side}, {1.4 * side, 0.5 * side}}, line.look, look.px(2.0));
        canvas.marker({0.7 * side, 0.5 * side}, line.look, 0.24 * side, {});
        ImGui::Dummy({1.4f * side, side});
        ImGui::TableNextColumn();
        ImGui::TextUnformatted((line.is_picked ? "> " + line.name : line.name).c_str());
        ImGui::TableNextColumn();
        const float room = ImGui::GetContentRegionAvail().x - ImGui::CalcTextSize(line.value.c_str()).x;
        if (room > 0.0f) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + room);
        ImGui::TextUnformatted(line.value.c_str());
    }
    ImGui::EndTable();
}

}  // namespace

PlotReading prepare_reading(const FigurePanel& panel, const Picked& picked) {
    PlotReading reading;
    reading.reason = picked.datum->reason;
    reading.address = picked.datum->address;
    if (panel.key.kind != AxisKind::quarter || panel.measure.kind == AxisKind::category) {
        Datum alone = *picked.datum;
        alone.reason.clear();
        alone.address.clear();
        reading.title = mark_text(panel, *picked.series, alone);
        return reading;
    }
    reading.title = key_text(panel.key, picked.datum->key);
    for (const Series& series : panel.series)
        for (const Datum& datum : series.data)
            if (datum.key == picked.datum->key && std::isfinite(datum.value))
                reading.lines.push_back({series.look, series.name, value_text(panel, series, datum), &series == picked.series});
    return reading;
}

void draw_reading(const FigurePanel& panel, const Picked& picked, const WindowLook& look) {
    const PlotReading reading = prepare_reading(panel, picked);
    if (!ImGui::BeginTooltip()) return;
    ImGui::PushTextWrapPos(look.px(kWidest));
    ImGui::TextUnformatted(reading.title.c_str());
    if (!reading.lines.empty()) draw_lines(reading, look);
    if (!reading.reason.empty()) ImGui::TextWrapped("%s", reading.reason.c_str());
    if (!reading.address.empty()) {
        ImGui::TextDisabled("%s", reading.address.c_str());
        ImGui::TextDisabled("click pins it, right click asks why");
    }
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
}

}  // namespace rackrace
