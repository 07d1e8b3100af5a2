// From an empty folder to a strategy with a score: new, check, test, watch and obs, each as a person gives the command.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

constexpr const char* kScripts = RACKRACE_SOURCE_DIR "/scripts/";

/// A neocloud that offers ten hours at 0.5 $ in operate, whatever it has.
constexpr const char* kTen = R"(local race = require "rackrace"
return race.neocloud {
  api = "1.0", name = "Ten",
  params = { mh = race.range(0.0, 100.0, 10.0) },
  decide = function(obs, act, p, mem, rng) end,
  operate = function(obs, act, p, mem, rng)
    act.offer_spot { mh = obs.me.cash_musd < 1.0 and 0.0 or p.mh, min_usd_h = 0.5 }
  end,
}
)";

}  // namespace

TEST_CASE("A template of every role passes check --strict and its tests unedited", "[cli][program][new]") {
    const TemporaryFolder folder;
    for (const std::string role : {"hyperscaler", "neocloud", "lab", "supplier"}) {
        CAPTURE(role);
        const Ran made = rackrace_in(folder.path(), "new strategy my_" + role + " --role " + role);
        INFO(made.err);
        REQUIRE(made.code == ExitCode::done);
        CHECK(made.out.find("rackrace check my_" + role + ".lua") != std::string::npos);
        CHECK(rackrace_in(folder.path(), "check --strict my_" + role + ".lua").code == ExitCode::done);
        const Ran tested = rackrace_in(folder.path(), "test my_" + role + ".lua");
        INFO(tested.out << tested.err);
        CHECK(tested.code == ExitCode::done);
        CHECK(read_text(folder.path() / ("my_" + role + ".lua")).find("---@param obs race." + role + ".Obs") != std::string::npos);
    }
    const Json settings = Json::parse(read_text(folder.path() / ".luarc.json"));
    CHECK(fs::exists(fs::path(settings.at("workspace").at("library").at(0).get<std::string>()) / "rackrace.lua"));
}

TEST_CASE("New overwrites nothing unasked and leaves the editor's settings alone", "[cli][program][new]") {
    const TemporaryFolder folder;
    write(folder.path() / "here/.luarc.json", "{}");
    REQUIRE(rackrace_in(folder.path(), "new strategy mine --role lab --out here").code == ExitCode::done);
    CHECK(read_text(folder.path() / "here/.luarc.json") == "{}");
    const Ran again = rackrace_in(folder.path(), "new strategy mine --role lab --out here");
    CHECK(again.code == ExitCode::cannot_write);
    CHECK(again.err.find("is there already") != std::string::npos);
    CHECK(rackrace_in(folder.path(), "new strategy mine --role lab --out here --force").code == ExitCode::done);
    CHECK(rackrace_in(folder.path(), "new strategy 9/x --role lab").code == ExitCode::wrong_usage);
    CHECK(rackrace_in(folder.path(), "new strategy mine --role cloud").code == ExitCode::wrong_usage);
    CHECK(rackrace_in(folder.path(), "new scenari mine --role lab").code == ExitCode::wrong_usage);
}

TEST_CASE("The commands that new names next can be pasted where the script's folder has blanks", "[cli][program][new]") {
    const TemporaryFolder folder;
    const Ran made = rackrace_in(folder.path(), "new strategy mine --role lab --out 'my scripts'");
    CHECK(made.out.find("\nnext   rackrace check 'my scripts/mine.lua'\n       rackrace test 'my scripts/mine.lua'\n") != std::string::npos);
}

TEST_CASE("Obs prints what a script saw as a table that Lua loads", "[cli][program][obs]") {
    const TemporaryFolder folder;
    const std::string run = Json::parse(rackrace_in(folder.path(), "run small --json --until 2026Q4").out).at("path");
    CHECK(rackrace_in(folder.path(), "verify " + run).code == ExitCode::done);  // a run of some firms is a run as any other
    const Ran seen = rackrace_in(folder.path(), "obs " + run + "@2026Q4 --firm coreweave");
    INFO(seen.err);
    REQUIRE(seen.code == ExitCode::done);
    CHECK(seen.err.empty());
    CHECK(seen.out.starts_with("-- obs of coreweave in decide of 2026Q4: small, seed 1\nreturn {\n  time = {\n    t = 2,"));
    CHECK(seen.out.find("-- M$\n") != std::string::npos);
    CHECK(seen.out.find("id = \"nvidia\", role = \"supplier\"") != std::string::npos);
    CHECK(seen.out.find("selling = true") != std::string::npos);
    // loaded by Lua: as a file that a strategy requires
    write(folder.path() / "seen.lua", seen.out);
    write(folder.path() / "reader.lua", "local race = require \"rackrace\"\nlocal seen = require \"seen\"\nlocal cash = seen.me.cash_musd\nreturn race.neocloud { api = \"1.0\", name = \"Reader\",\n"
                                        "  decide = function(obs, act, p, mem, rng) if obs.time.t == 2 then act.trace(\"same\", cash - obs.me.cash_musd) end end }\n");
    const Ran read = rackrace_in(folder.path(), "run small --json --strict --until 2026Q4 --strategy coreweave=reader.lua");
    INFO(read.err);
    CHECK(read.code == ExitCode::done);
    const Json decide = Json::parse(rackrace_in(folder.path(), "obs " + run + "@2026Q4 --firm coreweave --json").out);
    const Json operate = Json::parse(rackrace_in(folder.path(), "obs " + run + "@2026Q4 --firm coreweave --stage operate --json").out);
    CHECK(decide.at("obs").at("time").at("t") == 2.0);
    CHECK(decide.at("obs").at("me").at("id") == "coreweave");
    CHECK_FALSE(decide.at("obs").at("me").contains("lines"));
    CHECK(operate.at("stage") == "operate");
    CHECK(rackrace_in(folder.path(), "obs '" + run + "@2026Q4#firm=coreweave'").out == seen.out);
    CHECK(Json::parse(rackrace_in(folder.path(), "obs '" + run + "@2026Q4#firm=coreweave' --stage B --json").out) == operate);
    const Ran of_nobody = rackrace_in(folder.path(), "obs " + run + "@2026Q4");
    CHECK(of_nobody.code == ExitCode::wrong_usage);
    CHECK(of_nobody.err.find("--firm: is missing; say whose view: --firm coreweave") != std::string::npos);
    CHECK(rackrace_in(folder.path(), "obs " + run + "@2026Q4 --firm coreweave --stage C").code == ExitCode::wrong_usage);
    CHECK(rackrace_in(folder.path(), "obs " + run + " --firm coreweave").code == ExitCode::wrong_usage);
    CHECK(rackrace_in(folder.path(), "obs " + run + "@2029Q1 --firm coreweave").code == ExitCode::bad_input);
    CHECK(rackrace_in(folder.path(), "obs " + run + "@2026Q4 --firm corewave").err.find("did you mean 'coreweave'?") != std::string::npos);
}

TEST_CASE("Cases tell a script other numbers, expect its verbs and judge its orders", "[cli][program][test]") {
    const TemporaryFolder folder;
    write(folder.path() / "ten.lua", kTen);
    const auto test = [&](const std::string& cases, const std::string& options = "") {
        write(folder.path() / "ten.test.lua", "local t = require \"rackrace.test\"\n" + cases);
        return rackrace_in(folder.path(), "test ten.lua " + options);
    };
    SECTION("what holds") {
        const Ran ran = test(R"(t.case("offers ten hours", { seeds = 2, expects = { "offer_spot" }, never = { "bid_chips" } }, function(obs, orders)
  for _, order in ipairs(orders.offer_spot) do t.eq(order.mh, 10.0) t.eq(order.grade, "inference") t.ge(obs.me.cash_musd, 0.0) end
end)
t.case("with a parameter", { params = { mh = 3 }, at = "2026Q3" }, function(obs, orders)
  for _, order in ipairs(orders.offer_spot) do t.near(order.mh, 3.0, 0.001) end
end)
t.case("offers nothing without cash", { obs = { me = { cash_musd = 0.5 }, market = { regions = { [1] = { power_usd_mwh = 70 } } } }, never = { "offer_spot" } }, function(obs, orders)
  t.eq(obs.me.cash_musd, 0.5)
  t.eq(obs.market.regions[1].power_usd_mwh, 70)
end)
)");
        INFO(ran.out << ran.err);
        CHECK(ran.code == ExitCode::done);
        CHECK(ran.out.find("ok    offers ten hours                                 32 decisions, 16 orders") != std::string::npos);
        CHECK(ran.out.find("every case holds: 3") != std::string::npos);
    }
    SECTION("what does not, with place, decision and seed") {
        const Ran ran = test("t.case(\"<dear>\", {}, function(obs, orders)\n  for _, order in ipairs(orders.offer_spot) do\n    t.gt(order.min_usd_h, 0.75)\n  end\nend)\n"
                             "t.case(\"bids\", { expects = { \"bid_chips\" } })\n",
                             "--junit out.xml");
        CHECK(ran.code == ExitCode::answer_is_no);
        CHECK(ran.out.find("ten.test.lua:4: 0.5 is not above 0.75\n        in operate of 2026Q2, seed 1") != std::string::npos);
        CHECK(ran.out.find("bid_chips was not called") != std::string::npos);
        CHECK(ran.out.find("cases that fail: 2 of 2") != std::string::npos);
        const std::string xml = read_text(folder.path() / "out.xml");
        CHECK(xml.find("tests=\"2\" failures=\"2\"") != std::string::npos);
        CHECK(xml.find("name=\"&lt;dear&gt;\"") != std::string::npos);
    }
    SECTION("cases that say what cannot be are refused with their line") {
        const auto refused = [&](const std::string& cases) {
            const Ran ran = test(cases);
            CHECK(ran.code == ExitCode::script_refused);
            return ran.err;
        };
        CHECK(refused("t.case(\"x\", { expects = { \"bid_chip\" } })\n").find("ten.test.lua:2: case 'x': no verb is called 'bid_chip'; did you mean 'bid_chips'?") != std::string::npos);
        CHECK(refused("t.case(\"x\", { obs = { me = { cash = 1 } }, never = { \"train\" } })\n").find("no field 'cash' in obs.me") != std::string::npos);
        CHECK(refused("t.case(\"x\", { obs = { me = { id = 1 } }, never = { \"train\" } })\n").find("cannot be set") != std::string::npos);
        CHECK(refused("t.case(\"x\", { seed = 1 }, function() end)\n").find("did you mean 'seeds'?") != std::string::npos);
        CHECK(refused("t.case(\"x\", {})\n").find("nothing that could fail") != std::string::npos);
        CHECK(refused("t.case(\"x\", { firm = \"openai\" }, function() end)\n").find("openai is no neocloud") != std::string::npos);
        CHECK(refused("").find("has no case") != std::string::npos);
        CHECK(refused("os.exit()\n").find("ten.test.lua:2:") != std::string::npos);
        CHECK(refused("while true do end\n").find("ten.test.lua:2:") != std::string::npos);
    }
    fs::remove(folder.path() / "ten.test.lua");
    CHECK(rackrace_in(folder.path(), "test ten.lua").code == ExitCode::bad_input);
}

TEST_CASE("Watch scores a script against its role's baseline on the same seeds", "[cli][program][watch]") {
    const TemporaryFolder folder;
    write(folder.path() / "ten.lua", kTen);
    const Ran ran = rackrace_in(folder.path(), "watch ten.lua --firm coreweave --seeds 3 --once");
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    CHECK(ran.out.starts_with("Ten at coreweave in small, 3 seeds\n  score    "));
    CHECK(ran.out.find("  95 %     ") != std::string::npos);
    CHECK(ran.out.find("  seeds    better on ") != std::string::npos);
    const auto json = [&](const std::string& threads) { return Json::parse(rackrace_in(folder.path(), "watch ten.lua --firm coreweave --seeds 3 --once --json --threads " + threads).out); };
    const Json one = json("1");
    CHECK(one == json("3"));
    CHECK(one.at("score_usd").get<double>() != 0.0);
    CHECK(one.at("interval_usd").size() == 2);
    CHECK(one.at("accounts_usd").size() <= 5);

    const Json same = Json::parse(rackrace_in(folder.path(), "watch '" + std::string(kScripts) + "strategies/neocloud/baseline.lua' --firm coreweave --seeds 2 --once --json").out);
    CHECK(same.at("score_usd") == 0.0);
    CHECK(same.at("accounts_usd").empty());
}

TEST_CASE("Watch refuses what cannot be played, and goes on after a mistake", "[cli][program][watch]") {
    const TemporaryFolder folder;
    write(folder.path() / "ten.lua", kTen);
    const auto code = [&](const std::string& words) { return rackrace_in(folder.path(), "watch " + words + " --once --seeds 1").code; };
    CHECK(code("ten.lua --firm nobody") == ExitCode::bad_input);
    CHECK(code("ten.lua --firm openai") == ExitCode::script_refused);
    CHECK(code("none.lua --firm coreweave") == ExitCode::bad_input);
    CHECK(code("ten.lua --firm coreweave --scenario smal") == ExitCode::bad_input);
    write(folder.path() / "bad.lua", "local race = require \"rackrace\"\nreturn race.neocloud { api = \"1.0\", name = \"Bad\", decide = function(obs) return obs.me.cahs_musd end }\n");
    const Ran bad = rackrace_in(folder.path(), "watch bad.lua --firm coreweave --once");
    CHECK(bad.code == ExitCode::script_refused);
    CHECK(bad.err.find("bad.lua:2:") != std::string::npos);

    // each save is a round: a mistake, then its repair
    fs::copy_file(folder.path() / "bad.lua", folder.path() / "live.lua");
    const std::string program = std::string("cd '") + folder.path().string() + "' && (timeout 60 '" RACKRACE_PROGRAM "' watch live.lua --firm coreweave --seeds 1 > out.txt 2> err.txt & pid=$!; "
                                "for i in $(seq 100); do grep -q live.lua:2 err.txt && break; sleep 0.1; done; sleep 0.3; cp ten.lua live.lua; "
                                "for i in $(seq 300); do grep -q score out.txt && break; sleep 0.1; done; kill $pid)";
    CHECK(std::system(program.c_str()) == 0);
    CHECK(read_text(folder.path() / "err.txt").find("live.lua:2") != std::string::npos);
    CHECK(read_text(folder.path() / "out.txt").starts_with("Ten at coreweave in small, 1 seed\n"));
}

TEST_CASE("Profile says what each line of a script takes of its budget", "[cli][program][profile]") {
    const TemporaryFolder folder;
    write(folder.path() / "ten.lua", kTen);
    const Ran ran = rackrace_in(folder.path(), "profile ten.lua --scenario small");
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    CHECK(ran.out.starts_with("ten.lua at coreweave, small, seed 1: "));
    CHECK(ran.out.find("  share  a callback  line\n") != std::string::npos);
    CHECK(ran.out.find("act.") != std::string::npos);  // the line itself
    const Json json = Json::parse(rackrace_in(folder.path(), "profile ten.lua --scenario small --json").out);
    std::int64_t units = 0, before = std::numeric_limits<std::int64_t>::max();
    for (const Json& line : json.at("lines")) {
        const auto one = line.at("units").get<std::int64_t>();
        CHECK(one <= before);
        before = one;
        units += one;
    }
    CHECK(units == json.at("units"));
    CHECK(units > 0);
    CHECK(ran.out.find("\n  by Lua each asks for ") != std::string::npos);
    const Json& memory = json.at("memory");
    CHECK(memory.at("callbacks") == json.at("callbacks"));
    CHECK(memory.at("bytes") >= memory.at("most_bytes"));
    CHECK(memory.at("most_bytes") >= 56);  // the table of act.offer_spot
    CHECK(memory.at("budget_bytes") == 4 << 20);
    CHECK(json.at("script_errors") == 0);
    CHECK(ran.err.empty());
    CHECK(rackrace_in(folder.path(), "profile none.lua").code == ExitCode::bad_input);
    CHECK(rackrace_in(folder.path(), "profile ten.lua --scenario small --firm nobody").code == ExitCode::bad_input);
    CHECK(rackrace_in(folder.path(), "profile ten.lua --firm openai").code == ExitCode::script_refused);
    write(folder.path() / "table.lua", "local race = require \"rackrace\"\nreturn race.neocloud { api = \"1.0\", name = \"T\", decide = function(obs, act)\n  local plan = {}\n  act.set_payout { frac = #plan }\nend }\n");
    const Ran slow = rackrace_in(folder.path(), "profile table.lua");
    CHECK(slow.code == ExitCode::script_refused);
    CHECK(slow.err.find("table.lua:3") != std::string::npos);
}

TEST_CASE("Profile tells of callbacks that failed, as watch and run do", "[cli][program][profile]") {
    const TemporaryFolder folder;
    write(folder.path() / "boom.lua", "local race = require \"rackrace\"\nreturn race.neocloud { api = \"1.0\", name = \"Boom\", decide = function(obs, act)\n"
                                      "  local none = obs.me.cash_musd - obs.me.cash_musd\n  act.set_payout { frac = none / none }\nend }\n");
    const Ran ran = rackrace_in(folder.path(), "profile boom.lua --scenario small");
    INFO(ran.err);
    CHECK(ran.code == ExitCode::done);
    CHECK(ran.err.starts_with("script error  boom.lua:4: "));
    CHECK(ran.err.find("; 8 in all, the firm held; ") != std::string::npos);  // one a quarter
    CHECK(Json::parse(rackrace_in(folder.path(), "profile boom.lua --scenario small --json").out).at("script_errors") == 8);
}

TEST_CASE("Every strategy that comes with the program passes check --strict", "[cli][program][check]") {
    const TemporaryFolder folder;
    std::string files;
    for (const auto& entry : fs::recursive_directory_iterator(std::string(kScripts) + "strategies"))
        if (entry.path().extension() == ".lua" && entry.path().stem().extension() != ".test") files += " '" + entry.path().string() + "'";
    const Ran ran = rackrace_in(folder.path(), "check --strict" + files);
    INFO(ran.out);
    CHECK(ran.code == ExitCode::done);
    for (const char* role : {"hyperscaler", "neocloud", "lab", "supplier"})
        CHECK(std::distance(fs::directory_iterator(std::string(kScripts) + "strategies/" + role), fs::directory_iterator()) >= 3);
}
