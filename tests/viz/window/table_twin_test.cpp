// The table twin of a figure: the same data, heads with units, numbers in full.
#include <catch2/catch.hpp>

#include <algorithm>

#include "engine/base/number_text.h"
#include "tests/viz/recorded_runs.h"
#include "viz/window/table_twin.h"

namespace rackrace {

TEST_CASE("Every figure has a table with a head a column and a row a key or a mark", "[viz][window][table]") {
    for (const FigureModel& figure : all_figures(played_run())) {
        INFO(figure.id);
        const TableTwin table = prepare_table(figure);
        const FigureTable data = table_of(figure);
        CHECK(table.columns.size() == data.heads.size());
        CHECK(table.rows.size() == data.rows.size());
        CHECK((figure.empty_text.empty() == !table.rows.empty()));
        for (const auto& row : table.rows) CHECK(row.size() == table.columns.size());
    }
}

TEST_CASE("The table of prices names quarter and unit and keeps every digit", "[viz][window][table]") {
    const FigureModel figure = figure_of(played_run(), "prices");
    const TableTwin table = prepare_table(figure);
    REQUIRE(table.columns.size() > 2);
    CHECK(table.columns.front().head == "quarter");
    CHECK_FALSE(table.columns.front().is_number);
    const auto spot = std::find_if(table.columns.begin(), table.columns.end(),
                                   [](const auto& column) { return column.head.find("spot I, $/h") != std::string::npos; });
    REQUIRE(spot != table.columns.end());
    CHECK(spot->is_number);
    const int t = played_run().last_t();
    CHECK(table.rows.back()[static_cast<std::size_t>(spot - table.columns.begin())] == number_text(played_run().of_market(t, "spot_i_usd_h")));
    CHECK(std::is_sorted(table.rows.begin(), table.rows.end(), [](const auto& a, const auto& b) { return a.front() < b.front(); }));
}

}  // namespace rackrace
