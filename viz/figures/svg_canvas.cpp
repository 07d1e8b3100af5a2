#include "viz/figures/svg_canvas.h"

#include <fmt/format.h>

namespace rackrace {
namespace {

/// Coordinates to a hundredth of a pixel, without zeros at the end.
std::string px(double value) {
    std::string text = fmt::format("{:.2f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string points_text(const std::vector<Point>& points) {
    std::string out;
    for (const Point& point : points) out += (out.empty() ? "" : " ") + px(point.x) + "," + px(point.y);
    return out;
}

std::string dash_text(int look, double width) {
    std::string out;
    for (const double length : dash_of(look)) out += (out.empty() ? "" : " ") + px(length * width);
    return out;
}

/// The lines of a hatch in a square of `size`.
std::string hatch_path(Hatch hatch, double size) {
    const std::string s = px(size), h = px(size / 2.0);
    switch (hatch) {
        case Hatch::rising: return fmt::format("M0,{0}L{0},0M-1,1L1,-1M{1},{2}L{2},{1}", s, px(size - 1.0), px(size + 1.0));
        case Hatch::falling: return fmt::format("M0,0L{0},{0}M-1,{1}L1,{2}M{1},-1L{2},1", s, px(size - 1.0), px(size + 1.0));
        case Hatch::level: return fmt::format("M0,{1}H{0}", s, h);
        case Hatch::upright: return fmt::format("M{1},0V{0}", s, h);
        case Hatch::grid: return fmt::format("M0,{1}H{0}M{1},0V{0}", s, h);
        case Hatch::dots: return fmt::format("M{0},{0}h0.01", h);
        case Hatch::none: break;
    }
    return "";
}

}  // namespace

std::string xml_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else out += c;
    }
    return out;
}

void SvgCanvas::begin_group(const std::string& id) { out_ += fmt::format("<g id=\"{}-{}\">\n", prefix_, id); }

void SvgCanvas::close_with(std::string_view title, const char* element) {
    if (title.empty() || !has_titles_) out_ += "/>\n";
    else out_ += fmt::format("><title>{}</title></{}>\n", xml_text(title), element);
}

void SvgCanvas::text(Point at, std::string_view words, Anchor anchor, Ink ink, double size, Weight weight) {
    constexpr const char* anchors[] = {"start", "middle", "end"};
    out_ += fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"{}\"{}{} class=\"{}\" fill=\"{}\">{}</text>\n", px(at.x), px(at.y), px(size),
                        anchor == Anchor::start ? "" : fmt::format(" text-anchor=\"{}\"", anchors[static_cast<int>(anchor)]),
                        weight == Weight::bold ? " font-weight=\"bold\"" : "", ink == Ink::ink ? "ink" : "muted",
                        ink == Ink::ink ? style_.theme->ink : style_.theme->muted, xml_text(words));
}

void SvgCanvas::rule(Point from, Point to, Rule rule) {
    const bool is_grid = rule == Rule::grid;
    out_ += fmt::format("<path d=\"M{},{}L{},{}\" class=\"{}\" stroke=\"{}\" stroke-width=\"1\"/>\n", px(from.x), px(from.y), px(to.x), px(to.y),
                        is_grid ? "grid" : "axis", is_grid ? style_.theme->grid : style_.theme->axis);
}

void SvgCanvas::line(const std::vector<Point>& points, int look, double width, std::string_view title) {
    const std::string dash = form_of(look).dash.empty() ? "" : fmt::format(" stroke-dasharray=\"{}\"", dash_text(look, width));
    out_ += fmt::format("<polyline points=\"{}\" class=\"s{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"{}",
                        points_text(points), look, style_.theme->looks[look], px(width), dash);
    close_with(title, "polyline");
}

void SvgCanvas::casing(const std::vector<Point>& points, double width) {
    out_ += fmt::format("<polyline points=\"{}\" class=\"edge\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"/>\n",
                        points_text(points), style_.theme->ground, px(width));
}

void SvgCanvas::leader(Point from, Point to, int look) {
    out_ += fmt::format("<path d=\"M{},{}L{},{}\" class=\"s{}\" stroke=\"{}\" stroke-width=\"1\" stroke-dasharray=\"1 2\"/>\n", px(from.x),
                        px(from.y), px(to.x), px(to.y), look, style_.theme->looks[look]);
}

std::string SvgCanvas::hatch_fill(int look) {
    if (form_of(look).hatch == Hatch::none) return "";
    used_hatches_[look] = true;
    return fmt::format("url(#{}-hatch{})", prefix_, look);
}

void SvgCanvas::surface(const std::vector<Point>& top, const std::vector<Point>& bottom, int look, double opacity) {
    std::vector<Point> points = top;
    points.insert(points.end(), bottom.rbegin(), bottom.rend());
    const std::string at = points_text(points);
    out_ += fmt::format("<polygon points=\"{}\" class=\"f{} edge\" fill=\"{}\" stroke=\"{}\" stroke-width=\"1\"{}/>\n", at, look,
                        style_.theme->looks[look], opacity < 1.0 ? "none" : style_.theme->ground,
                        opacity < 1.0 ? fmt::format(" fill-opacity=\"{}\"", px(opacity)) : "");
    if (const std::string hatch = opacity < 1.0 ? "" : hatch_fill(look); !hatch.empty())
        out_ += fmt::format("<polygon points=\"{}\" fill=\"{}\"/>\n", at, hatch);
}

void SvgCanvas::bar(Point corner, double width, double height, int look, std::string_view title) {
    const std::string at = fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", px(corner.x), px(corner.y), px(width), px(height));
    out_ += at + fmt::format(" class=\"f{}\" fill=\"{}\"", look, style_.theme->looks[look]);
    close_with(title, "rect");
    if (const std::string hatch = hatch_fill(look); !hatch.empty()) out_ += at + fmt::format(" fill=\"{}\" pointer-events=\"none\"/>\n", hatch);
}

void SvgCanvas::marker(Point at, int look, double radius, std::string_view title) {
    const Marker marker = form_of(look).marker;
    if (marker == Marker::none) return;
    const std::string x = px(at.x), y = px(at.y), r = px(radius), left = px(at.x - radius), right = px(at.x + radius), top = px(at.y - radius),
                      bottom = px(at.y + radius);
    const std::string fill = fmt::format("class=\"f{}\" fill=\"{}\"", look, style_.theme->looks[look]);
    const std::string stroke =
        fmt::format("class=\"s{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"", look, style_.theme->looks[look], px(radius * 0.6));
    switch (marker) {
        case Marker::circle: out_ += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {}", x, y, r, fill); break;
        case Marker::square: out_ += fmt::format("<path d=\"M{0},{1}H{2}V{3}H{0}Z\" {4}", left, top, right, bottom, fill); break;
        case Marker::triangle: out_ += fmt::format("<path d=\"M{},{}L{},{}H{}Z\" {}", x, top, right, bottom, left, fill); break;
        case Marker::flipped_triangle: out_ += fmt::format("<path d=\"M{},{}L{},{}H{}Z\" {}", x, bottom, right, top, left, fill); break;
        case Marker::diamond: out_ += fmt::format("<path d=\"M{0},{1}L{2},{3}L{0},{4}L{5},{3}Z\" {6}", x, top, right, y, bottom, left, fill); break;
        case Marker::cross: out_ += fmt::format("<path d=\"M{0},{1}L{2},{3}M{0},{3}L{2},{1}\" {4}", left, top, right, bottom, stroke); break;
        case Marker::plus: out_ += fmt::format("<path d=\"M{0},{1}H{2}M{3},{4}V{5}\" {6}", left, y, right, x, top, bottom, stroke); break;
        case Marker::none: break;
    }
    close_with(title, marker == Marker::circle ? "circle" : "path");
}

void SvgCanvas::banner(Point corner, double width, double height) {
    out_ += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" class=\"s1\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>\n",
                        px(corner.x), px(corner.y), px(width), px(height), style_.theme->looks[1]);
}

std::string SvgCanvas::finish(double height, std::string_view title, std::string_view description, std::string_view metadata) const {
    const std::string width = style_.width_attribute.empty() ? px(style_.width) : std::string(style_.width_attribute);
    const std::string sizes =
        style_.width_attribute.empty() ? fmt::format("width=\"{}\" height=\"{}\"", width, px(height)) : fmt::format("width=\"{}\"", width);
    std::string hatches;
    const double size = style_.text * 0.5;
    for (int look = 0; look <= kLooks; ++look)
        if (used_hatches_[look])
            hatches += fmt::format(
                "<pattern id=\"{}-hatch{}\" width=\"{}\" height=\"{}\" patternUnits=\"userSpaceOnUse\"><path d=\"{}\" class=\"hatch\" fill=\"none\" "
                "stroke=\"{}\" "
                "stroke-width=\"{}\" stroke-linecap=\"round\"/></pattern>\n",
                prefix_, look, px(size), px(size), hatch_path(form_of(look).hatch, size), style_.theme->ground,
                px(form_of(look).hatch == Hatch::dots ? size * 0.36 : size * 0.16));
    return fmt::format(
               "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{0}\" {1} viewBox=\"0 0 {2} {3}\" role=\"img\" aria-labelledby=\"{0}-title {0}-desc\" "
               "font-family=\"'Segoe UI','Helvetica Neue',Arial,'DejaVu Sans',sans-serif\" style=\"font-variant-numeric:tabular-nums\">\n"
               "<title id=\"{0}-title\">{4}</title>\n<desc id=\"{0}-desc\">{5}</desc>\n<metadata>{6}</metadata>\n",
               prefix_, sizes, px(style_.width), px(height), xml_text(title), xml_text(description), xml_text(metadata)) +
           (hatches.empty() ? "" : "<defs>\n" + hatches + "</defs>\n") +
           fmt::format("<rect width=\"{}\" height=\"{}\" class=\"ground\" fill=\"{}\"/>\n", px(style_.width), px(height), style_.theme->ground) +
           out_ + "</svg>\n";
}

}  // namespace rackrace
