// Golden texts: compared with a file that a person can read, written again with RACKRACE_UPDATE_GOLDEN=1.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace rackrace {

inline std::string read_text(const std::filesystem::path& file) {
    std::ostringstream out;
    out << std::ifstream(file, std::ios::binary).rdbuf();
    return out.str();
}

/// The text of a golden file under the project's folder; with RACKRACE_UPDATE_GOLDEN=1 it is first made to be `text`.
inline std::string golden(const std::string& file, const std::string& text) {
    const std::filesystem::path path = std::filesystem::path(RACKRACE_SOURCE_DIR) / file;
    if (const char* update = std::getenv("RACKRACE_UPDATE_GOLDEN"); update != nullptr && std::string(update) == "1") {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
    }
    return read_text(path);
}

}  // namespace rackrace
