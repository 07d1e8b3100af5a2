// The commands that README.md and the first page on strategies name are given, so that none of them is one that the program does not take.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <regex>
#include <sstream>

#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
namespace fs = std::filesystem;

namespace {

/// Lines of blocks that begin with the program, up to the two spaces before a remark, and what stands between `s. Without the program's name.
std::vector<std::string> commands_of(const std::string& page) {
    const std::regex line(R"((?:\$ |build/host/cli/)?rackrace ([a-z].*?)(?:  .*)?)"), inside(R"(`rackrace ([a-z][^`]*)`)");
    std::vector<std::string> out;
    std::istringstream in(page);
    bool is_block = false;
    std::smatch found;
    for (std::string text; std::getline(in, text);) {
        if (text.starts_with("```")) is_block = !is_block;
        else if (is_block && std::regex_match(text, found, line)) out.push_back(found[1]);
        for (std::sregex_iterator at(text.begin(), text.end(), inside), end; at != end; ++at) out.push_back((*at)[1]);
    }
    return out;
}

/// The first script of a page.
std::string script_of(const std::string& page) {
    const std::size_t first = page.find("```lua\n") + 7;
    return page.substr(first, page.find("```\n", first) - first);
}

/// With what the words in capitals stand for, and what keeps a long command short.
std::string made_playable(std::string command) {
    for (const auto& [word, meant] : {std::pair{R"(\bRUN\b)", "played"}, {R"(\bBATCH\b)", "batch"}, {R"(\bPLAN\b)", "plan.toml"}, {R"(\bNAME\b)", "named"}, {R"(\bROLE\b)", "lab"}})
        command = std::regex_replace(command, std::regex(word), meant);
    const bool is_long = std::getenv("RACKRACE_LONG") != nullptr;
    if (command.starts_with("tournament ") || command.starts_with("search ")) return command + " --dry-run";
    if (command.starts_with("sweep ")) return command + " --out swept";
    if (!is_long && (command == "run" || command.starts_with("run "))) return command + " --until 2026Q3";
    if (!is_long && command == "bench") return command + " --scenario small --repeats 1";
    return command;
}

}  // namespace

TEST_CASE("Commands that README.md and the first page on strategies name do what they say", "[cli][program][pages]") {
    const TemporaryFolder folder;
    const fs::path source = RACKRACE_SOURCE_DIR;
    const std::string readme = read_text(source / "README.md"), first_page = read_text(source / "docs/writing-strategies.md");
    CHECK(script_of(readme) == script_of(first_page));
    write(folder.path() / "thrifty.lua", script_of(readme));
    write(folder.path() / "mine.lua", script_of(readme));
    write(folder.path() / "cases.json", R"({"supply": 50, "reserve": 10, "bids": {"a": [[30, 40]], "b": [[20, 30]]}, "bonus": {"a": 1, "b": 1}})");
    write(folder.path() / "plan.toml", "scenario = \"small\"\nseeds = [1]\n[profiles]\ncoreweave = [\"neocloud/baseline.lua\", \"thrifty.lua\"]\n");
    REQUIRE(rackrace_in(folder.path(), "run -q --until 2028Q4 --out played").code == ExitCode::done);
    REQUIRE(rackrace_in(folder.path(), "sweep -q plan.toml --out batch").code == ExitCode::done);
    std::vector<std::string> commands = commands_of(readme);
    const std::vector<std::string> more = commands_of(first_page);
    CHECK(commands.size() > 18);
    CHECK(more.size() >= 6);
    commands.insert(commands.end(), more.begin(), more.end());
    for (const std::string& command : commands) {
        if (command.starts_with("view ")) continue;  // tests/viz/window gives those: they want a display
        const Ran ran = rackrace_in(folder.path(), made_playable(command));
        INFO(command << "\n" << ran.out << ran.err);
        CHECK(ran.code == ExitCode::done);
    }
}

TEST_CASE("README shows what a run says", "[cli][program][pages]") {
    const TemporaryFolder folder;
    const std::string readme = read_text(fs::path(RACKRACE_SOURCE_DIR) / "README.md"), command = "$ rackrace run\n";
    const std::size_t begin = readme.find(command) + command.size(), end = readme.find("```", begin);
    const Ran run = rackrace_in(folder.path(), "run");
    REQUIRE(run.code == ExitCode::done);
    const std::string now = readme.substr(0, begin) + run.out + readme.substr(end);
    CHECK(golden("README.md", now) == now);
}
