// The commands that pages and the help name are given, so that none of them is one that the program does not take.
#include <catch2/catch.hpp>

#include <algorithm>
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

/// The first block of a page that begins so: "```lua".
std::string block_of(const std::string& page, const std::string& fence) {
    const std::size_t first = page.find(fence + "\n") + fence.size() + 1;
    return page.substr(first, page.find("```\n", first) - first);
}

/// Whether a shell would end the command at an & and play its first part in the background.
bool is_cut_by_shell(const std::string& command) {
    char quote = '\0';
    for (std::size_t i = 0; i < command.size(); ++i) {
        const char c = command[i];
        if (quote != '\0') quote = c == quote ? '\0' : quote;
        else if (c == '\'' || c == '"') quote = c;
        else if (c == '&' && command.compare(i, 2, "&&") == 0) ++i;
        else if (c == '&') return true;
    }
    return false;
}

/// The page from this heading on.
std::string section_of(const std::string& page, const std::string& heading) { return page.substr(std::min(page.size(), page.find("\n" + heading))); }

/// With what the words in capitals stand for, and what keeps a long command short.
std::string made_playable(std::string command) {
    for (const auto& [word, meant] : {std::pair{R"(\bRUN\b)", "played"}, {R"(\bBATCH\b)", "batch"}, {R"(\bPLAN\b)", "plan.toml"}, {R"(\bNAME\b)", "named"}, {R"(\bROLE\b)", "lab"}, {"(runs/)?base-2026-s7-[0-9a-f]{4}", "runs/played"}, {"--seeds [0-9]+", "--seeds 1"}, {"--scenario base-2026", "--scenario small"}})
        command = std::regex_replace(command, std::regex(word), meant);
    const bool is_long = std::getenv("RACKRACE_LONG") != nullptr;
    if (command.starts_with("tournament ") || command.starts_with("search ")) return command + " --dry-run";
    if (command.starts_with("sweep ")) return command + " --out swept";
    if (command.starts_with("fork ")) return command + " --force";
    const bool ends = command.find("--until") != std::string::npos || command.find("end=") != std::string::npos;
    if (!is_long && !ends && (command == "run" || command.starts_with("run "))) return command + " --until 2026Q3";
    if (!is_long && command == "bench") return command + " --scenario small --repeats 1";
    return command;
}

void check_done(const fs::path& folder, const std::string& command, const std::string& environment = "") {
    if (command.starts_with("view ")) return;  // tests/viz/window gives those: they want a display
    const Ran ran = rackrace_in(folder, made_playable(command), environment);
    INFO(command << "\n" << ran.out << ran.err);
    CHECK(ran.code == ExitCode::done);
}

}  // namespace

TEST_CASE("Commands that README.md and the first page on strategies name do what they say", "[cli][program][pages]") {
    const TemporaryFolder folder;
    const fs::path source = RACKRACE_SOURCE_DIR;
    const std::string readme = read_text(source / "README.md"), first_page = read_text(source / "docs/writing-strategies.md");
    CHECK(block_of(readme, "```lua") == block_of(first_page, "```lua"));
    write(folder.path() / "thrifty.lua", block_of(readme, "```lua"));
    write(folder.path() / "mine.lua", block_of(readme, "```lua"));
    write(folder.path() / "cases.json", R"({"supply": 50, "reserve": 10, "bids": {"a": [[30, 40]], "b": [[20, 30]]}, "bonus": {"a": 1, "b": 1}})");
    write(folder.path() / "plan.toml", "scenario = \"small\"\nseeds = [1]\n[profiles]\ncoreweave = [\"neocloud/baseline.lua\", \"thrifty.lua\"]\n");
    REQUIRE(rackrace_in(folder.path(), "run -q --until 2028Q4 --out played").code == ExitCode::done);
    REQUIRE(rackrace_in(folder.path(), "sweep -q plan.toml --out batch").code == ExitCode::done);
    std::vector<std::string> commands = commands_of(readme);
    const std::vector<std::string> more = commands_of(first_page);
    CHECK(commands.size() > 18);
    CHECK(more.size() >= 6);
    commands.insert(commands.end(), more.begin(), more.end());
    for (const std::string& command : commands) check_done(folder.path(), command);
}

TEST_CASE("What the strategy guide tells to do outside of the small world is done", "[cli][program][pages]") {
    const TemporaryFolder folder;
    const std::string guide = read_text(fs::path(RACKRACE_SOURCE_DIR) / "docs/strategy-guide.md"), script = block_of(guide, "```lua my_lab.lua");
    write(folder.path() / "my_lab.lua", script);
    write(folder.path() / "other.lua", std::regex_replace(script, std::regex("1\\.15"), "1.16"));
    const std::string is_small = "RACKRACE_SCENARIO=small";
    REQUIRE(rackrace_in(folder.path(), "run -q --until 2028Q3 --strategy openai=my_lab.lua --out played", is_small).code == ExitCode::done);
    const std::vector<std::string> commands = commands_of(section_of(guide, "## 7."));
    CHECK(commands.size() > 6);
    for (const std::string& command : commands) check_done(folder.path(), command, is_small);
}

TEST_CASE("The plan that the page on batches shows is one, with the scripts that it names", "[cli][program][pages]") {
    const TemporaryFolder folder;
    const fs::path source = RACKRACE_SOURCE_DIR;
    write(folder.path() / "hedge.toml", block_of(read_text(source / "docs/batches.md"), "```toml"));
    write(folder.path() / "thrifty.lua", block_of(read_text(source / "README.md"), "```lua"));
    write(folder.path() / "ladder.lua", read_text(source / "scripts/examples/ladder.lua"));
    const Ran ran = rackrace_in(folder.path(), "check hedge.toml");
    INFO(ran.out << ran.err);
    CHECK(ran.code == ExitCode::done);
}

TEST_CASE("The examples in the help of new, params, run and fork are commands that can be given", "[cli][program][pages]") {
    const TemporaryFolder folder;
    write(folder.path() / "scripts/examples/ladder.lua", read_text(fs::path(RACKRACE_SOURCE_DIR) / "scripts/examples/ladder.lua"));
    REQUIRE(rackrace_in(folder.path(), "run -q --seed 7 --until 2028Q3 --out runs/played").code == ExitCode::done);
    for (const std::string name : {"new", "params", "run", "fork"}) {  // new first: the others have its script
        const std::string help = rackrace_in(folder.path(), name + " --help").out;
        const std::vector<std::string> commands = commands_of("```\n" + std::regex_replace(help.substr(0, help.find("\n\n")), std::regex("\n  "), "\n"));
        CHECK(commands.size() == 3);
        for (const std::string& command : commands) check_done(folder.path(), command);
    }
}

TEST_CASE("No page has an address that a shell would cut at its &", "[cli][program][pages]") {
    CHECK(is_cut_by_shell("why RUN@2028Q3#firm=iren&field=cash_usd"));
    CHECK_FALSE(is_cut_by_shell("why 'RUN@2028Q3#firm=iren&field=cash_usd' && echo done"));
    const fs::path source = RACKRACE_SOURCE_DIR;
    std::vector<fs::path> pages = {source / "README.md"};
    for (const auto& entry : fs::directory_iterator(source / "docs"))
        if (entry.path().extension() == ".md") pages.push_back(entry.path());
    CHECK(pages.size() > 10);
    for (const fs::path& page : pages)
        for (const std::string& command : commands_of(read_text(page))) {
            INFO(page << ": rackrace " << command);
            CHECK_FALSE(is_cut_by_shell(command));
        }
}

TEST_CASE("The page with the exit statuses has each of them", "[cli][pages]") {
    const std::string page = section_of(read_text(fs::path(RACKRACE_SOURCE_DIR) / "docs/README.md"), "## Exit status");
    for (const ExitCode code : {ExitCode::done, ExitCode::answer_is_no, ExitCode::wrong_usage, ExitCode::bad_input, ExitCode::script_refused, ExitCode::invariant_broken, ExitCode::cannot_write,
                                ExitCode::partly_failed, ExitCode::not_available})
        CHECK(page.find("\n| " + std::to_string(static_cast<int>(code)) + " | ") != std::string::npos);
    CHECK(page.find("\n| " + std::to_string(static_cast<int>(ExitCode::interrupted)) + ", " + std::to_string(static_cast<int>(ExitCode::terminated)) + " | ") != std::string::npos);
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
