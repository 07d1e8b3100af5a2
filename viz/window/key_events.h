// Keys between the interface library and the table of actions: what was pressed in a frame, and keys, letters and clicks sent by a script.
#pragma once

#include <string>
#include <vector>

#include "viz/window/actions.h"

namespace rackrace {

/// In the frame that has just begun. Signs such as "?" are taken from the letters that arrived, wherever the keyboard has them.
std::vector<KeyPress> pressed_keys();

/// A text field has the focus.
bool is_typing();

/// Presses and releases a key in the frames that follow. false: there is no key of that name.
bool send_key(const std::string& name);
void send_text(const std::string& text);
/// Moves the pointer there and clicks in the frames that follow.
void send_click(float x, float y, bool is_right = false);

}  // namespace rackrace
