// What the page of a batch tells from its rows beside the figures: means by value of what was varied, and what failed.
#pragma once

#include <filesystem>
#include <vector>

#include "engine/base/result.h"
#include "viz/figures/batch_page.h"

namespace rackrace {

/// A table for each setting that varies, then one of what failed where anything did. The folder is only read, complete or not. Refused: tables that
/// cannot be read.
Result<std::vector<PageTable>> batch_tables_of_page(const std::filesystem::path& folder);

}  // namespace rackrace
