// `rackrace api`: its three forms, and the copies of them that are kept in the project.
#include <catch2/catch.hpp>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "tests/golden.h"

using namespace rackrace;

namespace {

std::string output_of(const std::string& words) {
    std::FILE* pipe = popen(("'" RACKRACE_PROGRAM "' " + words).c_str(), "r");
    std::string out;
    std::array<char, 4096> buffer{};
    for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) out.append(buffer.data(), n);
    CHECK(pclose(pipe) == 0);
    return out;
}

}  // namespace

TEST_CASE("The kept copies of the reference are what the program prints", "[cli][api]") {
    const std::string page = output_of("api"), meta = output_of("api --format meta");
    INFO("stale: write it again with  rackrace api > docs/strategy-reference.md");
    const bool is_page_fresh = golden("docs/strategy-reference.md", page) == page;
    CHECK(is_page_fresh);
    INFO("stale: write it again with  rackrace api --format meta > scripts/library/rackrace.lua");
    const bool is_meta_fresh = golden("scripts/library/rackrace.lua", meta) == meta;
    CHECK(is_meta_fresh);
}

TEST_CASE("A page is what api prints, and --json is the form json", "[cli][api]") {
    CHECK(output_of("api --format md") == output_of("api"));
    const std::string json = output_of("api --json");
    CHECK(json == output_of("api --format json"));
    CHECK(nlohmann::json::parse(json).at("schema") == "rackrace.api/1");
}

TEST_CASE("Editors that open the scripts folder find the definitions and only the libraries that scripts have", "[cli][api]") {
    const auto settings = nlohmann::json::parse(read_text(std::filesystem::path(RACKRACE_SOURCE_DIR) / "scripts/.luarc.json"));
    CHECK(settings.at("workspace").at("library") == nlohmann::json::array({"library"}));
    for (const char* library : {"basic", "io", "os", "string", "math", "table"}) CHECK(settings.at("runtime").at("builtin").at(library) == "disable");
}

TEST_CASE("A form that api does not have is wrong usage", "[cli][api]") {
    const std::array<const char*, 4> words{"rackrace", "api", "--format", "html"};
    CHECK(parse_arguments(static_cast<int>(words.size()), words.data()).code == ExitCode::wrong_usage);
}
