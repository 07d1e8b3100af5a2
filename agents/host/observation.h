// The records that a callback is given: what obs is made of, and info.
#pragma once

#include "agents/host/script_context.h"
#include "agents/host/view_binding.h"

namespace rackrace {

/// What a firm of a role sees; the structs stay where they are.
struct Observation {
    const MarketView& market;
    const FirmView& view;
    const ShownResults& shown;
    Role role;
};

/// Pushes obs: a read-only table whose records and lists read the structs in place.
void push_observation(lua_State* state, const Observation& seen);

}  // namespace rackrace
