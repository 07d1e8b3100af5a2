// Marks of figures in the window: the canvas that the painter of figures draws on, over a list of triangles.
#pragma once

#include <string_view>
#include <vector>

#include <imgui.h>

#include "viz/figures/figure_canvas.h"
#include "viz/figures/theme.h"
#include "viz/window/look.h"

namespace rackrace {

class WindowCanvas final : public FigureCanvas {
public:
    /// `origin`: where the figure's place 0, 0 is on the screen. `opacity` under 1 for what stands behind another figure.
    WindowCanvas(ImDrawList& list, ImVec2 origin, const Theme& theme, double line_width, double opacity = 1.0)
        : list_(list), origin_(origin), theme_(theme), line_width_(line_width), opacity_(opacity) {}

    void begin_group(const std::string&) override {}
    void end_group() override {}
    void begin_plot(Point corner, Point opposite) override;
    void end_plot() override;
    bool has_titles() const override { return false; }
    void text(Point at, std::string_view text, Anchor anchor, Ink ink, double size, Weight weight = Weight::normal) override;
    void rule(Point from, Point to, Rule rule) override;
    void line(const std::vector<Point>& points, int look, double width, std::string_view title = {}) override;
    void casing(const std::vector<Point>& points, double width) override;
    void leader(Point from, Point to, int look) override;
    void surface(const std::vector<Point>& top, const std::vector<Point>& bottom, int look, double opacity) override;
    void bar(Point corner, double width, double height, int look, std::string_view title) override;
    void marker(Point at, int look, double radius, std::string_view title) override;
    void banner(Point corner, double width, double height) override;

private:
    ImVec2 place(Point at) const { return {origin_.x + static_cast<float>(at.x), origin_.y + static_cast<float>(at.y)}; }
    ImU32 ink(std::string_view hex, double opacity = 1.0) const { return packed(hex, opacity * opacity_); }
    ImU32 look_ink(int look, double opacity = 1.0) const { return ink(theme_.looks[look], opacity); }
    void polyline(const std::vector<Point>& points, ImU32 colour, double width);
    void hatch(const std::vector<Point>& top, const std::vector<Point>& bottom, int look);

    ImDrawList& list_;
    ImVec2 origin_;
    const Theme& theme_;
    double line_width_;  // of lines of data: hatches and banners follow it
    double opacity_;
};

}  // namespace rackrace
