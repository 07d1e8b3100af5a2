// How the window looks at the moment: theme, scale and letters, in one plain struct that every part of it draws with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "viz/figures/theme.h"
#include "viz/window/view_state.h"

struct ImFont;

namespace rackrace {

struct WindowLook {
    const Theme* theme = nullptr;
    double scale = 1.0;           // of everything; text is 15 px at 1, nothing is below 12 px, targets are 28 px
    ImFont* text = nullptr;       // with tabular figures
    ImFont* monospace = nullptr;  // for tables and scripts
    bool is_static = false;       // no animation, no antialiasing: shots and slow machines
    bool has_keys = false;        // what is drawn with it lies in the tile that has the focus, and no overlay over it
    float px(double at_scale_1) const { return static_cast<float>(at_scale_1 * scale); }
};

inline constexpr double kTextSize = 15.0, kSmallTextSize = 13.0;  // at scale 1
inline constexpr double kTarget = 28.0;                           // height of everything that is clicked, at scale 1

const Theme& theme_of(ThemeChoice choice);
/// dark, light, high contrast.
const char* name_of(ThemeChoice choice);

/// "#rrggbb" and an opacity from 0 to 1 as the interface library packs colours.
std::uint32_t packed(std::string_view colour, double opacity = 1.0);
/// A colour `share` of the way from one to the other: grounds of panels and buttons lie between ground and ink.
std::string between(std::string_view from, std::string_view to, double share);
/// Grounds of what lies on the window: of a panel, of a button, of a button under the pointer.
std::string panel_ground(const Theme& theme);
std::string button_ground(const Theme& theme);
std::string hovered_ground(const Theme& theme);
std::string chosen_ground(const Theme& theme);
/// Frame of what has the focus, and of what is chosen.
std::string_view focus_colour(const Theme& theme);

/// Gives colours, sizes and letters to everything that is drawn from now on.
void apply_look(const WindowLook& look);

}  // namespace rackrace
