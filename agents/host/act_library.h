// `act` in Lua: a function a verb, made from the verbs' tables; trace, mark and budget. A call checks what it is given, hands it to the engine's
// apply, and returns true, or false with the refusal on the firm's Desk.
#pragma once

#include <lua.hpp>

namespace rackrace {

/// Pushes the table of verbs.
void push_act(lua_State* state);

}  // namespace rackrace
