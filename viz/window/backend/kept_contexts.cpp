#include "viz/window/backend/kept_contexts.h"

#include <EGL/egl.h>
#include <imgui.h>
#include <implot.h>

#include <GLFW/glfw3.h>

namespace rackrace {

KeptContexts::KeptContexts()
    : interface_(ImGui::GetCurrentContext()),
      plots_(ImPlot::GetCurrentContext()),
      window_(glfwGetCurrentContext()),  // without glfw at work: none
      display_(eglGetCurrentDisplay()),
      context_(eglGetCurrentContext()),
      drawn_(eglGetCurrentSurface(EGL_DRAW)),
      read_(eglGetCurrentSurface(EGL_READ)) {
    ImGui::SetCurrentContext(nullptr);
    ImPlot::SetCurrentContext(nullptr);
    if (window_ != nullptr) glfwMakeContextCurrent(nullptr);  // EGL takes no thread where GLX is current
}

KeptContexts::~KeptContexts() {
    ImGui::SetCurrentContext(interface_);
    ImPlot::SetCurrentContext(plots_);
    if (window_ != nullptr) glfwMakeContextCurrent(window_);
    else if (context_ != EGL_NO_CONTEXT) eglMakeCurrent(display_, drawn_, read_, context_);
}

}  // namespace rackrace
