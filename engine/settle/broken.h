// What a check of an identity found.
#pragma once

#include <cstdint>

#include "engine/world/world.h"

namespace rackrace {

/// A broken identity: its number (0: none is broken), what of the market it broke at, and the difference.
struct Broken {
    std::int32_t identity = 0;
    Subject about = Subject::market;
    std::int32_t who = 0;  // index of the subject
    std::int64_t by = 0;
};

}  // namespace rackrace
