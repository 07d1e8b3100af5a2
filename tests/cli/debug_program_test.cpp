// `rackrace debug` as the author of a script uses it: a decision of a run made again line by line, and by another script.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

/// Counts its decisions, asks twice for the same power (R11), and offers hours at stage B. With `fails` it fails in 2026Q4 at line 11.
constexpr const char* kScript = R"(local race = require "rackrace"
return race.neocloud {
  api = "1.0", name = "Counter", manual = true,
  params = { fails = race.flag(false), floor_usd_h = race.range(0.1, 5.0, 1.5) },
  memory = { decisions = 0.0 },
  decide = function(obs, act, p, mem, rng)
    mem.decisions = mem.decisions + 1
    for k = 1, 2 do
      act.bid_power { region = obs.market.regions[1].id, grid_mw = k, max_usd_kw_q = 10 }
    end
    if p.fails and mem.decisions >= 3 then error("out of ideas") end
    act.trace("decisions", mem.decisions)
  end,
  operate = function(obs, act, p, mem, rng)
    act.offer_spot { mh = 1.0,
                     min_usd_h = p.floor_usd_h }
  end,
}
)";

/// The run `counted` of the scenario small, coreweave at the script, until 2027Q1.
void play(const fs::path& folder, const std::string& more = "") {
    write(folder / "counter.lua", kScript);
    const Ran ran = rackrace_in(folder, "run small -q --until 2027Q1 --strategy coreweave=counter.lua --out counted " + more);
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    text.replace(text.find(what), what.size(), by);
    return text;
}

}  // namespace

TEST_CASE("Debug shows what a decision read, did line by line and ordered, and that it is the recorded one", "[cli][program][debug]") {
    const TemporaryFolder folder;
    play(folder.path());
    const Ran ran = rackrace_in(folder.path(), "debug counted --firm coreweave --at 2026Q4");
    INFO(ran.err);
    CHECK(ran.code == ExitCode::done);
    CHECK(ran.out == golden("tests/cli/data/debug.txt", ran.out));
    CHECK(rackrace_in(folder.path(), "debug 'counted@2026Q4#firm=coreweave'").out == ran.out);
    CHECK(rackrace_in(folder.path(), "run --from counted --engine lua --out lua -q").code == ExitCode::done);
    CHECK(rackrace_in(folder.path(), "debug lua --firm coreweave --at 2026Q4").out == ran.out);  // the trace is that of the interpreter whatever ran
}

TEST_CASE("Debug gives the same as JSON, a stage alone where it is asked for", "[cli][program][debug]") {
    const TemporaryFolder folder;
    play(folder.path());
    const Json all = Json::parse(rackrace_in(folder.path(), "debug counted --firm coreweave --at 2026Q4 --json").out);
    CHECK(all.at("same") == true);
    CHECK(all.at("script") == "firms/coreweave.lua");
    REQUIRE(all.at("decisions").size() == 2);
    const Json& decide = all.at("decisions")[0];
    CHECK(decide.at("orders").at(1).at("code") == "R11");
    CHECK(decide.at("memory").at(0) == Json{{"name", "decisions"}, {"before", 2.0}, {"after", 3.0}});
    CHECK(decide.at("traces").at(0).at("value") == 3.0);
    CHECK(decide.at("callbacks").at(0).at("steps").at(0).at("line") == 7);
    const Json operate = Json::parse(rackrace_in(folder.path(), "debug counted --firm coreweave --at 2026Q4 --stage B --json").out);
    CHECK(Json::parse(rackrace_in(folder.path(), "debug counted --firm coreweave --at 2026Q4 --stage operate --json").out) == operate);
    REQUIRE(operate.at("decisions").size() == 1);
    CHECK(operate.at("decisions")[0] == all.at("decisions")[1]);
    CHECK(operate.at("decisions")[0].at("orders").at(0).contains("outcome"));
}

TEST_CASE("Debug with another script says which arguments differ, or that none does", "[cli][program][debug]") {
    const TemporaryFolder folder;
    play(folder.path(), "--set coreweave.floor_usd_h=2.0");
    write(folder.path() / "mended.lua", replaced(replaced(kScript, "grid_mw = k", "grid_mw = 3 * k"), "mh = 1.0", "mh = 4.0"));
    const auto compare = [&](const std::string& script, const std::string& more = "") { return rackrace_in(folder.path(), "debug counted --firm coreweave --at 2026Q4 --script " + script + " " + more); };
    const Ran mended = compare("mended.lua");
    INFO(mended.out);
    CHECK(mended.code == ExitCode::done);
    CHECK(mended.out.find("its memory begins as it declares") != std::string::npos);
    CHECK(mended.out.find("\n  bid_power     grid_mw   1         3\n  bid_power #2  grid_mw   2         6\n") != std::string::npos);
    CHECK(mended.out.find("\n  offer_spot  mh        1         4\n") != std::string::npos);
    CHECK(mended.out.find("min_usd_h") == std::string::npos);  // what the run sets counts for both
    CHECK(compare("mended.lua", "-v").out.find("line by line") != std::string::npos);
    CHECK(compare("counter.lua").out.find("decide\n  the same orders\n\noperate\n  the same orders\n") != std::string::npos);
    const Json json = Json::parse(compare("mended.lua", "--json").out);
    CHECK(json.at("order_differences").at("A").at(0) == Json{{"verb", "bid_power"}, {"nth", 1}, {"argument", "grid_mw"}, {"recorded", "1"}, {"new", "3"}});
}

TEST_CASE("Debug of a decision that failed ends at the line that failed", "[cli][program][debug]") {
    const TemporaryFolder folder;
    play(folder.path(), "--set coreweave.fails=true");
    const Ran ran = rackrace_in(folder.path(), "debug counted --firm coreweave --at 2026Q4 --stage A");
    INFO(ran.out);
    CHECK(ran.code == ExitCode::done);
    CHECK(ran.out.find("the same orders and memory as in the run") != std::string::npos);
    CHECK(ran.out.find("it fails at firms/coreweave.lua:11: out of ideas; the firm holds") != std::string::npos);
    CHECK(ran.out.find("    unchanged: decisions 2\n") != std::string::npos);
}

TEST_CASE("Debug refuses in words what it cannot show", "[cli][program][debug]") {
    const TemporaryFolder folder;
    play(folder.path());
    const auto refused = [&](const std::string& words, ExitCode code, const std::string& reason) {
        const Ran ran = rackrace_in(folder.path(), "debug " + words);
        INFO(words << ": " << ran.out << ran.err);
        CHECK(ran.code == code);
        CHECK(ran.out.empty());
        CHECK(ran.err.find(reason) != std::string::npos);
    };
    refused("counted --firm corewave --at 2026Q4", ExitCode::bad_input, "--firm: no firm is called 'corewave'; did you mean 'coreweave'?");
    refused("counted --at 2026Q4", ExitCode::wrong_usage, "--firm: is missing");
    refused("counted --firm coreweave", ExitCode::wrong_usage, "names no quarter");
    refused("counted --firm coreweave --at 2030Q4", ExitCode::bad_input, "is no quarter of counted; its firms decide in 2026Q2 to 2027Q1");
    refused("counted --firm coreweave --at soon", ExitCode::wrong_usage, "'soon' is no quarter");
    refused("counted --firm openai --at 2026Q4 --script counter.lua", ExitCode::script_refused, "a script of a neocloud cannot play a lab");
    refused("counted --firm coreweave --at 2026Q4 --script nothing.lua", ExitCode::bad_input, "nothing.lua: is neither in the working folder");
    write(folder.path() / "broken.lua", "return {");
    refused("counted --firm coreweave --at 2026Q4 --script broken.lua", ExitCode::script_refused, "broken.lua:1");
    refused("counted/replay.sqlite --firm coreweave --at 2026Q4", ExitCode::bad_input, "is no folder");
    write(folder.path() / "once.lua", "local race = require \"rackrace\"\nreturn race.neocloud { api = \"1.0\", name = \"Once\", decide = function(obs, act, p, mem, rng) end }\n");
    REQUIRE(rackrace_in(folder.path(), "run small -q --until 2026Q3 --strategy coreweave=once.lua --out once").code == ExitCode::done);
    refused("once --firm coreweave --at 2026Q3 --stage B", ExitCode::bad_input, "the script of coreweave has no operate");
}
