// `rackrace clear` as a person gives it: cases in, results in the same order, or one refusal that says where.
#include <catch2/catch.hpp>

#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
using Json = nlohmann::ordered_json;

namespace {

void write(const TemporaryFolder& folder, const std::string& name, const std::string& text) {
    std::ofstream(folder.path() / name, std::ios::binary) << text;
}

/// What clear says to these cases in a file.
Ran clear(const std::string& rule, const std::string& cases, const std::string& options = "") {
    const TemporaryFolder folder;
    write(folder, "cases.json", cases);
    return rackrace_in(folder.path(), "clear " + rule + " cases.json " + options);
}

/// The cases are refused with these words, and nothing is printed.
void check_refused(const std::string& rule, const std::string& cases, const std::string& words) {
    const Ran ran = clear(rule, cases);
    INFO(rule << " " << cases.substr(0, 200) << "\n" << ran.err);
    CHECK(ran.code == ExitCode::bad_input);
    CHECK(ran.out.empty());
    CHECK(ran.err.starts_with("rackrace: cases.json:"));
    CHECK(ran.err.find(words) != std::string::npos);
}

// 100 chips: A takes 70 at 60 $, the other 30 go to B, whose last 20 at 50 $ find no supply. So both pay 50 $ a chip.
constexpr const char* kSale = R"({"supply": 100, "reserve": 40, "bids": {"B": [[50, 50]], "A": [[60, 70]]}, "bonus": {"A": 0, "B": 0}})";

}  // namespace

TEST_CASE("Clear runs one auction as a run does, and names the firms in the order given", "[cli][clear]") {
    const Ran ran = clear("chips.UNIFORM", kSale);
    CHECK(ran.code == ExitCode::done);
    CHECK(ran.err.empty());
    CHECK(ran.out == R"({"result":{"B":{"units":30,"price":50.0,"payment":1500},"A":{"units":70,"price":50.0,"payment":3500}},"s_star":50.0})"
                     "\n");
    CHECK(clear("chips.UNIFORM", kSale, "--json").out == ran.out);
}

TEST_CASE("Clear prints an array for an array, in its order, and takes standard input", "[cli][clear]") {
    const TemporaryFolder folder;
    write(folder, "cases.json", R"([{"orders": [40], "weights": [3], "supply": 50},
                                    {"orders": [10, 60, 60], "weights": [1, 1, 1], "supply": 90}])");
    const Ran ran = rackrace_in(folder.path(), "clear weighted-uniform <cases.json");
    CHECK(ran.code == ExitCode::done);
    CHECK(ran.out == "[{\"awards\":[40]},\n{\"awards\":[10,40,40]}]\n");
    CHECK(rackrace_in(folder.path(), "clear weighted-uniform cases.json").out == ran.out);
    CHECK(clear("weighted-uniform", "[]").out == "[]\n");
    CHECK(clear("weighted-uniform", R"([{"orders": [40], "weights": [3], "supply": 50}])").out == "[{\"awards\":[40]}]\n");
}

TEST_CASE("Numbers that clear prints read back as the same numbers", "[cli][clear]") {
    const Ran ran = clear("spot", R"({"asks": [], "bids": [], "last": 1.3025706044987404})");
    CHECK(ran.out == "{\"quantity\":0,\"price\":1.3025706044987404,\"sold\":{},\"bought\":{}}\n");
}

TEST_CASE("A case that is malformed is refused with its index and field, and no case is printed", "[cli][clear]") {
    const std::string good = R"({"orders": [40], "weights": [3], "supply": 50})";
    const auto second = [&](const std::string& bad) { return "[" + good + ", " + bad + "]"; };
    const char* rule = "weighted-uniform";
    check_refused(rule, second(R"({"orders": [40], "weights": [3]})"), "case 1: supply: is missing");
    check_refused(rule, second(R"({"orders": [40], "weights": [3], "supply": "50"})"), "case 1: supply: is the text \"50\"");
    check_refused(rule, second(R"({"orders": [40], "weights": [3], "supply": 50.0})"), "case 1: supply: is 50.0; give a whole number");
    check_refused(rule, second(R"({"orders": [-4], "weights": [3], "supply": 50})"), "case 1: orders[0]: is -4");
    check_refused(rule, second(R"({"orders": [40], "weights": [0], "supply": 50})"), "case 1: weights[0]: is 0");
    check_refused(rule, second(R"({"orders": [40], "weights": [true], "supply": 50})"), "case 1: weights[0]: is true");
    check_refused(rule, second(R"({"orders": [40], "weights": [3, 1], "supply": 50})"), "case 1: weights: has 2 entries");
    check_refused(rule, second(R"({"orders": [40], "weights": [3], "suply": 50})"), "case 1: suply: is no field here; did you mean 'supply'?");
    check_refused(rule, second(R"({"orders": [40], "weights": [3], "supply": 50, "supply": 60})"), "case 1: supply: stands twice");
    check_refused(rule, second("7"), "case 1: is no object but of type number");
    check_refused(rule, R"({"orders": [40], "weights": [3], "supply": null})", "case 0: supply: is null");
}

TEST_CASE("Text that is no JSON is refused where it stops being any", "[cli][clear]") {
    check_refused("spot", "{\"asks\": [],\n \"bids\": [], \"last\": NaN}", "cases.json:2:22: is not JSON here");
    check_refused("spot", "{\"asks\": [], \"bids\": []", "is not JSON here");
    check_refused("spot", "{\"asks\": [], \"bids\": [], \"last\": 1e999}", "ends a number that is too large");
    check_refused("spot", "{\"asks\": [[\"\xff\", 1, 1]]}", "is not UTF-8 here");
    check_refused("spot", " \n", "is empty");
    check_refused("spot", "3", "is no object");
    check_refused("spot", std::string(100000, '['), "is nested too deep");
    check_refused("spot", R"({"asks": [[[[[[[[[[]]]]]]]]]], "bids": [], "last": 1})", "is nested too deep");
}

TEST_CASE("A firm that is named twice, or more firms than the engine holds, are refused", "[cli][clear]") {
    check_refused("chips.PROPORTIONAL", R"({"supply": 9, "price": 1, "bids": {"A": [[1, 1]], "A": [[2, 2]]}})", "case 0: bids.A: stands twice");
    std::string bids;
    for (int f = 0; f < 21; ++f) bids += (f > 0 ? ", \"f" : "\"f") + std::to_string(f) + "\": [[1, 1]]";
    check_refused("chips.PROPORTIONAL", R"({"supply": 9, "price": 1, "bids": {)" + bids + "}}",
                  "case 0: bids: has 21 entries; the engine holds at most 20");
    check_refused("chips.UNIFORM", R"({"supply": 9, "reserve": 1, "bids": {"A": [[1, 1]]}, "bonus": {"B": 0}})", "case 0: bonus.A: is missing");
}

TEST_CASE("All that is wrong is told at once, up to a screenful", "[cli][clear]") {
    std::string cases;
    for (int i = 0; i < 30; ++i) cases += std::string(i > 0 ? "," : "") + R"({"orders": [1], "weights": [1]})";
    const Ran ran = clear("weighted-uniform", "[" + cases + "]");
    CHECK(ran.err.find("case 19: supply: is missing") != std::string::npos);
    CHECK(ran.err.find("has 10 more faults like these") != std::string::npos);
}

TEST_CASE("A rule that is none is wrong usage and gets the nearest one", "[cli][clear]") {
    const TemporaryFolder folder;
    const auto complaint = [&](const std::string& words) {
        const Ran ran = rackrace_in(folder.path(), "clear " + words);
        CHECK(ran.code == ExitCode::wrong_usage);
        CHECK(ran.out.empty());
        return ran.err;
    };
    CHECK(complaint("chips.UNIFROM").find("did you mean 'chips.UNIFORM'?") != std::string::npos);
    CHECK(complaint("chips.uniform").find("did you mean 'chips.UNIFORM'?") != std::string::npos);
    CHECK(complaint("kc").find("did you mean 'contracts.KC'?") != std::string::npos);
    CHECK(complaint("elephants").find("rackrace clear --list") != std::string::npos);
    CHECK(complaint("").find("names no RULE") != std::string::npos);
    CHECK(complaint("spto --list").find("did you mean 'spot'?") != std::string::npos);
    CHECK(complaint("spot a.json b.json").find("unknown word 'b.json'") != std::string::npos);
}

TEST_CASE("A file that is not there is refused", "[cli][clear]") {
    const TemporaryFolder folder;
    CHECK(rackrace_in(folder.path(), "clear spot nothing.json").code == ExitCode::bad_input);
    CHECK(rackrace_in(folder.path(), "clear spot .").code == ExitCode::bad_input);
    CHECK(rackrace_in(folder.path(), "clear spot </dev/null").err ==
          "rackrace: standard input: is empty; give one case as a JSON object, or an array of them\n");
}

TEST_CASE("Clear lists its rules with the meaning and unit of each field", "[cli][clear]") {
    const TemporaryFolder folder;
    const Ran all = rackrace_in(folder.path(), "clear --list"), one = rackrace_in(folder.path(), "clear spot --list");
    CHECK(all.code == ExitCode::done);
    CHECK(all.out.starts_with("chips.UNIFORM\n"));
    CHECK(all.out.find(one.out.substr(0, one.out.find("\n\n"))) != std::string::npos);
    CHECK(one.out.find("[[id, price, quantity], ...]") != std::string::npos);
    CHECK(one.out.find("$/H100e-hour, of all of it") != std::string::npos);
    const Json json = Json::parse(rackrace_in(folder.path(), "clear --list --json").out);
    CHECK(json.at("schema") == "rackrace.clear/1");
    std::vector<std::string> names;
    for (const Json& rule : json.at("rules")) names.push_back(rule.at("rule"));
    CHECK(names == std::vector<std::string>{"chips.UNIFORM", "chips.PAYBID", "chips.VICKREY", "chips.POSTED", "chips.PROPORTIONAL",
                                            "weighted-uniform", "wafers", "power.AUCTION", "power.QUEUE", "power.PRORATA", "spot", "contracts.KC",
                                            "contracts.NASH", "contracts.POSTED", "credit", "clearing-vector"});
    CHECK(json["rules"][0].at("reads").at(0).at("unit") == "chips");
}
