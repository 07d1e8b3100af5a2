// The core engine beside Lua: the same orders, memory and draws from the same script, statement by statement; and what is not portable says why.
#include <catch2/catch.hpp>

#include "tests/agents/core_support.h"

using namespace rackrace;
using namespace rackrace::host_test;

namespace {

constexpr const char* kMemory = "memory = { x = 0.0, y = 0.0, n = 0.0, on = false, a = race.array(6, 1.5) },\n";

/// The body run by both engines, with x, y, n, on and a[6] as memory: "" where they agree.
std::string both(const std::string& body) { return twin(Role::neocloud, body, kMemory); }

std::string refused(const std::string& body) { return reasons(script_with(Role::neocloud, std::string(kMemory) + "decide = function(obs, act, p, mem, rng)\n" + body + "\n  end,")); }

}  // namespace

TEST_CASE("Arithmetic of floats and integers has Lua's bits in the core engine", "[agents][core]") {
    CHECK(both("mem.x = 7.0 / 2 mem.y = 7 // 2 + 7.5 // 2 mem.n = -7 % 3 + -7.5 % 3") == "");
    CHECK(both("mem.x = 0 * -1 mem.y = 0.0 * -1 mem.n = -0.0") == "");               // an integer has no -0
    CHECK(both("local n = 0 mem.x = -n local z = 0.0 mem.y = -z mem.n = 1.0 / mem.y") == "");
    CHECK(both("mem.x = 1 / 0 mem.y = 0 / 0 mem.n = (0 / 0) ^ 2") == "");            // one pattern for NaN in memory
    CHECK(both("local x = mem.a[1] mem.x = x ^ 2 + 3 ^ 2 mem.y = -5 // 2.0 mem.n = 5 % -3") == "");
    CHECK(both("local x = 0.0 mem.x = 5 % x mem.y = 5 // x mem.n = -5 // x") == "");
    CHECK(both("local z, none, still <const> = -0.0, 0, 0 mem.x = z - 0 mem.y = z - none mem.n = z - still mem.a[1] = z - 0.0 mem.a[2] = z - (2 - 2) mem.a[3] = z + 0") == "");  // Lua adds small integers
    CHECK(both("local x, y = -3e-5, -41.0 mem.x = x % y mem.y = -x % y mem.n = x % -y") == "");
    CHECK(both("local n = 0 mem.x = 5 // n") == "");                                  // a script error in both
    CHECK(both("local n = 0 mem.x = 5 % n") == "");
    CHECK(both("local n = 9007199254740992 for i = 1, 12 do n = n * 3 end mem.x = n") == "");  // integers wrap around
}

TEST_CASE("Comparisons, conditions and choices of both engines agree", "[agents][core]") {
    CHECK(both("if 1 < 1.5 and not (2 <= 1) or mem.on then mem.x = 1 end") == "");
    CHECK(both("local n = 3 mem.x = n == 3.0 and 1 or 2 mem.y = n > 2.5 and 1.5 or 2 mem.n = n <= 2.999 and 1 or 0") == "");
    CHECK(both("local nan = 0.0 / 0.0 mem.x = nan < 1.0 and 1.0 or 2.0 mem.y = nan ~= nan and 3.0 or 4.0 if not (nan >= 1) then mem.n = 1 end") == "");
    CHECK(both("mem.on = mem.x == 0.0 and not mem.on mem.on = mem.on == (1 < 2)") == "");
    CHECK(both("local n = 5 local nan = 0.0 / 0.0 mem.on = n < nan mem.x = (n == nan or n <= nan) and 1.0 or 0.0 mem.y = (n >= nan) and 1.0 or 0.0") == "");
    CHECK(both("mem.x = (mem.on and 1.0 or mem.x > 3.0 and 2.0) and 4.0 or 5.0") == "not portable: N514 N514");  // 1.0 and 2.0 are no conditions
    CHECK(both("mem.x = mem.on and 1.0 or (mem.x < 3.0 and 2.0 or 7.0) + 1") == "");
    CHECK(both("local big = 9007199254740992 mem.x = big < 9007199254740993.0 and 1.0 or 0.0 mem.y = big + 1 > 9007199254740992.0 and 1.0 or 0.0") == "");
}

TEST_CASE("Loops of both engines agree, to their last round", "[agents][core]") {
    CHECK(both("local s = 0.0 for i = 1, 5 do s = s + i end mem.x = s") == "");
    CHECK(both("local s = 0.0 for i = 5, 1, -2 do s = s * 10 + i end mem.x = s") == "");
    CHECK(both("local s = 0.0 for x = 0.0, 1.0, 0.1 do s = s + x end mem.x = s") == "");
    CHECK(both("local s = 0.0 for i = 1, 3.7 do s = s + i end for i = 1, 0 do s = 99.0 end for i = 1.5, 3 do s = s + i end mem.x = s") == "");
    CHECK(both("local s = 0.0 for i = 1, 0 / 0 do s = 1.0 end mem.x = s") == "");
    CHECK(both("for i = 1, 5, 0 do mem.x = 1 end") == "");
    CHECK(both("local s = 0.0 while true do s = s + 1 if s > 6 then break end end repeat local t = s * 2 s = s - 1 until t < 4 mem.x = s") == "");
    CHECK(both("while true do mem.x = mem.x + 1 end") == "");                         // both end by their budgets, and nothing is kept
    CHECK(both("for i, x in ipairs(mem.a) do mem.x = mem.x + i * x end for i, p in ipairs(obs.market.products) do mem.y = mem.y + i * p.kw_chip end") == "");
}

TEST_CASE("Indices are checked alike, whole numbers or floats", "[agents][core]") {
    CHECK(both("mem.x = mem.a[2] mem.a[3.0] = 4 mem.y = mem.a[1 + 2] local i = 6 mem.a[i] = mem.a[i] + 1") == "");
    CHECK(both("local i = 7 mem.x = mem.a[i]") == "");
    CHECK(both("local i = 0 mem.a[i] = 1") == "");
    CHECK(both("local i = 2.5 mem.x = mem.a[i]") == "");
    CHECK(both("mem.x = obs.market.products[99].kw_chip") == "");
    CHECK(both("mem.x = obs.market.products[obs.market.newest_i].kw_chip") == "");
    CHECK(both("mem.x = #obs.market.products + #mem.a + #obs.market.hist.spot_t_usd_h") == "");
}

TEST_CASE("Functions of the file are laid out with Lua's meaning", "[agents][core]") {
    const auto with = [](const std::string& functions, const std::string& body) {
        const std::string text = "local race = require \"rackrace\"\n" + functions + "\nreturn race.neocloud {\n  api = \"1.0\", name = \"Test\",\n" + kMemory + "decide = function(obs, act, p, mem, rng)\n" + body + "\n  end,\n}\n";
        if (const std::string kept_off = reasons(text); !kept_off.empty()) return "not portable: " + kept_off;
        return difference(play_script(Role::neocloud, text, EngineChoice::lua), play_script(Role::neocloud, text, EngineChoice::core));
    };
    CHECK(with("local function half(x) return x / 2 end", "mem.x = half(7) + half(half(mem.a[1]))") == "");
    CHECK(with("local function two(x) if x > 1.0 then return x, 1.0 end return 0.0, x end", "local a, b = two(mem.a[1]) mem.x, mem.y = two(0.5) mem.n = a * 10 + b") == "");
    CHECK(with("local function bump(mem) mem.x = mem.x + 1.0 return mem.x end", "mem.y = mem.x * 10 + bump(mem) mem.n = mem.x + bump(mem) + mem.x") == "");
    CHECK(with("local function bump(mem) mem.x = mem.x + 1.0 return mem.x end", "mem.x, mem.y = mem.x + bump(mem), mem.x mem.n = race.max(mem.x, bump(mem)) mem.a[mem.x // 1] = bump(mem)") == "");
    CHECK(with("local function keep(x) return x end", "local a = 1.0 local b = keep(a) a = 2.0 mem.x = b + 10 * a") == "");
    CHECK(with("local function first(list) for i = 1, #list do if list[i].released then return i end end return 0 end", "mem.x = first(obs.market.products)") == "");
    CHECK(with("local function pick(obs, i) local m = obs.market return m.products[i] end", "local c = pick(obs, 1) mem.x = c.kw_chip c = pick(obs, 2) mem.y = c.kw_chip") == "");
    CHECK(with("local low, high <const>, word = 2, -0.5, true\nlocal twice = low * 2", "mem.x = low mem.y = high mem.n = twice mem.on = word") == "");
    CHECK(with("local function act_on(act, region) return act.bid_power { region = region.id, grid_mw = 5, max_usd_kw_q = 10 } end", "if act_on(act, obs.market.regions[1]) then mem.x = 1 end") == "");
    CHECK(with("local function f(x) return f(x) end", "mem.x = f(1)") == "not portable: N506");
    CHECK(with("local function f(x) if x > 1 then return x end end", "mem.x = f(1)") == "not portable: N501");
}

TEST_CASE("Helpers and draws give the same numbers", "[agents][core]") {
    CHECK(both("mem.x = race.min(1, 2.5) + race.max(1, 2) + race.clamp(5, 0, 3) + race.pos(-1) + race.abs(-2) + race.floor(2.5) + race.ceil(2.1) + race.sign(-3) + race.round(2.5)") == "");
    CHECK(both("mem.x = race.ratio(1, 0, 7) + race.lerp(1, 2, 0.5) + race.step(1, 2) + race.smooth(0, 2, 1) + race.exp(1) + race.log(2) + race.pow(2, 0.5) + race.sqrt(2) + race.tanh(1)") == "");
    CHECK(both("mem.x = race.ema(1, 2, 0.25) + race.grow(1, 0.1, 3) + race.trend(obs.market.hist.spot_i_usd_h) + race.trend(mem.a) mem.y = race.npv(0.1, 2, 8) + race.npv(0.1, mem.a, 4) + race.annuity(100, 0.08, 12)") == "");
    CHECK(both("mem.x = race.npv(0.1, 2, 129)") == "");
    CHECK(both("mem.x = race.npv(0.1, mem.a, 7)") == "");
    CHECK(both("local c = obs.market.products[1] mem.x = race.mh_of(100, c) + race.mw_of(10, c.id) + race.chips_for(1.0, c) + race.payback_q(c, 2.0, 50) + race.irr_rent(c.id, 2.0, 50)") == "");
    CHECK(both("local c = obs.market.products[1] mem.x = race.chip_value_usd(obs, c, 1.0) mem.y = race.power_value_usd_kw_q(obs, obs.market.regions[1]) + race.grid_mw(2, obs.market.cheapest_region) mem.n = race.hhi(obs) + race.share(obs) + race.runway_q(obs.me) + race.leverage(obs.me) + race.power_cost_musd(1, 2)") == "");
    CHECK(both("mem.x = race.argmax(obs.market.products, \"perf_t_chip\") + race.argmax(obs.rivals, \"cash_musd\") * 100") == "");
    CHECK(both("mem.x = rng:uniform(1, 2) mem.y = rng:normal(0, 1) + rng:stream(\"b\"):uniform(0, 1) mem.n = rng:int(1, 6) + rng:stream(\"b\"):int(1, 6) mem.on = rng:chance(0.5)") == "");
    CHECK(both("mem.x = rng:int(2, 1)") == "");
}

TEST_CASE("Verbs, rejections and traces of both engines agree", "[agents][core]") {
    CHECK(both("act.offer_spot { mh = 1.5, min_usd_h = 2, grade = \"training\" } act.offer_spot { mh = 1, min_usd_h = 2.5 } act.trace(\"x\", 3) act.mark(\"m\")") == "");
    CHECK(both("act.bid_chips { product = obs.market.products[1].id, chips = 3, max_usd_chip = 30000 } if not act.set_oversell { ratio = 9 } then mem.x = 1 end") == "");
    CHECK(both("act.offer_spot { mh = 0 / 0, min_usd_h = 2 }") == "");
    CHECK(both("mem.x = 5\n act.offer_spot { mh = mem.x - 6.0, min_usd_h = 2 }") == "");
    CHECK(both("act.offer_spot { mh = 1, min_usd_h = 2 } act.borrow { kind = \"bond\", musd = 5, max_apr = 0.1, tenor_q = 8 } mem.x = mem.a[9]") == "");  // its orders are dropped
    CHECK(twin(Role::hyperscaler, "act.set_price { segment = 2, usd_task = 0.001 } act.serve_first { what = mem.x > 1.0 and \"inference\" or \"training\" } act.fund_design { product = obs.market.products[1].id, on = false } act.set_price { segment = mem.x + 1.5, usd_task = 1 }", kMemory) == "");
    CHECK(twin(Role::supplier, "for i, r in ipairs(obs.rivals) do if r.role ~= \"supplier\" then act.weigh_buyer { buyer = r.id, weight = 0.5 } end end act.cap_buyer { frac = 0.3 }") == "");
    CHECK(both("for i = 1, #obs.results do local r = obs.results[i] if r.verb == \"offer_spot\" and r.code ~= \"\" then mem.x = mem.x + r.asked - r.got end end act.offer_spot { mh = 1, min_usd_h = 0.001 }") == "");
}

TEST_CASE("Parameters reach the compiled script as flags, choices and numbers", "[agents][core]") {
    const std::string keys = std::string(kMemory) + "params = { k = race.range(0, 2, 1.5), n = race.int(1, 4, 3), on = race.flag(true), what = race.choice({ \"a\", \"b\" }, \"b\"), tag = race.fixed(\"t\") },\n";
    CHECK(twin(Role::lab, "mem.x = p.k * p.n if p.on then mem.y = 1 end if p.what == \"b\" then mem.n = 2 end if p.what == \"c\" or p.tag ~= \"t\" then mem.n = 3 end", keys) == "");
}

TEST_CASE("init runs compiled with what it is told", "[agents][core]") {
    CHECK(twin(Role::lab, "mem.y = mem.x", std::string(kMemory) + "init = function(info, p, mem) mem.x = info.horizon_q + #info.products if info.role == \"lab\" then mem.on = true end end,\n") == "");
}

TEST_CASE("What is not portable is a note with its code, and all notes of a script are told", "[agents][core]") {
    CHECK(refused("local plan = {}") == "N508");
    CHECK(refused("local x = 2 ^ 0.5") == "N512");
    CHECK(refused("local x = 1 | 2") == "N513");
    CHECK(refused("local x = math.max(1, 2)") == "N511");
    CHECK(refused("local best") == "N501");
    CHECK(refused("local s = \"a\" .. \"b\"") == "N510");
    CHECK(refused("for k, v in race.each(mem) do end").find("N504") != std::string::npos);
    CHECK(refused("for i = 1, 3 do i = i + 1 end") == "N523");
    CHECK(refused("if act.budget() < 100 then return end") == "N517");
    CHECK(refused("local s = rng:stream(\"a\")") == "N519");
    CHECK(refused("local n = 0 n = mem.x n = n + 1") == "N520");
    CHECK(refused("if mem.x then return end") == "N514");
    CHECK(refused("local big = 9007199254740993") == "N518");
    CHECK(refused("goto done ::done::").find("N503") != std::string::npos);
    CHECK(refused("local plan = {}\nlocal x = 2 ^ 0.5\nlocal y = 1 | 2") == "N508 N512 N513");
    CHECK(refused("local f = function(x) return x end mem.x = f(1)").find("N505") != std::string::npos);
    CHECK(refused("local r = obs.results[1].ref") == "N524");
}

TEST_CASE("What a reader of the compiler broke stays mended", "[agents][core]") {
    CHECK(refused("for i, x, z in ipairs(obs.rivals) do act.trace(\"z\", z) end").find("N501") != std::string::npos);
    CHECK(both("local a <const>, b <const> = 0, 0 local x = -0.0 mem.a[1] = x - a mem.a[2] = x - b") == "");
    CHECK(both("local m = 9007199254740992 * 1024 - 1 for i = m, math.huge, -1 do mem.x = 1 break end for i = m + 1, 0.0 / 0.0 do mem.y = 1 end for i = 1, -1e30 do mem.n = 1 end for i = 1, 1e30 do mem.a[1] = i break end for i = 1, -1e30, -1 do mem.a[2] = i break end") == "");
    std::string chain = "local v0";
    for (int i = 1; i < 30; ++i) chain += ", v" + std::to_string(i);
    chain += " = 1";
    for (int i = 1; i < 30; ++i) chain += ", 1";
    chain += "\nfor i = 1, 40 do ";
    for (int i = 0; i < 29; ++i) chain += "v" + std::to_string(i) + " = v" + std::to_string(i + 1) + " ";
    CHECK(both(chain + "v29 = 0.5 end mem.x = v0") == "");
    const auto with = [](const std::string& functions, const std::string& body) {
        const std::string text = "local race = require \"rackrace\"\n" + functions + "\nreturn race.neocloud {\n  api = \"1.0\", name = \"Test\",\n" + kMemory + "decide = function(obs, act, p, mem, rng)\n" + body + "\n  end,\n}\n";
        if (const std::string kept_off = reasons(text); !kept_off.empty()) return "not portable: " + kept_off;
        return difference(play_script(Role::neocloud, text, EngineChoice::lua), play_script(Role::neocloud, text, EngineChoice::core));
    };
    const std::string two = "local function two(mem) return mem.a[1], 2.0 end\nlocal function sum(x, y) return x + y end\nlocal function none(mem) mem.y = 3.0 end\nlocal function tail(mem) return none(mem) end";
    CHECK(with(two, "act.trace(\"y\", two(mem))") == "not portable: N525");
    CHECK(with(two, "act.trace(\"y\", (two(mem)))") == "");
    CHECK(with(two, "mem.x = sum(two(mem)) tail(mem)") == "");
    CHECK(with("local function f(act, mem) return act.offer_spot { mh = 1, min_usd_h = 2, grade = mem.on and \"training\" or \"inference\" } end", "act.borrow { kind = f(act, mem) and \"bond\" or \"convert\", musd = 5, max_apr = 0.1, tenor_q = 8 }") == "");
    std::string idle = "local function f0() end\n";
    for (int i = 1; i < 40; ++i) idle += "local function f" + std::to_string(i) + "() f" + std::to_string(i - 1) + "() f" + std::to_string(i - 1) + "() end\n";
    CHECK(with(idle, "f39()") == "not portable: N522");
}

TEST_CASE("Scripts that would grow without end are told so, in no time", "[agents][core]") {
    const auto with = [](const std::string& functions, const std::string& call) {
        return reasons("local race = require \"rackrace\"\n" + functions + "return race.lab { api = \"1.0\", name = \"X\", memory = { x = 0.0 }, decide = function(obs, act, p, mem, rng) " + call + " end }\n");
    };
    std::string wide = "local function f0(x) return x + 1.0 end\n", deep = wide;
    for (int i = 1; i < 30; ++i) {
        const std::string before = "f" + std::to_string(i - 1) + "(x)";
        wide += "local function f" + std::to_string(i) + "(x) local y = " + before + " + " + before + " + " + before + " return y end\n";
    }
    for (int i = 1; i < 150; ++i) deep += "local function f" + std::to_string(i) + "(x) return f" + std::to_string(i - 1) + "(x) end\n";
    CHECK(with(wide, "mem.x = f29(1.0)") == "N522");
    CHECK(with(deep, "mem.x = f149(1.0)") == "N522");
    CHECK(with(deep, "mem.x = f40(1.0)") == "");
    std::string numbers;
    for (int i = 0; i < 17'000; ++i) numbers += "mem.x = " + std::to_string(i) + ".5\n";
    CHECK(with("", numbers).find("N522") != std::string::npos);
}

TEST_CASE("A listing shows each line with its instructions, by the names of the script", "[agents][core]") {
    const auto strategy = unchecked_strategy("script.lua", script_with(Role::lab, "params = { k = race.range(0, 2, 1.5) }, memory = { x = 0.0, a = race.array(4, 0.0) },\ndecide = function(obs, act, p, mem, rng)\n  mem.a[2] = p.k * obs.me.cash_musd + mem.x\nend,"));
    REQUIRE(strategy->is_portable());
    CHECK(listing(*strategy->portability.program, strategy->report) ==
          "4 instructions, 2 constants and parameters, 5 words of memory, 2 registers\n\ndecide\n6: mem.a[2] = p.k * obs.me.cash_musd + mem.x\n"
          "       0  multiply r0 p.k me.cash_musd\n       1  add r1 r0 mem.x\n       2  array_set_whole mem.a 2 r1\n       3  end\n");
}

TEST_CASE("A script asked for by the core engine that is not portable is refused with its first line", "[agents][core]") {
    ScriptedMarket market;
    market.engine = EngineChoice::core;
    market.seat(1, script_of(Role::neocloud, "\nlocal plan = {}"));
    CHECK(market.start().find("script.lua:5") != std::string::npos);
}
