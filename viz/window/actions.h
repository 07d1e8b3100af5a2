// Everything a person can do, in one table: its name, its keys, what it does. The overlay of keys, the palette, the menus and
// docs/viewer.md come from it, and a test presses each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/window/session.h"

namespace rackrace {

/// A key with its modifiers, independent of the window library: "Ctrl+K", "Shift+Left", "?", "F1". Names are those that the table shows.
struct KeyPress {
    std::string name;
    friend bool operator==(const KeyPress&, const KeyPress&) = default;
};

/// What must be open: one run, a batch, or either of them (`any`).
enum class Needs { nothing, any, run, batch };

enum class Group { playback, screens, reading, view, files, help };

struct Action {
    const char* id;  // "next-quarter"
    Group group;
    const char* title;                   // "Next quarter"
    std::vector<std::string_view> keys;  // none: only in the palette
    const char* mouse;                   // the same by mouse; "" where there is no other way than the palette
    Needs needs;                         // refused in words where that is not open
    void (*perform)(Session& session);
};

const std::vector<Action>& actions();
/// nullptr where the key does nothing.
const Action* action_of(const KeyPress& key);
const Action* find_action(std::string_view id);
/// Performs it or says in the status line why not.
void perform(const Action& action, Session& session);

/// "Playback".
const char* title_of(Group group);
/// "Ctrl+K or /".
std::string keys_text(const Action& action);

/// docs/viewer.md's table of keys, in Markdown.
std::string actions_markdown();

}  // namespace rackrace
