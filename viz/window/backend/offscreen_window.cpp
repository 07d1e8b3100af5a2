#include "viz/window/backend/offscreen_window.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/gl.h>
#include <GL/glext.h>
#include <imgui.h>

#include <algorithm>

#include <backends/imgui_impl_opengl3.h>

namespace rackrace {
namespace {

Refusal cannot(const std::string& fact) {
    return {"OpenGL", 0, 0, fact, "install a driver (Debian: libegl1 libegl-mesa0 libgl1-mesa-dri); rackrace plot RUN FIGURE --out F.svg needs none"};
}

}  // namespace

Result<std::unique_ptr<OffscreenWindow>> OffscreenWindow::open(int width, int height) {
    std::unique_ptr<OffscreenWindow> window(new OffscreenWindow);
    window->width_ = width;
    window->height_ = height;
    const auto display_of = reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(eglGetProcAddress("eglGetPlatformDisplayEXT"));
    window->display_ = display_of == nullptr ? nullptr : display_of(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    if (window->display_ == nullptr || eglInitialize(window->display_, nullptr, nullptr) == EGL_FALSE)
        return cannot("does not draw without a display here");
    window->shares_display_ = eglGetCurrentDisplay() == window->display_;
    eglBindAPI(EGL_OPENGL_API);
    constexpr EGLint kConfig[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE};
    constexpr EGLint kContext[] = {EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 2, EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                   EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
    EGLConfig config = nullptr;
    EGLint count = 0;
    eglChooseConfig(window->display_, kConfig, &config, 1, &count);
    window->context_ = eglCreateContext(window->display_, config, EGL_NO_CONTEXT, kContext);
    if (window->context_ == nullptr || eglMakeCurrent(window->display_, EGL_NO_SURFACE, EGL_NO_SURFACE, window->context_) == EGL_FALSE)
        return cannot("has no version 3 here");
    if (!window->make_buffers()) return cannot("has no frame buffer of " + std::to_string(width) + " by " + std::to_string(height) + " pixels");
    window->has_renderer_ = ImGui_ImplOpenGL3_Init("#version 150");
    if (!window->has_renderer_) return cannot("cannot be found");
    return window;
}

bool OffscreenWindow::make_buffers() {
    glGenFramebuffers(1, &frame_buffer_);
    glBindFramebuffer(GL_FRAMEBUFFER, frame_buffer_);
    glGenRenderbuffers(1, &colours_);
    glBindRenderbuffer(GL_RENDERBUFFER, colours_);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width_, height_);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colours_);
    return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}

OffscreenWindow::~OffscreenWindow() {
    if (has_renderer_) ImGui_ImplOpenGL3_Shutdown();
    if (context_ != nullptr) {
        glDeleteRenderbuffers(1, &colours_);
        glDeleteFramebuffers(1, &frame_buffer_);
        eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        eglDestroyContext(display_, context_);
    }
    if (display_ != nullptr && !shares_display_) eglTerminate(display_);
}

void OffscreenWindow::begin_frame() {
    ImGui_ImplOpenGL3_NewFrame();
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(width_), static_cast<float>(height_)};
    io.DeltaTime = 1.0F / 60.0F;
}

void OffscreenWindow::end_frame() {
    glViewport(0, 0, width_, height_);
    glClearColor(0.0F, 0.0F, 0.0F, 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

Image OffscreenWindow::image() const {
    Image image{width_, height_, std::vector<unsigned char>(3UL * static_cast<unsigned long>(width_) * static_cast<unsigned long>(height_))};
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width_, height_, GL_RGB, GL_UNSIGNED_BYTE, image.rgb.data());
    const auto row = 3L * width_;
    for (int y = 0; y < height_ / 2; ++y)  // OpenGL counts rows from below
        std::swap_ranges(image.rgb.begin() + y * row, image.rgb.begin() + (y + 1) * row, image.rgb.end() - (y + 1) * row);
    return image;
}

}  // namespace rackrace
