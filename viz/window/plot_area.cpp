#include "viz/window/plot_area.h"

#include <algorithm>
#include <string>

#include <implot.h>

namespace rackrace {
namespace {

/// Axes neither move nor draw anything by themselves: ranges come from the layout, and a wheel changes the view's quarters.
constexpr ImPlotAxisFlags kAxis = ImPlotAxisFlags_NoDecorations | ImPlotAxisFlags_NoInitialFit | ImPlotAxisFlags_NoMenus |
                                  ImPlotAxisFlags_NoSideSwitch | ImPlotAxisFlags_NoHighlight | ImPlotAxisFlags_Lock;

const ImVec4 kNoColour{0.0f, 0.0f, 0.0f, 0.0f};

void set_axis(ImAxis axis, const Scale& scale, bool is_inverted) {
    ImPlot::SetupAxis(axis, nullptr, kAxis | (is_inverted ? ImPlotAxisFlags_Invert : ImPlotAxisFlags_None));
    if (scale.is_log) ImPlot::SetupAxisScale(axis, ImPlotScale_Log10);
    ImPlot::SetupAxisLimits(axis, scale.low, scale.high, ImPlotCond_Always);
}

}  // namespace

PlotLibrary::PlotLibrary() { ImPlot::CreateContext(); }
PlotLibrary::~PlotLibrary() { ImPlot::DestroyContext(); }

bool begin_plot_area(const PanelLayout& layout, ImVec2 origin, AreaInput& input) {
    const FigurePanel& panel = *layout.panel;
    ImGui::SetCursorScreenPos({origin.x + static_cast<float>(layout.left), origin.y + static_cast<float>(layout.top)});
    const ImVec2 size{static_cast<float>(std::max(8.0, layout.right - layout.left)), static_cast<float>(std::max(8.0, layout.bottom - layout.top))};
    ImPlot::PushStyleVar(ImPlotStyleVar_PlotPadding, ImVec2{0.0f, 0.0f});
    ImPlot::PushStyleVar(ImPlotStyleVar_PlotMinSize, ImVec2{8.0f, 8.0f});
    ImPlot::PushStyleVar(ImPlotStyleVar_PlotBorderSize, 0.0f);
    for (const ImPlotCol part : {ImPlotCol_FrameBg, ImPlotCol_PlotBg}) ImPlot::PushStyleColor(part, kNoColour);
    const bool is_there = ImPlot::BeginPlot(("##" + panel.id).c_str(), size, ImPlotFlags_CanvasOnly | ImPlotFlags_NoFrame);
    if (is_there) {
        set_axis(ImAxis_X1, panel.is_horizontal ? layout.measure : layout.key, false);
        set_axis(ImAxis_Y1, panel.is_horizontal ? layout.key : layout.measure, panel.is_horizontal || panel.measure.kind == AxisKind::category);
        ImPlot::SetupFinish();
        input.is_hovered = ImPlot::IsPlotHovered();
        const ImPlotPoint at = ImPlot::GetPlotMousePos();
        input.key = panel.is_horizontal ? at.y : at.x;
        input.measure = panel.is_horizontal ? at.x : at.y;
    }
    ImPlot::PopStyleColor(2);
    ImPlot::PopStyleVar(3);
    return is_there;
}

void end_plot_area(const PanelLayout& layout) {
    const bool has_axes = layout.panel->key.kind != AxisKind::place;  // what has none has no border either, which is drawn only now
    if (!has_axes) ImPlot::PushStyleColor(ImPlotCol_PlotBorder, kNoColour);
    ImPlot::EndPlot();
    if (!has_axes) ImPlot::PopStyleColor();
}

}  // namespace rackrace
