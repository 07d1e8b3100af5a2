// `rng` in Lua: draws keyed by run seed, firm, quarter, stage, stream and the number of the draw. There is no generator state: a draw in one
// stream moves no other, and each decision begins at draw 0.
#pragma once

#include <lua.hpp>

namespace rackrace {

/// Pushes the draws of the unnamed stream.
void push_rng(lua_State* state);

}  // namespace rackrace
