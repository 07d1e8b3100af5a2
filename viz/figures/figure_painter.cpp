#include "viz/figures/figure_painter.h"

#include <algorithm>
#include <map>

#include "viz/figures/letters.h"
#include "viz/figures/thin.h"

namespace rackrace {
namespace {

constexpr double kBandOpacity = 0.22;

/// Draws one panel that is laid out.
class PanelPainter {
public:
    PanelPainter(const FigurePanel& panel, const PanelLayout& layout, const FigureStyle& style, FigureCanvas& canvas)
        : layout_(layout), panel_(panel), style_(style), canvas_(canvas) {}

    void paint() {
        canvas_.begin_group(panel_.id);
        for (const TextLine& line : layout_.title) canvas_.text(line.at, line.text, Anchor::start, Ink::muted, style_.text);
        frame();
        marks();
        for (const Series& series : panel_.series) labels(series);
        for (const SeriesLabel& label : layout_.labels) name(label);
        if (layout_.cursor_t) cursor(*layout_.cursor_t);
        canvas_.end_group();
    }

    void marks() {
        canvas_.begin_plot({layout_.left, layout_.top}, {layout_.right, layout_.bottom});
        for (const bool behind : {true, false})
            for (const Series& series : panel_.series) {
                if (is_behind(series) != behind) continue;
                canvas_.begin_group(panel_.id + "-" + series.id);
                one(series);
                canvas_.end_group();
            }
        canvas_.end_plot();
    }

private:
    bool is_behind(const Series& series) const {
        return series.shape == MarkShape::area || series.shape == MarkShape::bar || series.shape == MarkShape::band;
    }

    void cursor(int t) {
        if (panel_.key.kind != AxisKind::quarter || t < layout_.key.low || t > layout_.key.high) return;
        const double x = layout_.key.at(t);
        canvas_.rule({x, layout_.top}, {x, layout_.bottom}, Rule::cursor);
    }

    /// A point of the panel: keys go right, or down where it is horizontal.
    Point at(double key, double measure) const {
        return panel_.is_horizontal ? Point{layout_.measure.at(measure), layout_.key.at(key)}
                                    : Point{layout_.key.at(key), layout_.measure.at(measure)};
    }

    void frame() {
        const auto& level = panel_.is_horizontal ? layout_.measure_ticks : layout_.key_ticks;
        const auto& upright = panel_.is_horizontal ? layout_.key_ticks : layout_.measure_ticks;
        const Scale& level_scale = panel_.is_horizontal ? layout_.measure : layout_.key;
        const Scale& upright_scale = panel_.is_horizontal ? layout_.key : layout_.measure;
        const double text = style_.text;
        if (panel_.key.kind == AxisKind::place) return;
        const bool is_lane = panel_.measure.kind == AxisKind::category;
        for (const Tick& tick : upright) {
            const double y = upright_scale.at(tick.value);
            if (!panel_.is_horizontal) canvas_.rule({layout_.left, y}, {layout_.right, y}, Rule::grid);
            canvas_.text({layout_.left - 0.4 * text, y + 0.35 * text}, tick.text, Anchor::end,
                         panel_.is_horizontal || is_lane ? Ink::ink : Ink::muted, text);
        }
        const bool is_number = panel_.is_horizontal || panel_.key.kind == AxisKind::number;
        for (const Tick& tick : level) {
            const double x = level_scale.at(tick.value);
            if (is_number) canvas_.rule({x, layout_.top}, {x, layout_.bottom}, Rule::grid);
            else canvas_.rule({x, layout_.bottom}, {x, layout_.bottom + (tick.text.empty() ? 0.25 : 0.45) * text}, Rule::axis);
            if (!tick.text.empty() && layout_.names_keys)
                canvas_.text({x, layout_.bottom + 1.35 * text}, tick.text, Anchor::middle, Ink::muted, text);
        }
        const double zero = panel_.is_horizontal ? layout_.measure.at(0.0) : layout_.bottom;
        if (panel_.is_horizontal) canvas_.rule({zero, layout_.top}, {zero, layout_.bottom}, Rule::axis);
        else {
            canvas_.rule({layout_.left, layout_.bottom}, {layout_.right, layout_.bottom}, Rule::axis);
            if (!is_lane && layout_.measure.low < 0.0 && layout_.measure.high > 0.0)
                canvas_.rule({layout_.left, layout_.measure.at(0.0)}, {layout_.right, layout_.measure.at(0.0)}, Rule::axis);
        }
        if (panel_.key.kind == AxisKind::number && !panel_.is_horizontal)
            canvas_.text({layout_.right, layout_.bottom + 2.65 * text},
                         panel_.key.label + (panel_.key.shown_unit.empty() ? "" : ", " + panel_.key.shown_unit), Anchor::end, Ink::muted, text);
    }

    std::string title_of(const Series& series, const Datum& datum) const {
        return canvas_.has_titles() ? mark_text(panel_, series, datum) : std::string();
    }

    void one(const Series& series) {
        switch (series.shape) {
            case MarkShape::line: return line(series);
            case MarkShape::step: return step(series);
            case MarkShape::area: return surface(series, 1.0);
            case MarkShape::band: return surface(series, kBandOpacity);
            case MarkShape::bar: return bars(series);
            case MarkShape::mark: return signs(series);
            case MarkShape::edge: return ties(series);
            case MarkShape::level:
            case MarkShape::post: return straight(series);
        }
    }

    /// The thickest edge of a panel has the largest weight; widths grow with the root, so that small money is still seen.
    void ties(const Series& series) {
        constexpr double kThickest = 0.7, kSignAt = 0.86;  // sizes of letters; share of the course
        double most = 0.0;
        for (const Series& other : panel_.series)
            for (const Datum& datum : other.data)
                if (other.shape == MarkShape::edge) most = std::max(most, datum.weight);
        for (const Datum& datum : series.data) {
            const std::vector<Point> course = edge_course(layout_, datum);
            const double width = std::max(0.5 * style_.line, kThickest * style_.text * std::sqrt(datum.weight / most));
            canvas_.line(course, series.look, width, title_of(series, datum));
            canvas_.marker(course[static_cast<std::size_t>(kSignAt * static_cast<double>(course.size()))], series.look, std::max(0.3 * style_.text, 0.7 * width), {});
        }
    }

    bool has_surfaces() const {
        return std::any_of(panel_.series.begin(), panel_.series.end(), [](const Series& series) { return series.shape == MarkShape::area; });
    }

    double line_width(const Series& series) const { return series.is_thin ? 0.6 * style_.line : style_.line; }

    void line(const Series& series) {
        std::vector<Point> run;
        const auto end_run = [&] {
            run = thinned(run);
            if (run.size() > 1 && has_surfaces()) canvas_.casing(run, 2.0 * line_width(series));
            if (run.size() > 1) canvas_.line(run, series.look, line_width(series));
            run.clear();
        };
        for (const Datum& datum : series.data) {
            if (!std::isfinite(datum.value)) end_run();
            else run.push_back(at(datum.key, datum.value));
        }
        end_run();
        const double radius = 0.26 * style_.text, places = std::abs(layout_.key.at(1.0) - layout_.key.at(0.0));
        const std::size_t every = places >= 3.2 * radius ? 1 : static_cast<std::size_t>(3.2 * radius / places) + 1;
        for (std::size_t i = 0; i < series.data.size(); ++i) {
            const Datum& datum = series.data[i];
            if (!std::isfinite(datum.value)) continue;
            if ((series.data.size() - 1 - i) % every == 0) canvas_.marker(at(datum.key, datum.value), series.look, radius, title_of(series, datum));
        }
    }

    /// A level as wide as its quarter, or as its quantity; levels that touch are joined.
    void step(const Series& series) {
        const bool has_ends = panel_.key.kind == AxisKind::number;
        std::vector<Point> run;
        double last_end = kNoValue;
        const auto end_run = [&] {
            if (run.size() > 1) canvas_.line(run, series.look, line_width(series));
            run.clear();
        };
        for (const Datum& datum : series.data) {
            if (!std::isfinite(datum.value)) continue;
            const double from = has_ends ? datum.key : datum.key - 0.5, to = has_ends ? datum.key_end : datum.key + 0.5;
            if (from != last_end) end_run();
            run.push_back(at(from, datum.value));
            run.push_back(at(to, datum.value));
            last_end = to;
        }
        end_run();
        if (!has_ends) return;
        for (const Datum& datum : series.data)  // what a hand or a mouse finds on each step
            canvas_.marker(at(0.5 * (datum.key + datum.key_end), datum.value), series.look, 0.18 * style_.text, title_of(series, datum));
    }

    void surface(const Series& series, double opacity) {
        std::vector<Point> top, bottom;
        const auto end_run = [&] {
            if (top.size() > 1) canvas_.surface(top, bottom, series.look, opacity);
            top.clear();
            bottom.clear();
        };
        for (const Datum& datum : series.data) {
            if (!std::isfinite(datum.value)) {
                end_run();
                continue;
            }
            top.push_back(at(datum.key, datum.base + datum.value));
            bottom.push_back(at(datum.key, datum.base));
        }
        end_run();
    }

    void bars(const Series& series) {
        constexpr double kBetweenBars = 1.0;  // pixels between neighbours that touch
        const double each = std::abs(layout_.key.at(1.0) - layout_.key.at(0.0));
        const double half = std::min(series.is_thin ? 0.2 : panel_.is_horizontal ? 0.34 : 0.4, panel_.is_horizontal ? 1.0 : 2.0 * style_.text / each);
        for (const Datum& datum : series.data) {
            if (!std::isfinite(datum.value)) continue;
            const bool has_ends = std::isfinite(datum.key_end);
            const Point a = at(has_ends ? datum.key : datum.key - half, datum.base), b = at(has_ends ? datum.key_end : datum.key + half, datum.base + datum.value);
            const Point corner{std::min(a.x, b.x), std::min(a.y, b.y)};
            if (datum.value != 0.0)
                canvas_.bar(corner, std::max(1.0, std::abs(a.x - b.x) - (has_ends ? kBetweenBars : 0.0)), std::max(1.0, std::abs(a.y - b.y)), series.look, title_of(series, datum));
            if (panel_.joins_bars && datum.key + 1.0 < layout_.key.high)
                canvas_.rule(at(datum.key + half, datum.base + datum.value), at(datum.key + 1.0 - half, datum.base + datum.value), Rule::axis);
        }
    }

    /// What is written at single marks: after the last point of a line, at the end of a bar.
    void labels(const Series& series) {
        const double text = style_.text;
        if (series.shape == MarkShape::edge) return;
        for (const Datum& datum : series.data) {
            if (datum.label.empty() || !std::isfinite(datum.value) || !is_shown(panel_, layout_.key, datum)) continue;
            const bool is_bar = series.shape == MarkShape::bar;
            Point end = at(datum.key, datum.base + datum.value);
            if (is_bar && panel_.is_horizontal) end.x = std::max(end.x, at(datum.key, datum.base).x);
            if (layout_.is_zoomed && (end.y < layout_.top || end.y > layout_.bottom)) continue;
            constexpr double kDrawnWidth = 0.9;        // of the width that is reserved for letters
            if (panel_.key.kind == AxisKind::place) {  // above the edges that leave it, and on a ground of its own where others pass
                end = {end.x - 0.9 * text, end.y - 0.95 * text};
                canvas_.casing({{end.x + 0.4 * text, end.y}, {end.x + 0.6 * text + kDrawnWidth * text_width(datum.label, text), end.y}}, 1.05 * text);
            }
            canvas_.text({end.x + (is_bar ? 0.4 : 0.6) * text, end.y + 0.35 * text}, datum.label, Anchor::start, Ink::ink, text);
        }
    }

    /// One sign a place, larger where several events share it, with their number beside it where there is room. No sign reaches into the lane
    /// above or below.
    void signs(const Series& series) {
        std::map<std::pair<double, double>, std::vector<const Datum*>> places;
        for (const Datum& datum : series.data) places[{datum.key, datum.value}].push_back(&datum);
        const double each = std::abs(layout_.key.at(1.0) - layout_.key.at(0.0)), lane = std::abs(layout_.measure.at(1.0) - layout_.measure.at(0.0));
        const double largest = std::min(0.45 * each, panel_.measure.kind == AxisKind::category ? 0.42 * lane : each);
        for (const auto& [place, data] : places) {
            std::string title = panel_.key.kind == AxisKind::place ? series.name : key_text(panel_.key, place.first) + ", " + series.name;
            for (const Datum* datum : data) title += "\n" + datum->reason;
            const Point spot = at(place.first, place.second);
            const double radius = std::min(largest, (0.26 + 0.05 * static_cast<double>(std::min<std::size_t>(data.size(), 5))) * style_.text);
            const std::string count = std::to_string(data.size());
            const double size = small_size(style_), gap = 0.15 * style_.text, width = data.size() > 1 ? gap + text_width(count, size) : 0.0;
            const bool has_count = data.size() > 1 && 2.0 * radius + width < each;
            const double left = spot.x - (has_count ? 0.5 * width : 0.0);  // sign and number together in the middle of the quarter
            canvas_.marker({left, spot.y}, series.look, radius, title);
            if (has_count) canvas_.text({left + radius + gap, spot.y + 0.35 * size}, count, Anchor::start, Ink::ink, size);
        }
    }

    void straight(const Series& series) {
        for (const Datum& datum : series.data) {
            const bool is_level = series.shape == MarkShape::level;
            if (!std::isfinite(is_level ? datum.value : datum.key)) continue;
            const double across = is_level ? layout_.measure.at(datum.value) : layout_.key.at(datum.key);
            const std::vector<Point> ends = is_level ? std::vector<Point>{{layout_.left, across}, {layout_.right, across}}
                                                     : std::vector<Point>{{across, layout_.bottom}, {across, layout_.top}};
            canvas_.line(ends, series.look, line_width(series), title_of(series, datum));
        }
    }

    /// As dark as the plot: a band lies over those before it.
    void sample_of_band(const SeriesLabel& label, double length) {
        const double half = 0.4 * style_.text, left = label.at.x, right = left + length;
        for (std::size_t i = 0; i <= label.series; ++i)
            if (panel_.series[i].shape == MarkShape::band)
                canvas_.surface({{left, label.at.y - half}, {right, label.at.y - half}}, {{left, label.at.y + half}, {right, label.at.y + half}}, panel_.series[i].look, kBandOpacity);
    }

    /// The sample of a look and the name of its series.
    void name(const SeriesLabel& label) {
        const Series& series = panel_.series[label.series];
        const double text = style_.text, length = kSampleLength * text;
        if (label.has_leader) canvas_.leader(label.end_of_series, label.at, series.look);
        if (series.shape == MarkShape::area || series.shape == MarkShape::bar)
            canvas_.bar({label.at.x, label.at.y - 0.4 * text}, length, 0.8 * text, series.look, {});
        else if (series.shape == MarkShape::band)
            sample_of_band(label, length);
        else if (series.shape != MarkShape::mark) canvas_.line({label.at, {label.at.x + length, label.at.y}}, series.look, line_width(series));
        if (series.shape == MarkShape::line || series.shape == MarkShape::mark)
            canvas_.marker({label.at.x + 0.5 * length, label.at.y}, series.look, 0.26 * text, {});
        canvas_.text({label.at.x + length + 0.4 * text, label.at.y + 0.35 * text}, series.name, Anchor::start, Ink::ink, text);
    }

    const PanelLayout& layout_;
    const FigurePanel& panel_;
    const FigureStyle& style_;
    FigureCanvas& canvas_;
};

}  // namespace

std::string mark_text(const FigurePanel& panel, const Series& series, const Datum& datum) {
    std::string out = series.name;
    if (panel.key.kind == AxisKind::place) out += (datum.label.empty() ? "" : ", " + datum.label) + (std::isfinite(datum.weight) ? ": " + shown_text(panel.measure, datum.weight) : "");
    else if (std::isfinite(datum.key))
        out += (out.empty() ? "" : ", ") + (panel.key.kind == AxisKind::number ? shown_text(panel.key, datum.key) : key_text(panel.key, datum.key));
    if (std::isfinite(datum.value) && panel.measure.kind == AxisKind::number) out += ": " + shown_text(panel.measure, datum.value);
    if (!datum.reason.empty()) out += "\n" + datum.reason;
    if (!datum.address.empty()) out += "\n" + datum.address;
    return out;
}

void paint_heads(const FigureLayout& layout, const FigureStyle& style, FigureCanvas& canvas) {
    for (const TextLine& line : layout.title) canvas.text(line.at, line.text, Anchor::start, Ink::ink, 1.25 * style.text, Weight::bold);
    for (const TextLine& line : layout.subtitle) canvas.text(line.at, line.text, Anchor::start, Ink::muted, style.text);
    if (layout.banner_height > 0.0) canvas.banner(layout.banner_corner, layout.banner_width, layout.banner_height);
    for (const TextLine& line : layout.faults) canvas.text(line.at, line.text, Anchor::start, Ink::ink, style.text, Weight::bold);
    for (const TextLine& line : layout.empty) canvas.text(line.at, line.text, Anchor::start, Ink::ink, style.text);
}

void paint_notes(const FigureLayout& layout, const FigureStyle& style, FigureCanvas& canvas) {
    for (const TextLine& line : layout.notes) canvas.text(line.at, line.text, Anchor::start, Ink::muted, small_size(style));
}

void paint_panel(const PanelLayout& layout, const FigureStyle& style, FigureCanvas& canvas) {
    PanelPainter(*layout.panel, layout, style, canvas).paint();
}

void paint_marks(const FigurePanel& panel, const PanelLayout& layout, const FigureStyle& style, FigureCanvas& canvas) {
    PanelPainter(panel, layout, style, canvas).marks();
}

void paint_figure(const FigureLayout& layout, const FigureStyle& style, FigureCanvas& canvas) {
    paint_heads(layout, style, canvas);
    for (const PanelLayout& panel : layout.panels) paint_panel(panel, style, canvas);
    paint_notes(layout, style, canvas);
}

}  // namespace rackrace
