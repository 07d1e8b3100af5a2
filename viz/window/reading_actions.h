// What is read, by keys and buttons: reasons, pins, bookmarks, tables, copies; what the table of actions performs.
#pragma once

#include "viz/window/session.h"

namespace rackrace {

void ask_why(Session& session);
void pin_next(Session& session);
void open_pinned(Session& session);
void switch_bookmark(Session& session);
void switch_table(Session& session);
void copy_csv(Session& session);
void copy_address(Session& session);
/// To the next quarter that the script of the view's firm marked; after the last to the first.
void go_to_next_mark(Session& session);
void ask_export(Session& session);

}  // namespace rackrace
