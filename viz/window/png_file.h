// Pictures as PNG files.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace rackrace {

struct Image {
    int width = 0, height = 0;
    std::vector<unsigned char> rgb;  // 3 bytes a pixel, rows from the top
};

/// `texts`: keyword and text of the file's metadata. Refused: a file that cannot be written.
Refusals write_png(const Image& image, const std::filesystem::path& file, const std::vector<std::pair<std::string, std::string>>& texts);

}  // namespace rackrace
