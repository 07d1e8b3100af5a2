// Marks of figures as SVG text. Colours are attributes and classes: a file alone shows them anywhere, a page can change them by class.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/figures/figure_canvas.h"
#include "viz/figures/theme.h"

namespace rackrace {

class SvgCanvas final : public FigureCanvas {
public:
    /// `prefix` starts every id, so that several figures can share a page; hover texts are left out where `has_titles` is false.
    SvgCanvas(const FigureStyle& style, std::string prefix, bool has_titles) : style_(style), prefix_(std::move(prefix)), has_titles_(has_titles) {}

    void begin_group(const std::string& id) override;
    void end_group() override { out_ += "</g>\n"; }
    void begin_plot(Point, Point) override {}  // a file shows every quarter
    void end_plot() override {}
    bool has_titles() const override { return has_titles_; }
    void text(Point at, std::string_view text, Anchor anchor, Ink ink, double size, Weight weight = Weight::normal) override;
    void rule(Point from, Point to, Rule rule) override;
    void line(const std::vector<Point>& points, int look, double width, std::string_view title = {}) override;
    void casing(const std::vector<Point>& points, double width) override;
    void leader(Point from, Point to, int look) override;
    void surface(const std::vector<Point>& top, const std::vector<Point>& bottom, int look, double opacity) override;
    void bar(Point corner, double width, double height, int look, std::string_view title) override;
    void marker(Point at, int look, double radius, std::string_view title) override;
    void banner(Point corner, double width, double height) override;

    /// The whole file. `height` is known only when everything has a place.
    std::string finish(double height, std::string_view title, std::string_view description, std::string_view metadata) const;

private:
    std::string hatch_fill(int look);
    void close_with(std::string_view title, const char* element);

    const FigureStyle& style_;
    std::string prefix_;
    bool has_titles_;
    std::string out_;
    bool used_hatches_[kLooks + 1] = {};
};

/// & < > " as XML writes them.
std::string xml_text(std::string_view text);

}  // namespace rackrace
