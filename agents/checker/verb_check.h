// One verb call against the API: does the verb exist, for this role, at this stage, with these arguments.
#pragma once

#include <optional>
#include <vector>

#include "agents/checker/api_names.h"
#include "agents/checker/declaration.h"

namespace rackrace {

/// Reports A202 to A204 for a verb that a script names, and A206, A208, A209, A222 for the arguments where it calls it.
void check_verb(const VerbUse& use, const ApiNames& api, std::optional<Role> role, const lua::Names& names, Diagnostics& diagnostics);

/// A named argument of a call and what it is given.
struct GivenArgument {
    const ApiArgument* argument;
    const lua::Expr* value;
};

/// Those of a verb's call that the API knows, also where the table stands in a local; none of verbs without a table.
std::vector<GivenArgument> given_arguments(const VerbUse& use, const ApiNames& api, const lua::Names& names);

}  // namespace rackrace
