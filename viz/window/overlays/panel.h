// The panel that every overlay is drawn into, and the list that most of them are: a field to type in, and the rows that have all its words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/window/look.h"
#include "viz/window/view_state.h"

namespace rackrace {

/// Dims the window and begins a panel in its middle, sizes at scale 1 and no larger than the window. Always followed by end_panel.
void begin_panel(const char* title, double width, double height, const WindowLook& look);
/// A click outside closes the overlay.
void end_panel(ViewState& view);

/// The overlay's text field, which has the focus from its first frame on. true: Enter was pressed in it.
bool draw_text_field(ViewState& view, const char* hint, const WindowLook& look);

struct ListRow {
    std::string text, detail;
};
/// The rows that contain every word of `typed`, in any letters, by index: first those that have them in their text, then those that need
/// their detail too.
std::vector<std::size_t> matching_rows(const std::vector<ListRow>& rows, const std::string& typed);

/// Draws the rows that match what is typed; Up, Down, PageUp and PageDown move, Enter or a click chooses. The index of a chosen row.
std::optional<std::size_t> draw_list(ViewState& view, const std::vector<ListRow>& rows, const char* empty_text, const WindowLook& look);

/// Up, Down, PageUp and PageDown scroll what they are in.
void scroll_by_keys(const WindowLook& look);
/// The same where the look has the keys; Shift with PageUp and PageDown scrolls to the sides.
void scroll_tile_by_keys(const WindowLook& look);

}  // namespace rackrace
