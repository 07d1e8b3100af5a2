// The few marks that figures are drawn with, as SVG text. Colours are attributes and classes: a file alone shows them anywhere, a page can
// change them by class. Letters are measured with a table of widths, so that layout needs no font.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/figures/theme.h"

namespace rackrace {

/// Width of a text in letters of `size`, a little more than most sans-serif fonts need.
double text_width(std::string_view text, double size);

/// Letters of notes and counts: smaller than the others, but never under 12 pixels where the others are not.
double small_size(const SvgStyle& style);

/// Broken at spaces into lines of at most `width`; a longer word has a line of its own.
std::vector<std::string> wrap_text(std::string_view text, double width, double size);

enum class Anchor { start, middle, end };
enum class Ink { ink, muted };
enum class Weight { normal, bold };

struct Point {
    double x = 0.0, y = 0.0;
};

class SvgCanvas {
public:
    /// `prefix` starts every id, so that several figures can share a page; hover texts are left out where `has_titles` is false.
    SvgCanvas(const SvgStyle& style, std::string prefix, bool has_titles) : style_(style), prefix_(std::move(prefix)), has_titles_(has_titles) {}

    void begin_group(const std::string& id);
    void end_group() { out_ += "</g>\n"; }
    void text(Point at, std::string_view text, Anchor anchor, Ink ink, double size, Weight weight = Weight::normal);
    /// A line of an axis or, where `is_grid`, one behind the data.
    void rule(Point from, Point to, bool is_grid);
    /// A line of data: dashed as its look says.
    void line(const std::vector<Point>& points, int look, double width, std::string_view title = {});
    /// A line in the colour of the ground, under one of data that crosses surfaces.
    void casing(const std::vector<Point>& points, double width);
    /// A thin dotted line between a label and what it names.
    void leader(Point from, Point to, int look);
    /// A filled surface with the hatch of its look; `opacity` under 1 for bands.
    void area(const std::vector<Point>& points, int look, double opacity);
    void bar(Point corner, double width, double height, int look, std::string_view title);
    void marker(Point at, int look, double radius, std::string_view title);
    /// A box around a warning.
    void banner(Point corner, double width, double height);

    /// The whole file. `height` is known only when everything has a place.
    std::string finish(double height, std::string_view title, std::string_view description, std::string_view metadata) const;

private:
    std::string hatch_fill(int look);
    void close_with(std::string_view title, const char* element);

    const SvgStyle& style_;
    std::string prefix_;
    bool has_titles_;
    std::string out_;
    bool used_hatches_[kLooks + 1] = {};
};

/// & < > " as XML writes them.
std::string xml_text(std::string_view text);

}  // namespace rackrace
