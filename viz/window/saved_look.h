// Theme, size and places of tiles that a person keeps for the next time, in a file of the state folder. A file that cannot be read is none, and
// so is a line of it that fits no screen.
#pragma once

#include <map>
#include <optional>
#include <string_view>

#include "engine/base/result.h"
#include "viz/window/view_state.h"

namespace rackrace {

struct SavedLook {
    ThemeChoice theme = ThemeChoice::dark;
    double scale = 1.0;
    int width = 0, height = 0;  // of the window; 0 where it was on no display
    std::map<Screen, Tiling> tilings = {};
};

std::optional<SavedLook> saved_look();
/// Refused: no state folder, or one that cannot be written to.
Refusals save_look(const SavedLook& look);

/// "dark", "light" or "contrast".
std::optional<ThemeChoice> theme_named(std::string_view name);

}  // namespace rackrace
