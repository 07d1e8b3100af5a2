// What the sandbox of strategies has and has not: globals, library members, and what to write instead of the absent ones.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rackrace {

/// A standard name that scripts do not have: why, and what serves instead.
struct AbsentName {
    std::string_view name;  // "pairs", "math.random"; a library stands for all its members
    std::string_view why;
    std::string_view instead;
};

/// All of them.
std::span<const AbsentName> absent_names();

/// nullptr for a name that is present or is none of Lua's.
const AbsentName* find_absent(std::string_view name);

bool is_present_global(std::string_view name);

/// Members of the present libraries `math` and `table`; empty for any other name.
std::vector<std::string> present_members(std::string_view library);

/// All names a script may use without declaring them.
std::vector<std::string> present_globals();

/// True for methods that strings have in standard Lua: ("x"):rep(3).
bool is_string_method(std::string_view method);

}  // namespace rackrace
