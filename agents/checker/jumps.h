// Labels, goto and break of Lua 5.4: every jump has a visible label in its function and enters no local's scope.
#pragma once

#include "agents/checker/ast.h"
#include "agents/checker/diagnostic.h"

namespace rackrace::lua {

/// Reports S012 (no such label), S013 (jump into the scope of a local), S014 (label twice), S015 (break outside a loop).
void check_jumps(const Ast& ast, Diagnostics& diagnostics);

}  // namespace rackrace::lua
