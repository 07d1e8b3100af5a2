// How scripts play firms: what they see, remember and draw, standing orders, the autopilot, and what is told back.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

#include "agents/library.h"
#include "tests/agents/host_support.h"

using namespace rackrace;
using namespace rackrace::host_test;

namespace {

/// Traces of a body of decide at the neocloud of the small market.
std::vector<double> traced(const std::string& body) {
    ScriptedMarket m;
    m.seat(kNeo, script_of(Role::neocloud, "local function show(x) act.trace(\"x\", x) end " + body));
    REQUIRE(m.start() == "");
    m.decide();
    INFO(body);
    CHECK(m.failure() == "");
    return m.traces(kNeo);
}

using Numbers = std::vector<double>;

}  // namespace

TEST_CASE("A script sees its view as named: records, lists from 1, flags, roles and ids", "[agents][host]") {
    CHECK(traced("show(obs.time.year) show(obs.market.products[2].perf_t_chip) show(#obs.market.products) show(#obs.market.hist.util_frac) show(#obs.rivals)") ==
          Numbers{2026, 4, 4, 8, 3});
    CHECK(traced("show(obs.rivals[1].role == \"hyperscaler\" and 1 or 0) show(obs.market.products[4].captive and 1 or 0) show(obs.market.newest_i)") == Numbers{1, 1, 2});
    CHECK(traced("local n = 0 for i, product in ipairs(obs.market.products) do n = n + i if type(product) ~= \"table\" then n = 100 end end show(n)") == Numbers{10});
    CHECK(traced("show(type(obs.me.id) == \"id\" and 1 or 0) show(obs.me.id == obs.rivals[1].id and 1 or 0) show(obs.market.products[1].id == obs.market.products[1].id and 1 or 0)") ==
          Numbers{1, 0, 1});
    // ids of different kinds never compare equal, whatever they number
    CHECK(traced("show(obs.market.products[1].id == obs.market.regions[1].id and 1 or 0)") == Numbers{0});
    ScriptedMarket m;
    m.seat(kNeo, script_of(Role::neocloud, "local x = obs.me.id + 1"));
    REQUIRE(m.start() == "");
    m.decide();
    CHECK(m.failure().find("attempt to perform arithmetic on a userdata value (field 'id')") != std::string::npos);
}

TEST_CASE("Own library functions give the same on every machine", "[agents][host]") {
    SECTION("sort keeps equal items in their order") {
        CHECK(traced("local list = {} for i = 1, 9 do list[i] = { key = i % 3, i = i } end table.sort(list, function(a, b) return a.key < b.key end) "
                     "for i = 1, 9 do show(list[i].i) end") == Numbers{3, 6, 9, 1, 4, 7, 2, 5, 8});
        CHECK(traced("local list = { 5, 3, 9, 1 } table.sort(list) for i = 1, 4 do show(list[i]) end") == Numbers{1, 3, 5, 9});
        CHECK(traced("local list = { \"b\", \"a\", \"B\" } table.sort(list) show(list[1] == \"B\" and list[2] == \"a\" and 1 or 0)") == Numbers{1});
        CHECK(traced("local list = { 2, 1 } table.sort(list, function(a, b) return true end) show(#list)") == Numbers{2});  // an order that contradicts itself still ends
    }
    SECTION("insert, remove, concat") {
        CHECK(traced("local t = { 1, 2 } table.insert(t, 3) table.insert(t, 1, 0) show(t[1]) show(#t) show(table.remove(t, 2)) show(table.remove(t)) show(#t)") == Numbers{0, 4, 1, 3, 2});
        CHECK(traced("show(table.concat({ 1, 2, \"x\" }, \"-\") == \"1-2-x\" and 1 or 0)") == Numbers{1});
    }
    SECTION("race.each walks keys in their order") {
        CHECK(traced("local t = { b = 2, a = 1, [3] = 30, [1] = 10 } for k, v in race.each(t) do show(v) end") == Numbers{10, 30, 1, 2});
    }
    SECTION("math and race agree with the engine's arithmetic") {
        const Numbers x = traced("show(math.exp(1.5)) show(race.exp(1.5)) show(race.pow(2, 0.5)) show(math.sin(1.0)) show(math.atan(1.0)) show(math.acos(0.25)) show(math.max(1, 3, 2)) "
                                 "show(math.floor(-1.5)) show(math.cos(100.0))");
        CHECK(x == Numbers{rackrace::exp(1.5), rackrace::exp(1.5), rackrace::pow(2.0, 0.5), x[3], x[4], x[5], 3, -2, x[8]});
        CHECK(x[3] == Approx(std::sin(1.0)).epsilon(1e-14));
        CHECK(x[4] == Approx(std::atan(1.0)).epsilon(1e-14));
        CHECK(x[5] == Approx(std::acos(0.25)).epsilon(1e-14));
        CHECK(x[8] == Approx(std::cos(100.0)).epsilon(1e-12));
        CHECK(traced("show(race.ratio(1, 0, 7)) show(race.round(-2.5)) show(race.step(1, 1)) show(race.smooth(0, 2, 1)) show(race.clamp(5, 0, 3)) show(race.ema(1, 3, 0.5))") ==
              Numbers{7, -3, 1, 0.5, 3, 2});
        CHECK(traced("show(race.npv(0.0, 2.0, 4)) show(race.annuity(100, 0.0, 4)) show(race.trend({ 4, 2, 1 }))") == Numbers{8, 25, std::log(2.0)});
    }
    SECTION("compute helpers take records and ids") {
        const Numbers x = traced("local chip = obs.market.products[2] show(race.mw_of(1000, chip)) show(race.mw_of(1000, chip.id)) show(race.grid_mw(2, obs.market.regions[1])) "
                                 "show(race.chips_for(race.mh_of(100, chip), chip)) show(race.argmax(obs.market.products, \"perf_t_chip\")) show(race.irr_rent(chip, 2.0, 60))");
        CHECK(Numbers(x.begin(), x.begin() + 5) == Numbers{2, 2, 2.5, 100, 3});
        CHECK(x[5] > 0.0);
    }
}

TEST_CASE("A chip is worth more to a firm with use for it, and the next one never more", "[agents][host]") {
    ScriptedMarket m;
    m.market.world->spot_usd_h[1] = 2.0;
    m.market.world->history.util_frac[0] = 0.9;
    m.market.world->firms[kNeo].holdings[kChip].installed = 1000;
    m.seat(kNeo, script_of(Role::neocloud, "local chip = obs.market.products[2] for k = 0, 5 do act.trace(\"value\", race.chip_value_usd(obs, chip, 100 * k)) end "
                                           "act.trace(\"kw\", race.power_value_usd_kw_q(obs, obs.market.regions[1])) act.trace(\"dear\", race.power_value_usd_kw_q(obs, obs.market.regions[2]))"));
    REQUIRE(m.start() == "");
    m.decide();
    REQUIRE(m.failure() == "");
    const Numbers x = m.traces(kNeo);
    CHECK(x[0] > 0.0);
    for (int k = 1; k <= 5; ++k) CHECK(x[static_cast<std::size_t>(k)] < x[static_cast<std::size_t>(k) - 1]);
    CHECK(x[6] >= 0.0);
    CHECK(x[7] >= x[6]);  // energy costs less there
}

TEST_CASE("Memory has its declared shape, lasts, and is undone where a decision fails", "[agents][host]") {
    ScriptedMarket m;
    m.seat(kNeo, script_with(Role::neocloud, "memory = { count = 2, seen = false, list = race.array(3, 0.5) }, init = function(info, p, mem) mem.count = mem.count + #info.products end, "
                                             "decide = function(obs, act, p, mem, rng) mem.count = mem.count + 1 mem.list[2] = mem.list[2] + 1 mem.seen = true "
                                             "act.trace(\"count\", mem.count) act.trace(\"sum\", mem.list[1] + mem.list[2] + #mem.list) assert(obs.time.t ~= 2) end,"));
    REQUIRE(m.start() == "");
    m.decide();
    CHECK(m.traces(kNeo) == Numbers{7, 5});
    CHECK(m.desk(kNeo).memory[0] == 7);
    CHECK(m.desk(kNeo).memory[1] == 1);
    m.next_quarter();
    m.decide();
    CHECK(m.failure() == "script.lua:4: assertion failed");
    CHECK(m.desk(kNeo).memory[0] == 7);
    CHECK(m.desk(kNeo).trace_count == 0);
    m.next_quarter();
    m.decide();
    CHECK(m.traces(kNeo) == Numbers{8, 6});
    for (const char* wrong : {"mem.count = true", "mem.seen = 1", "mem.list = 1", "mem.list[4] = 1", "mem.list[1] = false", "mem.other = 1"}) {
        ScriptedMarket bad;
        bad.seat(kNeo, script_with(Role::neocloud, std::string("memory = { count = 2, seen = false, list = race.array(3, 0.5) }, decide = function(obs, act, p, mem, rng) ") + wrong + " end,"));
        REQUIRE(bad.start() == "");
        bad.decide();
        INFO(wrong);
        CHECK(bad.deciders->failures().size() == 1);
    }
}

TEST_CASE("Draws are keyed by seed, firm, quarter, stage and stream, and by nothing else", "[agents][host]") {
    const std::string draws = "act.trace(\"a\", rng:uniform(0, 1)) act.trace(\"b\", rng:normal(5, 2)) act.trace(\"c\", rng:int(1, 6)) act.trace(\"d\", rng:stream(\"x\"):uniform(0, 1))";
    const auto play = [&](const std::string& body, int firm, int quarters, std::uint64_t seed) {
        ScriptedMarket m;
        m.market.world->seed = seed;
        m.seat(firm, script_of(m.market.scenario->firms[firm].role, body));
        m.market.scenario->firms[firm].id = static_cast<std::uint64_t>(firm) + 100;
        REQUIRE(m.start() == "");
        for (int q = 0; q < quarters; ++q) {
            m.decide();
            m.next_quarter();
        }
        CHECK(m.failure() == "");
        return m.traces(firm);
    };
    const Numbers first = play(draws, kNeo, 1, 7);
    CHECK(play(draws, kNeo, 1, 7) == first);
    CHECK(play(draws, kNeo, 1, 8)[0] != first[0]);
    CHECK(play(draws, kNeo, 2, 7)[0] != first[0]);
    CHECK(play(draws, kHyper, 1, 7)[0] != first[0]);
    CHECK(first[2] >= 1.0);
    CHECK(first[2] <= 6.0);
    // more draws of one stream move none of another
    CHECK(play("rng:stream(\"other\"):chance(0.5) rng:stream(\"other\"):chance(0.5) " + draws, kNeo, 1, 7) == first);
    CHECK(play("rng:stream(\"x\"):chance(0.5) " + draws, kNeo, 1, 7)[3] != first[3]);
}

TEST_CASE("Stage B verbs of decide stand until operate gives the same lever anew", "[agents][host]") {
    const std::string decide = "decide = function(obs, act, p, mem, rng) act.offer_spot { mh = 2.19, min_usd_h = 1 } act.bid_spot { mh = 4.38, max_usd_h = 3, grade = \"training\" } "
                               "act.bid_power { region = obs.market.regions[1].id, grid_mw = 12.5, max_usd_kw_q = 100 } end,";
    SECTION("without operate") {
        ScriptedMarket m;
        m.seat(kNeo, script_with(Role::neocloud, decide));
        REQUIRE(m.start() == "");
        m.decide();
        m.operate();
        CHECK(m.orders[kNeo].bid_power[0].kw == 12'500);
        CHECK(m.orders[kNeo].bid_power[0].line == 4);
        CHECK(m.orders[kNeo].offer_spot[1].h100e == Approx(1000.0));  // inference is the default grade
        CHECK(m.orders[kNeo].bid_spot[0].h100e == Approx(2000.0));
    }
    SECTION("operate replaces lever by lever") {
        ScriptedMarket m;
        m.seat(kNeo, script_with(Role::neocloud, decide + " operate = function(obs, act, p, mem, rng) act.offer_spot { mh = 21.9, min_usd_h = 2, grade = \"training\" } end,"));
        REQUIRE(m.start() == "");
        m.decide();
        m.operate();
        CHECK(m.orders[kNeo].offer_spot[0].h100e == Approx(10'000.0));
        CHECK(m.orders[kNeo].offer_spot[1].h100e == 0.0);  // the lever is replaced as a whole
        CHECK(m.orders[kNeo].bid_spot[0].h100e == Approx(2000.0));
        CHECK(m.orders[kNeo].bid_power[0].kw == 12'500);
    }
    SECTION("a stage A verb in operate is an error, and the standing orders stay") {
        ScriptedMarket m;
        m.seat(kNeo, script_with(Role::neocloud, decide + " operate = function(obs, act, p, mem, rng) act.repay { loan = obs.me.id, musd = 1 } end,"));
        REQUIRE(m.start() == "");
        m.decide();
        m.operate();
        CHECK(m.failure().find("repay: 'loan' is another id") == std::string::npos);
        CHECK(m.failure().find("repay is a verb of stage A, which is over in operate") != std::string::npos);
        CHECK(m.orders[kNeo].offer_spot[1].h100e == Approx(1000.0));
    }
}

TEST_CASE("The autopilot plays the levers that a script leaves out, with memory of its own", "[agents][host]") {
    const std::string baseline = script_with(Role::neocloud, "memory = { n = 10 }, decide = function(obs, act, p, mem, rng) mem.n = mem.n + 1 act.trace(\"n\", mem.n) "
                                                             "act.offer_spot { mh = 2.19, min_usd_h = 1 } act.bid_spot { mh = 2.19, max_usd_h = 1 } end, "
                                                             "operate = function(obs, act, p, mem, rng) act.retire_chips { product = obs.market.products[1].id, chips = 999 } end,");
    const std::string keys = "memory = { n = 0 }, decide = function(obs, act, p, mem, rng) mem.n = mem.n + 1 act.offer_spot { mh = 21.9, min_usd_h = 2 } act.trace(\"seen\", #obs.results) end,";
    SECTION("lever by lever") {
        ScriptedMarket m;
        m.seat(kNeo, script_with(Role::neocloud, keys));
        m.baseline(Role::neocloud, baseline);
        REQUIRE(m.start() == "");
        m.decide();
        m.operate();
        CHECK(m.failure() == "");
        CHECK(m.orders[kNeo].offer_spot[1].h100e == Approx(10'000.0));  // the script's
        CHECK(m.orders[kNeo].bid_spot[1].h100e == Approx(1000.0));      // the autopilot's
        CHECK(m.desk(kNeo).memory[0] == 1);
        CHECK(m.desk(kNeo).autopilot_memory[0] == 11);
        CHECK(m.traces(kNeo) == Numbers{0});                            // the script's only
        CHECK(m.codes(kNeo) == std::vector<std::string>{"R05"});        // of the autopilot's operate
        CHECK(m.desk(kNeo).results[0].author == Author::autopilot);
        m.next_quarter();
        m.decide();
        CHECK(m.traces(kNeo) == Numbers{0});                            // and shown to the autopilot only
    }
    SECTION("manual turns it off") {
        ScriptedMarket m;
        m.seat(kNeo, script_with(Role::neocloud, keys + " manual = true,"));
        m.baseline(Role::neocloud, baseline);
        REQUIRE(m.start() == "");
        m.decide();
        CHECK(m.orders[kNeo].bid_spot[1].h100e == 0.0);
        CHECK(m.deciders->autopilot_verbs(kNeo) == 0);
    }
    SECTION("a failing script holds the firm whole") {
        ScriptedMarket m;
        m.seat(kNeo, script_with(Role::neocloud, "decide = function(obs, act, p, mem, rng) act.offer_spot { mh = 21.9, min_usd_h = 2 } error(\"no\") end,"));
        m.baseline(Role::neocloud, baseline);
        REQUIRE(m.start() == "");
        m.decide();
        const Orders nothing{};
        CHECK(std::memcmp(&m.orders[kNeo], &nothing, sizeof(Orders)) == 0);
    }
}

TEST_CASE("Results of orders show in the next callback", "[agents][host]") {
    ScriptedMarket m;
    m.seat(kNeo, script_with(Role::neocloud, "decide = function(obs, act, p, mem, rng) local chip = obs.market.products[2] "
                                             "for i, r in ipairs(obs.results) do if r.ref == chip.id then act.trace(r.verb .. r.code, r.got) act.trace(\"price\", r.price) end end "
                                             "act.bid_chips { product = chip.id, chips = 100, max_usd_chip = 50000 } act.bid_chips { product = chip.id, chips = 3, max_usd_chip = 50000 } end,"));
    REQUIRE(m.start() == "");
    m.decide();
    m.operate();
    Deals deals{};
    deals.new_chips[kNeo][kChip] = 60;
    deals.new_chips_paid[kNeo][kChip] = Usd{60 * 44'000};
    m.deciders->hear(deals);
    m.close();
    m.next_quarter();
    m.decide();
    CHECK(m.failure() == "");
    CHECK(m.deciders->trace_names().all() == std::vector<std::string>{"bid_chipsR04", "price", "bid_chipsF02"});
    CHECK(m.traces(kNeo) == Numbers{0, 8, 60, 44'000});
    const DeskResult& sale = m.desk(kNeo).results[1];
    CHECK(sale.asked == 100.0);
    CHECK(sale.code == Code::partial);
}

TEST_CASE("Parameters are set from outside within their ranges only", "[agents][host]") {
    const std::string text = script_with(Role::neocloud, "params = { x = race.range(0, 1, 0.5), n = race.int(1, 4, 2), mode = race.choice({ \"a\", \"b\" }, \"a\"), on = race.flag(false), k = race.fixed(3) }, "
                                                         "decide = function(obs, act, p, mem, rng) act.trace(\"x\", p.x + p.n + p.k) act.trace(\"mode\", p.mode == \"b\" and 1 or 0) act.trace(\"on\", p.on and 1 or 0) end,");
    ScriptedMarket m;
    m.seat(kNeo, text);
    m.set(kNeo, "x", "0.25");
    m.set(kNeo, "mode", "b");
    m.set(kNeo, "on", "true");
    REQUIRE(m.start() == "");
    m.decide();
    CHECK(m.traces(kNeo) == Numbers{5.25, 1, 1});
    for (const auto& [name, value, message] : {std::tuple{"x", "2", "outside 0 to 1"}, {"n", "2.5", "no whole number"}, {"mode", "c", "none of its choices"}, {"k", "4", "fixed"}, {"y", "1", "no parameter 'y'"},
                                               {"on", "1", "no flag"}, {"x", "many", "no number"}}) {
        ScriptedMarket bad;
        bad.seat(kNeo, text);
        bad.set(kNeo, name, value);
        INFO(name << " = " << value);
        CHECK(bad.start().find(message) != std::string::npos);
    }
}

TEST_CASE("Every helper and verb that the host has is known to the checker", "[agents][host]") {
    const ApiNames& api = api_names();
    CHECK(api.verbs.size() == static_cast<std::size_t>(kVerbs) + 3);
    CHECK(!api.fields.empty());
    for (const std::string& helper : race_names()) {
        const Numbers seen = traced("show(type(race." + helper + ") == \"function\" and 1 or 0)");
        CHECK(seen == Numbers{1});
    }
}

TEST_CASE("A script reads the news of last quarter: its kind as a word, the firm as an id, the size", "[agents][host][news]") {
    ScriptedMarket m;
    MarketHistory& history = m.market.world->history;
    history.news[0] = {NewsKind::failed, kNeo, 7400};
    history.news[1] = {NewsKind::rate, -1, 30'000};
    history.news_count = 2;
    m.seat(kHyper, script_of(Role::hyperscaler, "local one, two = obs.news[1], obs.news[2]\n"
                                                "act.trace(\"count\", #obs.news)\n"
                                                "act.trace(\"names it\", one.kind == \"default\" and one.firm == obs.rivals[1].id and one.size or 0)\n"
                                                "act.trace(\"nobody\", two.kind == \"rate\" and two.firm ~= obs.rivals[1].id and two.firm ~= obs.me.id and two.size or 0)"));
    REQUIRE(m.start() == "");
    m.decide();
    CHECK(m.failure() == "");
    CHECK(m.traces(kHyper) == Numbers{2, 7400, 0.03});
}
