// A whole file as text.
#pragma once

#include <filesystem>
#include <string>

namespace rackrace {

/// The bytes of a file; none where it cannot be read.
std::string file_text(const std::filesystem::path& file);

}  // namespace rackrace
