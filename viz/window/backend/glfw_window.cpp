#include "viz/window/backend/glfw_window.h"

#include <GLFW/glfw3.h>
#include <imgui.h>

#include <utility>

#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>

namespace rackrace {
namespace {

Refusal no_window(const std::string& what) {
    const char* said = nullptr;
    glfwGetError(&said);
    return {what, 0, 0, said == nullptr ? "there is none" : std::string("there is none (") + said + ")",
            "try rackrace plot RUN FIGURE (no window needed), rackrace view RUN --screenshot F.png, or xvfb-run rackrace view RUN"};
}

GlfwWindow& of(GLFWwindow* window) { return *static_cast<GlfwWindow*>(glfwGetWindowUserPointer(window)); }

}  // namespace

Result<std::unique_ptr<GlfwWindow>> GlfwWindow::open(int width, int height) {
    if (glfwInit() == GLFW_FALSE) return no_window("display");
    std::unique_ptr<GlfwWindow> out(new GlfwWindow);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    out->window_ = glfwCreateWindow(width, height, "rackrace", nullptr, nullptr);
    if (out->window_ == nullptr) return no_window("OpenGL 3");
    glfwMakeContextCurrent(out->window_);
    glfwSwapInterval(1);
    glfwSetWindowUserPointer(out->window_, out.get());
    glfwSetWindowRefreshCallback(out->window_, [](GLFWwindow* window) { of(window).is_exposed_ = true; });
    glfwSetFramebufferSizeCallback(out->window_, [](GLFWwindow* window, int, int) { of(window).is_exposed_ = true; });
    glfwSetDropCallback(out->window_, [](GLFWwindow* window, int count, const char** paths) {
        of(window).dropped_.insert(of(window).dropped_.end(), paths, paths + count);
    });
    out->has_platform_ = ImGui_ImplGlfw_InitForOpenGL(out->window_, true);
    out->has_renderer_ = ImGui_ImplOpenGL3_Init("#version 150");
    if (!out->has_platform_ || !out->has_renderer_) return no_window("OpenGL 3");
    return out;
}

GlfwWindow::~GlfwWindow() {
    if (has_renderer_) ImGui_ImplOpenGL3_Shutdown();
    if (has_platform_) ImGui_ImplGlfw_Shutdown();
    if (window_ != nullptr) glfwDestroyWindow(window_);
    glfwTerminate();
}

double GlfwWindow::scale() const { return static_cast<double>(ImGui_ImplGlfw_GetContentScaleForWindow(window_)); }
bool GlfwWindow::was_closed() const { return glfwWindowShouldClose(window_) == GLFW_TRUE; }

void GlfwWindow::wait(double seconds) {
    if (seconds < 0.0) glfwWaitEvents();
    else if (seconds == 0.0) glfwPollEvents();
    else glfwWaitEventsTimeout(seconds);
}

bool GlfwWindow::take_exposed() { return std::exchange(is_exposed_, false); }
std::vector<std::string> GlfwWindow::take_dropped() { return std::exchange(dropped_, {}); }

void GlfwWindow::begin_frame() {
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
}

void GlfwWindow::end_frame() {
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glfwSwapBuffers(window_);
}

int GlfwWindow::width() const {
    int width = 0;
    glfwGetWindowSize(window_, &width, nullptr);
    return width;
}

int GlfwWindow::height() const {
    int height = 0;
    glfwGetWindowSize(window_, nullptr, &height);
    return height;
}

}  // namespace rackrace
