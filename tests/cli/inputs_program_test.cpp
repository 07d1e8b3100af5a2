// What the program says of scenarios, plans and data before anything is played: `check` of files that are no scripts, and broken inputs.
#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <regex>
#include <vector>

#include "cli/build_info.h"
#include "cli/trial.h"
#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

const std::string kScenario = "name = \"mine\"\nabout = \"Four firms, two quarters.\"\nbased_on = \"base-2026\"\nend = \"2026Q3\"\nonly = [\"coreweave\", \"microsoft\", \"nvidia\", \"openai\"]\n";
const std::string kPlan = "scenario = \"mine.toml\"\nseeds = { first = 1, count = 2 }\n[vary]\n\"rules.chips\" = [\"UNIFORM\", \"POSTED\"]\n";
const std::string kIdle = "return race.lab { api = \"1.0\", name = \"Idle\", manual = true, decide = function(obs, act) end }\n";

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Names of what is in a folder, sorted.
std::string names_in(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    std::string out;
    for (const std::string& name : names) out += name + " ";
    return out;
}

/// A way to break a text, and the place that the message names.
struct Damage {
    std::string what, file;
    std::function<std::string(std::string)> damage;
    std::string place;
};

std::string with(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

std::string last_line(const std::string& text) { return text.substr(text.rfind('\n', text.size() - 2) + 1); }

}  // namespace

TEST_CASE("Check takes scenarios and plans beside scripts, and says what they are", "[cli][program][check]") {
    const TemporaryFolder folder;
    write(folder.path() / "mine.toml", kScenario);
    write(folder.path() / "plan.toml", kPlan);
    write(folder.path() / "idle.lua", kIdle);
    const Ran ran = rackrace_in(folder.path(), "check mine.toml idle.lua plan.toml");
    INFO(ran.out << ran.err);
    CHECK(ran.code == ExitCode::done);
    CHECK(has(ran.out, "1 file: no messages.  scenario: 4 firms, 2026Q2-2026Q3\n"));
    CHECK(has(ran.out, "1 file: no messages.  portable: yes\n"));
    CHECK(has(ran.out, "1 file: no messages.  plan: 4 = "));
    CHECK(names_in(folder.path()) == "idle.lua mine.toml plan.toml ");
}

TEST_CASE("Check tells every defect of a scenario or a plan with its place, as text, JSON and SARIF", "[cli][program][check]") {
    const TemporaryFolder folder;
    write(folder.path() / "mine.toml", kScenario + "[rules]\nchips = \"UNIFROM\"\nfood = \"FREE\"\n");
    write(folder.path() / "plan.toml", "scenario = \"small\"\nseeds = [1, 1]\n[vary]\n\"coreweave.presold\" = []\n");
    write(folder.path() / "bad.lua", "return 1\n");
    const Ran ran = rackrace_in(folder.path(), "check mine.toml plan.toml bad.lua");
    INFO(ran.out << ran.err);
    CHECK(ran.code == ExitCode::bad_input);
    for (const char* part : {"mine.toml:7:", "'UNIFORM'", "plan.toml:2:13: seed 1 is there twice; keep it once", "plan.toml:4:", "error A211"}) CHECK(has(ran.out, part));

    const Json json = Json::parse(rackrace_in(folder.path(), "check --json plan.toml bad.lua").out);
    CHECK(json.at("ok") == false);
    const Json& report = json.at("reports").at(0);
    CHECK(report.at("kind") == "plan");
    CHECK(report.at("messages").size() == 2);
    CHECK(report.at("messages").at(0).at("file") == "plan.toml");
    CHECK(report.at("messages").at(0).at("begin").at("line") == 2);
    for (const auto& [key, value] : json.at("reports").at(1).at("messages").at(0).items()) CHECK(report.at("messages").at(0).contains(key));

    const Ran sarif = rackrace_in(folder.path(), "check --sarif plan.toml");
    CHECK(sarif.code == ExitCode::bad_input);
    const Json results = Json::parse(sarif.out).at("runs").at(0).at("results");
    REQUIRE(results.size() == 2);
    const Json place = results.at(0).at("locations").at(0).at("physicalLocation");
    CHECK(place.at("artifactLocation").at("uri") == "plan.toml");
    CHECK(place.at("region").at("startLine") == 2);
}

TEST_CASE("Check leaves with the status of input for a bad plan and of scripts for a bad script that one names", "[cli][program][check]") {
    const TemporaryFolder folder;
    write(folder.path() / "mine.toml", kScenario);
    write(folder.path() / "wrong.lua", with(kIdle, "end }", "act.set_payout { frac = true } end }"));
    write(folder.path() / "script.toml", kPlan + "[profiles]\nopenai = \"wrong.lua\"\n");
    write(folder.path() / "scenario.toml", kScenario + "[firms.openai]\nstrategy = \"wrong.lua\"\n");
    write(folder.path() / "key.toml", kPlan + "[seach]\n");
    write(folder.path() / "search.toml", kPlan + "[search]\nbudget = 4\n");
    const auto code = [&](const std::string& files) { return rackrace_in(folder.path(), "check " + files).code; };
    CHECK(code("mine.toml wrong.lua") == ExitCode::answer_is_no);
    CHECK(code("script.toml") == ExitCode::script_refused);
    CHECK(code("scenario.toml wrong.lua") == ExitCode::script_refused);
    CHECK(code("key.toml") == ExitCode::bad_input);
    CHECK(code("search.toml") == ExitCode::bad_input);  // a search of a rule: only parameters are searched
    CHECK(code("wrong.lua script.toml key.toml") == ExitCode::bad_input);
    CHECK(code("nothing.toml") == ExitCode::bad_input);
    CHECK(has(rackrace_in(folder.path(), "check script.toml").out, "A227 'frac' of 'set_payout' is a number"));
}

TEST_CASE("Check and params refuse a folder as input, not as a script without a declaration", "[cli][program][check]") {
    const TemporaryFolder folder;
    std::filesystem::create_directories(folder.path() / "mine/plan.toml");
    for (const std::string words : {"check mine", "check mine/", "check mine/plan.toml", "check --fix mine", "check --json mine", "params mine"}) {
        const Ran ran = rackrace_in(folder.path(), words);
        INFO(words << ": " << ran.err);
        CHECK(ran.code == ExitCode::bad_input);
        CHECK(ran.out.empty());
        CHECK(ran.err.find(": is a folder; name the files in it, such as mine/") != std::string::npos);
    }
}

TEST_CASE("Explain knows every message and every answer to an order", "[cli][program][check]") {
    const TemporaryFolder folder;
    const Ran ran = rackrace_in(folder.path(), "explain r13");
    INFO(ran.out << ran.err);
    CHECK(ran.code == ExitCode::done);
    for (const char* part : {"R13 (rejection): out_of_bounds", " set_payout", "What a script can do: "}) CHECK(has(ran.out, part));
    CHECK(has(rackrace_in(folder.path(), "explain F02").out, "F02 (market): partial"));
    const Json json = Json::parse(rackrace_in(folder.path(), "explain R09 --json").out);
    CHECK(json.at("code") == "R09");
    CHECK(json.at("name") == "power_short");
    CHECK(json.at("verbs") == Json::array({"bid_power"}));
    CHECK(Json::parse(rackrace_in(folder.path(), "explain A227 --json").out).at("code") == "A227");
    const Ran unknown = rackrace_in(folder.path(), "explain R19");
    CHECK(unknown.code == ExitCode::wrong_usage);
    CHECK(has(unknown.err, "did you mean 'R"));
}

TEST_CASE("A broken table or scenario ends a run with its place, and nothing is written", "[cli][program][data]") {
    const auto half = [](std::string text) { return text.substr(0, text.size() * 2 / 3); };
    const auto twice = [](std::string text) { return text + last_line(text); };
    const Damage damages[] = {
        {"cut short", "model/regions.csv", half, "regions\\.csv:\\d+: "},
        {"empty", "model/regions.csv", [](std::string) { return std::string(); }, "regions\\.csv: is empty"},
        {"malformed", "model/regions.csv", [](std::string text) { return with(text, "\n0,", "\nnone,"); }, "regions\\.csv:2: region_i 'none' is not a whole number"},
        {"an open quote", "model/products.csv", [](std::string text) { return with(text, "\n0,", "\n\"0,"); }, "products\\.csv:2: "},
        {"a row twice", "model/products.csv", twice, "products\\.csv:\\d+: .* stands already in line \\d+"},
        {"a row twice", "model/parameters.csv", twice, "parameters\\.csv:\\d+: "},
        {"not UTF-8", "model/firms_2026q1.csv", [](std::string text) { return with(text, "\n", "\n\xff"); }, "firms_2026q1\\.csv:2:1: this byte is not UTF-8"},
        {"cut short", "scenarios/small.toml", [](std::string text) { return text.substr(0, text.find("\"nvidia\"")); }, "small\\.toml:\\d+:\\d+: "},
        {"malformed", "scenarios/small.toml", [](std::string text) { return with(text, "end   =", "end   = ="); }, "small\\.toml:4:\\d+: "},
        {"a key twice", "scenarios/small.toml", [](std::string text) { return text + "end = \"2027Q1\"\n"; }, "small\\.toml:6:\\d+: .*redefine"},
        {"not UTF-8", "scenarios/small.toml", [](std::string text) { return text + "# \xff\n"; }, "small\\.toml:6:3: this byte is not UTF-8"},
        {"malformed", "scenarios/base-2026.toml", [](std::string text) { return text + "[\n"; }, "base-2026\\.toml:\\d+"},
    };
    const TemporaryFolder folder;
    const fs::path data = folder.path() / "data", source = fs::path(RACKRACE_SOURCE_DIR) / "data";
    fs::create_directories(data / "scenarios");
    fs::copy(source / "model", data / "model");
    for (const char* file : {"small.toml", "base-2026.toml"}) fs::copy(source / "scenarios" / file, data / "scenarios" / file);
    write(folder.path() / "plan.toml", "scenario = \"small\"\nseeds = [1]\n");
    for (const Damage& one : damages) {
        const std::string whole = read_text(data / one.file);
        write(data / one.file, one.damage(whole));
        for (const char* words : {"run small", "sweep plan.toml"}) {
            const Ran ran = rackrace_in(folder.path(), words, "RACKRACE_DATA=data");
            INFO(words << ": " << one.file << ", " << one.what << ": " << ran.err);
            CHECK(ran.code == ExitCode::bad_input);
            CHECK(ran.out.empty());
            CHECK(std::regex_search(ran.err, std::regex("^rackrace: (.*/)?" + one.place)));
            CHECK(names_in(folder.path()) == "data plan.toml ");
        }
        write(data / one.file, whole);
    }
    CHECK(rackrace_in(folder.path(), "run small --dry-run", "RACKRACE_DATA=data").code == ExitCode::done);
}

TEST_CASE("A broken plan ends a sweep with its place, and nothing is written", "[cli][program][data]") {
    const std::pair<std::string, std::string> plans[] = {
        {kPlan.substr(0, kPlan.size() - 5), "plan\\.toml:\\d+:\\d+: "},
        {"", "plan\\.toml: cannot be read, or is empty"},
        {with(kPlan, "seeds =", "seeds = ="), "plan\\.toml:2:\\d+: "},
        {with(kPlan, "[vary]", "seeds = [1]\n[vary]"), "plan\\.toml:3:\\d+: .*redefine"},
        {kPlan + "# \xff\n", "plan\\.toml:5:3: this byte is not UTF-8"},
    };
    const TemporaryFolder folder;
    write(folder.path() / "mine.toml", kScenario);
    for (const auto& [text, place] : plans) {
        write(folder.path() / "plan.toml", text);
        const Ran ran = rackrace_in(folder.path(), "sweep plan.toml");
        INFO(text << "\n" << ran.err);
        CHECK(ran.code == ExitCode::bad_input);
        CHECK(ran.out.empty());
        CHECK(std::regex_search(ran.err, std::regex("^rackrace: " + place)));
        CHECK(names_in(folder.path()) == "mine.toml plan.toml ");
    }
}

TEST_CASE("The firm that stands for a role is the first of it in the table of firms that plays", "[cli][data]") {
    const auto firms = [](const char* scenario) {
        const auto loaded = load_scenario({scenario, data_folder(), {}, ""});
        REQUIRE(loaded);
        std::string out;
        for (int role = 0; role < kRoles; ++role) out += usual_firm(*loaded, static_cast<Role>(role)) + " ";
        return out;
    };
    CHECK(firms("base-2026") == "meta coreweave openai nvidia ");
    CHECK(firms("small") == "microsoft coreweave openai nvidia ");
    const TemporaryFolder folder;
    CHECK(has(rackrace_in(folder.path(), "new strategy mine --role hyperscaler").out, "watch mine.lua --firm microsoft\n"));
}
