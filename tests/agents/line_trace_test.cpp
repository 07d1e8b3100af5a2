// The trace of a callback: which lines ran, what they changed, placed and read, and that none of it moves a decision.
#include <catch2/catch.hpp>

#include <cstring>

#include "agents/host/line_trace.h"
#include "agents/replay/order_difference.h"
#include "tests/agents/host_support.h"

using namespace rackrace;
using namespace rackrace::host_test;

namespace {

using Lines = std::vector<std::string>;

/// One decision of the neocloud of SmallMarket by a script of its own.
struct Sitting {
    SmallMarket market;
    Names names{"small", {"hyper", "neo", "lab", "vendor"}, {}, {"old", "chip", "next", "house"}, {"east", "west"}, {}};
    std::shared_ptr<const Strategy> strategy;
    Desk desk{};
    DecisionLog log;
    TraceNames trace_names;
    DecisionTrace trace;
    Orders orders{};
    VerbMask used = 0;
    std::optional<ScriptError> error;

    explicit Sitting(const std::string& text, TraceLimits limits = {}) : strategy(unchecked_strategy("ladder.lua", text)) {
        trace.names = &names;
        trace.limits = limits;
    }

    void decide(bool is_traced = true, Stage stage = Stage::a) {
        observe(*market.scenario, *market.world, *market.market);
        observe(*market.scenario, *market.world, *market.market, kNeo, *market.view);
        const Seat seat{kNeo, Author::script, market.scenario.get(), market.market.get(), market.view.get(), &desk, &trace_names, &log, ~VerbMask{0}, "firms/neo.lua", EngineChoice::lua};
        auto script = FirmScript::start(strategy, {}, seat);
        REQUIRE(script);
        if (is_traced) (*script)->take_trace(trace);
        error = (*script)->decide(stage, *market.world, orders, used);
    }

    const CallbackTrace& last() const { return trace.callbacks.back(); }

    /// "9 2/5 sum 1 -> 3" for each step, "... 12 of 8-9 sum 6 -> 15" for each gap.
    Lines steps() const {
        Lines out;
        for (const TracedStep& step : last().steps) {
            std::string line = step.is_gap() ? "... " + std::to_string(step.skipped) + " of " + std::to_string(step.line) + "-" + std::to_string(step.last_line) : std::string(static_cast<std::size_t>(2 * step.depth), ' ') + std::to_string(step.line);
            if (const auto all = last().passes_of(step.file, step.line); !step.is_gap() && all > 1) line += " " + std::to_string(step.pass) + "/" + std::to_string(all);
            for (const ValueChange& change : step.changes)
                if (change.after.is_there()) line += " " + change.name + (change.before.is_there() ? " " + change.before.text + " -> " : " = ") + change.after.text;
            for (const int order : step.orders) line += " => " + std::string(info_of(log.orders[static_cast<std::size_t>(order)].verb).row.name);
            out.push_back(line);
        }
        return out;
    }
};

std::string decide_with(const std::string& body, const std::string& before = "") { return "local race = require \"rackrace\"\n" + before + "return race.neocloud { api = \"1.0\", name = \"Ladder\", memory = { last_usd_h = 0.0, tried = false, prices = race.array(3, 0.0) },\n  decide = function(obs, act, p, mem, rng)\n" + body + "  end,\n}\n"; }

}  // namespace

TEST_CASE("A trace says which lines ran, how often, and what each changed", "[agents][host][trace]") {
    Sitting sitting(decide_with("    local spot_usd_h = obs.market.spot_t_usd_h\n"  // 4
                                "    local sum = 0\n"
                                "    for k = 1, 5 do\n"  // 6
                                "      sum = sum + k\n"
                                "    end\n"
                                "    mem.last_usd_h = spot_usd_h\n"  // 9
                                "    act.offer_spot { mh = 2.19,\n"
                                "                     min_usd_h = spot_usd_h }\n"
                                "    act.trace(\"sum\", sum)\n"));  // 12
    sitting.decide();
    CHECK_FALSE(sitting.error);
    CHECK(sitting.steps() == Lines{"4 spot_usd_h = 1.5", "5 sum = 0", "6 1/6 k = 1", "7 1/5 sum 0 -> 1", "6 2/6 k = 2", "7 2/5 sum 1 -> 3", "6 3/6 k = 3", "7 3/5 sum 3 -> 6",
                                   "... 5 of 6-7 sum 6 -> 15", "9 mem.last_usd_h 0 -> 1.5", "10 => offer_spot", "12", "13"});
    CHECK(sitting.last().lines_run == 17);
    REQUIRE(sitting.last().reads.size() == 1);
    const InputRead& read = sitting.last().reads[0];
    CHECK(read.path == "obs.market.spot_t_usd_h");
    CHECK(read.value.text == "1.5");
    CHECK(read.unit == "$/h");
    CHECK(read.line == 4);
    CHECK(sitting.last().text(0, 5) == "    local sum = 0");
    CHECK(sitting.last().files[0].name == "firms/neo.lua");
}

TEST_CASE("The locals at a step are those of its call, and stepping back finds them as they were", "[agents][host][trace]") {
    Sitting sitting(decide_with("    local x = 2\n"  // 7
                                "    local y = twice(x)\n"
                                "    do\n"
                                "      local x = 10\n"  // 10: hides the outer one
                                "      y = y + x\n"
                                "    end\n"
                                "    y = y + x\n",  // 13
                                "local function twice(n)\n  local m = 2 * n\n  return m\nend\n"));
    sitting.decide();
    CHECK(sitting.steps() == Lines{"8 x = 2", "9 y = 4", "  3 n = 2 m = 4", "  4", "11 x = 10", "12 y 4 -> 14", "14 y 14 -> 16", "15"});
    const auto locals = [&](std::size_t step) {
        std::string out;
        for (const ValueChange& local : locals_after(sitting.last(), step)) out += (out.empty() ? "" : ", ") + local.name + " " + local.after.text;
        return out;
    };
    CHECK(locals(1) == "x 2, y 4");
    CHECK(locals(2) == "n 2, m 4");
    CHECK(locals(4) == "x 2, y 4, x 10");
    CHECK(locals(5) == "x 2, y 14");  // the inner one ends with its line
    CHECK(locals(6) == "x 2, y 16");
    CHECK(locals(0) == "x 2");
}

TEST_CASE("A trace shows ids by name, records by their path, tables by their first items", "[agents][host][trace]") {
    Sitting sitting(decide_with("    local chip = obs.market.products[2]\n"
                                "    local id, list = chip.id, obs.market.products\n"
                                "    local t, m = { 1, 2.5, \"x\", deep = { 1 } }, mem.prices\n"
                                "    t[1] = 9\n"
                                "    m[3] = 7\n"
                                "    local f, none, yes = race.min, nil, true\n"));
    sitting.decide();
    CHECK_FALSE(sitting.error);
    CHECK(sitting.steps() == Lines{"4 chip = obs.market.products[2]", "5 id = chip list = obs.market.products: 4 items", "6 t = {1, 2.5, \"x\", deep = {1 item}} m = {0, 0, 0}",
                                   "7 t {1, 2.5, \"x\", deep = {1 item}} -> {9, 2.5, \"x\", deep = {1 item}}", "8 mem.prices[3] 0 -> 7 m {0, 0, 0} -> {0, 0, 7}", "9 f = function none = nil yes = true", "10"});
}

TEST_CASE("A trace changes nothing: the same orders, Desk, budget and error with and without it", "[agents][host][trace]") {
    const auto compare = [](const std::string& text) {
        Sitting plain(text), traced(text);
        plain.decide(false);
        traced.decide(true);
        CHECK(plain.error.has_value() == traced.error.has_value());
        if (plain.error && traced.error) CHECK(plain.error->text() == traced.error->text());
        CHECK(std::memcmp(&plain.orders, &traced.orders, sizeof(Orders)) == 0);
        CHECK(hash_desks(&plain.desk, 1) == hash_desks(&traced.desk, 1));
        CHECK(plain.log.decisions.back().budget_used == traced.log.decisions.back().budget_used);
        CHECK(plain.used == traced.used);
        CHECK(traced.last().steps.size() < 5000);
    };
    SECTION("a sound one") { compare(decide_with("    for k = 1, 2000 do mem.last_usd_h = mem.last_usd_h + k end\n    act.trace(\"left\", act.budget())\n    act.offer_spot { mh = 2.19, min_usd_h = 1 }\n    act.offer_spot { mh = -1, min_usd_h = 1 }\n")); }
    for (const char* name : {"deep_recursion", "endless_loop", "memory_bomb", "looping_comparator", "front_insertion", "string_doubling", "error_object", "global_written", "write_obs", "nan_quantity"})
        SECTION(name) { compare(hostile(name)); }
}

TEST_CASE("A loop of a million passes and a table of ten thousand entries have a short trace", "[agents][host][trace]") {
    Sitting loop(decide_with("    local n = 0\n    while n < 1000000 do\n      n = n + 1\n    end\n"));
    loop.decide();
    REQUIRE(loop.error);
    CHECK(loop.error->kind == ScriptErrorKind::budget);
    const Lines steps = loop.steps();
    CHECK(steps.size() == 8);
    CHECK(steps.back().starts_with("... "));
    CHECK(loop.last().lines_run > 60'000);

    Sitting table(decide_with("    local t = {}\n    for k = 1, 10000 do t[k] = k end\n    local last = #t\n"));
    table.decide();
    CHECK_FALSE(table.error);
    for (const std::string& step : table.steps()) CHECK(step.size() < 200);
    CHECK(table.steps()[table.steps().size() - 2] == "6 last = 10000");
    std::string known;
    for (const ValueChange& local : locals_after(table.last(), table.last().steps.size() - 1))
        if (local.name == "t") known = local.after.text;
    CHECK(known == "{1, 2, 3, 4, 5, 6, 7, 8, ... 10000 items}");
}

TEST_CASE("A script error ends its trace at the line that raised it, with the locals there", "[agents][host][trace]") {
    Sitting sitting(decide_with("    mem.last_usd_h = 4\n"
                                "    local gap_mh = 3\n"
                                "    for k = 1, 3 do gap_mh = gap_mh - k end\n"
                                "    local none = nil\n"
                                "    local bad = none.field\n"));
    sitting.decide();
    REQUIRE(sitting.error);
    CHECK(sitting.error->line == 8);
    CHECK(sitting.steps().back() == "8");
    std::string locals;
    for (const ValueChange& local : locals_after(sitting.last(), sitting.last().steps.size() - 1)) locals += local.name + " " + local.after.text + " ";
    CHECK(locals == "gap_mh -3 none nil ");
    CHECK(sitting.desk.memory[0] == 0.0);  // what it wrote is taken back
}

TEST_CASE("A script cannot see that it is traced", "[agents][host][trace]") {
    Sitting sitting(decide_with("    local d = debug\n"));
    sitting.decide();
    REQUIRE(sitting.error);
    CHECK(sitting.error->message.find("debug") != std::string::npos);
}

TEST_CASE("Orders of two scripts differ by verb and argument", "[agents][host][trace]") {
    Sitting first(decide_with("    act.offer_spot { mh = 2.19, min_usd_h = 1 }\n    act.bid_spot { mh = 2.19, max_usd_h = 1 }\n"));
    Sitting second(decide_with("    act.offer_spot { mh = 2.19, min_usd_h = 1.25 }\n    act.offer_spot { mh = 1, min_usd_h = 2 }\n"));
    first.decide();
    second.decide();
    CHECK(order_differences(first.names, first.log, first.log).empty());
    Lines out;
    for (const OrderChange& one : order_differences(first.names, first.log, second.log)) out.push_back(one.verb + " " + std::to_string(one.nth) + " " + one.argument + ": " + one.first + " | " + one.second);
    CHECK(out == Lines{"offer_spot 1 min_usd_h: 1 | 1.25", "offer_spot 2 order:  | mh 1, min_usd_h 2, grade inference", "bid_spot 1 order: mh 2.19, max_usd_h 1, grade inference | "});
}
