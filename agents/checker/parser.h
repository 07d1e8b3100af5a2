// Tokens into a tree. Accepts the syntax of Lua 5.4 and nothing else; after an error it goes on with the next statement.
#pragma once

#include "agents/checker/ast.h"
#include "agents/checker/diagnostic.h"
#include "agents/checker/lexer.h"

namespace rackrace::lua {

/// Parses a whole chunk. Errors are added to `diagnostics`; the tree then has Broken expressions or lacks statements.
/// Nesting is bounded like Lua's (200 levels): deeper ends the parse with S017, so later passes may recurse.
/// Chains that lean left (a + b + c, f()()(), a.b.c) are not nesting: walk their left side in a loop.
Ast parse(const SourceText& source, Tokens tokens, Diagnostics& diagnostics);

}  // namespace rackrace::lua
