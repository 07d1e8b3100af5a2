// `race` in Lua: the helpers, the constructors of a declaration, and race.each (race_groups of agents/library.h). Ids are resolved through the view
// of the call.
#pragma once

#include "agents/host/lua_vm.h"

namespace rackrace {

/// Pushes the library.
void push_race(LuaVm& vm);

}  // namespace rackrace
