// What verbs' arguments are given, as far as a script shows it before it runs: what stops the callback, and what is refused in every scenario.
#pragma once

#include "agents/checker/api_names.h"
#include "agents/checker/declaration.h"
#include "agents/checker/diagnostic.h"
#include "agents/checker/names.h"
#include "agents/checker/values.h"

namespace rackrace {

/// Reports A227 for values of another kind than the argument's, unknown words and amounts below 0, and A210 for numbers beyond bounds that no
/// scenario moves. Numbers in the place of ids and ids in the place of numbers are A207 (id_check.h).
void check_arguments(const lua::Names& names, const Values& values, const ApiNames& api, const Declaration& declaration, Diagnostics& diagnostics);

}  // namespace rackrace
