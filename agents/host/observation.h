// The records that a callback is given: what obs is made of, and info.
#pragma once

#include <array>

#include "agents/host/script_context.h"
#include "agents/host/view_binding.h"

namespace rackrace {

/// The structs whose fields are the fields of obs: the market, the firm, the results.
const std::array<const RecordBinding*, 3>& observation_bindings();

/// Of init's first argument.
const RecordBinding& info_binding();

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
