// A Lua value as a person reads it. Looks at the value only: nothing of the script runs, nothing is allocated in its VM.
#pragma once

#include <lua.hpp>

#include "agents/host/line_trace.h"
#include "agents/host/script_context.h"

namespace rackrace {

/// Items of a table whose text is shown, and entries that a change is looked for among.
inline constexpr int kShownItems = 8;
inline constexpr int kComparedEntries = 1000;

ShownValue shown_value(lua_State* state, int index, const ScriptContext& context, const Names& names);

/// A number in up to six digits, and whole.
ShownValue number_value(double value);

}  // namespace rackrace
