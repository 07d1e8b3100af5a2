// Advice on scripts that run: quiet where the script has thought of it.
#include <catch2/catch.hpp>
#include <string>

#include "tests/agents/checker_support.h"

using namespace rackrace;
using Codes = std::vector<std::string>;

namespace {

Codes codes_in(const std::string& body, const std::string& keys = {}) { return checker_test::codes_of(checker_test::with_market(body, keys), checker_test::real_options()); }

}  // namespace

TEST_CASE("No strategy beside the program gets advice, but for the orders that audits make blindly", "[agents][advice]") {
    for (const auto& file : checker_test::bundled_scripts()) {
        const CheckReport report = check_script(file.string(), checker_test::read_text(file), checker_test::real_options());
        const bool is_audit = file.string().find("/audit/") != std::string::npos;
        INFO(report.text());
        for (const Diagnostic& d : report.diagnostics) CHECK((is_audit && d.code == "M704"));
    }
}

TEST_CASE("Advice is quiet where the script has thought of it", "[agents][advice]") {
    SECTION("divisors") {
        CHECK(codes_in("for i = 1, #obs.rivals do act.trace(\"x\", 7 % i + 7 // 2 + 7 // race.max(1.0, me.cash_musd)) end").empty());
        CHECK(codes_in("local n = #obs.loans if n > 0 then act.trace(\"x\", 7 // n) end").empty());
        CHECK(codes_in("local n = #obs.loans act.trace(\"x\", 7 // n)") == Codes{"N515"});
        CHECK(codes_in("act.trace(\"x\", 7 // 0)") == Codes{"N515"});
        CHECK(codes_in("act.trace(\"x\", 7.0 / me.cash_musd)").empty());
    }
    SECTION("draws") {
        CHECK(codes_in("if me.cash_musd > 0.0 then act.trace(\"x\", rng:uniform(0, 1)) else act.trace(\"x\", rng:uniform(1, 2)) end act.trace(\"y\", rng:uniform(0, 1))").empty());
        CHECK(codes_in("act.trace(\"y\", rng:uniform(0, 1)) if me.cash_musd > 0.0 then act.trace(\"x\", rng:uniform(0, 1)) end").empty());
        CHECK(codes_in("if me.cash_musd > 0.0 then act.trace(\"x\", rng:uniform(0, 1)) end act.trace(\"y\", rng:normal(0, 1))") == Codes{"D404"});
    }
    SECTION("names that are given away are not called unused") {
        CHECK(codes_in("local lib = require \"lib\" lib.run(obs, p, mem)", "params = { a = race.flag(true) }, memory = { b = 0.0 },").empty());
        CHECK(codes_in("local function f(q) return q.a end if f(p) then act.mark(\"x\") end", "params = { a = race.flag(true) },").empty());
        CHECK(codes_in("act.mark(\"x\")", "params = { a = race.flag(true) }, memory = { b = 0.0 },") == Codes{"M701", "M702"});
    }
    SECTION("orders") {
        CHECK(codes_in("act.bid_chips { product = chip.id, chips = 800, max_usd_chip = 1.0 }") == Codes{"M704"});
        CHECK(codes_in("if me.cash_musd > 9.0 then act.bid_chips { product = chip.id, chips = 800, max_usd_chip = 1.0 } end").empty());
        CHECK(codes_in("act.bid_chips { product = chip.id, chips = 0, max_usd_chip = 1.0 }").empty());
    }
}
