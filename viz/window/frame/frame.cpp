#include "viz/window/frame/frame.h"

#include <imgui.h>

#include "viz/window/overlays/overlays.h"
#include "viz/window/screens/opening.h"
#include "viz/window/screens/screens.h"

namespace rackrace {
namespace {

constexpr double kStripHeight = 44.0, kTimelineHeight = 76.0;  // at scale 1

/// A part of the window as wide as it, `height` pixels high, without borders.
template <class Draw> void part(const char* label, float height, Draw draw) {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0.0F, 0.0F});
    ImGui::BeginChild(label, {0.0F, height}, ImGuiChildFlags_None, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar();
    draw();
    ImGui::EndChild();
}

}  // namespace

void draw_frame(Session& session, const WindowLook& look, double frames_per_s) {
    const ImGuiViewport& viewport = *ImGui::GetMainViewport();
    ImGui::SetNextWindowPos(viewport.Pos);
    ImGui::SetNextWindowSize(viewport.Size);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0F);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
    ImGui::Begin("rackrace", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                     ImGuiWindowFlags_NoDocking | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar(2);
    const float line = look.px(kTarget), gap = ImGui::GetStyle().ItemSpacing.y;
    const bool is_opening = session.opening().has_value(), has_any = session.has_any() && !is_opening;
    const float below = line + (has_any ? look.px(kTimelineHeight) + gap : 0.0F) + gap;
    part("tabs", line, [&] { draw_tabs(prepare_tabs(session), session, look); });
    if (const std::string altered = is_opening ? "" : prepare_altered(session); !altered.empty())
        part("altered", altered_height(altered, look), [&] { draw_altered(altered, look); });
    if (has_any) part("strip", look.px(kStripHeight), [&] { draw_strip(session.has_batch() ? prepare_batch_strip(session) : prepare_strip(session), session, look); });
    if (const WarningBar bar = prepare_warning_bar(session); has_any && !bar.lines.empty())
        part("warning", warning_bar_height(bar, look), [&] { draw_warning_bar(bar, session, look); });
    part("screen", ImGui::GetContentRegionAvail().y - below, [&] {
        if (is_opening) draw_opening(prepare_opening(session), session, look);
        else draw_screen(session, look);
    });
    if (has_any) part("time", look.px(kTimelineHeight), [&] { draw_timeline(prepare_timeline(session), session, look); });
    part("status", line, [&] { draw_status(prepare_status(session, frames_per_s), session, look); });
    ImGui::End();
    draw_overlay(session, look);
}

}  // namespace rackrace
