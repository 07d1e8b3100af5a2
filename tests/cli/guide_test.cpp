// The guide is played: its files are written, its commands given, and what they print is what it says. RACKRACE_UPDATE_GOLDEN=1 writes the answers anew.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
namespace fs = std::filesystem;

namespace {

/// What a shell prints where `rackrace` is the program; standard error too.
std::string answer_of(const fs::path& folder, const std::string& command) {
    const std::string shell = "cd '" + folder.string() + "' && rackrace() { '" RACKRACE_PROGRAM "' \"$@\"; } && { " + command + "; } 2>&1";
    std::FILE* pipe = popen(shell.c_str(), "r");
    std::string out;
    char buffer[4096];
    for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
    pclose(pipe);
    return out;
}

/// The page with the answers that its commands give now: after ```console come commands behind "$ ", after ```lua NAME a file.
std::string played(const std::string& page, const fs::path& folder) {
    std::istringstream in(page);
    std::ostringstream out, file;
    std::string line, name;
    bool is_console = false;
    while (std::getline(in, line)) {
        const bool is_fence = line.starts_with("```");
        if (is_fence && !name.empty()) {
            std::ofstream(folder / name, std::ios::binary) << file.str();
            file.str("");
            name.clear();
        } else if (is_fence && line.starts_with("```lua ")) {
            name = line.substr(7);
        } else if (!name.empty()) {
            file << line << "\n";
        }
        if (is_console && !is_fence && !line.starts_with("$ ")) continue;  // an answer: given anew
        if (is_fence) is_console = line == "```console";
        out << line << "\n";
        if (is_console && line.starts_with("$ ")) out << answer_of(folder, line.substr(2));
    }
    return out.str();
}

}  // namespace

TEST_CASE("The commands of the strategy guide print what it says", "[cli][program][guide]") {
    const fs::path file = fs::path(RACKRACE_SOURCE_DIR) / "docs/strategy-guide.md";
    const TemporaryFolder folder;
    const std::string page = read_text(file), now = played(page, folder.path());
    if (const char* update = std::getenv("RACKRACE_UPDATE_GOLDEN"); update != nullptr && std::string(update) == "1") std::ofstream(file, std::ios::binary) << now;
    CHECK(read_text(file) == now);
}
