// Figures of two runs: over each other, beside each other, subtracted.
#include "tests/viz/recorded_runs.h"
#include "viz/figures/against.h"
#include "viz/figures/figure_parts.h"

using namespace rackrace;

namespace {

/// A figure with a line, a bar and a stack over 2026Q2 to 2026Q4.
FigureModel figure_of_values(const std::string& run, const std::vector<double>& price) {
    FigureModel figure;
    figure.id = "sample";
    figure.title = "Sample";
    figure.from.run = run;
    FigurePanel lines = quarter_panel("price", "price", "$/h"), bars = quarter_panel("sold", "sold", "Mh"), stack = quarter_panel("stack", "stack", "Gh");
    Series line{"spot", "spot", MarkShape::line, 1}, bar{"sold", "sold", MarkShape::bar, 0}, area{"part", "part", MarkShape::area, 0};
    for (std::size_t q = 0; q < price.size(); ++q) {
        const double t = 9.0 + static_cast<double>(q);
        line.data.push_back({t, price[q]});
        bar.data.push_back({t, 10.0 * price[q]});
        area.data.push_back({t, 1.0});
    }
    lines.series = {line};
    bars.series = {bar};
    stack.series = {area};
    figure.panels = {lines, bars, stack};
    return figure;
}

std::vector<double> values(const Series& series) {
    std::vector<double> out;
    for (const Datum& datum : series.data) out.push_back(datum.value);
    return out;
}

}  // namespace

TEST_CASE("Two runs over each other: lines of both, and the second less the first under them", "[viz][against]") {
    const FigureModel both = against(figure_of_values("one", {2.0, 3.0, 4.0}), figure_of_values("two", {2.0, 3.5, 3.0}), "the same until 2026Q2; first difference in 2026Q3", Against::overlay);
    REQUIRE(both.panels.size() == 4);  // the stack cannot be shared
    CHECK(both.id == "sample-against");
    CHECK(one_run_name(both.id) == "sample");
    CHECK(both.subtitle.starts_with("the same until 2026Q2"));
    REQUIRE(both.panels[0].series.size() == 2);
    CHECK(both.panels[0].series[1].id == "spot-second");
    CHECK(both.panels[0].series[1].is_thin);  // over the first, which is thick
    CHECK_FALSE(both.panels[0].series[0].is_thin);
    CHECK(both.panels[0].series[0].look == both.panels[0].series[1].look);
    CHECK(values(both.panels[1].series.front()) == std::vector<double>{0.0, 0.5, -1.0});
    CHECK(both.panels[1].series.front().shape == MarkShape::bar);
    CHECK(both.panels[2].series.front().shape == MarkShape::step);  // bars of two runs would hide each other
    CHECK(values(both.panels[3].series.front()) == std::vector<double>{0.0, 5.0, -10.0});
}

TEST_CASE("A quarter that one run lacks has no difference", "[viz][against]") {
    const FigureModel difference = against(figure_of_values("one", {2.0, 3.0, 4.0}), figure_of_values("two", {2.0, kNoValue}), "", Against::difference);
    REQUIRE(difference.panels.size() == 2);
    const auto found = values(difference.panels[0].series.front());
    REQUIRE(found.size() == 2);
    CHECK(found[0] == 0.0);
    CHECK(std::isnan(found[1]));
    CHECK(difference.subtitle == "the same in every quarter and state");
}

TEST_CASE("Side by side every panel is shown under the name of its run", "[viz][against]") {
    const FigureModel side = against(figure_of_values("one", {2.0}), figure_of_values("two", {3.0}), "", Against::side);
    REQUIRE(side.panels.size() == 6);
    CHECK(side.columns == 2);
    CHECK(side.panels[4].title == "one: stack");
    CHECK(side.panels[5].title == "two: stack");
}

TEST_CASE("Lanes of two runs stand one after the other, the same lanes in both", "[viz][against]") {
    const auto of_lanes = [](const std::string& run, const std::vector<std::string>& lanes) {
        FigureModel figure;
        figure.id = "events";
        figure.from.run = run;
        figure.is_list = true;
        FigurePanel panel = quarter_panel("lanes", "", "");
        panel.measure = category_axis("kind", lanes);
        for (std::size_t lane = 0; lane < lanes.size(); ++lane) panel.series.push_back({lanes[lane], lanes[lane], MarkShape::mark, 0, false, true, {{9.0, static_cast<double>(lane)}}});
        figure.panels = {panel};
        return figure;
    };
    for (const Against mode : {Against::overlay, Against::difference}) {
        const FigureModel both = against(of_lanes("one", {"default", "shock", "ended"}), of_lanes("two", {"shock", "signed"}), "", mode);
        REQUIRE(both.panels.size() == 2);
        CHECK(both.columns == 1);
        CHECK(both.panels[0].title == "one");
        CHECK(both.panels[1].title == "two");
        for (const FigurePanel& panel : both.panels) CHECK(panel.measure.categories == std::vector<std::string>{"default", "shock", "signed", "ended"});
        CHECK(values(both.panels[0].series[1]) == std::vector<double>{1.0});
        CHECK(values(both.panels[1].series[0]) == std::vector<double>{1.0});  // shock, the first lane of the second run
        CHECK(values(both.panels[1].series[1]) == std::vector<double>{2.0});
    }
    CHECK(against(of_lanes("one", {"shock"}), of_lanes("two", {"shock"}), "", Against::side).columns == 2);
}

TEST_CASE("Every figure of a run stands beside itself, and what has no lines says so", "[viz][against]") {
    for (const FigureModel& figure : all_figures(played_run())) {
        INFO(figure.id);
        for (const Against mode : {Against::overlay, Against::side, Against::difference}) {
            const FigureModel both = against(figure, figure, "", mode);
            CHECK((both.panels.empty() == !both.empty_text.empty()));
            CHECK(both.faults.empty());
            if (mode != Against::difference || both.is_list) continue;  // lanes have nothing to subtract
            for (const FigurePanel& panel : both.panels)
                for (const Series& series : panel.series)
                    for (const Datum& datum : series.data) CHECK((std::isnan(datum.value) || datum.value == 0.0));
        }
    }
}
