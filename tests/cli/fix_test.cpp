// `check --fix` as a person runs it: what it writes into a script, what it says, and what it leaves alone.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;

namespace {

std::string script(const std::string& body, const std::string& head = "local race = require \"rackrace\"") {
    return head + "\nreturn race.neocloud {\n  api = \"1.0\", name = \"Test\",\n  decide = function(obs, act, p, mem, rng)\n    local me = obs.me\n" + body + "  end,\n}\n";
}

const std::string kBefore = script(
    "    local cash = math.max(me.cash_musd, 0.0) ^ 0.5\n"
    "    local deep = 2.0 ^ cash ^ math.min(1.0, cash) + cash^2\n"
    "    act:trace(\"x\", cash * rng.uniform(0.0, 1.0))\n"
    "    act.trace(\"deep\", deep --[[ kept ]] ^ -- and this\n      3.0)\n");
const std::string kAfter = script(
    "    local cash = race.pow(race.max(me.cash_musd, 0.0), 0.5)\n"
    "    local deep = race.pow(2.0, race.pow(cash, race.min(1.0, cash))) + cash^2\n"
    "    act.trace(\"x\", cash * rng:uniform(0.0, 1.0))\n"
    "    act.trace(\"deep\", race.pow(deep --[[ kept ]] , -- and this\n      3.0))\n");

}  // namespace

TEST_CASE("Fix writes the repairs that cannot be wrong and says which", "[cli][program][fix]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "a.lua";
    write(file, kBefore);
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    const auto permissions = std::filesystem::status(file).permissions();
    const Ran ran = rackrace_in(folder.path(), "check --fix a.lua");
    INFO(ran.out << ran.err);
    CHECK(ran.code == ExitCode::done);
    CHECK(read_text(file) == kAfter);
    CHECK(ran.out.find("a.lua:8:8: fixed A205: ':trace' -> '.trace'") != std::string::npos);
    CHECK(ran.out.find("fixed A226: 'rng.uniform' -> 'rng:uniform'") != std::string::npos);
    CHECK(ran.out.find("fixed N511: 'math.max(me.cash_musd, 0.0)' -> 'race.max(me.cash_musd, 0.0)'") != std::string::npos);
    CHECK(ran.out.find("portable: yes") != std::string::npos);
    CHECK(std::filesystem::status(file).permissions() == permissions);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);

    const Ran again = rackrace_in(folder.path(), "check --fix --json a.lua");
    CHECK(nlohmann::json::parse(again.out).at("reports").at(0).at("fixed").empty());
    CHECK(read_text(file) == kAfter);
}

TEST_CASE("Fix follows a link to the script and leaves the link", "[cli][program][fix]") {
    const TemporaryFolder folder;
    write(folder.path() / "real.lua", kBefore);
    std::filesystem::create_symlink("real.lua", folder.path() / "link.lua");
    CHECK(rackrace_in(folder.path(), "check --fix link.lua").code == ExitCode::done);
    CHECK(std::filesystem::is_symlink(folder.path() / "link.lua"));
    CHECK(read_text(folder.path() / "real.lua") == kAfter);
}

TEST_CASE("Fix leaves alone what is no Lua, what only a person can mend, and where race is another thing", "[cli][program][fix]") {
    const TemporaryFolder folder;
    const auto unchanged = [&](const std::string& text) {
        write(folder.path() / "a.lua", text);
        const Ran ran = rackrace_in(folder.path(), "check --fix a.lua");
        INFO(text << ran.out);
        CHECK(read_text(folder.path() / "a.lua") == text);
        CHECK(ran.out.find(": fixed ") == std::string::npos);
        return ran;
    };
    const Ran broken = unchanged(kBefore + "local x = = 1\n");
    CHECK(broken.code == ExitCode::answer_is_no);
    CHECK(broken.err.find("nothing is changed") != std::string::npos);
    CHECK(unchanged(script("    act.trace(\"x\", me.cash_usd)\n")).code == ExitCode::answer_is_no);
    unchanged(script("    act.trace(\"x\", math.max(1.0, 2.0, me.cash_musd) + math.sin(me.cash_musd))\n"));
    unchanged(script("    local race = { max = 1.0 }\n    act.trace(\"x\", math.max(race.max, me.cash_musd))\n"));
    SECTION("as it says so in JSON") {
        const auto json = nlohmann::json::parse(rackrace_in(folder.path(), "check --fix --json a.lua").out);
        CHECK(json.at("reports").at(0).at("fixed").empty());
    }
}
