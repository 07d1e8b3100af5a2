// math: Lua's library without chance, its functions by the engine's own arithmetic.
#pragma once

#include <lua.hpp>

namespace rackrace {

/// Pushes a table of the functions.
void push_math(lua_State* state);

}  // namespace rackrace
