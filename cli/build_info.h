// How this program was built: what a run notes about its origin.
#pragma once

#include <filesystem>
#include <string>

namespace rackrace {

struct BuildInfo {
    std::string version, commit, build, machine;
};
BuildInfo build_info();

/// Where scenarios/ and model/ are: RACKRACE_DATA, else the folder that the program was built with.
std::filesystem::path data_folder();

/// Where strategies/ is: RACKRACE_SCRIPTS, else the folder that the program was built with.
std::filesystem::path scripts_folder();

}  // namespace rackrace
