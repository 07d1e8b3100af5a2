// Ids of products, firms, contracts and the like are opaque: compared, kept and passed back, never computed with.
#pragma once

#include "agents/checker/api_names.h"
#include "agents/checker/ast.h"
#include "agents/checker/declaration.h"
#include "agents/checker/diagnostic.h"
#include "agents/checker/names.h"
#include "agents/checker/values.h"

namespace rackrace {

/// "a product id"
std::string id_text(Unit id);

/// Reports A207: ids in arithmetic, in < and > and given to functions of numbers, ids compared with or given as ids of another kind.
/// An id is followed as values.h does it: from fields of obs through locals and functions of the file.
void check_ids(const lua::Ast& ast, const lua::Names& names, const Values& values, const ApiNames& api, const Declaration& declaration, Diagnostics& diagnostics);

}  // namespace rackrace
