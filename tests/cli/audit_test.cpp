// The audit of degenerate strategies as a person gives the command.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
using Json = nlohmann::json;

TEST_CASE("The audit plays a script for every role that has its levers, on the same seeds as the baselines", "[cli][program][audit]") {
    const TemporaryFolder folder;
    const auto json = [&](const std::string& words) {
        const Ran ran = rackrace_in(folder.path(), "audit degenerate small --seeds 2 --json " + words);
        INFO(ran.err);
        REQUIRE(ran.code == ExitCode::done);
        return Json::parse(ran.out);
    };
    const Json all = json("--only order_nothing,price_cap,strip_cash");
    CHECK(all.at("schema") == "rackrace.audit_degenerate/1");
    CHECK(all.at("seeds") == 2);
    std::string played, skipped;
    for (const Json& row : all.at("rows")) played += row.at("strategy").get<std::string>() + "@" + row.at("firm").get<std::string>() + " ";
    for (const Json& skip : all.at("not_played")) skipped += skip.at("strategy").get<std::string>() + "@" + skip.at("role").get<std::string>() + " ";
    CHECK(played == "order_nothing@microsoft order_nothing@openai price_cap@microsoft price_cap@openai strip_cash@microsoft strip_cash@coreweave strip_cash@openai strip_cash@nvidia ");
    CHECK(skipped == "order_nothing@neocloud order_nothing@supplier price_cap@neocloud price_cap@supplier ");
    int counted = 0;
    for (const char* verdict : {"lose", "unclear", "win", "same", "both_zero"}) counted += all.at(verdict).get<int>();
    CHECK(counted == static_cast<int>(all.at("rows").size()));
    for (const Json& row : all.at("rows")) {
        CAPTURE(row.dump());
        CHECK(row.at("difference_usd").get<double>() == Approx(row.at("audit_usd").get<double>() - row.at("baseline_usd").get<double>()).margin(1.0));
        CHECK(row.at("low_usd").get<double>() <= row.at("high_usd").get<double>());
        CHECK(row.at("accounts_usd").size() <= 5);
        REQUIRE(row.at("pairs").size() == 2);
        double audit_usd = 0.0, defaults = 0.0;
        for (const Json& pair : row.at("pairs")) {
            audit_usd += pair.at("audit_usd").get<double>() / 2.0;
            defaults += pair.at("audit_default").get<bool>() / 2.0;
        }
        CHECK(row.at("audit_usd").get<double>() == Approx(audit_usd).margin(1.0));
        CHECK(row.at("audit_default_frac").get<double>() == Approx(defaults));
        CHECK(row.at("script_errors") == 0);
    }
    CHECK(json("--only order_nothing,price_cap,strip_cash --threads 1") == json("--only order_nothing,price_cap,strip_cash --threads 3"));
}

TEST_CASE("Wafers and list prices are audited at the supplier alone, who loses by ordering nothing and by the highest reserve", "[cli][program][audit]") {
    const TemporaryFolder folder;
    const Ran ran = rackrace_in(folder.path(), "audit degenerate base-2026 --seeds 3 --json --only wafers_all,wafers_none,reserve_cap,reserve_floor");
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    const Json audit = Json::parse(ran.out);
    CHECK(audit.at("not_played").size() == 12);  // four scripts, three roles without their levers
    std::string played;
    for (const Json& row : audit.at("rows")) {
        CAPTURE(row.dump());
        const std::string name = row.at("strategy").get<std::string>();
        played += name + "@" + row.at("firm").get<std::string>() + " ";
        CHECK(row.at("script_errors") == 0);
        CHECK(row.at("verdict") != "same");  // the lever is taken
        if (name == "wafers_none" || name == "reserve_cap") CHECK(row.at("difference_usd").get<double>() < -0.3 * row.at("scale_usd").get<double>());
    }
    CHECK(played == "reserve_cap@nvidia reserve_floor@nvidia wafers_all@nvidia wafers_none@nvidia ");
}

TEST_CASE("The audit prints a table, and names another firm of a role", "[cli][program][audit]") {
    const TemporaryFolder folder;
    const Ran ran = rackrace_in(folder.path(), "audit degenerate base-2026 --seeds 1 --only strip_cash --firm neocloud=nebius,lab=xai");
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    for (const char* word : {"strategy ", "meta", "nebius", "xai", "nvidia", "none: one seed", " of 4 lose, "}) {
        CAPTURE(word);
        CHECK(ran.out.find(word) != std::string::npos);
    }
}

TEST_CASE("The audit refuses what it cannot play", "[cli][program][audit]") {
    const TemporaryFolder folder;
    const auto refused = [&](const std::string& words, ExitCode code) {
        const Ran ran = rackrace_in(folder.path(), "audit " + words);
        CHECK(ran.code == code);
        return ran.err;
    };
    CHECK_THAT(refused("degenerate small --only strip_cahs", ExitCode::bad_input), Catch::Contains("did you mean 'strip_cash'?"));
    CHECK_THAT(refused("degenerate smal", ExitCode::bad_input), Catch::Contains("no scenario is called 'smal'"));
    CHECK_THAT(refused("degenerate small --firm lab=coreweave", ExitCode::bad_input), Catch::Contains("coreweave is a neocloud"));
    CHECK_THAT(refused("degenerate small --firm lab=nobody", ExitCode::bad_input), Catch::Contains("no firm is called 'nobody'"));
    CHECK_THAT(refused("degenerate small --firm labs=openai", ExitCode::wrong_usage), Catch::Contains("'labs' is no role"));
    CHECK_THAT(refused("levers", ExitCode::wrong_usage), Catch::Contains("degenerate"));
}
