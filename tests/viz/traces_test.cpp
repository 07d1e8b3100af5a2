// What a firm's script shows with act.trace and act.mark, as a figure. In the tiny run basalt traces need_mw and marks alarm in every quarter played.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "engine/base/quarter_index.h"
#include "tests/engine/sealed.h"
#include "tests/viz/figure_checks.h"
#include "tests/viz/recorded_runs.h"
#include "viz/figures/shown_traces.h"
#include "viz/figures/why.h"

using namespace rackrace;

namespace {

FigureModel traces_of(const ReplayStore& store, const std::string& firm) {
    FigureRequest request;
    request.firm = firm;
    const FigureModel figure = figure_of(store, "traces", request);
    check_figure(figure);
    return figure;
}

/// Of basalt in the tiny run, with rows of table traces changed.
FigureModel by_hand(const std::string& sql) {
    const TemporaryFolder folder;
    const auto run = record_tiny(folder.path());
    change_and_seal(run / "replay.sqlite", sql);
    return traces_of(opened_run(run), "basalt");
}

const Series& series_of(const FigureModel& figure, const std::string& panel, const std::string& series) {
    for (const FigurePanel& one : figure.panels)
        for (const Series& each : one.series)
            if (one.id == panel && each.id == series) return each;
    FAIL("no " << series << " in " << panel);
    static const Series none;
    return none;
}

std::vector<std::string> titles_of(const FigureModel& figure) {
    std::vector<std::string> out;
    for (const FigurePanel& panel : figure.panels) out.push_back(panel.title);
    return out;
}

bool is_noted(const FigureModel& figure, const std::string& words) {
    return std::any_of(figure.notes.begin(), figure.notes.end(), [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

/// Traced as 10, not at all, 20 and 12.5; marked in three quarters, and twice otherwise in the last.
constexpr const char* kChanged =
    "UPDATE traces SET value=10 WHERE name='need_mw' AND quarter='2026Q2';"
    "UPDATE traces SET value=20 WHERE name='need_mw' AND quarter='2026Q4';"
    "DELETE FROM traces WHERE quarter='2026Q3';"
    "INSERT INTO traces VALUES ('2026Q4', 'basalt', 100, 'B', 'trace', 'spare_mh', 3.0, 52), ('2026Q4', 'basalt', 101, 'B', 'trace', 'spare_mh', 4.5, 52),"
    "                          ('2027Q1', 'basalt', 100, 'B', 'mark', 'squeeze', NULL, 60), ('2027Q1', 'basalt', 101, 'B', 'mark', 'squeeze', NULL, 61);";

}  // namespace

TEST_CASE("A traced number is a line over the run, with a gap where a quarter has none, and says who wrote it and what it was before", "[viz][traces]") {
    const FigureModel figure = by_hand(kChanged);
    CHECK(figure.title == "Traces and marks of basalt");
    CHECK(titles_of(figure) == std::vector<std::string>{"need_mw", "spare_mh", "marks"});
    const std::vector<Datum>& need = series_of(figure, "need_mw", "decide").data;
    REQUIRE(need.size() == 5);  // the opening too: nobody decides there
    CHECK(need[0].gap == "not traced");
    CHECK(need[1].value == 10.0);
    CHECK(std::isnan(need[2].value));
    CHECK(need[2].reason == "need_mw of basalt: not traced in 2026Q3");
    CHECK(need[3].value == 20.0);
    CHECK(need[3].reason == "need_mw of basalt: 20 in 2026Q4; from decide, line 37 (its orders: firms/basalt.lua)");
    CHECK(need[4].reason == "need_mw of basalt: 12.5 in 2027Q1, 20 in 2026Q4; from decide, line 37 (its orders: firms/basalt.lua)");
    CHECK(need[4].label == "12.5");
    CHECK(need[4].address.ends_with("@2027Q1#firm=basalt&trace=need_mw"));
    const std::string words = description_of(figure);
    INFO(words);
    CHECK(words.find(" need_mw rose from 10 to 12.5 between 2026Q2 and 2027Q1; highest 20 in 2026Q4.") != std::string::npos);
    CHECK(words.find(" squeeze: 2, in 2027Q1.") != std::string::npos);
}

TEST_CASE("Of several values of a callback the line has the last, and the ones before it are signs", "[viz][traces]") {
    const FigureModel figure = by_hand(kChanged);
    const std::vector<Datum>&line = series_of(figure, "spare_mh", "operate").data, &earlier = series_of(figure, "spare_mh", "operate-earlier").data;
    CHECK(std::count_if(line.begin(), line.end(), [](const Datum& datum) { return std::isfinite(datum.value); }) == 1);
    CHECK(line[3].value == 4.5);
    CHECK(line[3].reason == "spare_mh of basalt: 4.5 in 2026Q4; from operate, line 52, value 2 of 2 in it");
    REQUIRE(earlier.size() == 1);
    CHECK(earlier[0].value == 3.0);
    CHECK(earlier[0].reason == "spare_mh of basalt: 3 in 2026Q4; from operate, line 52, value 1 of 2 in it");
}

TEST_CASE("Marks lie in lanes by name and say when they were last there", "[viz][traces]") {
    const FigureModel figure = by_hand(kChanged);
    CHECK(figure.panels.back().measure.categories == std::vector<std::string>{"alarm", "squeeze"});
    const std::vector<Datum>&alarm = series_of(figure, "marks", "alarm").data, &squeeze = series_of(figure, "marks", "squeeze").data;
    REQUIRE(alarm.size() == 3);
    CHECK(alarm[0].reason == "mark alarm of basalt in 2026Q2, for the first time; from decide, line 39 (its orders: firms/basalt.lua)");
    CHECK(alarm[1].reason == "mark alarm of basalt in 2026Q4, before that in 2026Q2; from decide, line 39 (its orders: firms/basalt.lua)");
    REQUIRE(squeeze.size() == 2);
    CHECK(squeeze[0].reason == "mark squeeze of basalt in 2027Q1, for the first time; from operate, line 60");
    CHECK(squeeze[1].reason == "mark squeeze of basalt in 2027Q1, for the first time; from operate, line 61");
    const FigureTable table = table_of(figure);  // a row a value
    CHECK(table.heads[2].name == "value");
    CHECK(table.rows.back()[2] == TableCell{"squeeze"});
}

TEST_CASE("A name that both callbacks trace is two lines", "[viz][traces]") {
    const FigureModel figure = by_hand("INSERT INTO traces VALUES ('2026Q4', 'basalt', 100, 'B', 'trace', 'need_mw', 3.0, 52);");
    CHECK(series_of(figure, "need_mw", "decide").name == "need_mw, decide");
    CHECK(series_of(figure, "need_mw", "operate").name == "need_mw, operate");
    CHECK(series_of(figure, "need_mw", "decide").look != series_of(figure, "need_mw", "operate").look);
    CHECK(figure.panels[0].names_series);
}

TEST_CASE("Eight names have a panel, those shown in the most quarters, and the others are named", "[viz][traces]") {
    std::string sql;
    for (int n = 0; n < 9; ++n) sql += "INSERT INTO traces VALUES ('2026Q2', 'basalt', " + std::to_string(100 + n) + ", 'A', 'trace', 'n" + std::to_string(n) + "', 1.0, 5);";
    const FigureModel figure = by_hand(sql + "INSERT INTO traces VALUES ('2026Q3', 'basalt', 100, 'A', 'trace', 'n8', 1.0, 5);");
    CHECK(titles_of(figure) == std::vector<std::string>{"need_mw", "n0", "n1", "n2", "n3", "n4", "n5", "n8", "marks"});
    CHECK(is_noted(figure, "Left out, of those shown in the fewest quarters: n6, n7. rackrace export "));
    CHECK_FALSE(is_noted(by_hand(kChanged), "Left out"));
}

TEST_CASE("A quarter that holds no more traces is named", "[viz][traces]") {
    std::string sql;
    for (int n = 0; n < 30; ++n) sql += "INSERT INTO traces VALUES ('2026Q2', 'basalt', " + std::to_string(100 + n) + ", 'A', 'trace', 'step', 1.0, 5);";
    CHECK(is_noted(by_hand(sql), "With 32 traces and marks, as many as a quarter holds: 2026Q2; further ones are not recorded."));
    CHECK_FALSE(is_noted(by_hand(kChanged), "as many as a quarter holds"));
}

TEST_CASE("A firm whose script shows nothing is told how it would", "[viz][traces]") {
    const FigureModel figure = traces_of(tiny_run(), "cobalt");
    CHECK(figure.empty_text == "The script of cobalt shows nothing in this run. Call act.trace(\"name\", value) in it for a number, act.mark(\"name\") for a flag.");
    CHECK(by_hand("DELETE FROM traces WHERE kind='trace';").panels.size() == 1);  // marks alone
}

TEST_CASE("Why a traced number: the values of the quarter with their lines, and the one of the quarter before", "[viz][traces][why]") {
    const TemporaryFolder folder;
    const auto run = record_tiny(folder.path());
    change_and_seal(run / "replay.sqlite", kChanged);
    const ReplayStore store = opened_run(run);
    const auto asked = [&](int t, const std::string& path) {
        const auto address = parse_address(store.address(t, path));
        REQUIRE(address);
        const auto why = explain(store, *address);
        return why ? why_text(*why) : why.error().text();
    };
    const int q4 = quarter_index(2026, 4), last = quarter_index(2027, 1);
    CHECK(asked(last, "firm=basalt&trace=need_mw") ==
          "need_mw of basalt: 12.5 in 2027Q1, 20 in 2026Q4\n"
          "  12.5 from decide, line 37 (its orders: firms/basalt.lua)\n"
          "  need_mw of basalt: 20 in 2026Q4, from decide, line 37 (its orders: firms/basalt.lua)\n");
    CHECK(asked(q4, "firm=basalt&trace=spare_mh") == "spare_mh of basalt: 4.5 in 2026Q4\n  3 from operate, line 52\n  4.5 from operate, line 52\n");
    CHECK(asked(last, "firm=basalt&trace=squeeze").starts_with("mark squeeze of basalt in 2027Q1\n  marked from operate, line 60\n"));
    CHECK(asked(last, "firm=basalt&trace=need_m").find("the script of basalt shows no 'need_m' in 2027Q1; did you mean 'need_mw'?") != std::string::npos);
    CHECK(asked(q4 - 1, "firm=basalt&trace=need_mw").find("shows no 'need_mw' in 2026Q3; it shows nothing then") != std::string::npos);
    CHECK(asked(last, "trace=need_mw").find("a trace is of a firm, and none is named; write firm=F&trace=need_mw") != std::string::npos);
    CHECK(asked(last, "firm=basalt&trace=need_mw&field=value").find("'field=value' does not go with the rest") != std::string::npos);
}

TEST_CASE("A name that no address holds is addressed by its firm", "[viz][traces]") {
    CHECK(trace_path("basalt", "need_mw") == "firm=basalt&trace=need_mw");
    CHECK(trace_path("basalt", "need & want") == "firm=basalt");
    const FigureModel figure = by_hand("UPDATE traces SET name='need & want' WHERE name='need_mw';");
    CHECK(series_of(figure, "need---want", "decide").data[1].address.ends_with("#firm=basalt"));
}

TEST_CASE("Show gives the row of a trace, and the nearest name of one that is not there", "[viz][traces][program]") {
    const auto shown = [](const std::string& path) { return rackrace_in(played_folder(), "show 'played@2026Q4#firm=coreweave&trace=" + path + "'"); };
    const Ran row = shown("want_mw");
    CHECK(row.code == ExitCode::done);
    CHECK(row.out.find("want_mw") != std::string::npos);
    CHECK(row.out.find("  stage ") != std::string::npos);
    const Ran none = shown("want_mx");
    CHECK(none.code == ExitCode::bad_input);
    CHECK(none.err.find("there is no trace 'want_mx'; did you mean 'want_mw'?") != std::string::npos);
}

TEST_CASE("Every trace of a run that was played is in its firm's figure", "[viz][traces]") {
    const ReplayStore& store = played_run();
    const Columns& rows = store.table("traces");
    std::size_t drawn = 0;
    for (const std::string& firm : store.firms()) {
        const FigureModel figure = traces_of(store, firm);
        CHECK_FALSE(is_noted(figure, "Left out"));
        for (const FigurePanel& panel : figure.panels)
            for (const Series& series : panel.series) drawn += static_cast<std::size_t>(std::count_if(series.data.begin(), series.data.end(), [](const Datum& datum) { return std::isfinite(datum.value); }));
    }
    CHECK(rows.rows() > 100);
    CHECK(drawn == rows.rows());
}
