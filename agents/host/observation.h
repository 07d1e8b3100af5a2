// The records that a callback is given: what obs is made of, and info.
#pragma once

#include <array>

#include "agents/host/view_binding.h"

namespace rackrace {

/// The structs whose fields are the fields of obs: the market, the firm, the results.
const std::array<const RecordBinding*, 3>& observation_bindings();

/// Of init's first argument.
const RecordBinding& info_binding();

}  // namespace rackrace
