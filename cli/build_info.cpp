#include "cli/build_info.h"

#include <sys/utsname.h>

#include <cstdlib>

namespace rackrace {

BuildInfo build_info() {
    utsname system{};
    uname(&system);
    return {RACKRACE_VERSION, RACKRACE_COMMIT, RACKRACE_COMPILER, std::string(system.sysname) + " " + system.machine};
}

std::filesystem::path data_folder() {
    const char* named = std::getenv("RACKRACE_DATA");
    return named != nullptr && *named != '\0' ? std::filesystem::path(named) : std::filesystem::path(RACKRACE_DATA_FOLDER);
}

std::filesystem::path scripts_folder() {
    const char* named = std::getenv("RACKRACE_SCRIPTS");
    return named != nullptr && *named != '\0' ? std::filesystem::path(named) : std::filesystem::path(RACKRACE_SCRIPTS_FOLDER);
}

}  // namespace rackrace
