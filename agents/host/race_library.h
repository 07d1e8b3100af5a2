// `race` in Lua: the helpers, the constructors of a declaration, and race.each. Ids are resolved through the view of the call.
#pragma once

#include <string>
#include <vector>

#include "agents/host/lua_vm.h"

namespace rackrace {

/// Pushes the library.
void push_race(LuaVm& vm);

/// Names of the helpers, constructors aside: "min", "chip_value_usd", ...
std::vector<std::string> race_helper_names();

}  // namespace rackrace
