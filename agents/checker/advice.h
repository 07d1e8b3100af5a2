// Advice on scripts that run: what is probably a slip, what costs for nothing. Warnings and notes only, and quiet where in doubt.
#pragma once

#include "agents/checker/ast.h"
#include "agents/checker/call_graph.h"
#include "agents/checker/declaration.h"
#include "agents/checker/values.h"

namespace rackrace {

/// What the advisers read.
struct AdviceInput {
    const SourceText& source;
    const lua::Ast& ast;
    const lua::Names& names;
    const Values& values;
    const CallGraph& graph;
    const Declaration& declaration;
};

void advise_on_divisors(const AdviceInput& in, Diagnostics& diagnostics);      // N515
void advise_on_draws(const AdviceInput& in, Diagnostics& diagnostics);         // D404
void advise_on_repeated_work(const AdviceInput& in, Diagnostics& diagnostics);  // P601, P603
void advise_on_unused_names(const AdviceInput& in, Diagnostics& diagnostics);  // M701 to M703
void advise_on_blind_orders(const AdviceInput& in, Diagnostics& diagnostics);  // M704

}  // namespace rackrace
