// The messages themselves: a folder of bad scripts with the text that is printed for each, and the table of codes.
// RACKRACE_UPDATE_GOLDEN=1 rewrites the expected texts.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "agents/checker/codes.h"
#include "agents/host/strategy.h"
#include "tests/agents/checker_support.h"

using namespace rackrace;

namespace {

std::vector<std::filesystem::path> bad_scripts() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(RACKRACE_SOURCE_DIR) / "tests/agents/bad"))
        if (entry.path().extension() == ".lua") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

TEST_CASE("Every bad script gets exactly its recorded messages", "[agents][messages]") {
    for (const auto& file : bad_scripts()) {
        const std::string code = file.stem().string().substr(0, 4);
        const bool is_advice = std::string_view("DMPU").find(code[0]) != std::string_view::npos || code == "N515";
        const bool needs_all = is_advice || code[0] == 'N' || code == "A207" || code == "A210" || code == "A227";  // units, bounds, and what is compiled, come from the real API
        const CheckOptions options{needs_all ? &api_names() : &checker_test::sample_api(), false, is_advice};
        CheckReport report = check_script(file.filename().string(), checker_test::read_text(file), options);
        if (code[0] == 'N') add_portability(report);
        auto expected = file;
        expected.replace_extension(".txt");
        if (std::getenv("RACKRACE_UPDATE_GOLDEN") != nullptr) std::ofstream(expected, std::ios::binary) << report.text();
        INFO(file.filename().string());
        CHECK(report.text() == checker_test::read_text(expected));
        const auto codes = checker_test::codes(report);
        CHECK(std::find(codes.begin(), codes.end(), code) != codes.end());
    }
}

TEST_CASE("Every code has an entry with its long form and a bad script", "[agents][messages]") {
    std::set<std::string> shown;
    for (const auto& file : bad_scripts()) shown.insert(file.stem().string().substr(0, 4));
    std::set<std::string_view> seen;
    for (const CodeEntry& entry : all_codes()) {
        INFO(entry.code);
        CHECK(seen.insert(entry.code).second);
        CHECK_FALSE(entry.title.empty());
        CHECK_FALSE(entry.explanation.empty());
        CHECK(shown.contains(std::string(entry.code)));
        CHECK(explain(entry).find(entry.title) != std::string::npos);
    }
    REQUIRE(find_code("b104") != nullptr);
    CHECK(find_code("b104")->code == "B104");
    CHECK(find_code("Z999") == nullptr);
}

TEST_CASE("Messages about the core engine say that the script still runs, as text, JSON and long form", "[agents][messages]") {
    for (const CodeEntry& entry : all_codes()) {
        INFO(entry.code);
        const bool is_kept_off = entry.code[0] == 'N' && entry.code != "N515";  // which may stop a decision in either engine
        CHECK((explain(entry).find("Still runs: interpreted.\n") != std::string::npos) == is_kept_off);
    }
    CheckReport report = check_script("x.lua", checker_test::with_decide("local plan = {}\nplan[1] = 1.0"), checker_test::real_options());
    add_portability(report);
    CHECK(report.text().find("   still runs: interpreted.\n") != std::string::npos);
    const nlohmann::json json = report.json();
    REQUIRE_FALSE(json.at("messages").empty());
    for (const auto& message : json.at("messages")) CHECK(message.at("still_runs") == (message.at("code").get<std::string>()[0] == 'N' ? "interpreted" : ""));
}

TEST_CASE("A message with two ranges labels each below the line", "[agents][messages]") {
    const SourceText source("ladder.lua", "\tlocal Zürich = cost_musd + power_mw\n");
    Diagnostics diagnostics(source);
    Diagnostic& d = diagnostics.add("A201", {17, 26}, "adding M$ to MW", "price the power first");
    d.label = "M$";
    d.marks.push_back({{29, 37}, "MW"});
    CHECK(render(d, source) ==
          "ladder.lua:1:17: error A201: adding M$ to MW\n"
          "    1 |     local Zürich = cost_musd + power_mw\n"
          "      |                    ^~~~~~~~~   ^~~~~~~~\n"
          "      |                    M$          MW\n"
          "   fix: price the power first\n");
}

TEST_CASE("Messages go to tools as JSON, whatever bytes the script holds", "[agents][messages]") {
    const CheckReport report = check_script("x.lua", "local x = os.time()\nlocal \xFF = '\xFE\nreturn 1");
    const nlohmann::json json = report.json();
    CHECK(json.at("messages").size() == report.diagnostics.size());
    CHECK(json.at("messages").at(0).at("code") == "B101");
    CHECK(json.at("messages").at(0).at("begin").at("column") == 11);
    CHECK_NOTHROW(json.dump());
}

TEST_CASE("A very long line is shown around its caret", "[agents][messages]") {
    const CheckReport report = check_script("x.lua", "local x = " + std::string(100000, ' ') + "os" + std::string(100000, ' '));
    CHECK(report.text().size() < 3000);
    CHECK(report.text().find("^~") != std::string::npos);
}
