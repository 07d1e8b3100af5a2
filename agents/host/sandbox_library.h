// What every script finds: ipairs, type, assert, error, math without chance, table.insert, remove, sort and concat. All ours: each charges the
// budget by what it moves or compares, and gives the same bits on every machine.
#pragma once

#include "agents/host/lua_vm.h"
#include "agents/library.h"

namespace rackrace {

/// Makes the globals; `race` and `require` are added by those who know them (add_global).
void open_sandbox(LuaVm& vm);

/// Pops a value and makes it a global of that name.
void add_global(LuaVm& vm, const char* name);

/// Replaces the table on top by an empty one that reads from it and refuses writes. `what` is named in the refusal.
void push_read_only(lua_State* state, const char* what);

/// True for tables that scripts may not write: proxies and what else has a metatable.
bool is_read_only(lua_State* state, int index);

/// Sets functions in the table on top; those that are made for each script are left out.
void set_functions(lua_State* state, std::span<const LibraryFunction> functions);

}  // namespace rackrace
