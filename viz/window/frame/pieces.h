// Small things that the frame is drawn with: text that is cut where there is no room, buttons with a sign, the ring around what has the focus.
#pragma once

#include <string>
#include <string_view>

#include <imgui.h>

#include "viz/window/look.h"

namespace rackrace {

/// Writes at a place of the screen in the current letters; longer than `width` pixels it ends in "..." . Returns the width that was written.
float put_text(ImVec2 at, std::string_view colour, std::string_view text, float width, const WindowLook& look, double size = kTextSize);
float width_of(std::string_view text, const WindowLook& look, double size = kTextSize);
/// The same in as many lines as it needs, none of it cut; the height of them, and what it would be.
float put_lines(ImVec2 at, std::string_view colour, std::string_view text, float width, const WindowLook& look, double size = kTextSize);
float lines_height(std::string_view text, float width, const WindowLook& look, double size = kTextSize);
/// Of a button with this label, in the current letters.
float button_width(const char* label);

enum class Sign { first, back, play, pause, on, last, minus, plus };
/// A square button; `label` is its name for tests, and its tooltip.
bool sign_button(const char* label, Sign sign, const WindowLook& look);

/// The next button stands beside the last one where it has room there, else under it.
void beside_if_room(const char* label);

/// A button in the looks of what is chosen, or not.
bool choice_button(const char* label, bool is_chosen, const WindowLook& look);

void draw_focus_ring(ImVec2 corner, ImVec2 opposite, const WindowLook& look);

/// An arrow of change: up for > 0, down for < 0, nothing for 0.
void draw_arrow(ImVec2 centre, double change, float size, const WindowLook& look);

}  // namespace rackrace
