// Golden cases: the orders of a script beside its tests, written when asked, compared else.
#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/golden_orders.h"
#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// A neocloud that offers hours in operate, at a third of a $ and below nothing, which is refused.
constexpr const char* kThird = R"(local race = require "rackrace"
return race.neocloud {
  api = "1.0", name = "Third",
  params = { mh = race.range(0.0, 100.0, 10.0) },
  decide = function(obs, act, p, mem, rng) end,
  operate = function(obs, act, p, mem, rng)
    act.offer_spot { mh = p.mh, min_usd_h = 1.0 / 3.0 }
    act.offer_spot { mh = 2.0, min_usd_h = -1.0 }
  end,
}
)";

/// third.lua with these cases, and what `test` says.
struct Beside {
    const TemporaryFolder folder;
    Beside() { write(folder.path() / "third.lua", kThird); }
    Ran test(const std::string& cases, const std::string& options = "") const {
        write(folder.path() / "third.test.lua", "local t = require \"rackrace.test\"\n" + cases);
        return rackrace_in(folder.path(), "test third.lua " + options);
    }
    std::string golden() const { return read_text(folder.path() / "golden/third.json"); }
};

Json order(const std::string& quarter, const std::string& verb, const Json& args, std::uint64_t seed = 1, const std::string& stage = "decide") {
    return {{"seed", seed}, {"quarter", quarter}, {"stage", stage}, {"verb", verb}, {"args", args}};
}

}  // namespace

TEST_CASE("A golden case compares the orders of a script with those of a file that is written when asked", "[cli][program][golden]") {
    const Beside beside;
    const std::string cases = "t.golden(\"a third\", \"golden/third.json\", { at = \"2026Q3\", seeds = 2 })\n";
    const Ran before = beside.test(cases);
    CHECK(before.code == ExitCode::answer_is_no);
    CHECK(before.out.find("golden/third.json: is not there; `rackrace test third.lua --update-golden` writes it\n        in third.test.lua:2\n") !=
          std::string::npos);
    CHECK_FALSE(fs::exists(beside.folder.path() / "golden"));

    const Ran written = beside.test(cases, "--update-golden --junit out.xml");
    INFO(written.out << written.err);
    CHECK(written.code == ExitCode::done);
    CHECK(written.out.find("golden/third.json written\n") != std::string::npos);
    CHECK(read_text(beside.folder.path() / "out.xml").find("<system-out>golden/third.json written</system-out>") != std::string::npos);
    const std::string start = R"({"seed":1,"quarter":"2026Q3","stage":"operate","verb":"offer_spot","args":{"grade":"inference",)";
    const std::string file = beside.golden();
    CHECK(file.starts_with("{\"schema\": \"rackrace.golden/1\", \"orders\": [\n" + start));
    CHECK(file.find(R"("mh":10.0,"min_usd_h":0.3333333333333333)") != std::string::npos);
    CHECK(file.find(R"("code":"R)") != std::string::npos);
    CHECK(file.find(R"({"seed":2,)") != std::string::npos);
    CHECK(std::count(file.begin(), file.end(), '\n') == 1 + 4 + 1);
    CHECK(std::distance(fs::directory_iterator(beside.folder.path() / "golden"), fs::directory_iterator()) == 1);

    CHECK(beside.test(cases).code == ExitCode::done);
    const Ran again = beside.test(cases, "--update-golden --json");
    CHECK(Json::parse(again.out).at("cases").at(0).at("written") == false);
    CHECK(beside.golden() == file);
}

TEST_CASE("A golden case names the first order that differs, and how to write it anew", "[cli][program][golden]") {
    const Beside beside;
    const std::string cases = "t.golden(\"<all>\", \"golden/third.json\")\n",
                      of_three = "t.golden(\"<all>\", \"golden/third.json\", { params = { mh = 3 } })\n";
    REQUIRE(beside.test(cases, "--update-golden").code == ExitCode::done);
    const std::string file = beside.golden();
    const Ran ran = beside.test(of_three, "--junit out.xml");
    CHECK(ran.code == ExitCode::answer_is_no);
    CHECK(
        ran.out.find(
            "golden/third.json: offer_spot has mh 3.0, in the file 10.0; `rackrace test third.lua --update-golden` writes it anew if this is meant\n"
            "        in operate of 2026Q2, seed 1, order 1\n") != std::string::npos);
    CHECK(read_text(beside.folder.path() / "out.xml").find("name=\"&lt;all&gt;\"") != std::string::npos);
    CHECK(beside.golden() == file);
    CHECK(beside.test(of_three, "--update-golden").code == ExitCode::done);
    CHECK(beside.golden() != file);
    CHECK(beside.test(cases).code == ExitCode::answer_is_no);
}

TEST_CASE("Golden files are written below the cases' folder, over golden files alone, and for scripts that play", "[cli][program][golden]") {
    const Beside beside;
    for (const std::string name : {"../third.json", "/tmp/third.json", "golden/../../third.json", "golden/third.lua"}) {
        const Ran ran = beside.test("t.golden(\"x\", \"" + name + "\")\n", "--update-golden");
        CHECK(ran.code == ExitCode::script_refused);
        CHECK(ran.err.find("third.test.lua:2: case 'x': '" + name + "' is no JSON file below the cases' folder") != std::string::npos);
    }
    CHECK(beside.test("t.golden(\"x\", \"a.json\")\nt.golden(\"y\", \"./a.json\")\n")
              .err.find("third.test.lua:3: case 'y': ./a.json is that of 'x' too") != std::string::npos);
    CHECK(beside.test("t.golden(\"x\", {})\n").err.find("golden takes a name, a file and a table of options") != std::string::npos);
    CHECK(beside.test("t.golden(\"x\", \"a.json\", { seed = 1 })\n").err.find("did you mean 'seeds'?") != std::string::npos);

    write(beside.folder.path() / "golden/third.json", "{\"mine\": 1}");
    const Ran foreign = beside.test("t.golden(\"x\", \"golden/third.json\")\nt.golden(\"y\", \"golden/other.json\")\n", "--update-golden --junit out.xml");
    CHECK(foreign.code == ExitCode::bad_input);
    CHECK(foreign.out.find("golden/third.json: is no golden file; name another in t.golden, or remove it") != std::string::npos);
    CHECK(foreign.out.find("cases that fail: 1 of 2\n") != std::string::npos);
    CHECK(read_text(beside.folder.path() / "out.xml").find("tests=\"2\" failures=\"1\"") != std::string::npos);
    CHECK(fs::exists(beside.folder.path() / "golden/other.json"));
    CHECK(beside.golden() == "{\"mine\": 1}");
    CHECK(beside.test("t.golden(\"x\", \"golden/third.json\")\n").code == ExitCode::answer_is_no);

    write(beside.folder.path() / "third.lua",
          "local race = require \"rackrace\"\nreturn race.neocloud { api = \"1.0\", name = \"Fails\",\n"
          "  decide = function(obs, act, p, mem, rng) act.offer_spot { mh = 1.0 / (obs.time.t - obs.time.t), min_usd_h = 0.5 } end }\n");
    fs::remove(beside.folder.path() / "golden/third.json");
    CHECK(beside.test("t.golden(\"x\", \"golden/third.json\")\n", "--update-golden").code != ExitCode::done);
    CHECK_FALSE(fs::exists(beside.folder.path() / "golden/third.json"));
}

TEST_CASE("A folder in the place of a golden file is refused, and neither read nor replaced", "[cli][program][golden]") {
    const Beside beside;
    fs::create_directories(beside.folder.path() / "golden/third.json");
    const std::string cases = "t.golden(\"x\", \"golden/third.json\")\n";
    const Ran updated = beside.test(cases, "--update-golden"), compared = beside.test(cases);
    CHECK(updated.code == ExitCode::cannot_write);
    CHECK(compared.code == ExitCode::answer_is_no);
    for (const Ran& ran : {updated, compared}) CHECK(ran.out.find("golden/third.json: is no file; name another in t.golden, or remove it") != std::string::npos);
    CHECK(fs::is_directory(beside.folder.path() / "golden/third.json"));
}

TEST_CASE("What a golden file says reads back as the same orders", "[cli][golden]") {
    const TemporaryFolder folder;
    const Json orders = {order("2026Q2", "offer_spot", {{"mh", 0.1 + 0.2}, {"min_usd_h", 5e-324}, {"grade", "training"}}),
                         order("2026Q2", "train", {{"frac", 1e22}})};
    CHECK(write_golden(folder.path() / "a/b.json", orders).value());
    const auto read = read_golden(folder.path() / "a/b.json");
    REQUIRE(read);
    CHECK_FALSE(first_difference(orders, *read));
    CHECK((*read)[0]["args"]["mh"].get<double>() == 0.1 + 0.2);
    CHECK((*read)[0]["args"]["min_usd_h"].get<double>() == 5e-324);
    CHECK_FALSE(write_golden(folder.path() / "a/b.json", *read).value());
    CHECK(write_golden(folder.path() / "a/none.json", Json::array()).value());
    CHECK(read_golden(folder.path() / "a/none.json").value().empty());
}

TEST_CASE("Orders differ by decision, verb, arguments and answer, and both values are said", "[cli][golden]") {
    const Json a = order("2026Q2", "train", {{"frac", 0.5}}), b = order("2026Q3", "train", {{"frac", 0.5}});
    const auto difference = [](const std::vector<Json>& placed, const std::vector<Json>& golden) {
        const auto found = first_difference(placed, golden);
        return found ? found->where + ": " + found->fact : "";
    };
    CHECK(difference({a, b}, {a, b}).empty());
    CHECK(difference({a, b}, {b}) == "decide of 2026Q2, seed 1, order 1: is train with frac 0.5, in the file nothing");
    CHECK(difference({b}, {a, b}) == "decide of 2026Q2, seed 1, order 1: is missing, in the file train with frac 0.5");
    CHECK(difference({a, a, b}, {a, b}) == "decide of 2026Q2, seed 1, order 2: is train with frac 0.5, in the file nothing");
    CHECK(difference({a}, {a, order("2026Q2", "train", {{"frac", 0.5}}, 2)}) ==
          "decide of 2026Q2, seed 2, order 1: is missing, in the file train with frac 0.5");
    CHECK(difference({order("2026Q2", "set_price", {{"segment", 1}})}, {a}) ==
          "decide of 2026Q2, seed 1, order 1: is set_price with segment 1, in the file train with frac 0.5");
    CHECK(difference({order("2026Q2", "train", Json::object())}, {a}) == "decide of 2026Q2, seed 1, order 1: train has no frac, in the file 0.5");
    CHECK(difference({a}, {order("2026Q2", "train", Json::object())}) == "decide of 2026Q2, seed 1, order 1: train has frac 0.5, in the file none");
    Json refused = a;
    refused["code"] = "R05";
    CHECK(difference({refused}, {a}) == "decide of 2026Q2, seed 1, order 1: train is refused with R05, in the file accepted");
    CHECK(difference({order("2026Q2", "train", {{"frac", 1.0}})}, {order("2026Q2", "train", {{"frac", 1}})}).empty());
}
