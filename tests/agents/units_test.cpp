// Units of expressions: what is said, and above all what is not.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "agents/checker/measure.h"
#include "tests/agents/checker_support.h"

using namespace rackrace;
using checker_test::codes_of;
using Codes = std::vector<std::string>;

namespace {

const CheckOptions& real() { return checker_test::real_options(); }

Codes codes_in(const std::string& body, const std::string& keys = {}) { return codes_of(checker_test::with_market(body, keys), real()); }

/// The same of one expression that is traced.
Codes codes_of_value(const std::string& value) { return codes_in("    act.trace(\"x\", " + value + ")"); }

std::string text_of(const Measure& measure) { return measure_text(measure); }

}  // namespace

TEST_CASE("Units multiply and divide into each other", "[agents][units]") {
    const auto of = [](Unit unit) { return measure_of(unit); };
    CHECK(text_of(multiplied(of(Unit::chips), of(Unit::usd_chip))) == "$");
    CHECK(text_of(divided(of(Unit::musd), of(Unit::usd_h))) == "Mh");
    CHECK(text_of(multiplied(of(Unit::mh), of(Unit::usd_h))) == "M$");
    CHECK(text_of(divided(of(Unit::usd_task), of(Unit::h100e_h))) == "$/h");
    CHECK(text_of(divided(of(Unit::mh), of(Unit::mh))) == "share");
    CHECK(text_of(multiplied(of(Unit::chips), of(Unit::kw_chip))) == "IT kW");
    CHECK(text_of(measure_of_text("M$/MW")) == text_of(divided(of(Unit::musd), of(Unit::mw))));
    CHECK(fit_of(multiplied(measure_of_text("M$/MW"), of(Unit::mw)), of(Unit::musd)) == Fit::fits);
    SECTION("quarters do not count in flows, and stay quarters by themselves") {
        CHECK(text_of(multiplied(of(Unit::q), of(Unit::musd))) == "M$");
        CHECK(text_of(divided(of(Unit::musd), of(Unit::q))) == "M$");
        CHECK(text_of(of(Unit::q)) == "quarters");
        CHECK(fit_of(divided(of(Unit::musd), of(Unit::musd)), of(Unit::q)) == Fit::fits);
        CHECK(fit_of(of(Unit::musd), of(Unit::q)) == Fit::differs);
    }
}

TEST_CASE("Names say their unit by their ending, and say nothing with two", "[agents][units]") {
    CHECK(text_of(measure_of_name("cost_musd")) == "M$");
    CHECK(text_of(measure_of_name("most_usd_h")) == "$/h");
    CHECK(text_of(measure_of_name("mh")) == "Mh");
    CHECK(text_of(measure_of_name("free_grid_mw")) == "grid MW");
    for (const char* name : {"site_musd_mw", "usd_musd", "kw_mw", "worth_usd", "q", "rich", "tomh"}) {
        INFO(name);
        CHECK_FALSE(measure_of_name(name).is_known());
    }
}

TEST_CASE("Sums and comparisons of different units are errors", "[agents][units]") {
    CHECK(codes_of_value("me.cash_musd + me.power_mw") == Codes{"U301"});
    CHECK(codes_of_value("me.cash_musd - me.unit_cost_usd_h") == Codes{"U301"});
    CHECK(codes_of_value("me.cash_musd + mkt.util_frac") == Codes{"U301"});
    CHECK(codes_of_value("race.max(me.cash_musd, me.capacity_mh)") == Codes{"U302"});
    CHECK(codes_of_value("me.power_mw - me.sites[1].grid_mw") == Codes{"U301"});
    CHECK(codes_of_value("race.chips_for(me.power_mw, chip)") == Codes{"U306"});  // by the name of an argument
    CHECK(codes_in("if me.cash_musd < me.power_mw then act.mark(\"x\") end") == Codes{"U302"});
    CHECK(codes_in("local a = me.cash_musd local b = a local c = b + me.power_mw act.trace(\"c\", c)") == Codes{"U301"});
    SECTION("through functions of the file, by what they are given and give") {
        CHECK(codes_in("local function half(x) return 0.5 * x end act.trace(\"x\", half(me.cash_musd) + me.power_mw)") == Codes{"U306"});
        CHECK(codes_in("local function half(x) return 0.5 * x end act.trace(\"x\", half(me.cash_musd) + half(me.power_mw))").empty());
    }
    SECTION("a scale that nobody changed is another unit") {
        CHECK(codes_of_value("me.cash_musd - 100.0 * chip.list_usd_chip") == Codes{"U305"});
        CHECK(codes_of_value("me.cash_musd - me.fleet[1].chips * chip.list_usd_chip") == Codes{"U301"});
        CHECK(codes_of_value("me.cash_musd - race.chips_for(me.capacity_mh, chip) * chip.list_usd_chip") == Codes{"U306"});
    }
}

TEST_CASE("What goes together in the market is never blamed", "[agents][units]") {
    for (const char* value : {
             "me.cash_musd + 20.0", "me.cash_musd + race.chips_for(me.capacity_mh, chip) * (chip.list_usd_chip + chip.system_usd_chip) / 1e6",
             "me.cash_musd / mkt.spot_t_usd_h + me.capacity_mh", "me.power_mw - me.sites[1].grid_mw / region.pue_ratio", "race.grid_mw(me.power_mw, region) - me.sites[1].grid_mw",
             "race.runway_q(me) - me.cash_musd / me.burn_musd", "me.power_mw * 1000.0 / chip.kw_chip + race.chips_for(me.capacity_mh, chip)",
             "mkt.price_usd_task[1] / mkt.task_h100e_h - mkt.spot_i_usd_h", "1.0 - me.contracted_mh / me.capacity_mh + mkt.util_frac",
             "me.power_mw * 2190.0 * mkt.power_usd_mwh / 1e6 + me.cash_musd", "race.ratio(me.used_mh, me.capacity_mh, 1.0) - mkt.util_frac", "me.cash_musd * 4.0 + me.debt_musd",
             "race.clamp(mkt.spot_t_usd_h, 0.05, 50.0) - me.cash_cost_usd_h", "race.power_cost_musd(me.power_mw, mkt.power_usd_mwh) + me.cash_musd",
             "me.cash_musd > 0.0 and me.cash_musd or 0.0", "(mkt.demand_growth_frac + 1.0) * me.capacity_mh - me.used_mh", "me.cash_musd / 1000.0 - me.debt_musd"}) {
        INFO(value);
        CHECK(codes_of_value(value).empty());
    }
}

TEST_CASE("A bare number between two units is a warning, a declared one is its unit", "[agents][units]") {
    CHECK(codes_in("act.trace(\"x\", me.cash_musd - p.shell * me.power_mw)", "params = { shell = race.range(5.0, 30.0, 12.0) },") == Codes{"U305"});
    CHECK(codes_in("act.trace(\"x\", me.cash_musd - p.shell * me.power_mw)", "params = { shell = race.range(5.0, 30.0, 12.0, { unit = \"M$/MW\" }) },").empty());
    CHECK(codes_in("act.trace(\"x\", me.cash_musd - p.shell * me.power_mw)", "params = { shell = race.range(5.0, 30.0, 12.0, { unit = \"$/h\" }) },") == Codes{"U301"});
    CHECK(codes_of_value("me.cash_musd - 0.5 * me.power_mw") == Codes{"U306"});
}

TEST_CASE("What names, helpers and bare numbers say of units is never an error: it may be meant otherwise", "[agents][units]") {
    const auto errors_in = [](const std::string& body) {
        Codes out;
        for (const std::string& code : codes_in(body))
            if (code == "U301" || code == "U302" || code == "U303") out.push_back(code);
        return out;
    };
    for (const char* body : {
             "local n = race.floor(me.capacity_mh / race.mh_of(1.0, chip)) if n > 8 then act.bid_chips { product = chip.id, chips = n, max_usd_chip = chip.list_usd_chip } end",
             "if me.cash_musd > chip.list_usd_chip / 1e6 then act.mark(\"one\") end", "act.trace(\"x\", race.power_cost_musd(race.grid_mw(me.power_mw, region), region.power_usd_mwh))",
             "local held_mw = 0.0 for i = 1, #me.sites do held_mw = held_mw + me.sites[i].grid_mw end act.trace(\"x\", held_mw)",
             "local ask_mw = 20.0 act.bid_power { region = region.id, grid_mw = ask_mw, max_usd_kw_q = 100.0 }",
             "act.bid_power { region = region.id, grid_mw = 1.25 * me.power_free_mw, max_usd_kw_q = 100.0 }", "act.trace(\"x\", 0.6 * chip.perf_t_chip - 0.4 * chip.kw_chip)",
             "local s_apr = 0.0 for i = 1, #me.loans do s_apr = s_apr + me.loans[i].apr * me.loans[i].musd end act.trace(\"x\", s_apr)",
             "if me.cash_musd > 1.5 * me.power_free_mw then act.mark(\"rich\") end", "local hours_q = 2190.0 if me.capacity_mh > hours_q then act.mark(\"x\") end"}) {
        INFO(body);
        CHECK(errors_in(body).empty());
    }
}

TEST_CASE("Text of any length is judged without running out of stack", "[agents][units]") {
    std::string sum = "me.cash_musd";
    for (int i = 0; i < 20000; ++i) sum += " + 1.0";
    CHECK(codes_of_value(sum + " + me.power_mw") == Codes{"U301"});
}

TEST_CASE("No strategy beside the program mixes units", "[agents][units]") {
    int files = 0;
    for (const auto& file : checker_test::bundled_scripts()) {
        ++files;
        const CheckReport report = check_script(file.string(), checker_test::read_text(file), real());
        INFO(report.text());
        for (const Diagnostic& d : report.diagnostics) CHECK(d.code[0] != 'U');
    }
    CHECK(files > 30);
}

TEST_CASE("A change of unit that is left out of a strategy is noticed in four cases of five", "[agents][units]") {
    int left_out = 0, noticed = 0;
    for (const auto& file : checker_test::bundled_scripts()) {
        const std::string text = checker_test::read_text(file);
        for (const std::string_view change : {std::string_view(" / usd_musd"), std::string_view(" * usd_musd"), std::string_view(" * kw_mw"), std::string_view(" / 1e6")})
            for (std::size_t at = text.find(change); at != std::string::npos; at = text.find(change, at + 1)) {
                const Codes codes = codes_of(std::string(text).erase(at, change.size()), real());
                ++left_out;
                noticed += std::any_of(codes.begin(), codes.end(), [](const std::string& code) { return code[0] == 'U'; }) ? 1 : 0;
            }
    }
    INFO(noticed << " of " << left_out);
    CHECK(left_out > 30);
    CHECK(noticed * 5 >= left_out * 4);
}
