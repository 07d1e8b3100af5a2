// `rackrace profile` of a recorded run: every firm's script, played again from the run's folder.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
using Json = nlohmann::json;

namespace {

/// Not portable: it makes a table.
constexpr const char* kTable = R"(local race = require "rackrace"
return race.neocloud { api = "1.0", name = "Table", decide = function(obs, act)
  local plan = {}
  act.set_payout { frac = #plan }
end }
)";

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The scripts that a firm played, of `profile RUN --json`.
std::vector<Json> scripts_of(const Json& json, const std::string& firm) {
    std::vector<Json> out;
    for (const Json& one : json.at("scripts"))
        if (one.at("firm") == firm) out.push_back(one);
    return out;
}

std::int64_t units_of_lines(const Json& script) {
    std::int64_t units = 0;
    for (const Json& line : script.at("lines")) units += line.at("units").get<std::int64_t>();
    return units;
}

}  // namespace

TEST_CASE("Profile of a run says what every firm's own script takes of its budgets there", "[cli][program][profile]") {
    const TemporaryFolder folder;
    write(folder.path() / "table.lua", kTable);
    REQUIRE(rackrace_in(folder.path(), "run small --seed 3 --until 2026Q4 --strategy coreweave=table.lua --out runs/first -q").code == ExitCode::done);
    std::filesystem::remove(folder.path() / "table.lua");  // the run keeps its own copy
    const Ran ran = rackrace_in(folder.path(), "profile first");
    INFO(ran.out << ran.err);
    REQUIRE(ran.code == ExitCode::done);
    CHECK(ran.out.starts_with("first: small, seed 3; of each firm's own script: units of 200000, by Lua bytes\n  firm "));
    CHECK(says(ran.out, "firms/coreweave.lua"));
    CHECK(says(ran.out, "runs by Lua: line 3, "));
    CHECK(says(ran.out, "strategies/supplier/baseline.lua"));
    CHECK_FALSE(says(ran.err, "another one"));
    CHECK(says(ran.err, "the lines of one: rackrace profile first --firm microsoft\n"));  // coreweave's has no lines
    const Ran one = rackrace_in(folder.path(), "profile first --firm coreweave");
    CHECK(one.code == ExitCode::done);
    CHECK(one.out.starts_with("firms/coreweave.lua at coreweave, first, seed 3: 3 callbacks, <500 units of "));
    CHECK(says(one.out, "\n  no units by line: it runs by Lua: line 3, "));

    const Json json = Json::parse(rackrace_in(folder.path(), "profile first --json", "RACKRACE_SEED=9").out);  // the run has its own seed
    CHECK(json.at("seed") == 3);
    CHECK(json.at("scripts").size() == 4);
    const Json table = scripts_of(json, "coreweave").at(0), supplier = scripts_of(json, "nvidia").at(0);
    CHECK(table.at("engine") == "lua");
    CHECK(table.at("callbacks") == 3);  // decide of 2026Q2, Q3 and Q4
    CHECK(table.at("lines").empty());
    CHECK(table.at("units").is_null());  // Lua had no reason to look
    CHECK(table.at("memory").at("callbacks") == 3);
    CHECK(table.at("memory").at("most_bytes") > 0);
    CHECK(supplier.at("engine") == "core");
    CHECK(supplier.at("units") > 0);
    CHECK(units_of_lines(supplier) == supplier.at("units"));
    CHECK(supplier.at("memory").at("callbacks") == supplier.at("callbacks"));
}

TEST_CASE("Profile of a run with a firm has the lines of its scripts, one table for each hands", "[cli][program][profile]") {
    const TemporaryFolder folder;
    REQUIRE(rackrace_in(folder.path(), "run small --until 2026Q4 --out runs/first -q").code == ExitCode::done);
    REQUIRE(rackrace_in(folder.path(), "fork first@2026Q4 --firm coreweave --param shade=0.4 --out runs/second -q").code == ExitCode::done);
    const Ran ran = rackrace_in(folder.path(), "profile runs/second --firm coreweave");
    INFO(ran.out << ran.err);
    REQUIRE(ran.code == ExitCode::done);
    CHECK(ran.out.starts_with("strategies/neocloud/baseline.lua at coreweave, runs/second, seed 1: "));
    CHECK(says(ran.out, "\nstrategies/neocloud/baseline.lua from 2026Q4 at coreweave, runs/second, seed 1: "));
    CHECK(says(ran.out, "  share  a callback  line\n"));
    CHECK(says(ran.out, " more lines: --all\n"));
    const Ran all = rackrace_in(folder.path(), "profile runs/second --firm coreweave --all");
    CHECK_FALSE(says(all.out, "--all"));
    CHECK(all.out.size() > ran.out.size());

    const auto hands = scripts_of(Json::parse(rackrace_in(folder.path(), "profile second --firm coreweave --json").out), "coreweave");
    REQUIRE(hands.size() == 2);
    CHECK(hands[1].at("from") == "2026Q4");
    CHECK(hands[0].at("callbacks").get<int>() == 2 * hands[1].at("callbacks").get<int>());  // of two quarters and of one
    CHECK(hands[1].at("memory").at("callbacks") == hands[1].at("callbacks"));
}

TEST_CASE("Profile refuses of a run what is for files, and what is no run", "[cli][program][profile]") {
    const TemporaryFolder folder;
    write(folder.path() / "table.lua", kTable);
    REQUIRE(rackrace_in(folder.path(), "run small --until 2026Q2 --strategy coreweave=table.lua --out runs/first -q").code == ExitCode::done);
    const Ran uncompiled = rackrace_in(folder.path(), "profile table.lua");
    CHECK(uncompiled.code == ExitCode::script_refused);
    CHECK(says(uncompiled.err, "not for the core engine"));
    CHECK_FALSE(says(uncompiled.err, "--engine"));  // profile has no such option
    for (const char* file : {"plan.toml", "work.sqlite"}) write(folder.path() / "batches/hedge-77ab02" / file, "");
    const auto refused = [&](const std::string& words, ExitCode code, const std::string& part) {
        const Ran ran = rackrace_in(folder.path(), "profile " + words);
        INFO(words << ": " << ran.err);
        CHECK(ran.code == code);
        CHECK(says(ran.err, part));
        CHECK(ran.out.empty());
    };
    refused("first --scenario small", ExitCode::wrong_usage, "--scenario: is for a script's file");
    refused("first --seed 2", ExitCode::wrong_usage, "--seed: is for a script's file");
    refused("first --all", ExitCode::wrong_usage, "--all: is of the lines of one script");
    refused("first --firm nvidai", ExitCode::bad_input, "did you mean 'nvidia'");
    refused("frist", ExitCode::bad_input, "did you mean 'runs/first'");
    refused("runs/first/replay.sqlite", ExitCode::bad_input, "is no folder");
    refused("hedge-77ab02", ExitCode::wrong_usage, "is a batch");
}
