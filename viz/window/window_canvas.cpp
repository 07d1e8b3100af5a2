#include "viz/window/window_canvas.h"

#include <algorithm>
#include <cmath>

#include "viz/window/strokes.h"

namespace rackrace {
namespace {

constexpr double kHatchGap = 3.4, kHatchWidth = 0.55, kDotWidth = 1.2;  // in widths of a line of data

/// Switches the smoothing of edges off: surfaces that share an edge would show the ground between them.
class SharpFills {
public:
    explicit SharpFills(ImDrawList& list) : list_(list), flags_(list.Flags) { list.Flags &= ~ImDrawListFlags_AntiAliasedFill; }
    ~SharpFills() { list_.Flags = flags_; }
    SharpFills(const SharpFills&) = delete;
    SharpFills& operator=(const SharpFills&) = delete;

private:
    ImDrawList& list_;
    ImDrawListFlags flags_;
};

}  // namespace

void WindowCanvas::begin_plot(Point corner, Point opposite) {
    const double room = 2.0 * line_width_;  // for markers at the very top and bottom
    list_.PushClipRect(place({corner.x, corner.y - room}), place({opposite.x + 1.0, opposite.y + room}), true);
}

void WindowCanvas::end_plot() { list_.PopClipRect(); }

void WindowCanvas::text(Point at, std::string_view text, Anchor anchor, Ink which, double size, Weight weight) {
    ImFont* font = ImGui::GetFont();
    const auto letters = static_cast<float>(size);
    const char* end = text.data() + text.size();
    ImVec2 corner = place(at);
    corner.y -= font->GetFontBaked(letters)->Ascent;
    if (anchor != Anchor::start) {
        const float width = font->CalcTextSizeA(letters, 1e9f, 0.0f, text.data(), end).x;
        corner.x -= anchor == Anchor::middle ? 0.5f * width : width;
    }
    const ImU32 colour = ink(which == Ink::ink ? theme_.ink : theme_.muted);
    list_.AddText(font, letters, corner, colour, text.data(), end);
    if (weight == Weight::bold) list_.AddText(font, letters, {corner.x + 0.05f * letters, corner.y}, colour, text.data(), end);
}

void WindowCanvas::rule(Point from, Point to, Rule rule) {
    const std::string_view hex = rule == Rule::grid ? theme_.grid : rule == Rule::axis ? theme_.axis : theme_.ink;
    const double width = rule == Rule::cursor ? std::max(1.0, 0.7 * line_width_) : 1.0;
    // Upright and level lines of one pixel lie on pixels, so that they are sharp.
    const ImVec2 a = place(from), b = place(to);
    const auto on_pixel = [](ImVec2 at) { return ImVec2{std::floor(at.x) + 0.5f, std::floor(at.y) + 0.5f}; };
    list_.AddLine(on_pixel(a), on_pixel(b), ink(hex), static_cast<float>(width));
}

void WindowCanvas::polyline(const std::vector<Point>& points, ImU32 colour, double width) {
    std::vector<ImVec2> places;
    places.reserve(points.size());
    for (const Point& point : points) places.push_back(place(point));
    list_.AddPolyline(places.data(), static_cast<int>(places.size()), colour, static_cast<float>(width));
}

void WindowCanvas::line(const std::vector<Point>& points, int look, double width, std::string_view) {
    std::vector<double> lengths = dash_of(look);
    for (double& length : lengths) length *= width;
    for (const std::vector<Point>& dash : dashes(points, lengths)) polyline(dash, look_ink(look), width);
}

void WindowCanvas::casing(const std::vector<Point>& points, double width) { polyline(points, ink(theme_.ground), width); }

void WindowCanvas::leader(Point from, Point to, int look) {
    for (const std::vector<Point>& dash : dashes({from, to}, {1.5, 2.5})) polyline(dash, look_ink(look), 1.0);
}

void WindowCanvas::hatch(const std::vector<Point>& top, const std::vector<Point>& bottom, int look) {
    const double dot = kDotWidth * line_width_;
    const ImU32 ground = ink(theme_.ground, 0.85);
    for (const Stroke& stroke : hatch_strokes(form_of(look).hatch, top, bottom, kHatchGap * line_width_)) {
        const ImVec2 a = place(stroke.first), b = place(stroke.second);
        const auto half = static_cast<float>(0.5 * dot);
        if (a.x == b.x && a.y == b.y) list_.AddRectFilled({a.x - half, a.y - half}, {a.x + half, a.y + half}, ground);
        else list_.AddLine(a, b, ground, static_cast<float>(std::max(1.0, kHatchWidth * line_width_)));
    }
}

void WindowCanvas::surface(const std::vector<Point>& top, const std::vector<Point>& bottom, int look, double opacity) {
    {
        const SharpFills sharp(list_);
        for (std::size_t i = 1; i < top.size(); ++i)
            list_.AddQuadFilled(place(top[i - 1]), place(top[i]), place(bottom[i]), place(bottom[i - 1]), look_ink(look, opacity));
    }
    if (opacity < 1.0) return;
    hatch(top, bottom, look);
    polyline(top, ink(theme_.ground), 1.0);
}

void WindowCanvas::bar(Point corner, double width, double height, int look, std::string_view) {
    const Point end{corner.x + width, corner.y + height};
    list_.AddRectFilled(place(corner), place(end), look_ink(look));
    hatch({corner, {end.x, corner.y}}, {{corner.x, end.y}, end}, look);
}

void WindowCanvas::marker(Point at, int look, double radius, std::string_view) {
    const ImVec2 c = place(at);
    const auto r = static_cast<float>(radius);
    const ImU32 colour = look_ink(look);
    const float stroke = 0.6f * r;
    switch (form_of(look).marker) {
        case Marker::circle: list_.AddCircleFilled(c, r, colour); break;
        case Marker::square: list_.AddRectFilled({c.x - r, c.y - r}, {c.x + r, c.y + r}, colour); break;
        case Marker::triangle: list_.AddTriangleFilled({c.x, c.y - r}, {c.x + r, c.y + r}, {c.x - r, c.y + r}, colour); break;
        case Marker::flipped_triangle: list_.AddTriangleFilled({c.x, c.y + r}, {c.x - r, c.y - r}, {c.x + r, c.y - r}, colour); break;
        case Marker::diamond: list_.AddQuadFilled({c.x, c.y - r}, {c.x + r, c.y}, {c.x, c.y + r}, {c.x - r, c.y}, colour); break;
        case Marker::cross:
            list_.AddLine({c.x - r, c.y - r}, {c.x + r, c.y + r}, colour, stroke);
            list_.AddLine({c.x - r, c.y + r}, {c.x + r, c.y - r}, colour, stroke);
            break;
        case Marker::plus:
            list_.AddLine({c.x - r, c.y}, {c.x + r, c.y}, colour, stroke);
            list_.AddLine({c.x, c.y - r}, {c.x, c.y + r}, colour, stroke);
            break;
        case Marker::none: break;
    }
}

void WindowCanvas::banner(Point corner, double width, double height) {
    list_.AddRect(place(corner), place({corner.x + width, corner.y + height}), look_ink(1), 0.0f, 2.0f);
}

}  // namespace rackrace
