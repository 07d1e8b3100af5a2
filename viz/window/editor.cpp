#include "viz/window/editor.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include "engine/base/command_words.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOfDesktop = "xdg-open";
constexpr std::string_view kInTerminals[] = {"ed",    "emacs-nox", "ex", "helix", "hx",   "jed",   "joe", "kak",  "mcedit", "mg", "micro",
                                             "nano",  "ne",        "nvim", "pico", "tilde", "vi",    "view", "vim", "vis",    "zile"};
constexpr std::string_view kInTerminalsByWord[] = {"-nw", "-t", "-tty", "--tty", "--no-window-system"};  // of emacs and emacsclient

template <class List> bool holds(const List& list, std::string_view word) { return std::find(std::begin(list), std::end(list), word) != std::end(list); }

std::string name_of(const std::vector<std::string>& words) { return fs::path(words.front()).filename().string(); }

bool works_in_terminal(const std::vector<std::string>& words) {
    const std::string name = name_of(words);
    if (holds(kInTerminals, name) || name.starts_with("vim.")) return true;  // Debian's vim.tiny, vim.basic
    return name.starts_with("emacs") && std::any_of(words.begin() + 1, words.end(), [](const std::string& word) { return holds(kInTerminalsByWord, word); });
}

bool is_in_path(const std::string& program) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');)
        if (access((fs::path(folder) / program).c_str(), X_OK) == 0) return true;
    return false;
}

}  // namespace

std::string Editor::command(const fs::path& file) const {
    std::string out;
    for (const std::string& word : words) out += quoted_word(word) + " ";
    return out + quoted_word(file.string());
}

Result<Editor> editor_at_hand() {
    for (const char* variable : {"VISUAL", "EDITOR"}) {
        const char* value = std::getenv(variable);
        auto words = words_of(value == nullptr ? "" : value);
        if (!words) return Refusal{variable, 0, 0, words.error().all.front().fact, words.error().all.front().advice};
        if (words->empty()) continue;
        const bool needs_terminal = works_in_terminal(*words);
        return Editor{std::move(*words), needs_terminal};
    }
    if (is_in_path(kOfDesktop)) return Editor{{kOfDesktop}, false};
    return Refusal{"", 0, 0, "no editor is named", "set VISUAL or EDITOR to one before the window is opened, such as VISUAL=gedit"};
}

Result<StartedProgram> StartedProgram::start(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));  // posix_spawn does not write to them
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);  // Ctrl-C in the window's terminal ends the window alone
    StartedProgram out;
    out.name_ = name_of(words);
    const int error = posix_spawnp(&out.pid_, arguments[0], &files, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) return Refusal{words.front(), 0, 0, std::string("cannot be started: ") + std::strerror(error), "set VISUAL or EDITOR to an editor that is there"};
    return out;
}

std::optional<int> StartedProgram::take_end() {
    int status = 0;
    if (pid_ == 0 || waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace rackrace
