#include <catch2/catch.hpp>
#include <stdexcept>

#include "agents/checker/call_graph.h"
#include "agents/checker/lexer.h"
#include "agents/checker/names.h"
#include "agents/checker/parser.h"
#include "agents/checker/values.h"
#include "tests/agents/checker_support.h"

using namespace rackrace;
using namespace rackrace::lua;

namespace {

struct Resolved {
    SourceText source;
    Diagnostics diagnostics;
    Ast ast;
    Names names;

    explicit Resolved(std::string_view text)
        : source("test.lua", text), diagnostics(source), ast(parse(source, tokenize(source, diagnostics), diagnostics)), names(resolve_names(ast, diagnostics)) {
        REQUIRE_FALSE(diagnostics.has_errors());
    }

    /// Line of the declaration that each use of a name in a line refers to; 0 for a global.
    int declared_at(std::string_view name, int line) const {
        for (const Expr& expr : ast.exprs()) {
            const auto* found = as<NameExpr>(&expr);
            if (found == nullptr || found->text != name || source.line(expr.range.begin) != line) continue;
            const Local* local = names.of(expr).local;
            return local == nullptr ? 0 : source.line(local->range.begin);
        }
        return -1;
    }

    const Local& local(std::string_view name) const {
        for (const Local& one : ast.locals())
            if (one.name == name) return one;
        throw std::runtime_error("no such local");
    }
};

/// What the single value of `local probe = ...` in a decide body stands for.
std::vector<std::string> paths_of_probe(std::string_view before, std::string_view body) {
    const std::string text = std::string(before) + checker_test::with_decide(body);
    const Resolved resolved(text);
    const Values values(resolved.ast, resolved.names, find_shape(resolved.ast, resolved.names, false));
    std::vector<std::string> out;
    for (const ValuePath& path : values.of(*resolved.names.facts(resolved.local("probe")).values.at(0).value))
        out.push_back(root_text(path) + (path.steps.empty() ? "" : "." + steps_text(path.steps)));
    return out;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("A name refers to the innermost declaration before it", "[agents][names]") {
    const Resolved r(
        "local x = 1\n"              // 1
        "local y = x\n"              // 2
        "local x = x\n"              // 3: the old x
        "do\n"                       // 4
        "  local x = x + y\n"        // 5
        "  f(x)\n"                   // 6
        "end\n"                      // 7
        "f(x)\n"                     // 8
        "for x = x, 3 do f(\n"       // 9
        "  x) end\n"                 // 10
        "repeat local z = 1\n"       // 11
        "until z\n"                  // 12
        "g(z)\n"                     // 13
        "local function h(a)\n"      // 14
        "  return h(a, x) end\n");   // 15
    CHECK(r.declared_at("x", 2) == 1);
    CHECK(r.declared_at("x", 3) == 1);
    CHECK(r.declared_at("x", 5) == 3);
    CHECK(r.declared_at("x", 6) == 5);
    CHECK(r.declared_at("x", 8) == 3);
    CHECK(r.declared_at("x", 9) == 3);
    CHECK(r.declared_at("x", 10) == 9);
    CHECK(r.declared_at("z", 12) == 11);
    CHECK(r.declared_at("z", 13) == 0);
    CHECK(r.declared_at("h", 15) == 14);
    CHECK(r.declared_at("a", 15) == 14);
    CHECK(r.declared_at("x", 15) == 3);
}

TEST_CASE("A local knows what is assigned to it, who reads it and whether a closure holds it", "[agents][names]") {
    const Resolved r("local a, b, c = 1, f()\na = 2\nlocal function g() b = 3 return a end\nlocal d\n");
    CHECK(r.names.facts(r.local("a")).values.size() == 2);
    CHECK(r.names.facts(r.local("a")).reads == 1);
    CHECK(r.names.facts(r.local("a")).is_captured);
    CHECK(r.names.facts(r.local("b")).writes.size() == 1);
    CHECK(r.names.facts(r.local("c")).values.at(0).is_unknown());
    CHECK(r.names.facts(r.local("c")).is_single_assignment());
    CHECK(r.names.facts(r.local("d")).values.empty());
    CHECK(r.names.facts(r.local("g")).values.at(0).function != nullptr);
}

TEST_CASE("Aliases of observations are followed to their path", "[agents][names]") {
    CHECK(paths_of_probe("", "local me, mkt = obs.me, obs.market\nlocal chip = mkt.products[mkt.newest_i]\nlocal probe = chip.lead_q") ==
          Paths{"obs.market.products[].lead_q"});
    CHECK(paths_of_probe("", "for i, rival in ipairs(obs.rivals) do local probe = rival end") == Paths{"obs.rivals[]"});
    CHECK(paths_of_probe("", "local best = obs.me.fleet[1] or obs.me.fleet[2]\nlocal probe = best.mh") == Paths{"obs.me.fleet[].mh"});
    CHECK(paths_of_probe("", "local x = obs.me\nif rng then x = obs.market end\nlocal probe = x") == Paths{"obs.me", "obs.market"});
    CHECK(paths_of_probe("", "local probe = obs[\"me\"].cash_musd") == Paths{"obs.me.cash_musd"});
    CHECK(paths_of_probe("", "local probe = obs.me.cash_musd + 1").empty());
}

TEST_CASE("Paths are followed through helpers, their results and tables of functions", "[agents][names]") {
    CHECK(paths_of_probe("local function line(o, k) return o.me.lines[k] end\n", "local probe = line(obs, 2)") == Paths{"obs.me.lines[]"});
    CHECK(paths_of_probe("local lib = {}\nfunction lib.use(a) local probe = a end\n", "lib.use(act)") == Paths{"act"});
    CHECK(paths_of_probe("local lib = { use = function(a) local probe = a end }\n", "lib.use(mem)") == Paths{"mem"});
    CHECK(paths_of_probe("local lib = {}\nfunction lib:use(a) local probe = a end\n", "lib:use(p)") == Paths{"p"});
    CHECK(paths_of_probe("local g\nlocal function f(a) return g(a) end\ng = function(a) local probe = a return f(a) end\n", "f(act)") == Paths{"act"});
    CHECK(paths_of_probe("local state = {}\nlocal function put(t) local probe = t end\n", "put(state)") == Paths{"state"});
}

TEST_CASE("A function is reached from the callbacks that call, name or hold it", "[agents][names]") {
    const Resolved r(
        "local race = require \"rackrace\"\n"
        "local function a() end\nlocal function b() return a() end\nlocal t = { f = function() end }\nlocal function lonely() end\n"
        "local function setup() end\nlocal made = setup()\n"
        "return race.lab { decide = function() b() end, operate = function() local x = t x.f() end, init = function() return made end }\n");
    const ScriptShape shape = find_shape(r.ast, r.names, false);
    const CallGraph graph(r.ast, r.names, shape);
    const auto reached = [&](std::string_view name, Callback from) { return graph.reached_from(*r.names.facts(r.local(name)).values.at(0).function).has(from); };
    CHECK(reached("a", Callback::decide));
    CHECK(reached("b", Callback::decide));
    CHECK_FALSE(reached("a", Callback::operate));
    CHECK_FALSE(reached("lonely", Callback::decide));
    CHECK(reached("setup", Callback::init));  // errs towards more: what it made is named
    CHECK(graph.reached_from(*as<FunctionExpr>(as<Table>(r.names.facts(r.local("t")).values.at(0).value)->fields.at(0).value)->function).has(Callback::operate));
    REQUIRE(shape.callback(Callback::decide) != nullptr);
    CHECK(graph.is_inside_callback(*shape.callback(Callback::decide)));
}
