// What a list says over its rows where they come from a table that was altered. Figures are refused then; lists show the rows of the file.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "viz/figures/replay_store.h"
#include "viz/window/look.h"

namespace rackrace {

/// "Not as recorded: table 'events' was altered in 2028Q3: 3 rows are there, 4 were written.", a sentence a table; empty where all of them are whole.
std::string unrecorded_note(const ReplayStore& store, std::initializer_list<std::string_view> tables);
/// In as many lines as it needs; nothing where it is empty.
void draw_unrecorded(const std::string& note, const WindowLook& look);

}  // namespace rackrace
