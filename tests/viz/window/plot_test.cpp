// Figures in the window: everything of the catalogue can be drawn, what is drawn is what the figure says, the pointer finds what it means.
#include <catch2/catch.hpp>

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "tests/viz/recorded_runs.h"
#include "viz/figures/figure_painter.h"
#include "viz/window/backend/null_window.h"
#include "viz/window/pick.h"
#include "viz/window/plot.h"
#include "viz/window/plot_reading.h"
#include "viz/window/ui.h"
#include "viz/window/zoom.h"

namespace rackrace {
namespace {

/// Measures what it is asked to draw.
class MeasuringCanvas final : public FigureCanvas {
public:
    std::map<int, double> bar_px2, surface_px2;  // by look
    std::vector<std::string> texts;

    void begin_group(const std::string&) override {}
    void end_group() override {}
    void begin_plot(Point, Point) override { is_in_plot_ = true; }
    void end_plot() override { is_in_plot_ = false; }
    bool has_titles() const override { return false; }
    void text(Point, std::string_view text, Anchor, Ink, double, Weight) override { texts.emplace_back(text); }
    void rule(Point, Point, Rule) override {}
    void line(const std::vector<Point>&, int, double, std::string_view) override {}
    void casing(const std::vector<Point>&, double) override {}
    void leader(Point, Point, int) override {}
    void surface(const std::vector<Point>& top, const std::vector<Point>& bottom, int look, double) override {
        for (std::size_t i = 1; i < top.size() && is_in_plot_; ++i)
            surface_px2[look] += (top[i].x - top[i - 1].x) * 0.5 * (bottom[i].y - top[i].y + bottom[i - 1].y - top[i - 1].y);
    }
    void bar(Point, double width, double height, int look, std::string_view) override {
        if (is_in_plot_) bar_px2[look] += width * height;
    }
    void marker(Point, int, double, std::string_view) override {}
    void banner(Point, double, double) override {}

private:
    bool is_in_plot_ = false;
};

FigureStyle window_style(double width, double height) { return {"window", &dark_theme(), width, height, 13.0, 0.0, 2.0, ""}; }

FigureLayout layout_of(const FigureModel& figure, double width, double height, LayoutOptions options = {}) {
    options.has_heads = false;
    return prepare_figure(figure, window_style(width, height), options);
}

/// A frame of the window with nothing but one figure in it.
PlotHit draw_alone(Ui& ui, NullWindow& window, const FigureModel& figure, PlotStyle style, float width, float height) {
    ViewState view;
    view.scale = style.look.scale;
    style.look = ui.look_of(view);
    window.begin_frame();
    apply_look(style.look);
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0.0F, 0.0F});
    ImGui::SetNextWindowSize({width, height});
    ImGui::Begin("alone", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings);
    const PlotHit hit = draw_figure(figure, style);
    ImGui::End();
    ImGui::Render();
    window.end_frame();
    return hit;
}

}  // namespace

TEST_CASE("Every figure can be drawn in the window, at any size, with and without its notes", "[viz][window][plot]") {
    Ui ui;
    NullWindow window(2560, 1440);
    for (const ReplayStore* store : {&tiny_run(), &played_run()})
        for (const FigureModel& figure : all_figures(*store))
            for (const auto& [width, height] : {std::pair{200.0F, 120.0F}, {640.0F, 300.0F}, {2000.0F, 1200.0F}}) {
                INFO(figure.id << " " << width);
                PlotStyle style;
                style.has_notes = width > 1000.0F;
                style.is_log = width < 1000.0F;
                style.ghost = &figure;
                draw_alone(ui, window, figure, style, width, height);
                draw_alone(ui, window, figure, style, width, height);
                CHECK(ImGui::GetDrawData()->TotalVtxCount > 0);
            }
}

TEST_CASE("Bars and surfaces are as large as the numbers that they stand for", "[viz][window][plot]") {
    for (const FigureModel& figure : all_figures(played_run())) {
        const FigureLayout layout = layout_of(figure, 900.0, 700.0);
        for (const PanelLayout& panel : layout.panels) {
            MeasuringCanvas canvas;
            paint_panel(panel, window_style(900.0, 700.0), canvas);
            const double px_unit = std::abs(panel.measure.at(1.0) - panel.measure.at(0.0));
            const double px_key = std::abs(panel.key.at(1.0) - panel.key.at(0.0));
            std::map<int, double> bars, surfaces;
            for (const Series& series : panel.panel->series)
                for (std::size_t i = 0; i < series.data.size(); ++i) {
                    const double value = series.data[i].value;
                    if (series.shape == MarkShape::bar && std::isfinite(value)) bars[series.look] += std::abs(value);
                    if (series.shape == MarkShape::area && i > 0) surfaces[series.look] += 0.5 * (value + series.data[i - 1].value);
                }
            INFO(figure.id << " " << panel.panel->id);
            for (const auto& [look, sum] : surfaces) CHECK(canvas.surface_px2[look] == Approx(sum * px_unit * px_key).epsilon(1e-9));
            double all = 0.0, drawn = 0.0;
            for (const auto& [look, sum] : bars) all += sum;
            for (const auto& [look, sum] : canvas.bar_px2) drawn += sum;
            if (all > 0.0) {
                const double width = drawn / (all * px_unit);  // of a bar; bars under a pixel are drawn as one
                CHECK(width <= 1.05 * px_key);
                CHECK(width >= 0.2 * std::min(px_key, 20.0));
            }
        }
    }
}

TEST_CASE("Names of series do not cover each other and no plot is left without room", "[viz][window][plot]") {
    for (const FigureModel& figure : all_figures(played_run()))
        for (const auto& [width, height] : {std::pair{380.0, 180.0}, {620.0, 240.0}, {1100.0, 420.0}}) {
            INFO(figure.id << " " << width);
            for (const PanelLayout& panel : layout_of(figure, width, height).panels) {
                CHECK(panel.bottom - panel.top >= 13.0);
                CHECK(panel.right - panel.left >= 40.0);
                for (std::size_t i = 0; i < panel.labels.size(); ++i)
                    for (std::size_t j = 0; j < i; ++j) {
                        const Point a = panel.labels[i].at, b = panel.labels[j].at;
                        CHECK((std::abs(a.y - b.y) >= 13.0 || std::abs(a.x - b.x) >= 13.0));
                    }
            }
        }
}

TEST_CASE("A zoom in time shows its quarters alone and fits the measures to them", "[viz][window][plot]") {
    const FigureModel figure = figure_of(played_run(), "capacity");
    LayoutOptions options;
    const int first = played_run().opening_t();
    options.quarters = QuarterRange{first, first + 3};
    const FigureLayout near = layout_of(figure, 900.0, 400.0, options), far = layout_of(figure, 900.0, 400.0);
    CHECK(near.panels.front().key.low == first - 0.5);
    CHECK(near.panels.front().key.high == first + 3.5);
    CHECK(near.panels.front().measure.high < far.panels.front().measure.high);

    const QuarterRange all{0, 27};
    const QuarterRange in = wheeled(all, all, 20.0, 1.0), out = wheeled(in, all, 20.0, -1.0);
    CHECK(in.to - in.from == 24);
    CHECK((in.from <= 20 && in.to >= 20));
    CHECK(out.to - out.from == 27);
    QuarterRange narrow = all;
    for (int i = 0; i < 50; ++i) narrow = wheeled(narrow, all, 27.0, 1.0);
    CHECK(narrow.to - narrow.from == 4);
    CHECK(narrow.to == 27);
}

TEST_CASE("A zoom in values shows a part of the axis, keeps its place under the pointer, and says so", "[viz][window][plot]") {
    const FigureModel figure = figure_of(played_run(), "prices");
    const FigureLayout whole = layout_of(figure, 900.0, 400.0);
    for (const bool is_log : {false, true}) {
        LayoutOptions options;
        options.is_log = is_log;
        options.values["price"] = {0.25, 0.5};
        const FigureLayout part = layout_of(figure, 900.0, 400.0, options);
        const PanelLayout& panel = part.panels.front();
        REQUIRE(panel.panel->id == "price");
        CHECK(panel.is_zoomed);
        CHECK_FALSE(part.panels[1].is_zoomed);
        CHECK(panel.title.back().text.ends_with("part of the values (0: all)"));
        CHECK(panel.measure.low < panel.measure.high);
        CHECK_FALSE(panel.measure_ticks.empty());
        for (const Tick& tick : panel.measure_ticks) CHECK((tick.value >= panel.measure.low && tick.value <= panel.measure.high));
        for (const SeriesLabel& label : panel.labels) CHECK((label.at.y >= panel.top - 13.0 && label.at.y <= panel.bottom + 13.0));
        const Scale& all = whole.panels.front().measure;
        if (!is_log) CHECK(panel.measure.low == Approx(all.low + 0.25 * (all.high - all.low)));
    }
    const ShareRange in = narrowed({}, 0.8, 0.5), out = narrowed(in, 0.8, 2.0);
    CHECK(in.from == Approx(0.4));
    CHECK(in.to == Approx(0.9));
    CHECK(out.from == Approx(0.0).margin(1e-12));
    CHECK(out.to == Approx(1.0));
    ShareRange narrow;
    for (int i = 0; i < 50; ++i) narrow = narrowed(narrow, 1.0, 0.8);
    CHECK(narrow.from == Approx(0.99));
    CHECK(narrow.to == 1.0);
}

TEST_CASE("A title that is wider than its panel takes more lines before it is cut", "[viz][window][plot]") {
    const FigureModel figure = figure_of(played_run(), "demand");
    LayoutOptions options;
    options.columns = 3;
    for (const PanelLayout& panel : layout_of(figure, 560.0, 240.0, options).panels) {
        REQUIRE_FALSE(panel.title.empty());
        CHECK(panel.title.size() <= 3);
        std::string shown;
        for (const TextLine& line : panel.title) shown += (shown.empty() ? "" : " ") + line.text;
        CHECK(shown == panel_title(*panel.panel));
        CHECK(panel.title.back().at.y < panel.top);
    }
}

TEST_CASE("Prices above zero can have axes of equal ratios, other figures not", "[viz][window][plot]") {
    LayoutOptions options;
    options.is_log = true;
    const FigureLayout prices = layout_of(figure_of(played_run(), "prices"), 900.0, 400.0, options);
    CHECK(prices.panels[0].measure.is_log);
    CHECK_FALSE(prices.panels[1].measure.is_log);
    const Scale& scale = prices.panels[0].measure;
    for (const double value : {scale.low, 1.0, scale.high}) CHECK(scale.back(scale.at(value)) == Approx(value));
    for (const Tick& tick : prices.panels[0].measure_ticks) CHECK(tick.value > 0.0);
}

TEST_CASE("The pointer finds the bar it is in, the quarter it is over, and nothing far from a mark of a lane", "[viz][window][plot]") {
    FigureRequest request;
    request.firm = played_run().firms().front();
    const FigureModel bridge = figure_of(played_run(), "cash-bridge", request), prices = figure_of(played_run(), "prices"),
                      events = figure_of(played_run(), "events");
    const FigureLayout rows = layout_of(bridge, 700.0, 500.0);
    const PanelLayout& bars = rows.panels.front();
    for (const Series& series : bars.panel->series)
        for (const Datum& datum : series.data) {
            const double middle = bars.measure.at(datum.base + 0.5 * datum.value);
            const auto found = pick(bars, {middle, bars.key.at(datum.key)}, 10.0);
            REQUIRE(found);
            CHECK(found->datum == &datum);
        }
    const FigureLayout lines = layout_of(prices, 700.0, 500.0);
    const PanelLayout& price = lines.panels.front();
    const int t = played_run().last_t() - 2;
    const auto near = pick(price, {price.key.at(t) + 2.0, price.top + 1.0}, 10.0);
    REQUIRE(near);
    CHECK(near->datum->key == t);
    CHECK(near->series->shape == MarkShape::line);
    const PlotReading reading = prepare_reading(*price.panel, *near);
    CHECK(reading.title == key_text(price.panel->key, t));
    CHECK(reading.lines.size() >= 2);
    CHECK(reading.address == near->datum->address);
    const FigureLayout lanes = layout_of(events, 700.0, 300.0);
    const PanelLayout& lane = lanes.panels.front();
    CHECK_FALSE(pick(lane, {lane.left + 1.0, 0.5 * (lane.measure.at(0.0) + lane.measure.at(1.0))}, 2.0));
}

TEST_CASE("Right click asks why of the reading under the pointer, a click pins it, a double click goes to its quarter", "[viz][window][plot]") {
    Ui ui;
    NullWindow window(1280, 800);
    const FigureModel figure = figure_of(played_run(), "prices");
    const PlotStyle style;
    const auto frame = [&] { return draw_alone(ui, window, figure, style, 800.0F, 500.0F); };
    frame();
    ImGui::GetIO().AddMousePosEvent(400.0F, 150.0F);
    frame();
    PlotHit hit = frame();
    REQUIRE(hit.hovered != nullptr);
    CHECK_FALSE(hit.hovered->address.empty());
    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Right, true);
    hit = frame();
    CHECK(hit.asked_why == hit.hovered);
    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Right, false);
    frame();
    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, true);
    frame();
    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, false);
    hit = frame();
    CHECK(hit.clicked == hit.hovered);
    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, true);
    hit = frame();
    REQUIRE(hit.quarter);
    CHECK(*hit.quarter == static_cast<int>(hit.hovered->key));
    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, false);
    frame();
    ImGui::GetIO().AddMouseWheelEvent(0.0F, 1.0F);
    hit = frame();
    CHECK(hit.zoomed);
    CHECK_FALSE(hit.values);
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, true);
    ImGui::GetIO().AddMouseWheelEvent(0.0F, 1.0F);
    hit = frame();
    CHECK_FALSE(hit.zoomed);
    REQUIRE(hit.values);
    CHECK(hit.values->first == "price");
    CHECK(hit.values->second.to - hit.values->second.from == Approx(0.8));
}

}  // namespace rackrace
