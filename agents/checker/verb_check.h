// One verb call against the API: does the verb exist, for this role, at this stage, with these arguments.
#pragma once

#include "agents/checker/api_names.h"
#include "agents/checker/declaration.h"

namespace rackrace {

/// Reports A202 to A204 for a verb that a script names, and A206, A208 to A210, A222 for the arguments where it calls it.
void check_verb(const VerbUse& use, const ApiNames& api, std::optional<Role> role, const lua::Names& names, Diagnostics& diagnostics);

}  // namespace rackrace
