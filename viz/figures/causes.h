// What a firm calls a transaction of each kind: the words of a bridge, for the side that pays and the side that receives.
#pragma once

#include <optional>
#include <string_view>

#include "engine/settle/kinds.h"

namespace rackrace {

struct Cause {
    const char* paid;
    const char* received;
};
const Cause& cause_of(Kind kind);

/// The kind of a name as the replay writes it.
std::optional<Kind> kind_named(std::string_view name);

}  // namespace rackrace
