// A window that is drawn into memory, with OpenGL and no display: pictures of it are the same bytes on every run of one build and driver.
#pragma once

#include <memory>

#include "engine/base/result.h"
#include "viz/window/png_file.h"

namespace rackrace {

class OffscreenWindow {
public:
    /// Refused: no EGL that draws without a surface, no OpenGL 3.
    static Result<std::unique_ptr<OffscreenWindow>> open(int width, int height);
    ~OffscreenWindow();
    OffscreenWindow(const OffscreenWindow&) = delete;
    OffscreenWindow& operator=(const OffscreenWindow&) = delete;

    /// Frames are a sixtieth of a second apart, whatever the clock says.
    void begin_frame();
    void end_frame();
    /// What the last frame shows.
    Image image() const;

private:
    OffscreenWindow() = default;
    bool make_buffers();

    int width_ = 0, height_ = 0;
    void* display_ = nullptr;
    bool shares_display_ = false;  // with another window in memory, which goes on after this one
    void* context_ = nullptr;
    unsigned frame_buffer_ = 0, colours_ = 0;
    bool has_renderer_ = false;
};

}  // namespace rackrace
