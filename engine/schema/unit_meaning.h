// What the units of the schema are, in words, and the ending that names in them carry: the legend of references and axes.
#pragma once

#include <string_view>

#include "engine/schema/fields.h"

namespace rackrace {

struct UnitMeaning {
    std::string_view suffix;   // of names: "_musd"; empty where names say it otherwise
    std::string_view meaning;
};

/// Empty texts for units that say all in their name.
UnitMeaning meaning_of(Unit unit);

}  // namespace rackrace
