// How the callbacks use what they are given: verbs of act, fields of obs, p, mem and rng, and, where the API's names are
// known, whether they exist for this role at this stage.
#pragma once

#include "agents/checker/api_names.h"
#include "agents/checker/ast.h"
#include "agents/checker/call_graph.h"
#include "agents/checker/declaration.h"
#include "agents/checker/values.h"

namespace rackrace {

/// Fills verbs, observations and modules of the declaration. Reports A205, A206, A223 to A226; with `api` also A201 to A204,
/// A208 and A209.
void read_usage(const lua::Ast& ast, const lua::Names& names, const Values& values, const CallGraph& graph, const ApiNames* api,
                Declaration& declaration, Diagnostics& diagnostics);

}  // namespace rackrace
