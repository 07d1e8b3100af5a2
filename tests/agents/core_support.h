// What the tests of the core engine share: one script played by both engines on the same market, and what they did compared byte by byte.
#pragma once

#include <string>

#include "tests/agents/host_support.h"

namespace rackrace::host_test {

/// What a quarter of a script left behind.
struct Played {
    std::vector<unsigned char> orders;  // of the firm after both stages
    Desk desk{};
    std::string failures;               // lines of them, joined
    std::vector<int> failed_lines;
};

/// Plays decide and operate of one firm for some quarters under an engine. `program`, where given, takes the place of the compiled one.
Played play_script(int firm, const std::string& text, EngineChoice engine, int quarters = 2, std::shared_ptr<const Program> program = nullptr);

/// "" where both left the same orders, memory, results and traces, and failed at the same lines; else what differs.
std::string difference(const Played& lua, const Played& core);

/// The codes of what keeps a script off the core engine, joined; "" for a portable one.
std::string reasons(const std::string& text);

/// A script of a role from its bodies, compiled and played beside Lua: "" where they agree.
std::string twin(Role role, const std::string& decide, const std::string& keys = "");

}  // namespace rackrace::host_test
