// The interface library set up for our window: letters, looks, keys. A backend begins a frame, Ui fills it, the backend shows it.
#pragma once

#include <memory>

#include "viz/window/labels.h"
#include "viz/window/look.h"
#include "viz/window/plot_area.h"
#include "viz/window/session.h"

struct ImFont;
struct ImGuiContext;

namespace rackrace {

inline constexpr int kSettling = 3;  // frames until what an event opened is laid out

/// One at a time, made before its backend and gone after it.
class Ui {
public:
    Ui();
    ~Ui();
    Ui(const Ui&) = delete;
    Ui& operator=(const Ui&) = delete;

    /// Acts on the keys that arrived, draws the whole window, and takes what the view wants copied. `frames_per_s` under 1: not said.
    void draw(Session& session, double frames_per_s);
    /// Without smooth edges from the next frame on: for slow machines.
    void be_static() { is_static_ = true; }
    bool is_static() const { return is_static_; }
    /// Keys, letters or clicks have arrived that no frame has seen yet.
    bool has_input() const;
    const Labels& labels() const { return labels_; }
    WindowLook look_of(const ViewState& view) const;

private:
    ImGuiContext* context_;
    std::unique_ptr<PlotLibrary> plots_;
    Labels labels_;
    ImFont* text_ = nullptr;
    ImFont* monospace_ = nullptr;
    bool is_static_ = false;
};

}  // namespace rackrace
