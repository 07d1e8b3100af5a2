// The window of a program that was built without its libraries.
#include "viz/window/window.h"

namespace rackrace {
namespace {

WindowOutcome missing() {
    return {WindowEnd::not_available,
            Refusal{"rackrace view", 0, 0, "the window was not built into this program",
                    "run ./run.sh with a network, which fetches its libraries; rackrace plot RUN FIGURE and rackrace report RUN need no window"}};
}

}  // namespace

WindowOutcome view_window(const WindowRequest&, const WindowListener&) { return missing(); }
WindowOutcome draw_png(const FigureModel&, const FigureStyle&, bool, const std::filesystem::path&) { return missing(); }
std::string window_state() { return "not built in: run ./run.sh with a network, which fetches Dear ImGui and glfw"; }
bool has_window() { return false; }

}  // namespace rackrace
