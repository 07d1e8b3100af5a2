// Units that do not go together: sums, comparisons, arguments, names that promise another unit. Reports U301 to U305.
#pragma once

#include "agents/checker/api_names.h"
#include "agents/checker/ast.h"
#include "agents/checker/declaration.h"
#include "agents/checker/values.h"

namespace rackrace {

/// Quiet wherever a unit is not known for sure.
void check_units(const SourceText& source, const lua::Ast& ast, const lua::Names& names, const Values& values, const ApiNames& api,
                 const Declaration& declaration, Diagnostics& diagnostics);

}  // namespace rackrace
