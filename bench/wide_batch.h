// A batch that no market played, as wide as a person may ask for: the spot price of every run a walk of its own, nothing else.
#pragma once

#include <filesystem>
#include <string>

namespace rackrace {

/// A folder with a plan and a complete batch.sqlite of base-2026's quarters. returns why not, "" where it stands
std::string make_wide_batch(const std::filesystem::path& folder, int runs);

}  // namespace rackrace
