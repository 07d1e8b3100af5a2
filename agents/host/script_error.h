// A bug in a script, located: what stopped a callback and where. Business answers are no errors (engine/quarter/codes.h).
#pragma once

#include <string>

namespace rackrace {

enum class ScriptErrorKind {
    runtime,   // what the language or the sandbox refuses
    budget,    // too many instructions
    memory,    // too much memory, or a text too long
    call,      // a verb or helper used in a wrong way
    state,     // an outer variable or table was changed
    syntax
};

inline constexpr const char* kScriptErrorKindNames[] = {"runtime", "budget", "memory", "call", "state", "syntax"};

struct ScriptError {
    std::string file;
    int line = 0;  // 0 where no line of a script was running
    std::string message;
    ScriptErrorKind kind = ScriptErrorKind::runtime;

    /// "ladder.lua:31: attempt to ..."
    std::string text() const { return file + (line > 0 ? ":" + std::to_string(line) : "") + ": " + message; }
};

}  // namespace rackrace
