// Scripts that mean harm: each ends in a located error within its budgets, its firm holds, and nobody else notices.
#include <catch2/catch.hpp>
#include <chrono>
#include <cstring>

#include "tests/agents/host_support.h"

using namespace rackrace;
using namespace rackrace::host_test;

namespace {

struct Hostile {
    const char* name;
    int line;
    const char* message;
    ScriptErrorKind kind;
};

const Hostile kHostile[] = {
    {"endless_loop", 8, "budget of 200000 instructions", ScriptErrorKind::budget},
    {"memory_bomb", 9, "4 MB of memory", ScriptErrorKind::memory},
    {"deep_recursion", 4, "", ScriptErrorKind::memory},
    {"string_doubling", 9, "a text longer than 4096 bytes", ScriptErrorKind::memory},
    {"front_insertion", 9, "budget", ScriptErrorKind::budget},
    {"looping_comparator", 9, "budget", ScriptErrorKind::budget},
    {"os_library", 7, "'os' is not available here", ScriptErrorKind::runtime},
    {"global_written", 7, "global 'count' cannot be set", ScriptErrorKind::runtime},
    {"nan_quantity", 8, "'mh' is not a finite number", ScriptErrorKind::call},
    {"error_object", 7, "error raised with table", ScriptErrorKind::runtime},
    {"write_obs", 7, "obs.me is read only", ScriptErrorKind::runtime},
};

const std::string kQuiet = script_of(Role::hyperscaler, "act.offer_spot { mh = 21.9, min_usd_h = 1.5 } act.trace(\"cash\", obs.me.cash_musd)");

}  // namespace

TEST_CASE("A hostile script ends in a located error, its firm holds and the others play on", "[agents][host]") {
    ScriptedMarket alone;
    alone.seat(kHyper, kQuiet);
    REQUIRE(alone.start() == "");
    alone.decide();
    for (const Hostile& script : kHostile) {
        ScriptedMarket m;
        m.seat(kHyper, kQuiet);
        m.seat(kNeo, hostile(script.name), std::string(script.name) + ".lua");
        REQUIRE(m.start() == "");
        const auto begin = std::chrono::steady_clock::now();
        m.decide();
        const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begin;
        REQUIRE(m.deciders->failures().size() == 1);
        const ScriptFailure& failure = m.deciders->failures()[0];
        WARN(failure.error.text() << "  (" << spent.count() << " ms)");
        CHECK(failure.firm == kNeo);
        CHECK(failure.t == 10);
        CHECK(failure.error.file == std::string(script.name) + ".lua");
        CHECK(failure.error.line == script.line);
        CHECK(failure.error.message.find(script.message) != std::string::npos);
        CHECK(failure.error.kind == script.kind);
        const Orders nothing{};
        CHECK(std::memcmp(&m.orders[kNeo], &nothing, sizeof(Orders)) == 0);
        CHECK(std::memcmp(&m.orders[kHyper], &alone.orders[kHyper], sizeof(Orders)) == 0);
        CHECK(std::memcmp(&m.desk(kHyper), &alone.desk(kHyper), sizeof(Desk)) == 0);
        CHECK(m.desk(kNeo).script_errors == 1);
        m.next_quarter();
        m.decide();  // the machine is whole: the same again
        CHECK(m.deciders->failures().size() == 2);
        CHECK(m.desk(kHyper).decisions == 2);
    }
}

TEST_CASE("Bytecode is refused before anything runs", "[agents][host]") {
    ScriptedMarket m;
    m.seat(kNeo, hostile("bytecode"), "bytecode.lua");
    CHECK(m.start().find("bytecode.lua:1: this is bytecode: only text is loaded") != std::string::npos);
}

TEST_CASE("What the checker sees in a hostile script keeps it from starting", "[agents][host]") {
    const std::string folder = std::string(RACKRACE_SOURCE_DIR) + "/tests/agents/hostile/";
    for (const char* name : {"os_library", "global_written", "write_obs", "bytecode"}) {
        const auto loaded = load_strategy(folder + name + ".lua", Role::neocloud);
        REQUIRE(!loaded);
        CHECK(loaded.error().all[0].line > 0);
    }
    const auto other_role = load_strategy(folder + "nan_quantity.lua", Role::lab);
    REQUIRE(!other_role);
    CHECK(other_role.error().text().find("a script of a neocloud cannot play a lab") != std::string::npos);
}

TEST_CASE("A file that fails or never ends while it loads is refused with its line", "[agents][host]") {
    ScriptedMarket m;
    m.seat(kNeo, "local race = require \"rackrace\"\nwhile true do end\n");
    CHECK(m.start().find("script.lua:2: the decision used up its budget") != std::string::npos);
    m.seat(kNeo, "local x = nil\nreturn x.y\n");
    CHECK(m.start().find("script.lua:2: attempt to index a nil value") != std::string::npos);
    m.seat(kNeo, "return 1\n");
    CHECK(m.start().find("no declaration with a function decide") != std::string::npos);
    m.seat(kNeo, "return {\n");
    CHECK(m.start().find("script.lua:") != std::string::npos);
}

TEST_CASE("Nothing of the sandbox can be written, and nothing outside it is there", "[agents][host]") {
    const std::pair<const char*, const char*> tries[] = {
        {"race.min = nil", "race is read only"},
        {"table.insert(race, 1)", "needs a table of the script"},
        {"table.sort(obs.rivals)", "needs a table of the script"},
        {"act.bid_chips = nil", "act is read only"},
        {"p.x = 1", "p is read only"},
        {"obs.me = nil", "obs is read only"},
        {"obs.market.products[1].list_usd_chip = 0", "read only"},
        {"obs.market.products[1] = nil", "products is read only"},
        {"rng.uniform = nil", "rng is read only"},
        {"mem.x = 1", "memory has no field 'x'"},
        {"local x = obs.me.nothing", "no field 'nothing' in obs.me"},
        {"local x = obs.me.lines", "is not for a neocloud"},
        {"local x = obs.future", "obs has no field 'future'"},
        {"local x = obs.market.products[0]", "index 0 is outside 1 to 4"},
        {"local x = obs.market.products[1.5]", "index a fraction is outside 1 to 4"},
        {"local x = math.random()", "math has no field 'random'"},
        {"local x = (\"x\"):rep(1000)", "attempt to index a string value"},
        {"pcall(function() end)", "'pcall' is not available"},
        {"setmetatable({}, {})", "'setmetatable' is not available"},
        {"load(\"x = 1\")()", "'load' is not available"},
        {"require \"os\"", "'os' is no file beside the script"},
        {"assert(false)", "assertion failed"},
        {"assert(nil, \"why\")", "why"},
        {"error()", "error raised with nil"},
        {"local a = {} a[nil] = 1", "index is nil"},
        {"local x = 1 // 0", "attempt to"},
    };
    for (const auto& [code, message] : tries) {
        ScriptedMarket m;
        m.seat(kNeo, script_of(Role::neocloud, code));
        REQUIRE(m.start() == "");
        m.decide();
        INFO(code << " gave " << m.failure());
        CHECK(m.failure().find(message) != std::string::npos);
        CHECK(m.failure().rfind("script.lua:4: ", 0) == 0);
    }
}

TEST_CASE("Outer variables and tables keep their values whatever a callback does to them", "[agents][host]") {
    ScriptedMarket m;
    const std::string keys = "decide = function(obs, act, p, mem, rng) act.trace(\"count\", count) act.trace(\"item\", list[1].x) count = count + 1 list[1].x = 5 list.extra = 1 end,";
    const std::string text = "local race = require \"rackrace\" local count, list = 0, { { x = 1 } }\nreturn race.neocloud {\n  api = \"1.0\", name = \"Test\",\n" + keys + "\n}\n";
    m.seat(kNeo, text);
    REQUIRE(m.start() == "");
    m.decide();
    m.decide();
    REQUIRE(m.deciders->failures().size() == 2);
    CHECK(m.deciders->failures()[1].error.kind == ScriptErrorKind::state);
    CHECK(m.deciders->failures()[1].error.text().find("script.lua:4: outer variable 'count' was changed") == 0);

    ScriptedMarket table;
    table.seat(kNeo, "local race = require \"rackrace\" local list = { { x = 1 } }\nreturn race.neocloud {\n  api = \"1.0\", name = \"Test\",\n"
                     "decide = function(obs, act, p, mem, rng) assert(list[1].x == 1 and #list == 1) list[1].x = 5 list[2] = 1 end,\n}\n");
    REQUIRE(table.start() == "");
    table.decide();
    table.decide();
    REQUIRE(table.deciders->failures().size() == 2);
    CHECK(table.deciders->failures()[1].error.message.find("a table made when the file was loaded was changed") == 0);  // not the assertion
}
