// Forks: a run played again with a firm in other hands from a quarter on, and two runs compared.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// `small` to 2027Q1 in runs/first.
void play_first(const fs::path& folder) { REQUIRE(rackrace_in(folder, "run small --until 2027Q1 --out runs/first -q").code == ExitCode::done); }

}  // namespace

TEST_CASE("A fork says where it leaves its run and what both end with, and is a run like any other", "[cli][fork]") {
    const TemporaryFolder folder;
    play_first(folder.path());
    const Ran ran = rackrace_in(folder.path(), "fork first@2026Q4 --firm coreweave --param shade=0.4 --out runs/second");
    REQUIRE(ran.code == ExitCode::done);
    INFO(ran.out);
    CHECK(says(ran.out, "the same until 2026Q3; first difference in 2026Q4: coreweave bid_chips: max_usd_chip "));
    CHECK(says(ran.out, " -> "));
    CHECK(says(ran.out, "(strategies/neocloud/baseline.lua:"));
    CHECK(says(ran.out, "value_usd.nvidia"));
    CHECK(says(ran.err, "saved runs/second; watch both: rackrace view runs/first runs/second"));
    CHECK(rackrace_in(folder.path(), "verify runs/second").code == ExitCode::done);
    CHECK(rackrace_in(folder.path(), "verify runs/first").code == ExitCode::done);
    const Json noted = Json::parse(read_text(folder.path() / "runs/second/run.json"));
    CHECK(noted.at("fork_of").get<std::string>().starts_with("first "));
    CHECK(says(read_text(folder.path() / "runs/second/scenario.toml"), "[[handovers]]\nquarter = \"2026Q4\"\nfirm = \"coreweave\"\nparams.shade = 0.4\n"));
}

TEST_CASE("A fork keeps the scripts of both hands in its folder", "[cli][fork]") {
    const TemporaryFolder folder;
    play_first(folder.path());
    write(folder.path() / "mine.lua", "local race = require \"rackrace\"\nlocal words = require \"words\"\n\nreturn race.neocloud { api = \"1.0\", name = \"Mine\", decide = function(obs, act, p, mem, rng) act.trace(\"word\", words.number) act.set_payout { frac = 0.5 } end }\n");
    write(folder.path() / "words.lua", "return { number = 3 }\n");
    const Ran ran = rackrace_in(folder.path(), "fork first@2026Q4 --firm coreweave --script mine.lua --out runs/second");
    INFO(ran.out << ran.err);
    REQUIRE(ran.code == ExitCode::done);
    fs::remove(folder.path() / "mine.lua");
    fs::remove(folder.path() / "words.lua");
    CHECK(fs::exists(folder.path() / "runs/second/scripts/handovers/2026Q4-coreweave/coreweave.lua"));
    CHECK(fs::exists(folder.path() / "runs/second/scripts/handovers/2026Q4-coreweave/words.lua"));
    CHECK(rackrace_in(folder.path(), "verify runs/second").code == ExitCode::done);
    const Ran traced = rackrace_in(folder.path(), "debug runs/second --firm coreweave --at 2027Q1");  // after the handover: the script that decides then
    CHECK(says(traced.out, "coreweave in 2027Q1: handovers/2026Q4-coreweave/coreweave.lua"));
    CHECK(says(traced.out, "the same orders and memory as in the run"));

    const Ran again = rackrace_in(folder.path(), "fork second@2027Q1 --firm coreweave --script neocloud/careful.lua --out runs/third");
    INFO(again.out << again.err);
    REQUIRE(again.code == ExitCode::done);
    CHECK(says(again.out, "the same until 2026Q4"));
    CHECK(rackrace_in(folder.path(), "verify runs/third").code == ExitCode::done);
    CHECK(Json::parse(rackrace_in(folder.path(), "compare runs/first runs/third --json").out).at("difference").at("same_until") == "2026Q3");
}

TEST_CASE("Compare finds two runs of one seed the same, and says where seeds or lengths are others", "[cli][fork]") {
    const TemporaryFolder folder;
    play_first(folder.path());
    REQUIRE(rackrace_in(folder.path(), "run small --until 2026Q4 --seed 2 --out runs/other -q").code == ExitCode::done);
    CHECK(rackrace_in(folder.path(), "compare first first").out == "the same in every quarter and state\n");
    const Ran ran = rackrace_in(folder.path(), "compare first other");
    INFO(ran.out);
    CHECK(ran.code == ExitCode::done);
    CHECK(says(ran.out, "other draws from the start: seed 1 and seed 2\n"));
    CHECK(says(ran.out, "2026Q4"));
    REQUIRE(rackrace_in(folder.path(), "run small --until 2026Q4 --out runs/short -q").code == ExitCode::done);
    CHECK(says(rackrace_in(folder.path(), "compare first short").out, "the same until 2026Q4; one of the two ends there"));
}

TEST_CASE("What cannot be forked is refused before anything is played", "[cli][fork]") {
    const TemporaryFolder folder;
    play_first(folder.path());
    const auto refused = [&](const std::string& words, ExitCode code, const std::string& part) {
        const Ran ran = rackrace_in(folder.path(), "fork " + words + " --out runs/second");
        INFO(words << ": " << ran.err);
        CHECK(ran.code == code);
        CHECK(says(ran.err, part));
        CHECK(!fs::exists(folder.path() / "runs/second"));
    };
    refused("first --firm coreweave --param shade=0.4", ExitCode::wrong_usage, "write RUN@2028Q3");
    refused("first@2031Q1 --firm coreweave --param shade=0.4", ExitCode::bad_input, "name a quarter from 2026Q2 to 2027Q1");
    refused("first@2026Q4 --firm corewave --param shade=0.4", ExitCode::bad_input, "did you mean 'coreweave'");
    refused("first@2026Q4 --firm coreweave", ExitCode::bad_input, "--firm coreweave: changes nothing; give --script FILE, or --param NAME=VALUE");
    refused("first@2026Q4 --firm coreweave --param shade=7", ExitCode::script_refused, "shade");
    refused("first@2026Q4 --firm coreweave --script neocloud/carefull.lua", ExitCode::bad_input, "did you mean 'neocloud/careful.lua'");
    refused("nothing@2026Q4 --firm coreweave --param shade=0.4", ExitCode::bad_input, "nothing");
}

TEST_CASE("A scenario file may hand firms over, what seats firms once refuses it", "[cli][fork]") {
    const TemporaryFolder folder;
    write(folder.path() / "change.toml", "name = \"change\"\nabout = \"CoreWeave grabs land from 2026Q4 on.\"\nbased_on = \"small\"\nend = \"2027Q1\"\n\n[[handovers]]\nquarter = \"2026Q4\"\nfirm = \"coreweave\"\nstrategy = \"neocloud/land_grab.lua\"\n");
    REQUIRE(rackrace_in(folder.path(), "run change.toml --out runs/change -q").code == ExitCode::done);
    play_first(folder.path());
    CHECK(says(rackrace_in(folder.path(), "compare first change").out, "the same until 2026Q3"));
    CHECK(rackrace_in(folder.path(), "verify runs/change").code == ExitCode::done);
    write(folder.path() / "plan.toml", "scenario = \"change.toml\"\nseeds = [1, 2]\n");
    const Ran sweep = rackrace_in(folder.path(), "sweep plan.toml");
    INFO(sweep.err);
    CHECK(sweep.code == ExitCode::bad_input);
    CHECK(says(sweep.err, "coreweave is handed over in 2026Q4, which single runs alone can play"));
    const Ran watch = rackrace_in(folder.path(), "watch '" RACKRACE_SOURCE_DIR "/scripts/strategies/neocloud/careful.lua' --firm coreweave --scenario change.toml --once --seeds 1");
    INFO(watch.err);
    CHECK(watch.code != ExitCode::done);
    CHECK(says(watch.err, "handed over"));
    write(folder.path() / "wrong.toml", "name = \"wrong\"\nbased_on = \"small\"\n\n[[handovers]]\nquarter = \"2026Q4\"\nfrim = \"coreweave\"\nparams = { shade = 0.4 }\n");
    const Ran wrong = rackrace_in(folder.path(), "run wrong.toml");
    CHECK(wrong.code == ExitCode::bad_input);
    CHECK(says(wrong.err, "wrong.toml:6"));
    CHECK(says(wrong.err, "a handover has no firm"));
}
