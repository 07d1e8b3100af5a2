// The window on a display.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"

struct GLFWwindow;

namespace rackrace {

class GlfwWindow {
public:
    /// Refused: no display, no OpenGL 3.
    static Result<std::unique_ptr<GlfwWindow>> open(int width, int height);
    ~GlfwWindow();
    GlfwWindow(const GlfwWindow&) = delete;
    GlfwWindow& operator=(const GlfwWindow&) = delete;

    /// Of the display: 2 where everything has twice the pixels.
    double scale() const;
    bool was_closed() const;
    /// Sleeps until something happens, at most so long; 0 looks only, under 0 sleeps until something happens.
    void wait(double seconds);
    /// The window has to be drawn again although nobody touched it.
    bool take_exposed();
    /// Files and folders that were dropped on it since the last call.
    std::vector<std::string> take_dropped();
    void begin_frame();
    void end_frame();
    int width() const;
    int height() const;

private:
    GlfwWindow() = default;

    GLFWwindow* window_ = nullptr;
    bool has_platform_ = false, has_renderer_ = false;
    bool is_exposed_ = false;
    std::vector<std::string> dropped_;
};

}  // namespace rackrace
