// Figures as SVG: well formed, text as text, an id a series, nothing over the edge or over another label, the same bytes every time.
#include <catch2/catch.hpp>

#include <set>

#include "tests/golden.h"
#include "tests/viz/recorded_runs.h"
#include "viz/figures/figure_layout.h"
#include "viz/figures/figure_painter.h"
#include "viz/figures/letters.h"
#include "viz/figures/scale.h"
#include "viz/figures/svg.h"

using namespace rackrace;

namespace {

/// The first tag that is not closed as it should be; empty where all are.
std::string tag_fault(const std::string& xml) {
    std::vector<std::string> open;
    for (std::size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at + 1)) {
        const std::size_t end = xml.find('>', at);
        if (end == std::string::npos) return "a tag without end";
        const std::string tag = xml.substr(at + 1, end - at - 1);
        if (tag.back() == '/') continue;
        if (tag.front() != '/') open.push_back(tag.substr(0, tag.find(' ')));
        else if (open.empty() || open.back() != tag.substr(1)) return tag;
        else open.pop_back();
    }
    return open.empty() ? "" : open.back();
}

std::vector<std::string> attributes(const std::string& xml, const std::string& name) {
    std::vector<std::string> out;
    const std::string start = " " + name + "=\"";
    for (std::size_t at = xml.find(start); at != std::string::npos; at = xml.find(start, at + 1)) {
        const std::size_t from = at + start.size();
        out.push_back(xml.substr(from, xml.find('"', from) - from));
    }
    return out;
}

std::vector<const FigureStyle*> all_styles() {
    std::vector<const FigureStyle*> out = {&wide_page_style(), &narrow_page_style()};
    for (const std::string_view name : style_names()) out.push_back(find_style(name));
    return out;
}

/// Keeps the places of signs and texts and draws nothing.
class Marks : public FigureCanvas {
public:
    struct Sign {
        Point at;
        double radius;
    };
    std::vector<Sign> signs;
    std::vector<TextLine> texts;
    std::vector<double> sizes;

    void begin_group(const std::string&) override {}
    void end_group() override {}
    void begin_plot(Point, Point) override {}
    void end_plot() override {}
    bool has_titles() const override { return false; }
    void text(Point at, std::string_view text, Anchor, Ink, double size, Weight) override {
        texts.push_back({at, std::string(text)});
        sizes.push_back(size);
    }
    void rule(Point, Point, Rule) override {}
    void line(const std::vector<Point>&, int, double, std::string_view) override {}
    void casing(const std::vector<Point>&, double) override {}
    void leader(Point, Point, int) override {}
    void surface(const std::vector<Point>&, const std::vector<Point>&, int, double) override {}
    void bar(Point, double, double, int, std::string_view) override {}
    void marker(Point at, int, double radius, std::string_view) override { signs.push_back({at, radius}); }
    void banner(Point, double, double) override {}
};

}  // namespace

TEST_CASE("Signs of a lane stay in it, and no number is written over a sign", "[viz][svg]") {
    const FigureModel figure = figure_of(played_run(), "events");
    for (const double height : {230.0, 400.0, 900.0}) {
        FigureStyle style = wide_page_style();
        style.height = height;
        LayoutOptions options;
        options.is_tight = true;
        const FigureLayout layout = prepare_figure(figure, style, options);
        const PanelLayout& panel = layout.panels.front();
        Marks marks;
        paint_marks(*panel.panel, panel, style, marks);
        REQUIRE(marks.signs.size() > 20);
        REQUIRE_FALSE(marks.texts.empty());
        const double lane = std::abs(panel.measure.at(1.0) - panel.measure.at(0.0));
        for (const Marks::Sign& sign : marks.signs) CHECK(sign.radius < 0.5 * lane);
        for (std::size_t i = 0; i < marks.texts.size(); ++i) {
            const Point at = marks.texts[i].at;
            for (const Marks::Sign& sign : marks.signs) {
                const bool is_level = std::abs(sign.at.y - (at.y - 0.35 * marks.sizes[i])) < 0.5 * lane;
                const bool is_over =
                    sign.at.x + sign.radius > at.x && sign.at.x - sign.radius < at.x + 0.8 * text_width(marks.texts[i].text, marks.sizes[i]);
                CHECK_FALSE((is_level && is_over));
            }
        }
    }
}

TEST_CASE("Words that do not fit are left out whole, and a joining word before them too", "[viz][svg]") {
    CHECK(shortened("coreweave on microsoft", 200.0, 12.0) == "coreweave on microsoft");
    CHECK(shortened("coreweave on microsoft", 140.0, 12.0) == "coreweave...");
    CHECK(shortened("largest firm by compute", 140.0, 12.0) == "largest firm...");
    const std::string cut = shortened("coreweave on microsoft", 50.0, 12.0);
    CHECK(cut.ends_with("..."));
    CHECK(std::string("coreweave").starts_with(cut.substr(0, cut.size() - 3)));
}

TEST_CASE("Rows of exposure name the firm whole however narrow the figure is", "[viz][svg]") {
    const FigureModel figure = figure_of(played_run(), "exposure");
    REQUIRE_FALSE(figure.panels.empty());
    const std::vector<std::string>& rows = figure.panels.front().key.categories;
    std::size_t shortened_rows = 0;
    for (const double width : {240.0, 300.0, 800.0}) {
        FigureStyle style = wide_page_style();
        style.width = width;
        style.text = 12.0;
        const FigureLayout layout = prepare_figure(figure, style, {});
        const std::vector<Tick>& ticks = layout.panels.front().key_ticks;
        REQUIRE(ticks.size() == rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            INFO(width << " " << ticks[i].text);
            const std::string firm = rows[i].substr(0, rows[i].find(' '));
            CHECK((ticks[i].text == rows[i] || ticks[i].text == firm + "..."));
            shortened_rows += ticks[i].text != rows[i];
        }
    }
    CHECK(shortened_rows > 0);
}

TEST_CASE("Names of a network keep off its legend and its edge", "[viz][svg]") {
    const FigureModel figure = figure_of(played_run(), "network");
    for (const double height : {260.0, 600.0}) {
        FigureStyle style = wide_page_style();
        style.height = height;
        LayoutOptions options;
        options.has_heads = false;
        const FigureLayout layout = prepare_figure(figure, style, options);
        const PanelLayout& panel = layout.panels.front();
        CHECK(panel.right > 0.8 * style.width);  // names that are inside reserve no margin
        Marks marks;
        paint_panel(panel, style, marks);
        for (const SeriesLabel& label : panel.labels)
            for (const TextLine& text : marks.texts)
                for (const Datum& datum : panel.panel->series.back().data)  // the heads of the columns are the highest
                    if (datum.label == text.text) CHECK(text.at.y - style.text > label.at.y + 0.3 * style.text);
        for (std::size_t i = 0; i < marks.texts.size(); ++i)
            if (marks.texts[i].at.y > panel.top) CHECK(marks.texts[i].at.x + text_width(marks.texts[i].text, marks.sizes[i]) <= style.width);
    }
}

TEST_CASE("Every figure in every style is well formed, with finite places and an id for every series", "[viz][svg]") {
    for (const FigureModel& figure : all_figures(played_run()))
        for (const FigureStyle* style : all_styles()) {
            INFO(figure.title << " " << style->name);
            const std::string svg = figure_svg(figure, *style);
            CHECK(tag_fault(svg).empty());
            for (const char* number : {"\"nan", " nan", ",nan", ">nan", "-nan"}) CHECK(svg.find(number) == std::string::npos);  // words may hold the letters
            CHECK(svg.find("inf,") == std::string::npos);
            const auto ids = attributes(svg, "id");
            CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
            for (const FigurePanel& panel : figure.panels)
                for (const Series& series : panel.series)
                    CHECK(svg.find("id=\"" + figure.id + "-" + panel.id + "-" + series.id + "\"") != std::string::npos);
            CHECK(svg.find("seed 1") != std::string::npos);
        }
}

TEST_CASE("Labels at the side keep apart and inside, whatever the figure and the style", "[viz][svg]") {
    for (const FigureModel& figure : all_figures(played_run()))
        for (const FigureStyle* style : all_styles()) {
            LayoutOptions options;
            options.notes = figure.notes;
            const FigureLayout layout = prepare_figure(figure, *style, options);
            for (const PanelLayout& panel : layout.panels) {
                INFO(figure.title << " " << style->name << " " << panel.panel->id);
                CHECK(panel.right - panel.left > 0.3 * style->width / (figure.columns == 2 ? 2.0 : 1.0));
                CHECK(panel.bottom - panel.top >= 2.9 * style->text);
                for (const SeriesLabel& label : panel.labels) {
                    const double end =
                        label.at.x + (kSampleLength + 0.4) * style->text + text_width(panel.panel->series[label.series].name, style->text);
                    CHECK(end <= style->width);
                    for (const SeriesLabel& other : panel.labels)
                        if (other.series != label.series && other.at.x == label.at.x) CHECK(std::abs(other.at.y - label.at.y) >= 1.19 * style->text);
                }
            }
            if (style->height > 0.0) CHECK(layout.height <= style->height + 0.01);
        }
}

TEST_CASE("The line at the bottom can be left out, the metadata cannot", "[viz][svg]") {
    const FigureModel figure = figure_of(tiny_run(), "prices");
    SvgOptions clean;
    clean.has_footer = false;
    const std::string with = figure_svg(figure, *find_style("paper")), without = figure_svg(figure, *find_style("paper"), clean);
    const auto count = [](const std::string& text, const std::string& part) {
        int n = 0;
        for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
        return n;
    };
    CHECK(count(with, "seed 7") == 2);
    CHECK(count(without, "seed 7") == 1);
    CHECK(without.find("<metadata>rackrace 0.1.0 | tiny | seed 7 | tiny-s7-") != std::string::npos);
    CHECK(without.find("units $/h") != std::string::npos);
    CHECK(with.find("width=\"85mm\"") != std::string::npos);
}

TEST_CASE("An empty figure is its title and the reason", "[viz][svg]") {
    FigureRequest request;
    request.firm = "cobalt";
    const std::string svg = figure_svg(figure_of(tiny_run(), "debt", request), *find_style("light"));
    CHECK(tag_fault(svg).empty());
    CHECK(svg.find(">No debt: cobalt owes lenders nothing in 2027Q1.</text>") != std::string::npos);
}

TEST_CASE("A sum that fails is a banner in the picture", "[viz][svg]") {
    FigureRequest request;
    request.firm = "basalt";
    CHECK(figure_svg(figure_of(tiny_run(), "cash-bridge", request), *find_style("light")).find(">sums differ: ") != std::string::npos);
}

TEST_CASE("Two small figures are drawn in the bytes of their golden files", "[viz][svg]") {
    FigureRequest request;
    request.firm = "basalt";
    const std::string prices = figure_svg(figure_of(tiny_run(), "prices"), *find_style("paper"));
    CHECK(golden("tests/viz/data/prices.svg", prices) == prices);
    const std::string debt = figure_svg(figure_of(tiny_run(), "debt", request), *find_style("light"));
    CHECK(golden("tests/viz/data/debt.svg", debt) == debt);
}

TEST_CASE("Ticks are round, cover the data and carry the shown unit", "[viz][svg]") {
    FigureAxis axis;
    axis.shown_scale = 1e9;
    const auto ticks = number_ticks(axis, 0.0, 4.2e9, 5);
    CHECK(ticks.front().value == 0.0);
    CHECK(ticks.back().value >= 4.2e9);
    CHECK(ticks[1].text == "1");
    const auto signed_ticks = number_ticks(axis, -3.1e9, 7.5e9, 4);
    CHECK(signed_ticks.front().value <= -3.1e9);
    CHECK(signed_ticks.back().value >= 7.5e9);
    for (std::size_t i = 1; i < signed_ticks.size(); ++i) CHECK(signed_ticks[i].value > signed_ticks[i - 1].value);
    const auto flat = number_ticks(axis, 0.0, 0.0, 4);
    CHECK(flat.size() >= 2);
    const auto below = number_ticks(axis, -5e9, -1e9, 4);
    CHECK(below.front().value <= -5e9);
    CHECK(below.back().value >= -1e9);
}

TEST_CASE("Quarters are named by year, or each where there is room", "[viz][svg]") {
    int named = 0;
    for (const Tick& tick : quarter_ticks(8.5, 35.5, 800.0, 15.0)) named += !tick.text.empty();
    CHECK(named == 6);  // 2027 to 2032
    const auto few = quarter_ticks(8.5, 12.5, 800.0, 15.0);
    REQUIRE(few.size() == 4);
    CHECK(few[0].text == "2026 Q2");
    CHECK(few[3].text == "2027 Q1");
}
