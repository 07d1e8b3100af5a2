#include "cli/batch/disk_room.h"

#include <fmt/format.h>

namespace rackrace {

Refusals check_disk(const DiskNeed& need) {
    namespace fs = std::filesystem;
    std::error_code error;
    fs::path there = fs::absolute(need.folder, error);
    while (!error && !fs::exists(there, error) && there.has_relative_path()) there = there.parent_path();
    const fs::space_info space = fs::space(there, error);
    if (error || need.bytes <= static_cast<double>(space.available)) return {};
    return Refusal{need.folder.string(), 0, 0, fmt::format("{} runs take {:.3g} GB, the disk has {:.3g} GB free", need.runs, need.bytes / 1e9, static_cast<double>(space.available) / 1e9), need.advice};
}

}  // namespace rackrace
