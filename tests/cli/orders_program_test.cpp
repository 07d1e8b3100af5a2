// Orders, rejections, failing scripts and where strategies are looked for, each as a person gives the command.
#include <catch2/catch.hpp>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

/// A neocloud that offers an hour and asks twice for the same power: R11. Its decision fails in 2026Q4 at line 9.
constexpr const char* kScript = R"(local race = require "rackrace"
return race.neocloud {
  api = "1.0", name = "Clumsy",
  params = { fails = race.flag(false) },
  decide = function(obs, act, p, mem, rng)
    act.offer_spot { mh = 1.0, min_usd_h = 0.5 }
    act.bid_power { region = obs.market.regions[1].id, grid_mw = 1, max_usd_kw_q = 10 }
    act.bid_power { region = obs.market.regions[1].id, grid_mw = 2, max_usd_kw_q = 10 }
    if p.fails and obs.time.t >= 2 then error("out of ideas") end
  end,
}
)";

/// Plays a year with coreweave at the script and returns what it printed as JSON.
Json play(const fs::path& folder, const std::string& more = "") {
    write(folder / "clumsy.lua", kScript);
    const Ran ran = rackrace_in(folder, "run --json --until 2027Q1 --strategy coreweave=clumsy.lua " + more);
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    return Json::parse(ran.out);
}

}  // namespace

TEST_CASE("Run reports rejections by code, and by firm in its JSON and in run.json", "[cli][program][orders]") {
    const TemporaryFolder folder;
    const Json json = play(folder.path());
    CHECK(json.at("rejections_by_firm").at("coreweave").at("R11") == 4);
    const std::string path = json.at("path");
    const Json run = Json::parse(read_text(folder.path() / path / "run.json"));
    CHECK(run.at("rejections") == json.at("rejections"));
    CHECK(run.at("rejections_by_firm").at("coreweave").at("R11") == 4);
    int sum = 0;
    for (const auto& [code, count] : run.at("rejections").items()) sum += count.get<int>();
    const std::string report = rackrace_in(folder.path(), "show " + path).out;
    CHECK(report.find("  rejections " + std::to_string(sum) + " (R") != std::string::npos);
    CHECK(report.find("R11 4") != std::string::npos);
    CHECK(read_text(folder.path() / path / "log.jsonl").find("\"kind\":\"rejections\",\"text\":\"coreweave: ") != std::string::npos);
}

TEST_CASE("Show lists a firm's orders of a quarter, and one of them by its number", "[cli][program][orders]") {
    const TemporaryFolder folder;
    const std::string path = play(folder.path()).at("path");
    const auto show = [&](const std::string& rest, const std::string& options = "") {
        return rackrace_in(folder.path(), "show '" + path + "@2026Q4" + rest + "' " + options);
    };
    const std::string text = show("#firm=coreweave").out;
    CHECK(text.find("offer_spot") != std::string::npos);
    CHECK(text.find("firms/coreweave.lua:6 ") != std::string::npos);
    CHECK(text.find("R11 duplicate: asked 2, allowed 1") != std::string::npos);
    const Json rows = Json::parse(show("#firm=coreweave", "--json").out);
    const auto orders = rows.at("orders");
    const auto spot = std::find_if(orders.begin(), orders.end(), [](const Json& order) { return order.at("verb") == "offer_spot"; });
    REQUIRE(spot != orders.end());
    CHECK(spot->at("args").at("min_usd_h") == 0.5);
    CHECK(spot->at("line") == 6);
    CHECK(spot->at("fill").at("asked").get<double>() == Approx(1.0).epsilon(0.01));
    const std::string id = std::to_string(spot->at("order_id").get<int>());
    const Ran one = show("#firm=coreweave&order=" + id);
    CHECK(one.code == ExitCode::done);
    CHECK(one.out.find("  verb ") != std::string::npos);
    CHECK(one.out.find("\n  got ") != std::string::npos);
    CHECK(Json::parse(show("#order=" + id, "--json").out).at("rows").at(0).at("firm") == "coreweave");
    CHECK(Json::parse(show("#order=" + id + "&field=line", "--json").out).at("rows").at(0).at("line") == 6);
    CHECK(show("#firm=meta&order=" + id).code == ExitCode::bad_input);
    CHECK(rackrace_in(folder.path(), "export " + path + " --format csv --tables orders").out.starts_with("quarter,firm,order_id,stage,author,verb,args,script,line,status"));
}

TEST_CASE("A script that fails makes its firm hold, or ends the run with --on-error abort", "[cli][program][orders]") {
    const TemporaryFolder folder;
    const std::string path = play(folder.path(), "--set coreweave.fails=true").at("path");
    const std::string text = rackrace_in(folder.path(), "show '" + path + "@2026Q4#firm=coreweave'").out;
    CHECK(text.find("decide failed and the firm held: firms/coreweave.lua:9: out of ideas") != std::string::npos);
    CHECK(text.find("  dropped\n") != std::string::npos);
    CHECK(rackrace_in(folder.path(), "verify " + path).code == ExitCode::done);
    const Ran aborted = rackrace_in(folder.path(), "run --strategy coreweave=clumsy.lua --set coreweave.fails=true --on-error abort --out aborted");
    CHECK(aborted.code == ExitCode::script_refused);
    CHECK(aborted.out.empty());
    CHECK(aborted.err.find("clumsy.lua:9: coreweave failed in decide of 2026Q4: out of ideas") != std::string::npos);
    CHECK(aborted.err.find("--on-error hold") != std::string::npos);
    CHECK_FALSE(fs::exists(folder.path() / "aborted"));
    for (const auto& entry : fs::directory_iterator(folder.path())) CHECK(entry.path().filename().string().find("partial") == std::string::npos);
    CHECK(rackrace_in(folder.path(), "run --on-error retry").code == ExitCode::wrong_usage);
}

TEST_CASE("A scenario's strategy is looked for beside its file, then among those that come with the program", "[cli][program][orders]") {
    const TemporaryFolder folder;
    write(folder.path() / "mine" / "duel.toml",
          "name = \"duel\"\nbased_on = \"base-2026\"\n[firms.coreweave]\nstrategy = \"clumsy.lua\"\n[firms.nebius]\nstrategy = \"neocloud/baseline.lua\"\n");
    write(folder.path() / "mine" / "clumsy.lua", kScript);
    const Ran ran = rackrace_in(folder.path(), "run --json --until 2026Q3 mine/duel.toml");
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    const std::string path = Json::parse(ran.out).at("path");
    CHECK(read_text(folder.path() / path / "scripts/firms/coreweave.lua") == kScript);
    CHECK(fs::exists(folder.path() / path / "scripts/firms/nebius.lua"));
    CHECK(rackrace_in(folder.path(), "verify " + path).code == ExitCode::done);

    fs::remove(folder.path() / "mine" / "clumsy.lua");
    write(folder.path() / "clumsy.lua", kScript);  // the working folder is not where a scenario's scripts are
    const Ran lost = rackrace_in(folder.path(), "run --until 2026Q3 mine/duel.toml");
    CHECK(lost.code == ExitCode::script_refused);
    CHECK(lost.err.find("duel.toml:4: strategy 'clumsy.lua' of coreweave is neither in mine nor in ") != std::string::npos);
    CHECK(lost.err.find("scripts/strategies") != std::string::npos);
    const Ran named = rackrace_in(folder.path(), "run --until 2026Q3 --strategy coreweave=neocloud/baselin.lua");
    CHECK(named.err.find("is neither in the working folder nor in ") != std::string::npos);
    CHECK(named.err.find("did you mean 'neocloud/baseline.lua'?") != std::string::npos);
    CHECK(rackrace_in(folder.path(), "run --until 2026Q3 --strategy coreweave=neocloud/baseline.lua").code == ExitCode::done);
}

TEST_CASE("A script of the command line stands in the run's scenario, which plays the same run again", "[cli][program][orders]") {
    const TemporaryFolder folder;
    write(folder.path() / "mine.lua", kScript);
    REQUIRE(rackrace_in(folder.path(), "run -q small --until 2026Q3 --strategy coreweave=mine.lua --out first").code == ExitCode::done);
    CHECK(read_text(folder.path() / "first/scenario.toml").find("\n[firms.coreweave]\nstrategy = \"mine.lua\"\n") != std::string::npos);
    write(folder.path() / "again.toml", read_text(folder.path() / "first/scenario.toml"));
    REQUIRE(rackrace_in(folder.path(), "run -q again.toml --out second").code == ExitCode::done);
    const Ran both = rackrace_in(folder.path(), "compare first second");
    INFO(both.out << both.err);
    CHECK(both.code == ExitCode::done);
    const Ran unknown = rackrace_in(folder.path(), "run -q small --strategy corewave=mine.lua");
    CHECK(unknown.code == ExitCode::bad_input);
    CHECK(unknown.err.find("--strategy corewave: no firm or role is called 'corewave'; did you mean 'coreweave'?") != std::string::npos);
    REQUIRE(rackrace_in(folder.path(), "run -q small --until 2026Q3 --strategy neocloud=mine.lua --strategy lab=lab/baseline.lua --set coreweave.fails=true --out third").code == ExitCode::done);
    REQUIRE(rackrace_in(folder.path(), "run -q --from third --strategy neocloud=neocloud/land_grab.lua --out fourth").code == ExitCode::done);
    CHECK(read_text(folder.path() / "fourth/scripts/firms/coreweave.lua") == read_text(fs::path(RACKRACE_SOURCE_DIR) / "scripts/strategies/neocloud/land_grab.lua"));
    CHECK(read_text(folder.path() / "third/scenario.toml").find("\n[firms.coreweave]\nstrategy = \"mine.lua\"\nparams.fails = true\n") != std::string::npos);
}

TEST_CASE("A parameter that a script refuses is refused at the words that give it, and once", "[cli][program][orders]") {
    const TemporaryFolder folder;
    CHECK(rackrace_in(folder.path(), "run --set neocloud.shde=1").err == "rackrace: --set neocloud.shde: the script has no parameter 'shde' (baseline.lua); did you mean 'shade'?\n");
    REQUIRE(rackrace_in(folder.path(), "run small -q --until 2026Q3 --out first").code == ExitCode::done);
    CHECK(rackrace_in(folder.path(), "fork first@2026Q3 --firm coreweave --param shade=7").err ==
          "rackrace: --param shade: shade = 7 lies outside 0.3 to 1 (baseline.lua); values out of range are not cut\n");
}

TEST_CASE("Show gives what a script remembers at the close of a quarter, as debug does", "[cli][program][orders]") {
    const TemporaryFolder folder;
    write(folder.path() / "counts.lua", "local race = require \"rackrace\"\nreturn race.neocloud { api = \"1.0\", name = \"Counts\",\n"
                                        "  memory = { n = 0.0, seen = false, idle = 0.0, last = race.array(3, 0.0) },\n"
                                        "  decide = function(obs, act, p, mem, rng)\n    mem.n = mem.n + 1.5\n    mem.seen = true\n    mem.last[2] = obs.time.t\n  end,\n}\n");
    REQUIRE(rackrace_in(folder.path(), "run -q small --until 2026Q4 --strategy coreweave=counts.lua --out played").code == ExitCode::done);
    const Ran ran = rackrace_in(folder.path(), "show 'played@2026Q4#firm=coreweave&author=script&table=memory' --json");
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    std::string rows;
    const Json shown = Json::parse(ran.out);
    for (const Json& row : shown.at("rows")) rows += row.at("name").get<std::string>() + " " + row.at("item").dump() + " " + row.at("value").dump() + "\n";
    CHECK(rows == "last 2 2.0\nn 0 4.5\nseen 0 1.0\n");
    const Ran text = rackrace_in(folder.path(), "show 'played@2026Q4#firm=coreweave&table=memory&name=n'");
    CHECK(text.out.find("  value ") != std::string::npos);
    CHECK(text.out.find(" 4.5  as the name says\n") != std::string::npos);
    CHECK(rackrace_in(folder.path(), "show 'played@2026Q4#table=memry'").err.find("did you mean 'memory'?") != std::string::npos);
}

TEST_CASE("A run of an older format is refused in words that say how to make it again", "[cli][program][orders]") {
    const TemporaryFolder folder;
    const std::string path = play(folder.path()).at("path");
    const fs::path file = folder.path() / path / "replay.sqlite";
    std::string bytes = read_text(file);
    bytes[63] = 1;  // user_version, the last byte of four at 60
    write(file, bytes);
    const Ran refused = rackrace_in(folder.path(), "verify " + path);
    CHECK(refused.code == ExitCode::bad_input);
    CHECK(refused.err.find("has the older format 1, this program reads 7; make it again with: rackrace run --from " + path) != std::string::npos);
    CHECK(rackrace_in(folder.path(), "run --from " + path + " --force --out " + path).code == ExitCode::done);
    CHECK(rackrace_in(folder.path(), "verify " + path).code == ExitCode::done);
}
