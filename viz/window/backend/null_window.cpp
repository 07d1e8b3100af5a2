#include "viz/window/backend/null_window.h"

#include <imgui.h>

#include <backends/imgui_impl_null.h>

namespace rackrace {

NullWindow::NullWindow(int width, int height) : width_(width), height_(height) { ImGui_ImplNull_Init(); }
NullWindow::~NullWindow() { ImGui_ImplNull_Shutdown(); }

void NullWindow::begin_frame() {
    ImGui_ImplNull_NewFrame();
    ImGui::GetIO().DisplaySize = {static_cast<float>(width_), static_cast<float>(height_)};  // the library's own is 1920 by 1080
}

void NullWindow::end_frame() { ImGui_ImplNullRender_RenderDrawData(ImGui::GetDrawData()); }

}  // namespace rackrace
