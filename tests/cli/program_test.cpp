// Commands on runs, each as a person gives it: words in, output and exit status out.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

void replace_in(const fs::path& file, const std::string& from, const std::string& to) {
    std::string text = read_text(file);
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    std::ofstream(file, std::ios::binary) << text.replace(at, from.size(), to);
}

/// A short run in `folder`, as its folder's name there.
std::string short_run(const fs::path& folder, const std::string& more = "") {
    const Ran ran = rackrace_in(folder, "run --json --until 2027Q1 " + more);
    REQUIRE(ran.code == ExitCode::done);
    return Json::parse(ran.out).at("path");
}

}  // namespace

TEST_CASE("Run prints a report that names the folder it saved", "[cli][program]") {
    const TemporaryFolder folder;
    const Ran ran = rackrace_in(folder.path(), "run --until 2027Q1 --seed 3");
    CHECK(ran.code == ExitCode::done);
    CHECK(ran.err.empty());  // no progress where nobody watches, and the run is short
    CHECK(ran.out.find("owners' value") != std::string::npos);
    const std::size_t saved = ran.out.find("  saved     runs/base-2026-s3-");
    REQUIRE(saved != std::string::npos);
    CHECK(ran.out.find("   hash ", saved) != std::string::npos);
    CHECK(ran.out.find("   view: rackrace ", saved) != std::string::npos);
    const std::string path = ran.out.substr(saved + 12, ran.out.find(' ', saved + 12) - saved - 12);
    CHECK(fs::exists(folder.path() / path / "replay.sqlite"));
}

TEST_CASE("Run with --json prints one object of its schema", "[cli][program]") {
    const TemporaryFolder folder;
    const Ran ran = rackrace_in(folder.path(), "run --json --until 2027Q1");
    REQUIRE(ran.code == ExitCode::done);
    const Json json = Json::parse(ran.out);
    CHECK(json.at("schema") == "rackrace.run/1");
    CHECK(json.at("seed") == 1);
    CHECK(json.at("status") == "ok");
    CHECK(json.at("quarters") == 4);
    CHECK(json.at("hash").get<std::string>().size() == 8);
    CHECK(json.at("engine").is_object());
    CHECK(json.at("script_errors") == 0);
    CHECK(json.at("metrics").at("spot_i_usd_h").at("first").is_number());
    CHECK(json.at("path").get<std::string>() == "runs/" + json.at("run").get<std::string>());
    CHECK(json.at("run").get<std::string>().ends_with(json.at("hash").get<std::string>().substr(0, 4)));
}

TEST_CASE("The same words give the same run, whatever folder they are said in", "[cli][program]") {
    const TemporaryFolder here, there;
    CHECK(short_run(here.path()) == short_run(here.path()));
    const std::string path = short_run(there.path());
    CHECK(read_text(here.path() / path / "replay.sqlite") == read_text(there.path() / path / "replay.sqlite"));
    CHECK(short_run(here.path(), "--seed 2") != path);
}

TEST_CASE("A dry run says what would be played and writes nothing", "[cli][program]") {
    const TemporaryFolder folder;
    const Ran ran = rackrace_in(folder.path(), "run --dry-run --set rules.chips=VICKREY");
    CHECK(ran.code == ExitCode::done);
    CHECK(ran.out.find("would run   base-2026  seed 1  17 firms") == 0);
    CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("Verify plays a run again from its folder alone, wherever that has gone", "[cli][program]") {
    const TemporaryFolder folder, other;
    const std::string path = short_run(folder.path(), "--seed 5 --set substitution_elasticity_enterprise=1.3");
    fs::rename(folder.path() / path, other.path() / "moved");
    const Ran ran = rackrace_in(other.path(), "verify moved");
    CHECK(ran.code == ExitCode::done);
    CHECK(ran.out.find("same      4 quarters") == 0);
    CHECK(Json::parse(rackrace_in(other.path(), "verify moved --json").out).at("same") == true);
}

TEST_CASE("Verify names the quarter, firm and field where another run begins", "[cli][program]") {
    const TemporaryFolder folder;
    const std::string path = short_run(folder.path(), "--set idle_power_frac=0.30");
    replace_in(folder.path() / path / "scenario.toml", "idle_power_frac = 0.3", "idle_power_frac = 0.4");
    const Ran ran = rackrace_in(folder.path(), "verify " + path);
    CHECK(ran.code == ExitCode::answer_is_no);
    CHECK(ran.out.find("mismatch  202") == 0);
    CHECK(ran.out.find("  field ") != std::string::npos);
    CHECK(ran.out.find("  recorded ") != std::string::npos);
    const Json json = Json::parse(rackrace_in(folder.path(), "verify --json " + path).out);
    CHECK(json.at("same") == false);
    CHECK(json.at("mismatch").contains("quarter"));
}

TEST_CASE("A run made again from its folder is the same run", "[cli][program]") {
    const TemporaryFolder folder;
    const std::string path = short_run(folder.path(), "--seed 9");
    fs::resize_file(folder.path() / path / "replay.sqlite", 3000);
    const Ran refused = rackrace_in(folder.path(), "show " + path);
    CHECK(refused.code == ExitCode::bad_input);
    CHECK(refused.err.find("is cut: 3000 of ") != std::string::npos);
    CHECK(refused.err.find("rackrace run --from " + path) != std::string::npos);
    CHECK(rackrace_in(folder.path(), "run --from " + path + " --force --out " + path).code == ExitCode::done);
    CHECK(rackrace_in(folder.path(), "verify " + path).code == ExitCode::done);
}

TEST_CASE("Show answers for a run, a quarter, a firm and a number", "[cli][program]") {
    const TemporaryFolder folder;
    const std::string path = short_run(folder.path());
    const auto show = [&](const std::string& rest, const std::string& options = "") {
        return rackrace_in(folder.path(), "show '" + path + rest + "' " + options);
    };
    CHECK(show("").out.find("owners' value") != std::string::npos);
    CHECK(show("@2026Q4").out.find("spot_i_usd_h") != std::string::npos);
    CHECK(show("@2026Q4#firm=coreweave").out.find("cash_usd") != std::string::npos);
    CHECK(show("#firm=coreweave").out.find("2026Q3  coreweave") != std::string::npos);
    CHECK(Json::parse(show("@2026Q4#market.spot_i_usd_h", "--json").out).at("rows").at(0).at("spot_i_usd_h").is_number());
    CHECK(Json::parse(show("#market.spot_i_usd_h", "--json").out).at("rows").size() == 5);
    CHECK(Json::parse(show("@2026Q4#firm=coreweave&field=cash_usd", "--json").out).at("rows").at(0).at("cash_usd").is_number_integer());
    CHECK(Json::parse(show("@2026Q4#firms.coreweave.holdings.blackwell.installed", "--json").out).at("rows").at(0).at("value").is_number_integer());
    CHECK(show("@2026Q4#product=blackwell").code == ExitCode::done);
    CHECK(show("@2033Q1").code == ExitCode::bad_input);
    CHECK(show("#firm=corewave").code == ExitCode::bad_input);
    CHECK(show("#market.spot_usd_h").err.find("did you mean") != std::string::npos);
    CHECK(show("@2026").code == ExitCode::wrong_usage);
}

TEST_CASE("Show says which word of an address nothing is called, with the nearest that something is", "[cli][program]") {
    const TemporaryFolder folder;
    REQUIRE(rackrace_in(folder.path(), "run small --until 2026Q3 --out r -q").code == ExitCode::done);
    for (const auto& [address, said] : std::initializer_list<std::pair<std::string, std::string>>{
             {"r@2026Q3#firm=corewave", "r: there is no firm 'corewave'; did you mean 'coreweave'?"},
             {"r#firm=corewave&field=cash_usd", "r: there is no firm 'corewave'; did you mean 'coreweave'?"},
             {"r@2026Q3#product=blackwel", "r: there is no product 'blackwel'; did you mean 'blackwell'?"},
             {"r#segment=enterprize", "r: there is no segment 'enterprize'; did you mean "},
             {"r@2026Q3#order=99999999", "r: there is no order '99999999'; rackrace show RUN@QUARTER#table=orders lists "},
             {"r@2030Q1#firm=coreweave", "r: holds no quarter 2030Q1; it goes from 2026Q1 to 2026Q3"},
             {"r@2026Q1#firm=coreweave&order=1", "r: table orders has no row of firm coreweave, order 1 in 2026Q1; "}}) {
        const Ran ran = rackrace_in(folder.path(), "show '" + address + "'");
        INFO(address << ": " << ran.err);
        CHECK(ran.code == ExitCode::bad_input);
        CHECK(ran.err.find(said) != std::string::npos);
    }
}

TEST_CASE("Export writes tables as CSV and copies as SQLite, and overwrites nothing unasked", "[cli][program]") {
    const TemporaryFolder folder;
    const std::string path = short_run(folder.path());
    const Ran table = rackrace_in(folder.path(), "export " + path + " --format csv --tables quarters");
    CHECK(table.code == ExitCode::done);
    CHECK(table.out.starts_with("quarter,t,state_hash,spot_t_usd_h"));
    CHECK(std::count(table.out.begin(), table.out.end(), '\n') == 6);
    CHECK(rackrace_in(folder.path(), "export " + path + " --format csv --out tables").code == ExitCode::done);
    CHECK(fs::exists(folder.path() / "tables" / "firms.csv"));
    CHECK(rackrace_in(folder.path(), "export " + path + " --format csv --out tables").code == ExitCode::cannot_write);
    CHECK(rackrace_in(folder.path(), "export " + path + " --format csv --out tables --force").code == ExitCode::done);
    fs::remove(folder.path() / "tables" / "quarters.csv");  // an earlier table than the one that is in the way
    CHECK(rackrace_in(folder.path(), "export " + path + " --format csv --out tables --tables quarters,firms").code == ExitCode::cannot_write);
    CHECK_FALSE(fs::exists(folder.path() / "tables" / "quarters.csv"));
    CHECK(rackrace_in(folder.path(), "export " + path + " --format sqlite --out copy.sqlite").code == ExitCode::done);
    CHECK(rackrace_in(folder.path(), "show copy.sqlite").code == ExitCode::done);
    CHECK(rackrace_in(folder.path(), "export " + path + " --format sqlite --out copy.sqlite").code == ExitCode::cannot_write);
    CHECK(rackrace_in(folder.path(), "export " + path + " --format csv --tables frms").err.find("did you mean 'firms'?") != std::string::npos);
}

TEST_CASE("What is written is told to programs by path, rows and hash", "[cli][program]") {
    const TemporaryFolder folder;
    const std::string path = short_run(folder.path());
    const auto json = [&](const std::string& words) {
        const Ran ran = rackrace_in(folder.path(), words + " --json");
        INFO(words << ": " << ran.err);
        REQUIRE(ran.code == ExitCode::done);
        return Json::parse(ran.out);
    };
    const Json table = json("export " + path + " --format csv --tables quarters");
    CHECK(table.at("tables").at(0).at("rows") == 5);
    CHECK(fs::exists(folder.path() / table.at("tables").at(0).at("path").get<std::string>()));
    CHECK(json("export " + path + " --format sqlite --out copy.sqlite").at("path") == "copy.sqlite");
    const Json page = json("report " + path + " --out page.html");
    CHECK(page.at("path") == "page.html");
    CHECK(page.at("bytes") == fs::file_size(folder.path() / "page.html"));
}

TEST_CASE("The report of a run says which firms Lua plays, and why", "[cli][program]") {
    const TemporaryFolder folder;
    write(folder.path() / "mine.lua", "local race = require \"rackrace\"\nreturn race.neocloud {\n  api = \"1.0\", name = \"Mine\",\n  decide = function(obs, act, p, mem, rng)\n    local unused = {}\n  end,\n}\n");
    const Ran ran = rackrace_in(folder.path(), "run small --until 2026Q2 --strategy coreweave=mine.lua");
    INFO(ran.out);
    CHECK(ran.out.find("  engine core (3), lua (1: coreweave N5") != std::string::npos);
    CHECK(ran.err.find("mine.lua runs by Lua: line 5, N5") != std::string::npos);
}

TEST_CASE("A run that is interrupted says so and leaves nothing", "[cli][program]") {
    const TemporaryFolder folder;
    const auto [signal, code] = GENERATE(table<std::string, ExitCode>({{"INT", ExitCode::interrupted}, {"TERM", ExitCode::terminated}}));
    const std::string command = "cd '" + folder.path().string() + "' && { '" RACKRACE_PROGRAM "' run >out 2>err & p=$!; i=0; until ls -d runs/.*.partial >/dev/null 2>&1 || [ $i -gt 6000 ]; do sleep 0.005; i=$((i+1)); done; kill -" +
                                signal + " $p; wait $p; }";
    write(folder.path() / "interrupt.sh", "set -m\n" + command + "\n");  // jobs of their own: else a shell lets them ignore SIGINT
    const int ended = std::system(("bash '" + (folder.path() / "interrupt.sh").string() + "' 2>/dev/null").c_str());
    CHECK(WEXITSTATUS(ended) == static_cast<int>(code));
    CHECK(read_text(folder.path() / "err").find("interrupted in 20") != std::string::npos);
    CHECK(read_text(folder.path() / "out").empty());
    CHECK(fs::is_empty(folder.path() / "runs"));
}

TEST_CASE("The exit status says what kind of trouble it was", "[cli][program]") {
    const TemporaryFolder folder;
    const auto code = [&](const std::string& words, const std::string& environment = "") {
        return rackrace_in(folder.path(), words, environment).code;
    };
    CHECK(code("version") == ExitCode::done);
    CHECK(code("doctor") == ExitCode::done);
    CHECK(code("doctor", "RACKRACE_DATA=/nowhere") == ExitCode::answer_is_no);
    CHECK(code("") == ExitCode::wrong_usage);
    CHECK(code("fly") == ExitCode::wrong_usage);
    CHECK(code("run --seed x") == ExitCode::wrong_usage);
    CHECK(code("run no-such-scenario") == ExitCode::bad_input);
    CHECK(code("run --set no_such_parameter=1") == ExitCode::bad_input);
    CHECK(code("run --from nowhere") == ExitCode::bad_input);
    CHECK(code("run", "RACKRACE_DATA=/nowhere") == ExitCode::bad_input);
    CHECK(code("run --until 2026Q3 --out /dev/null/x") == ExitCode::cannot_write);
    CHECK(code("show nothing") == ExitCode::bad_input);
    CHECK(code("verify nothing") == ExitCode::bad_input);
    CHECK(code("-C nowhere version") == ExitCode::bad_input);
}

TEST_CASE("Doctor says why data or scripts cannot be used, and which variable names them", "[cli][program]") {
    const TemporaryFolder folder;
    CHECK(rackrace_in(folder.path(), "doctor").out.find("\nok    scripts   /") != std::string::npos);
    CHECK(rackrace_in(folder.path(), "doctor", "RACKRACE_DATA=/nowhere").out.find("\nFAIL  data      /nowhere: is no folder; set RACKRACE_DATA to the folder of data") != std::string::npos);
    CHECK(rackrace_in(folder.path(), "doctor", "RACKRACE_SCRIPTS=/nowhere").out.find("\nFAIL  scripts   /nowhere: is no folder; set RACKRACE_SCRIPTS to the folder of scripts") != std::string::npos);
    write(folder.path() / "scripts/strategies/lab/baseline.lua", "return 1\n");
    const Ran ran = rackrace_in(folder.path(), "doctor", "RACKRACE_SCRIPTS=scripts");
    CHECK(ran.code == ExitCode::answer_is_no);
    CHECK(ran.out.find("\nFAIL  scripts   ") != std::string::npos);
}

TEST_CASE("What is there and is of another kind is refused by what it is, and what is not there by one sentence", "[cli][program]") {
    const TemporaryFolder folder;
    REQUIRE(rackrace_in(folder.path(), "run small --until 2026Q2 --out runs/first -q").code == ExitCode::done);
    for (const char* file : {"batches/hedge-77ab02/plan.toml", "batches/hedge-77ab02/work.sqlite", "searches/careful-77ab02/plan.toml", "searches/careful-77ab02/search.sqlite"}) write(folder.path() / file, "");
    const std::string batch = "batches/hedge-77ab02: is a batch, no run; play one of its runs alone, as rackrace show 'batches/hedge-77ab02#run=0' says";
    const std::string search = "searches/careful-77ab02: is a search, no run; rackrace show searches/careful-77ab02 tells what it found";
    const std::string run = "runs/first: is a run, no batch; name a batch's folder", nothing = "nope: there is no such run; name a run's folder, or one in runs/";
    for (const auto& [words, said] : std::vector<std::pair<std::string, std::string>>{
        {"show hedge-77ab02 --years", batch},
        {"why hedge-77ab02@2026Q2", batch},
        {"why batches/hedge-77ab02@2026Q2", batch},
        {"compare first hedge-77ab02", batch},
        {"compare first batches/hedge-77ab02", batch},
        {"verify careful-77ab02", search},
        {"compare hedge-77ab02 first", run},
        {"payoffs first", run},
        {"payoffs runs/first", run},
        {"show nope", nothing},
        {"why nope@2026Q2", nothing},
        {"export nope --format csv", nothing},
        {"run --from nope", nothing},
        {"compare first nope", nothing},
    }) {
        const Ran ran = rackrace_in(folder.path(), words);
        INFO(words << " said: " << ran.err);
        CHECK(ran.code == ExitCode::bad_input);
        CHECK(ran.err.find(said) != std::string::npos);
    }
}

TEST_CASE("Refusals go to standard error and leave standard output empty", "[cli][program]") {
    const TemporaryFolder folder;
    for (const char* words : {"run base-2062", "show nothing", "run --sed 3", "rnu"}) {
        const Ran ran = rackrace_in(folder.path(), words);
        INFO(words << ": " << ran.err);
        CHECK(ran.out.empty());
        CHECK(ran.err.starts_with("rackrace: "));
    }
    CHECK(rackrace_in(folder.path(), "run base-2062").err.find("did you mean 'base-2026'?") != std::string::npos);
}

TEST_CASE("Bench tells rates of every kind of play, and shares of a run that add up", "[cli][program]") {
    const TemporaryFolder folder;
    const Ran ran = rackrace_in(folder.path(), "bench --scenario small --repeats 1 --threads 2 --json");
    REQUIRE(ran.code == ExitCode::done);
    const Json json = Json::parse(ran.out);
    CHECK(json.at("measures").size() == 6);
    for (const Json& measure : json.at("measures")) CHECK(measure.at("median").get<double>() > 0.0);
    CHECK(json.at("share_engine").get<double>() + json.at("share_scripts").get<double>() + json.at("share_record").get<double>() == Approx(1.0));
    CHECK(json.at("batch_share_engine").get<double>() + json.at("batch_share_scripts").get<double>() + json.at("batch_share_bookkeeping").get<double>() == Approx(1.0));
    for (const char* share : {"engine", "scripts", "bookkeeping"}) CHECK(json.at(std::string("batch_share_") + share).get<double>() >= -1e-9);
    CHECK(fs::is_empty(folder.path()));
    const Json one = Json::parse(rackrace_in(folder.path(), "bench engine --scenario small --repeats 1 --json").out);
    REQUIRE(one.at("measures").size() == 1);
    CHECK(one.at("measures").at(0).at("name") == "engine");
    CHECK_FALSE(one.contains("share_engine"));
    CHECK(rackrace_in(folder.path(), "bench engin").code == ExitCode::wrong_usage);
    CHECK(rackrace_in(folder.path(), "bench --scenario smal").code == ExitCode::bad_input);
    CHECK(rackrace_in(folder.path(), "bench --repeats 0").code == ExitCode::wrong_usage);
}
