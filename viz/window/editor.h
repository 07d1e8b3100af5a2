// The person's editor: which program that is, and how it is started. It runs beside the window, which never waits for it, and no shell reads its words.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace rackrace {

struct Editor {
    std::vector<std::string> words;  // the program and what it is given before the file
    bool needs_terminal = false;     // vi, nano, emacs -nw: a window cannot start it

    /// What a person pastes into a terminal to edit the file.
    std::string command(const std::filesystem::path& file) const;
};

/// VISUAL, else EDITOR, else what the desktop opens files with. Refused: words that cannot be read, none of the three.
Result<Editor> editor_at_hand();

/// A program that was started and runs on by itself.
class StartedProgram {
public:
    /// With no terminal to read from or write to. Refused: a program that is not there or cannot run.
    static Result<StartedProgram> start(const std::vector<std::string>& words);

    const std::string& name() const { return name_; }
    /// Its exit status once it has ended, over 128 where a signal ended it; nothing while it runs, and after that was told.
    std::optional<int> take_end();

private:
    std::string name_;
    pid_t pid_ = 0;  // 0: its end was told
};

}  // namespace rackrace
