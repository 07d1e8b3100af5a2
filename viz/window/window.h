// `rackrace view` without the command line: the window on a display, or drawn into pictures. In a program that was built without the
// window's libraries every function refuses in words.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "engine/base/result.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/theme.h"
#include "viz/window/session.h"

namespace rackrace {

inline constexpr int kWindowWidth = 1280, kWindowHeight = 800;  // pixels, where no size is asked for or kept

struct WindowRequest {
    std::filesystem::path data;        // where the model's parameters and tables are
    std::filesystem::path scripts;     // that come with the program
    std::filesystem::path run;         // empty: the home screen
    std::filesystem::path second;      // beside it, on the screen Compare; empty for none
    RunPlayers players;                // play what F8 and a pinned thread ask for
    RunEntry entry;                    // where to begin; empty: the last quarter of the market
    std::optional<ThemeChoice> theme;  // nothing: the one that was kept, or dark
    double scale = 0.0;                // 0: the one that was kept, or the display's
    int width = 0, height = 0;         // 0: those that were kept, or 1280 by 800
    std::filesystem::path screenshot;  // a picture after the script, without a display
    std::filesystem::path record;      // a folder of pictures, one a quarter, without a display
    std::filesystem::path script;      // keys to press first
    int frames = 0;                    // ends after so many; 0: when it is closed
    bool is_dt_fixed = false;          // a frame plays a sixtieth of a second, however long it took
    bool is_forced = false;            // pictures of `record` that are there are replaced
};

enum class WindowEnd { closed, not_available, bad_input, wrong_words, cannot_write };

struct WindowOutcome {
    WindowEnd end = WindowEnd::closed;
    Refusals refusals;
};

/// Shows it until it is closed. `say` hears every sentence of the status line; `wrote` every file.
struct WindowListener {
    std::function<void(const std::string&)> say, wrote;
};
WindowOutcome view_window(const WindowRequest& request, const WindowListener& listener);

inline constexpr double kPngScale = 2.0;  // pixels for each of a style, where none is asked for

/// A figure alone as a PNG, as its SVG is drawn; also while a window is open.
WindowOutcome draw_png(const FigureModel& figure, const FigureStyle& style, bool has_footer, const std::filesystem::path& file);

/// "built in (Dear ImGui 1.93.0)", or what is missing and what to do.
std::string window_state();
bool has_window();

}  // namespace rackrace
