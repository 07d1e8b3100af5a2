#include "engine/base/file_text.h"

#include <fstream>
#include <sstream>

namespace rackrace {

std::string file_text(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

}  // namespace rackrace
