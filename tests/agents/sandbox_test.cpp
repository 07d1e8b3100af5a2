#include <catch2/catch.hpp>

#include "agents/checker/sandbox_names.h"
#include "tests/agents/checker_support.h"

using namespace rackrace;
using checker_test::codes_of;
using checker_test::with_decide;
using Codes = std::vector<std::string>;

namespace {

/// A script with file-level code before the declaration, and a body of decide.
Codes check(std::string_view before, std::string_view body) { return codes_of(std::string(before) + "\n" + with_decide(body)); }

}  // namespace

TEST_CASE("Every name that strategies do not have is refused with a substitute", "[agents][sandbox]") {
    for (const std::string name : {"os", "io", "debug", "package", "load", "loadstring", "dofile", "collectgarbage", "coroutine", "pairs", "next", "setmetatable",
                                   "rawset", "pcall", "string", "print", "tostring", "_G", "select"}) {
        INFO(name);
        const CheckReport report = check_script("x.lua", with_decide("local x = " + name));
        REQUIRE(checker_test::codes(report) == Codes{"B101"});
        CHECK_FALSE(report.diagnostics[0].fix.empty());
        CHECK_FALSE(report.diagnostics[0].why.empty());
    }
    CHECK(check("", "local pairs = race.each\nfor k in pairs(obs.rivals) do end").empty());
}

TEST_CASE("What the sandbox has is accepted", "[agents][sandbox]") {
    CHECK(check("local credit = require \"lib.credit\"\nlocal t = require \"rackrace.test\"",
                "for i, r in ipairs(obs.rivals) do assert(type(i) == \"number\", \"i\") end\n"
                "local own = {}\ntable.insert(own, math.max(1, 2))\ntable.sort(own)\nlocal s = \"a\" .. #own\nif s == \"\" then error(s) end").empty());
}

TEST_CASE("Library members are known one by one", "[agents][sandbox]") {
    CHECK(check("", "local x = math.random()") == Codes{"B102"});
    CHECK(check("", "local x = math.sqroot(2)") == Codes{"B102"});
    CHECK(check("", "local x = table.unpack(obs.rivals)") == Codes{"B102"});
    CHECK(check("", "local x = math[\"floor\"](1.5) + math.pi + math.huge").empty());
    CHECK(check("", "local name = \"max\" local x = math[name]") == Codes{"B102"});
}

TEST_CASE("Only rackrace and files beside the script are required, by literal names", "[agents][sandbox]") {
    for (const std::string_view good : {"require \"rackrace\"", "require(\"lib.credit\")", "require \"credit2\"", "require \"rackrace.test\""}) {
        INFO(good);
        CHECK(check("local m = " + std::string(good), "").empty());
    }
    for (const std::string_view bad : {"require \"../up\"", "require \"lib/credit\"", "require \"a..b\"", "require \".a\"", "require(1)", "require(\"a\" .. \"b\")", "require \"os\"",
                                       "require \"string\"", "require \"\"", "require \"c:evil\"", "require()"}) {
        INFO(bad);
        CHECK(check("local m = " + std::string(bad), "") == Codes{"B103"});
    }
}

TEST_CASE("Globals are not assigned, and not read undeclared", "[agents][sandbox]") {
    CHECK(check("function need() return 1 end", "local x = need()") == Codes{"B104"});
    CHECK(check("", "count = 1\nlocal x = count") == Codes{"B104"});
    CHECK(check("", "math = 1") == Codes{"B104"});
    CHECK(check("", "local capacity_mh = 1\nlocal x = capcity_mh") == Codes{"B106"});
    CHECK(check("", "do local late = 1 end\nlocal x = late") == Codes{"B106"});
    CHECK(check("", "local _ENV = {}") == Codes{"B101"});
}

TEST_CASE("State outside a callback is not changed inside one", "[agents][sandbox]") {
    CHECK(check("local count = 0", "count = count + 1") == Codes{"B105"});
    CHECK(check("local count = 0\nlocal function bump() count = count + 1 end", "bump()") == Codes{"B105"});
    CHECK(check("local count = 0\nlocal lib = {}\nfunction lib.bump() count = count + 1 end", "lib.bump()") == Codes{"B105"});
    CHECK(check("local state = { n = 0 }", "state.n = 1") == Codes{"B105"});
    CHECK(check("local state = { list = {} }", "local list = state.list\nlist[1] = 1") == Codes{"B105"});
    CHECK(check("local state = {}\nlocal function put(t) t[1] = 2 end", "put(state)") == Codes{"B105"});
    CHECK(check("local state = {}", "table.insert(state, 1)") == Codes{"B105"});
    CHECK(check("local function counter() local n = 0 return function() n = n + 1 return n end end\nlocal tick = counter()", "local x = tick()") == Codes{"B105"});
    CHECK(check("local function f() end", "f = nil") == Codes{"B105"});
}

TEST_CASE("What is made in a call, or before all calls, may change", "[agents][sandbox]") {
    CHECK(check("", "local count = 0\nlocal function bump() count = count + 1 end\nbump()").empty());
    CHECK(check("", "local own = {}\nown.x = 1\nown[2] = {}\nown[2].y = 3").empty());
    CHECK(check("local function fill(t) t[1] = 2 return t end", "local own = fill({})\nfill(own)").empty());
    CHECK(check("local table_of = {}\nfor i = 1, 3 do table_of[i] = i * i end\nlocal n = 0\nn = n + 1", "local x = table_of[1] + n").empty());
    CHECK(check("local function setup(t) t.x = 1 return t end\nlocal made = setup({})", "local x = made.x").empty());
}

TEST_CASE("What the engine gives is read only, save memory", "[agents][sandbox]") {
    CHECK(check("", "obs.me.cash_musd = 0") == Codes{"B107"});
    CHECK(check("", "local me = obs.me\nme.cash_musd = 0") == Codes{"B107"});
    CHECK(check("", "for _, r in ipairs(obs.rivals) do r.rating = 1 end") == Codes{"B107"});
    CHECK(check("", "table.sort(obs.rivals)") == Codes{"B107"});
    CHECK(check("local lib = require \"lib.a\"", "lib.x = 1") == Codes{"B107"});
    CHECK(check("", "race.max = nil") == Codes{"B107"});
    CHECK(check("", "math.floor = 1") == Codes{"B107"});
    CHECK(codes_of(checker_test::with_keys("params = { a = race.flag(true) }, memory = { x = 0.0, l = race.array(2, 0.0) }, init = function(info, p, mem) mem.x = 1 mem.l[1] = 2 p.a = false end,")) ==
          Codes{"B107"});
}

TEST_CASE("Texts have no methods", "[agents][sandbox]") {
    CHECK(check("", "local s = (\"x\"):rep(3)") == Codes{"B108"});
    CHECK(check("", "local s = \"x\"\nlocal n = s:len()") == Codes{"B108"});
    CHECK(check("", "local n = (\"a\" .. 1):format()") == Codes{"B108"});
    CHECK(check("", "local n = obs.me.name:sub(1)") == Codes{"B108"});
    CHECK(check("", "local own = { find = function(self) return 1 end }\nlocal x = own:find()").empty());
    CHECK(check("", "local h <close> = nil") == Codes{"B109"});
}

TEST_CASE("Sandbox messages stand beside syntax messages where the missing parts cannot matter", "[agents][sandbox]") {
    CHECK(check("", "local x = = 1\nlocal y = os.time()\nlocal z = math.random()\nnot_declared(z)") == Codes{"S001", "B101", "B102"});
}

TEST_CASE("A module's functions are judged as if every callback called them", "[agents][sandbox]") {
    const CheckOptions module{nullptr, true};
    CHECK(codes_of("local M = {}\nfunction M.need(obs, p) return obs.me.cash_musd end\nreturn M", module).empty());
    CHECK(codes_of("return { sum = function(list) local n = 0 local function add(x) n = n + x end for _, x in ipairs(list) do add(x) end return n end }", module).empty());
    CHECK(codes_of("local M = {}\nlocal n = 0\nfunction M.need(obs) n = n + 1 obs.x = 1 end\nreturn M", module) == Codes{"B105", "B107"});
}
