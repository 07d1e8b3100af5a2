// Family B: what a script may touch. Names that are not there, globals, and state that would outlive a decision.
#pragma once

#include "agents/checker/ast.h"
#include "agents/checker/call_graph.h"
#include "agents/checker/diagnostic.h"
#include "agents/checker/names.h"
#include "agents/checker/values.h"

namespace rackrace {

/// Reports B101 to B109. After syntax errors (`is_whole` false) only what the missing parts cannot change.
void check_sandbox(const lua::Ast& ast, const lua::Names& names, const Values& values, const CallGraph& graph, bool is_whole,
                   Diagnostics& diagnostics);

}  // namespace rackrace
