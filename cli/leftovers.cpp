#include "cli/leftovers.h"

#include <signal.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <string_view>

namespace rackrace {
namespace {

namespace fs = std::filesystem;

/// ".small-s1-4711.partial" of a process that is gone.
bool is_leftover(const std::string& name) {
    constexpr std::string_view ending = ".partial";
    const std::size_t dash = name.rfind('-');
    if (!name.starts_with(".") || !name.ends_with(ending) || dash == std::string::npos) return false;
    int process = 0;
    const char* end = name.data() + name.size() - ending.size();
    const auto [at, error] = std::from_chars(name.data() + dash + 1, end, process);
    return error == std::errc{} && at == end && process > 0 && kill(process, 0) != 0 && errno == ESRCH;
}

}  // namespace

std::vector<fs::path> leftovers_in(const std::vector<std::string>& places) {
    std::vector<fs::path> out;
    for (const std::string& place : places) {
        std::error_code error;
        for (fs::directory_iterator it(place, error), end; !error && it != end; it.increment(error))
            if (is_leftover(it->path().filename().string())) out.push_back(it->path().lexically_normal());
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::string leftover_text(const fs::path& folder) { return folder.string() + " was left by a program that does not run here any more; delete it"; }

}  // namespace rackrace
