// Repairs that cannot be wrong, applied to the text of a script: what `rackrace check --fix` writes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agents/checker/diagnostic.h"
#include "agents/checker/names.h"

namespace rackrace {

/// The text with the edits made; of two that overlap the first.
std::string with_edits(std::string_view text, std::vector<Edit> edits);

/// True where `race`, written anywhere in the file, is the library.
bool names_race_library(const lua::Ast& ast, const lua::Names& names);

}  // namespace rackrace
