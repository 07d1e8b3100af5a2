// `check --sarif`: what code hosts and editors read of the messages.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;

namespace {

const std::string kHead = "local race = require \"rackrace\"\nreturn race.neocloud {\n  api = \"1.0\", name = \"Test\",\n  decide = function(obs, act, p, mem, rng)\n";

}  // namespace

TEST_CASE("Check writes SARIF with a rule a code, places, and repairs as fixes", "[cli][program][sarif]") {
    const TemporaryFolder folder;
    write(folder.path() / "two words.lua", kHead + "    act:trace(\"Zürich\", obs.me.cash_musd + obs.me.power_mw)\n  end,\n}\n");
    write(folder.path() / "good.lua", kHead + "    act.trace(\"cash\", obs.me.cash_musd)\n  end,\n}\n");
    const Ran ran = rackrace_in(folder.path(), "check --sarif 'two words.lua' good.lua");
    INFO(ran.out << ran.err);
    CHECK(ran.code == ExitCode::answer_is_no);
    const auto log = nlohmann::json::parse(ran.out);
    CHECK(log.at("version") == "2.1.0");
    REQUIRE(log.at("runs").size() == 1);
    const auto& run = log.at("runs").at(0);
    const auto& rules = run.at("tool").at("driver").at("rules");
    CHECK(run.at("tool").at("driver").at("name") == "rackrace");
    CHECK(run.at("columnKind") == "unicodeCodePoints");

    bool has_repair = false, has_second_place = false;
    for (const auto& result : run.at("results")) {
        const auto& rule = rules.at(result.at("ruleIndex").get<std::size_t>());
        CHECK(rule.at("id") == result.at("ruleId"));
        const auto& place = result.at("locations").at(0).at("physicalLocation");
        CHECK(place.at("artifactLocation").at("uri") == "two%20words.lua");
        CHECK(place.at("region").at("startLine") == 5);
        if (result.at("ruleId") == "A205") {
            const auto& replacement = result.at("fixes").at(0).at("artifactChanges").at(0).at("replacements").at(0);
            CHECK(replacement.at("insertedContent").at("text") == ".");
            CHECK(replacement.at("deletedRegion").at("startColumn") == 8);
            CHECK(replacement.at("deletedRegion").at("endColumn") == 9);
            has_repair = true;
        }
        if (result.at("ruleId") == "U301") {
            CHECK(place.at("region").at("startColumn") == 25);  // in letters, not in bytes: the ü counts once
            CHECK(result.at("level") == "error");
            CHECK(result.at("relatedLocations").at(0).at("message").at("text") == "MW");
            has_second_place = true;
        }
    }
    CHECK(has_repair);
    CHECK(has_second_place);
}

TEST_CASE("SARIF of scripts without messages is a log without results, and goes with no other form", "[cli][program][sarif]") {
    const TemporaryFolder folder;
    write(folder.path() / "good.lua", kHead + "    act.trace(\"cash\", obs.me.cash_musd)\n  end,\n}\n");
    const Ran ran = rackrace_in(folder.path(), "check --sarif good.lua");
    INFO(ran.out << ran.err);
    CHECK(ran.code == ExitCode::done);
    CHECK(nlohmann::json::parse(ran.out).at("runs").at(0).at("results").empty());
    CHECK(rackrace_in(folder.path(), "check --sarif --json good.lua").code == ExitCode::wrong_usage);
}
