// Sums of what is drawn against the books: to the dollar, for every firm and quarter.
#include <catch2/catch.hpp>

#include <cstdint>

#include "tests/viz/recorded_runs.h"
#include "viz/figures/causes.h"

using namespace rackrace;

namespace {

/// Whole dollars of the marks of a series.
std::int64_t dollars_of(const Series& series) {
    std::int64_t sum = 0;
    for (const Datum& datum : series.data) {
        CHECK(datum.value == std::floor(datum.value));
        sum += static_cast<std::int64_t>(datum.value);
    }
    return sum;
}

std::int64_t recorded(const ReplayStore& store, int t, const std::string& firm, const std::string& column) {
    return static_cast<std::int64_t>(store.of_firm(t, firm, column));
}

}  // namespace

TEST_CASE("Bridges of cash and of equity close to the dollar for every firm in every quarter", "[viz][bridge]") {
    const ReplayStore& store = played_run();
    for (const auto& [name, column] : {std::pair{"cash-bridge", "cash_usd"}, std::pair{"equity-bridge", "book_equity_usd"}})
        for (const std::string& firm : store.firms())
            for (int t = store.opening_t() + 1; t <= store.last_t(); ++t) {
                FigureRequest request;
                request.at = t;
                request.firm = firm;
                const FigureModel figure = figure_of(store, name, request);
                INFO(name << " " << firm << " " << t);
                REQUIRE(figure.panels.size() == 1);
                const std::vector<Series>& series = figure.panels[0].series;
                CHECK(figure.faults.empty());
                CHECK(recorded(store, t - 1, firm, column) + dollars_of(series[1]) + dollars_of(series[2]) == recorded(store, t, firm, column));
                CHECK(series[0].data[0].value == store.of_firm(t - 1, firm, column));
                CHECK(series[0].data[1].value == store.of_firm(t, firm, column));
            }
}

TEST_CASE("A bridge over several quarters is the sum of theirs", "[viz][bridge]") {
    const ReplayStore& store = played_run();
    FigureRequest request;
    request.firm = "coreweave";
    request.since = store.opening_t();
    const FigureModel figure = figure_of(store, "cash-bridge", request);
    CHECK(figure.faults.empty());
    CHECK(figure.checks.at(0).holds());
    CHECK(figure.title.find("2026Q1 to 2028Q3") != std::string::npos);
}

TEST_CASE("A bridge whose postings do not explain the balance says so", "[viz][bridge]") {
    FigureRequest request;
    request.firm = "basalt";
    const FigureModel figure = figure_of(tiny_run(), "cash-bridge", request);
    REQUIRE(figure.faults.size() == 1);
    CHECK(figure.faults[0].find("sums differ") != std::string::npos);
    CHECK_FALSE(figure.checks.at(0).holds());
}

TEST_CASE("The first quarter has nothing to bridge from", "[viz][bridge]") {
    FigureRequest request;
    request.firm = "basalt";
    request.at = tiny_run().opening_t();
    CHECK(figure_of(tiny_run(), "cash-bridge", request).empty_text == "First quarter: no previous balance to bridge from.");
}

TEST_CASE("Fleets and debts sum to the firm's own numbers", "[viz][bridge]") {
    const ReplayStore& store = played_run();
    for (const std::string& firm : store.firms()) {
        INFO(firm);
        FigureRequest request;
        request.firm = firm;
        const FigureModel fleet = figure_of(store, "fleet", request);
        CHECK(fleet.faults.empty());
        for (int t : store.quarters()) {
            double chips = 0.0;
            for (std::size_t panel = 0; panel < std::min<std::size_t>(1, fleet.panels.size()); ++panel)
                for (const Series& series : fleet.panels[panel].series)
                    for (const Datum& datum : series.data) chips += datum.key == t && std::isfinite(datum.value) ? datum.value : 0.0;
            CHECK(chips == store.of_firm(t, firm, "installed_chips"));
        }
        const FigureModel debt = figure_of(store, "debt", request);
        std::int64_t owed = 0;
        for (const FigurePanel& panel : debt.panels)
            for (const Series& series : panel.series) owed += dollars_of(series);
        CHECK(owed == recorded(store, store.last_t(), firm, "debt_usd"));
        CHECK(debt.faults.empty());
    }
}

TEST_CASE("The capacity stack is the market's supply, and contracts are those of the firm", "[viz][bridge]") {
    const ReplayStore& store = played_run();
    CHECK(figure_of(store, "capacity").faults.empty());
    CHECK(figure_of(store, "capacity").checks.size() == 1);
    const Columns& contracts = store.table("contracts");
    const auto [first, end] = contracts.rows_of(store.last_t());
    FigureRequest request;
    request.firm = "microsoft";
    const FigureModel figure = figure_of(store, "contracts", request);
    REQUIRE(figure.panels.size() == 2);
    for (int side = 0; side < 2; ++side) {
        double drawn = 0.0, held = 0.0;
        for (const Series& series : figure.panels[static_cast<std::size_t>(side)].series)
            for (const Datum& datum : series.data) drawn += datum.value;
        for (std::size_t row = first; row < end; ++row)
            if (contracts.text(row, side == 0 ? "seller" : "buyer") == "microsoft") held += contracts.number(row, "quantity_h100e");
        CHECK(drawn == held);
    }
}

TEST_CASE("Every kind of posting has a cause and is found by its name", "[viz][bridge]") {
    for (int k = 0; k < kKinds; ++k) {
        const Kind kind = static_cast<Kind>(k);
        CHECK(kind_named(row_of(kind).name) == kind);
        CHECK(std::string(cause_of(kind).paid).size() > 2);
        CHECK(std::string(cause_of(kind).received).size() > 2);
    }
    CHECK_FALSE(kind_named("gift"));
}
