// What the tests of the core engine share: one script played by both engines on the books of base-2026, and what they did compared byte by byte.
#pragma once

#include <string>

#include "tests/agents/host_support.h"

namespace rackrace::host_test {

/// What a quarter of a script left behind.
struct Played {
    std::vector<unsigned char> orders;  // of the firm, quarter by quarter
    Desk desk{};
    std::string failures;               // lines of them, joined
    std::vector<int> failed_lines;
};

/// Plays one firm of a role from the start for some quarters under an engine, the others silent. `program`, where given, takes the place of the
/// compiled one: what a wrong compiler would do.
Played play_script(Role role, const std::string& text, EngineChoice engine, int quarters = 2, std::shared_ptr<const Program> program = nullptr);

/// "" where both left the same orders, memory, results and traces, and failed at the same lines; else what differs.
std::string difference(const Played& lua, const Played& core);

/// The codes of what keeps a script off the core engine, joined; "" for a portable one.
std::string reasons(const std::string& text);

/// A script of a role from its bodies, compiled and played beside Lua: "" where they agree.
std::string twin(Role role, const std::string& decide, const std::string& keys = "");

}  // namespace rackrace::host_test
