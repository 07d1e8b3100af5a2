// What a check of an identity found.
#pragma once

#include <cstdint>

namespace rackrace {

/// A broken identity: its number, who, and the difference (0 number: none is broken).
struct Broken {
    std::int32_t identity = 0;
    std::int32_t who = 0;
    std::int64_t by = 0;
};

}  // namespace rackrace
