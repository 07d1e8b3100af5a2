// What draws now, set aside while something else is drawn, and put back: the contexts of the interface library, of the plots and of OpenGL.
#pragma once

struct GLFWwindow;
struct ImGuiContext;
struct ImPlotContext;

namespace rackrace {

class KeptContexts {
public:
    KeptContexts();
    ~KeptContexts();
    KeptContexts(const KeptContexts&) = delete;
    KeptContexts& operator=(const KeptContexts&) = delete;

private:
    ImGuiContext* interface_;
    ImPlotContext* plots_;
    GLFWwindow* window_ = nullptr;
    void *display_, *context_, *drawn_, *read_;  // of EGL, where no window on a display is current
};

}  // namespace rackrace
