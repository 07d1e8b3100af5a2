// Whether the disk has room for what would be played.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "engine/base/result.h"

namespace rackrace {

struct DiskNeed {
    std::filesystem::path folder;  // that will be made
    std::int64_t runs = 0;
    double bytes = 0.0;
    std::string advice;
};

/// Refused: more than the disk of the folder has free. Where nothing is known of it, writing will tell.
Refusals check_disk(const DiskNeed& need);

}  // namespace rackrace
