// What a person does with scripts: has the one of a decision edited, and plays on with it. What the table of actions performs.
#pragma once

#include "viz/window/session.h"

namespace rackrace {

/// Opens the script of the view's firm and quarter in the person's editor, or copies the command where that needs a terminal, and watches the file.
void edit_script(Session& session);

/// Looks after what is edited: a file that was saved is checked, the status line has what was found. true where something is to be drawn anew.
bool watch_edit(Session& session);

/// The script that is edited, where it can play the view's firm; nullptr without one.
const ScriptEdit* edit_of_firm(const Session& session);

/// The screen Strategy at the view's firm and quarter, on the line that failed where one did.
void step_through(Session& session, const std::string& status);

/// The next failed decision, of `firm` alone where one is named, on the screen Strategy; after the last the first again.
void go_to_next_failure(Session& session, const std::string& firm);

/// Opens the overlay that plays on from the view's quarter, with the edited script where that is clean and changed; the same again closes it.
void ask_fork(Session& session);

/// Plays a demo and opens it; opens the one that was played before. Without a player it copies the command.
void play_demo(Session& session);

/// Writes a strategy from its template with its tests, and opens it in the editor. Without somebody who writes it copies the command.
void start_strategy(Session& session);

/// Copies the command that plays a stopped run again to where it stopped.
void copy_replay(Session& session);

}  // namespace rackrace
