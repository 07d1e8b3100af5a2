#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/agents/checker_support.h"

using namespace rackrace;
using checker_test::codes;
using checker_test::codes_of;
using checker_test::sample_api;
using checker_test::with_decide;
using checker_test::with_keys;
using Codes = std::vector<std::string>;

namespace {

const CheckOptions kWithApi{&sample_api(), false, false};

Codes check(std::string_view body) { return codes_of(with_decide(body), kWithApi); }
Codes check_params(std::string_view params) { return codes_of(with_keys("params = { " + std::string(params) + " },")); }
Codes check_memory(std::string_view memory) { return codes_of(with_keys("memory = { " + std::string(memory) + " },")); }

}  // namespace

TEST_CASE("The example strategies have no messages", "[agents][declaration]") {
    for (const auto& file : checker_test::example_scripts()) {
        const CheckReport report = check_script(file.filename().string(), checker_test::read_text(file), kWithApi);
        INFO(report.text());
        CHECK(report.diagnostics.empty());
        CHECK(report.is_lua);
    }
}

TEST_CASE("A declaration is read without running the script", "[agents][declaration]") {
    const CheckReport report = check_script("ladder.lua", checker_test::read_text(checker_test::example_scripts().at(0)), kWithApi);
    const Declaration& d = report.declaration;
    REQUIRE(d.is_found);
    CHECK(d.role == Role::neocloud);
    CHECK(d.api == "1.0");
    CHECK(d.name == "Ladder");
    CHECK_FALSE(d.is_manual);
    REQUIRE(d.parameters.size() == 4);
    CHECK(d.parameters[0].name == "presold");
    CHECK(d.parameters[0].min == 0.3);
    CHECK(std::get<double>(d.parameters[0].default_value) == 0.7);
    CHECK(d.parameters[0].doc == "share sold before chips are ordered");
    CHECK(d.parameters[2].kind == ParameterKind::integer);
    REQUIRE(d.memory.size() == 1);
    CHECK(d.memory[0].name == "orders");
    CHECK(d.decide != nullptr);
    CHECK(d.operate == nullptr);
    CHECK(d.uses_verb("borrow"));
    CHECK(d.uses_verb("offer_spot"));
    CHECK_FALSE(d.uses_verb("repay"));
    const auto uses = [&](std::string_view path) {
        return std::any_of(d.observations.begin(), d.observations.end(), [&](const ObservationUse& use) { return use.path == path && use.callbacks.has(Callback::decide); });
    };
    CHECK(uses("me.capacity_mh"));
    CHECK(uses("market.products[].list_usd_chip"));
    CHECK(uses("market.policy_apr"));
}

TEST_CASE("Values of parameters and memory may be constants of the file", "[agents][declaration]") {
    const CheckReport report = check_script(
        "x.lua",
        "local race = require \"rackrace\"\nlocal LEAD <const> = 4\nlocal MOST = LEAD * 2 + 1\n"
        "local params = { a = race.range(-1, LEAD, 1/2, { scale = \"linear\", step = 0.5, unit = \"q\" }), c = race.choice({ \"x\", \"y\" }, \"y\"), f = race.flag(false), k = race.fixed(3) }\n"
        "local function decide(obs, act) end\n"
        "local declaration = race.supplier { api = \"1.0\", name = \"N\", manual = true, params = params, decide = decide,\n"
        "  memory = { a = race.array(MOST, -1.5), on = true, n = 2 } }\nreturn declaration\n");
    INFO(report.text());
    REQUIRE(report.diagnostics.empty());
    const Declaration& d = report.declaration;
    CHECK(d.is_manual);
    REQUIRE(d.find_parameter("a") != nullptr);
    CHECK(d.find_parameter("a")->min == -1.0);
    CHECK(d.find_parameter("a")->max == 4.0);
    CHECK(d.find_parameter("a")->step == 0.5);
    CHECK(d.find_parameter("c")->choices == Codes{"x", "y"});
    CHECK(std::get<std::string>(d.find_parameter("c")->default_value) == "y");
    CHECK(std::get<bool>(d.find_parameter("f")->default_value) == false);
    REQUIRE(d.find_memory("a") != nullptr);
    CHECK(d.find_memory("a")->size == 9);
    CHECK(d.find_memory("a")->initial == -1.5);
    CHECK(d.find_memory("on")->is_flag);
    CHECK(d.decide != nullptr);
}

TEST_CASE("A file without a declaration says what is missing", "[agents][declaration]") {
    CHECK(codes_of("local x = 1") == Codes{"A211"});
    CHECK(codes_of("return {}") == Codes{"A211"});
    CHECK(codes_of("return race.cloud { api = \"1.0\", name = \"x\", decide = function() end }") == Codes{"A212"});
    CHECK(codes_of("return race.lab(make)") == Codes{"B106", "A211"});
    CHECK(codes_of("return race.lab {}") == Codes{"A213", "A213", "A213"});
    CHECK(codes_of("return race.lab { api = \"1.0\", name = \"x\", decide = function() end }").empty());
}

TEST_CASE("Keys of the declaration are known and of their kind", "[agents][declaration]") {
    CHECK(codes_of(with_keys("parms = {},")) == Codes{"A214"});
    CHECK(codes_of(with_keys("1, ")) == Codes{"A214"});
    CHECK(codes_of(with_keys("manual = 1,")) == Codes{"A216"});
    CHECK(codes_of(with_keys("about = {},")) == Codes{"A216"});
    CHECK(codes_of(with_keys("init = 3,")) == Codes{"A216"});
    CHECK(codes_of(with_keys("operate = function(obs, act, p, mem, rng, t) end,")) == Codes{"A225"});
    CHECK(codes_of(with_keys("init = function(info, p, mem, rng) end,")) == Codes{"A225"});
    CHECK(codes_of(with_keys("name = \"again\",")) == Codes{"A222"});
    CHECK(codes_of("return race.lab { api = \"1.1\", name = \"x\", decide = function() end }") == Codes{"A215"});
    CHECK(codes_of("return race.lab { api = \"2.0\", name = \"x\", decide = function() end }") == Codes{"A215"});
    CHECK(codes_of("return race.lab { api = \"0.9\", name = \"x\", decide = function() end }") == Codes{"A215"});
    CHECK(codes_of("return race.lab { api = \"one\", name = \"x\", decide = function() end }") == Codes{"A216"});
    CHECK(codes_of("return race.lab { api = 1.0, name = \"\", decide = function() end }") == Codes{"A216", "A216"});
}

TEST_CASE("Parameters have literal values in order", "[agents][declaration]") {
    CHECK(check_params("a = 0.5") == Codes{"A217"});
    CHECK(check_params("a = race.rnge(0, 1, 0)") == Codes{"A217"});
    CHECK(check_params("a = race.range(1, 0, 0.5)") == Codes{"A218"});
    CHECK(check_params("a = race.range(0, 1, 2)") == Codes{"A218"});
    CHECK(check_params("a = race.range(0, 1)") == Codes{"A218"});
    CHECK(check_params("a = race.range(0, 1, math.huge)") == Codes{"A218"});
    CHECK(check_params("a = race.int(0, 4, 1.5)") == Codes{"A218"});
    CHECK(check_params("a = race.choice({ \"x\" }, \"z\")") == Codes{"A218"});
    CHECK(check_params("a = race.choice({}, \"z\")") == Codes{"A218"});
    CHECK(check_params("a = race.choice({ \"x\", \"x\" }, \"x\")") == Codes{"A222"});
    CHECK(check_params("a = race.flag(1)") == Codes{"A218"});
    CHECK(check_params("a = race.fixed(nil)") == Codes{"A218"});
    CHECK(check_params("a = race.range(0, 1, 0.5, { scale = \"log\" })") == Codes{"A219"});
    CHECK(check_params("a = race.range(0, 1, 0.5, { dok = \"x\" })") == Codes{"A219"});
    CHECK(check_params("a = race.range(0, 1, 0.5, \"doc\")") == Codes{"A219"});
    CHECK(check_params("a = race.range(0, 1, 0.5, { step = 0 })") == Codes{"A219"});
    CHECK(check_params("a = race.flag(true), a = race.flag(false)") == Codes{"A222"});
    CHECK(check_params("[\"a\"] = race.flag(true), race.flag(false)") == Codes{"A214"});
}

TEST_CASE("Memory holds at most 128 numbers and flags", "[agents][declaration]") {
    CHECK(check_memory("a = 1, b = true, c = race.array(126, 0.0)").empty());
    CHECK(check_memory("a = 1, b = true, c = race.array(127, 0.0)") == Codes{"A221"});
    CHECK(check_memory("a = {}") == Codes{"A220"});
    CHECK(check_memory("a = \"text\"") == Codes{"A220"});
    CHECK(check_memory("a = nil") == Codes{"A220"});
    CHECK(check_memory("a = race.array(0, 0.0)") == Codes{"A220"});
    CHECK(check_memory("a = race.array(1.5, 0.0)") == Codes{"A220"});
    CHECK(check_memory("a = race.array(4)") == Codes{"A220"});
}

TEST_CASE("p and mem have the declared fields", "[agents][declaration]") {
    CHECK(codes_of(with_decide("act.trace(\"x\", p.hedge)")) == Codes{"A223"});
    CHECK(codes_of(with_decide("mem.orders = 1")) == Codes{"A224"});
    CHECK(codes_of(with_decide("local m = mem\nlocal x = m.orders")) == Codes{"A224"});
    CHECK(codes_of(with_decide("local x = rng.uniform(0, 1)")) == Codes{"A226"});
    CHECK(codes_of(with_decide("local x = rng:random(0, 1)")) == Codes{"A226"});
    CHECK(codes_of(with_decide("local s = rng:stream(\"a\")\nlocal x = s:uniform(0, 1)")).empty());
}

TEST_CASE("Observation fields are checked for the role, through aliases", "[agents][declaration]") {
    CHECK(check("local mkt = obs.market\nlocal px = mkt.spot_price") == Codes{"A201"});
    CHECK(check("local x = obs.me.demand_mh") == Codes{"A201"});
    CHECK(check("local x = obs.rivals.rating") == Codes{"A201"});
    CHECK(check("local x = obs.me.cash_musd.y") == Codes{"A201"});
    CHECK(check("local x = obs.me[1]") == Codes{"A201"});
    CHECK(check("local x = obs.mee.cash_musd") == Codes{"A201"});
    CHECK(check("local x = race.clmp(1, 2, 3)") == Codes{"A201"});
    CHECK(check("local x = obs.me.power_coming_mw[2] + obs.market.hist.util_frac[1] + #obs.rivals").empty());
}

TEST_CASE("Verbs are checked for existence, role, stage and arguments", "[agents][declaration]") {
    CHECK(check("act.buy_chips { }") == Codes{"A202"});
    CHECK(check("act.list_price { product = 1, usd_chip = 2 }") == Codes{"A203"});
    CHECK(check("act.repay { musd = 1 }") == Codes{"A209"});
    CHECK(check("act.repay { loan = 1, musd = 1, apr = 2 }") == Codes{"A208"});
    CHECK(check("act.repay { loan = 1, loan = 2, musd = 1 }") == Codes{"A222"});
    CHECK(check("act.repay(1, 2)") == Codes{"A206"});
    CHECK(check("act.repay { 1, musd = 2 }") == Codes{"A206"});
    CHECK(check("act.repay \"all\"") == Codes{"A206"});
    CHECK(check("act.trace(\"x\")") == Codes{"A206"});
    CHECK(check("act.trace(obs.me.id, 1)") == Codes{"A206"});
    CHECK(check("act.offer_spot { mh = 1, min_usd_h = 2 }\nact.mark(\"x\")").empty());
    CHECK(codes_of(with_keys("operate = function(obs, act) act.repay { loan = 1, musd = 2 } end,"), kWithApi) == Codes{"A204"});
    CHECK(codes_of("local function pay(a) a.repay { loan = 1, musd = 2 } end\n" + with_keys("operate = function(obs, act) pay(act) end,"), kWithApi) == Codes{"A204"});
}

TEST_CASE("Verbs are found in helpers, and act is not hidden", "[agents][declaration]") {
    const auto uses = [](std::string_view before, std::string_view body) {
        const CheckReport report = check_script("x.lua", std::string(before) + "\n" + with_decide(body));
        INFO(report.text());
        CHECK(report.diagnostics.empty());
        return report.declaration.uses_verb("repay");
    };
    CHECK(uses("local function pay(a, n) a.repay { loan = n, musd = 1 } end", "pay(act, 1)"));
    CHECK(uses("local function pay(a) a.repay { loan = 1, musd = 1 } end\nlocal function all(a) pay(a) end", "all(act)"));
    CHECK(uses("", "local do_it = act.repay\ndo_it { loan = 1, musd = 1 }"));
    CHECK(uses("", "local a = act\nlocal function f() a.repay { loan = 1, musd = 1 } end\nf()"));
    CHECK_FALSE(uses("local function pay(a) a.repay { loan = 1, musd = 1 } end", "act.mark(\"x\")"));
    CHECK(codes_of(with_decide("act[\"bid\" .. 1] {}")) == Codes{"A205"});
    CHECK(codes_of(with_decide("local t = { act }")) == Codes{"A205"});
    CHECK(codes_of(with_decide("act:repay { loan = 1, musd = 1 }")) == Codes{"A205"});
    CHECK(codes_of(with_decide("obs.me.f(act)")) == Codes{"A205"});
    const CheckReport report = check_script("x.lua", "local lib = require \"lib.a\"\n" + with_decide("lib.trade(obs, act)"));
    CHECK(report.diagnostics.empty());
    CHECK(report.declaration.gives_act_to_module);
    CHECK(report.declaration.modules == Codes{"lib.a"});
}
