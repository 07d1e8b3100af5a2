// Replays read into columns: what is whole opens, and what is not is refused with its reason and the command that makes it again.
#include <catch2/catch.hpp>

#include <random>

#include "tests/engine/sealed.h"
#include "tests/viz/recorded_runs.h"
#include "viz/figures/failed_decisions.h"
#include "viz/figures/report_page.h"
#include "viz/figures/why.h"

using namespace rackrace;
namespace fs = std::filesystem;

namespace {

/// What the store says of a run whose database was changed, with digests that fit; empty where it opens.
std::string refusal_after(const std::string& sql) {
    const TemporaryFolder folder;
    const fs::path run = record_tiny(folder.path());
    change_and_seal(run / "replay.sqlite", sql);
    const auto store = ReplayStore::open(run);
    if (store) return "";
    CHECK(store.error().text().find("rackrace run --from " + run.string()) != std::string::npos);
    return store.error().text();
}

}  // namespace

TEST_CASE("A replay opens into columns: firms, quarters, numbers, texts", "[viz][store]") {
    const ReplayStore& store = tiny_run();
    CHECK(store.run().seed == 7);
    CHECK(store.run_id().starts_with("tiny-s7-"));
    CHECK(store.firms() == std::vector<std::string>{"amber", "basalt", "cobalt"});
    CHECK(store.quarters() == std::vector<int>{8, 9, 10, 11, 12});
    CHECK(store.of_firm(11, "basalt", "cash_usd") == 5e9);
    CHECK(store.role_of("basalt") == "neocloud");
    CHECK(store.of_market(10, "spot_t_usd_h") == Approx(1.5));
    CHECK(std::isnan(store.of_market(40, "spot_t_usd_h")));
    CHECK(std::isnan(store.of_firm(11, "nobody", "cash_usd")));
    CHECK(store.table("postings").rows_of(10) == std::pair<std::size_t, std::size_t>{3, 6});
    CHECK(store.table("postings").text(3, "kind") == "chip_balance");
    CHECK(store.address(10, "market.spot_t_usd_h") == store.run_id() + "@2026Q3#market.spot_t_usd_h");
    CHECK(store.warnings().empty());
    CHECK(store.state_hash(10).size() == 16);
}

TEST_CASE("A replay that lacks a table, a firm or a quarter is refused by its reason", "[viz][store]") {
    CHECK(refusal_after("SELECT 1").empty());
    CHECK(refusal_after("DROP TABLE events").find("'events'") != std::string::npos);
    CHECK(refusal_after("DELETE FROM firms WHERE quarter='2026Q3' AND firm='basalt'").find("has no row of basalt in 2026Q3") != std::string::npos);
    CHECK(refusal_after("DELETE FROM quarters WHERE quarter='2026Q3'").find("has no quarter 2026Q3") != std::string::npos);
    CHECK(refusal_after("DELETE FROM quarters WHERE quarter='2027Q1'").find("its run closed 2027Q1") != std::string::npos);
    CHECK(refusal_after("DELETE FROM firms").find("holds no firm") != std::string::npos);
}

TEST_CASE("A replay with an altered number is refused where the stored states say another", "[viz][store]") {
    CHECK(refusal_after("UPDATE firms SET cash_usd=cash_usd+1 WHERE quarter='2026Q4' AND firm='amber'").find("cash_usd") != std::string::npos);
    CHECK(refusal_after("UPDATE firms SET debt_usd=7 WHERE quarter='2026Q4' AND firm='amber'").find("debt_usd 7 of amber in 2026Q4") !=
          std::string::npos);
    CHECK(refusal_after("UPDATE quarters SET state_hash='00000000000000ff' WHERE quarter='2026Q3'").find("state hashes") != std::string::npos);
    CHECK(refusal_after("UPDATE worlds SET packed=x'00' WHERE quarter='2026Q3'").find("2026Q3") != std::string::npos);
}

TEST_CASE("Figures that read an altered table are refused by its name, and others go on", "[viz][store]") {
    const TemporaryFolder folder;
    const fs::path run = record_tiny(folder.path());
    change(run / "replay.sqlite", "UPDATE quarters SET spot_i_usd_h=99 WHERE quarter='2026Q3'; DELETE FROM events; UPDATE worlds SET packed=x'00' WHERE quarter='2027Q1'");
    const auto store = ReplayStore::open(run);
    REQUIRE(store);
    const std::string all = store->altered_refusals().text();
    for (const char* fact : {"table 'quarters' was altered in 2026Q3: a cell is not as it was written", "table 'events' was altered in 2026Q2, 2026Q3 and 2027Q1",
                             "table 'worlds' was altered in 2027Q1"}) {
        INFO(all);
        CHECK(all.find(fact) != std::string::npos);
    }
    const auto prices = build_figure(*store, "prices", {});
    REQUIRE_FALSE(prices);
    CHECK(prices.error().text().find("table 'quarters' was altered in 2026Q3") != std::string::npos);
    CHECK(prices.error().text().find("worlds") == std::string::npos);
    CHECK(prices.error().text().find("rackrace run --from " + run.string()) != std::string::npos);
    CHECK(build_figure(*store, "fleet", {std::nullopt, std::nullopt, "basalt", ""}));
    CHECK_FALSE(build_figure(*store, "events", {}));
    CHECK_FALSE(report_page(*store));
    const auto market = explain(*store, *parse_address("tiny@2026Q4#market.spot_i_usd_h"));
    REQUIRE_FALSE(market);
    CHECK(market.error().text().find("table 'quarters' was altered") != std::string::npos);
}

TEST_CASE("No decision of an altered table is told as a failed one", "[viz][store]") {
    const TemporaryFolder folder;
    const fs::path run = record_tiny(folder.path());
    REQUIRE(opened_run(run).table("decisions").rows() > 0);
    const std::size_t events = opened_run(run).table("events").rows();
    change(run / "replay.sqlite", "UPDATE decisions SET status='failed', error='made up', error_script='firms/x.lua', error_line=3");
    CHECK(failed_decisions(opened_run(run)).empty());
    CHECK(opened_run(run).table("events").rows() <= events);
    CHECK(build_figure(opened_run(run), "events", {}));
}

TEST_CASE("A cut replay is refused wherever it is cut", "[viz][store]") {
    const TemporaryFolder folder;
    const fs::path run = record_tiny(folder.path()), file = run / "replay.sqlite";
    const std::string bytes = read_text(file);
    std::mt19937_64 random(3);
    for (int i = 0; i < 20; ++i) {
        std::ofstream(file, std::ios::binary) << bytes.substr(0, random() % bytes.size());
        const auto store = ReplayStore::open(run);
        REQUIRE_FALSE(store);
        CHECK(store.error().text().find("rackrace run --from " + run.string()) != std::string::npos);
    }
}

TEST_CASE("A run that stopped opens up to where it stopped and says so", "[viz][store]") {
    const TemporaryFolder folder;
    const fs::path run = record_tiny(folder.path());
    change_and_seal(run / "replay.sqlite", "UPDATE runs SET status='fault', fault='identity I1 is off by 12 $'");
    const auto store = ReplayStore::open(run);
    REQUIRE(store);
    REQUIRE(store->warnings().size() == 1);
    CHECK(store->warnings()[0] == "ends at 2027Q1: stopped because identity I1 is off by 12 $");
    CHECK(figure_of(*store, "prices").notes.front().find("stopped because identity I1") != std::string::npos);
}

TEST_CASE("States of another program are not checked, and the figures say that", "[viz][store]") {
    const TemporaryFolder folder;
    const fs::path run = record_tiny(folder.path());
    change_and_seal(run / "replay.sqlite", "UPDATE runs SET layout='00000000000000ff', program_version='0.0.9'");
    const auto store = ReplayStore::open(run);
    REQUIRE(store);
    CHECK(store->warnings().front().find("written by rackrace 0.0.9") != std::string::npos);
}
