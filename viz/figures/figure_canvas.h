// The few marks that figures are drawn with, whatever they are drawn on: a file or a window. Places are pixels, from the left and the top.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rackrace {

enum class Anchor { start, middle, end };
enum class Ink { ink, muted };
enum class Weight { normal, bold };
enum class Rule { grid, axis, cursor };  // behind the data; of an axis; at the quarter that was asked for

struct Point {
    double x = 0.0, y = 0.0;
};

class FigureCanvas {
public:
    virtual ~FigureCanvas() = default;

    /// What is drawn between them belongs together: a panel, a series.
    virtual void begin_group(const std::string& id) = 0;
    virtual void end_group() = 0;
    /// Nothing between them is drawn outside of a panel's plot. Only where quarters are left out is there anything to hold back.
    virtual void begin_plot(Point corner, Point opposite) = 0;
    virtual void end_plot() = 0;
    /// Whether hover texts are wanted with the marks; `title` is empty where they are not.
    virtual bool has_titles() const = 0;

    virtual void text(Point at, std::string_view text, Anchor anchor, Ink ink, double size, Weight weight = Weight::normal) = 0;
    virtual void rule(Point from, Point to, Rule rule) = 0;
    /// A line of data: dashed as its look says.
    virtual void line(const std::vector<Point>& points, int look, double width, std::string_view title = {}) = 0;
    /// A line in the colour of the ground, under one of data that crosses surfaces.
    virtual void casing(const std::vector<Point>& points, double width) = 0;
    /// A thin dotted line between a label and what it names.
    virtual void leader(Point from, Point to, int look) = 0;
    /// The surface between two lines over the same places, with the hatch of its look; `opacity` under 1 and no hatch for bands.
    virtual void surface(const std::vector<Point>& top, const std::vector<Point>& bottom, int look, double opacity) = 0;
    virtual void bar(Point corner, double width, double height, int look, std::string_view title) = 0;
    virtual void marker(Point at, int look, double radius, std::string_view title) = 0;
    /// A box around a warning.
    virtual void banner(Point corner, double width, double height) = 0;
};

}  // namespace rackrace
