#include "viz/figures/svg_layout.h"

#include <algorithm>

namespace rackrace {
namespace {

constexpr double kLineHeight = 1.35;                // of text, in sizes of letters
constexpr double kWidestLabels = 0.34;              // of a panel: wider labels go in a row above it
constexpr double kRowHeight = 1.75;                 // of a row of categories
constexpr double kKeyRoom = 1.6, kNoKeyRoom = 0.9;  // under a plot, with and without the names of keys

struct Extent {
    double low = 0.0, high = 0.0;
    bool is_known = false;
    void add(double value) {
        if (!std::isfinite(value)) return;
        low = is_known ? std::min(low, value) : value;
        high = is_known ? std::max(high, value) : value;
        is_known = true;
    }
};

bool is_filled(MarkShape shape) { return shape == MarkShape::area || shape == MarkShape::bar; }

Extent keys_of(const FigurePanel& panel) {
    Extent keys;
    for (const Series& series : panel.series)
        for (const Datum& datum : series.data) {
            keys.add(datum.key);
            keys.add(datum.key_end);
        }
    return keys;
}

Extent measures_of(const FigurePanel& panel) {
    Extent measures;
    for (const Series& series : panel.series)
        for (const Datum& datum : series.data) {
            if (!std::isfinite(datum.value)) continue;
            measures.add(datum.base + datum.value);
            if (is_filled(series.shape) || series.shape == MarkShape::band) measures.add(datum.base);
        }
    if (panel.measure.starts_at_zero || !measures.is_known) measures.add(0.0);
    return measures;
}

/// Names beside the last marks, or a row above: bars end anywhere, and wide names leave no room for the plot.
bool has_label_row(const FigurePanel& panel, double width, double text) {
    double widest = 0.0;
    bool has_bars = false;
    std::size_t named = 0;
    for (const Series& series : panel.series) {
        named += series.is_named;
        widest = std::max(widest, series.is_named ? text_width(series.name, text) + (kSampleLength + 0.9) * text : 0.0);
        has_bars = has_bars || series.shape == MarkShape::bar || series.shape == MarkShape::mark;
    }
    return panel.names_series && named > 1 && (has_bars || widest > kWidestLabels * width);
}

bool has_side_labels(const FigurePanel& panel, double width, double text) {
    return panel.names_series && panel.series.size() > 1 && !has_label_row(panel, width, text);
}

double room_right(const FigurePanel& panel, double width, double text) {
    double room = 0.6 * text;
    if (has_side_labels(panel, width, text))
        for (const Series& series : panel.series)
            room = std::max(room, series.is_named ? text_width(series.name, text) + (kSampleLength + 1.5) * text : 0.0);
    for (const Series& series : panel.series)
        for (const Datum& datum : series.data) room = std::max(room, datum.label.empty() ? 0.0 : text_width(datum.label, text) + 0.8 * text);
    return room;
}

std::vector<Tick> category_ticks(const FigureAxis& axis) {
    std::vector<Tick> ticks;
    for (std::size_t i = 0; i < axis.categories.size(); ++i) ticks.push_back({static_cast<double>(i), axis.categories[i]});
    return ticks;
}

/// Rows of the axis that runs down the page, where it has categories; 0 where it has numbers.
std::size_t rows_of(const FigurePanel& panel) {
    if (panel.is_horizontal) return panel.key.categories.size();
    return panel.measure.kind == AxisKind::category ? panel.measure.categories.size() : 0;
}

/// The scale and ticks of the axis that runs down the page.
void fit_upright(PanelLayout& layout, double text) {
    const FigurePanel& panel = *layout.panel;
    Scale& scale = panel.is_horizontal ? layout.key : layout.measure;
    std::vector<Tick>& ticks = panel.is_horizontal ? layout.key_ticks : layout.measure_ticks;
    const double height = layout.bottom - layout.top;
    if (const std::size_t rows = rows_of(panel); rows > 0) {
        ticks = category_ticks(panel.is_horizontal ? panel.key : panel.measure);
        scale = {-0.5, static_cast<double>(rows) - 0.5, layout.top, layout.bottom};
        return;
    }
    const Extent extent = measures_of(panel);
    ticks = number_ticks(panel.measure, extent.low, extent.high, std::clamp(static_cast<int>(height / (2.6 * text)), 2, 6));
    scale = {ticks.front().value, ticks.back().value, layout.bottom, layout.top};
}

void fit_level(PanelLayout& layout, const Extent& quarters, double text) {
    const FigurePanel& panel = *layout.panel;
    Scale& scale = panel.is_horizontal ? layout.measure : layout.key;
    std::vector<Tick>& ticks = panel.is_horizontal ? layout.measure_ticks : layout.key_ticks;
    const double width = layout.right - layout.left;
    if (!panel.is_horizontal && panel.key.kind == AxisKind::quarter) {
        scale = {quarters.low - 0.5, quarters.high + 0.5, layout.left, layout.right};
        ticks = quarter_ticks(scale.low, scale.high, width, text);
        return;
    }
    Extent extent = panel.is_horizontal ? measures_of(panel) : keys_of(panel);
    extent.add(0.0);
    ticks = number_ticks(panel.is_horizontal ? panel.measure : panel.key, extent.low, extent.high,
                         std::clamp(static_cast<int>(width / (4.5 * text)), 2, 8));
    scale = {ticks.front().value, ticks.back().value, layout.left, layout.right};
}

/// Where the name of a series belongs: beside its last mark, in the middle of a surface.
Point last_mark(const PanelLayout& layout, const Series& series) {
    for (auto datum = series.data.rbegin(); datum != series.data.rend(); ++datum) {
        if (series.shape == MarkShape::post) return {layout.key.at(datum->key), layout.top + 0.1 * (layout.bottom - layout.top)};
        if (!std::isfinite(datum->value)) continue;
        const bool is_surface = is_filled(series.shape) || series.shape == MarkShape::band;
        if (is_surface && series.shape == MarkShape::area && datum->value == 0.0) continue;
        const double end = std::isfinite(datum->key_end) ? datum->key_end : datum->key;
        return {std::isfinite(end) ? layout.key.at(end) : layout.right, layout.measure.at(datum->base + (is_surface ? 0.5 : 1.0) * datum->value)};
    }
    return {layout.right, layout.bottom};
}

/// Names at the right, in the order of their marks, moved apart until none covers another.
void place_side_labels(PanelLayout& layout, double text) {
    const double gap = 1.2 * text;
    std::vector<SeriesLabel>& labels = layout.labels;
    for (std::size_t i = 0; i < layout.panel->series.size(); ++i) {
        if (!layout.panel->series[i].is_named) continue;
        const Point mark = last_mark(layout, layout.panel->series[i]);
        labels.push_back({i, {layout.right + 0.7 * text, mark.y}, mark, false});
    }
    std::stable_sort(labels.begin(), labels.end(), [](const SeriesLabel& a, const SeriesLabel& b) { return a.at.y < b.at.y; });
    for (std::size_t i = 1; i < labels.size(); ++i) labels[i].at.y = std::max(labels[i].at.y, labels[i - 1].at.y + gap);
    double lowest = layout.bottom;
    for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
        label->at.y = std::min(label->at.y, lowest);
        lowest = label->at.y - gap;
    }
    for (SeriesLabel& label : labels)
        label.has_leader = std::abs(label.at.y - label.end_of_series.y) > 0.5 * text || layout.right - label.end_of_series.x > 2.0 * text;
}

/// Names in rows from `top`; returns the height they take.
double place_label_rows(PanelLayout& layout, double left, double right, double top, double text) {
    double x = left, y = top + 0.5 * kLineHeight * text;
    for (std::size_t i = 0; i < layout.panel->series.size(); ++i) {
        if (!layout.panel->series[i].is_named) continue;
        const double width = text_width(layout.panel->series[i].name, text) + (kSampleLength + 1.4) * text;
        if (x > left && x + width > right) {
            x = left;
            y += kLineHeight * text;
        }
        layout.labels.push_back({i, {x, y}, {}, false});
        x += width;
    }
    return y + 0.5 * kLineHeight * text - top;
}

std::string panel_title(const FigurePanel& panel) {
    const std::string& unit = panel.measure.shown_unit;
    if (panel.title.empty()) return panel.is_horizontal ? unit : "";
    return panel.title + (unit.empty() ? "" : ", " + unit);
}

/// Puts lines of text from `y` down and returns where they end.
double put_lines(std::vector<TextLine>& lines, const std::string& text, double left, double width, double y, double size) {
    for (const std::string& line : wrap_text(text, width, size)) {
        lines.push_back({{left, y + size}, line});
        y += kLineHeight * size;
    }
    return y;
}

/// The column of panels, with all that is the same for its panels.
struct ColumnPlan {
    double left, right;            // of the whole column
    double plot_left, plot_right;  // of the plots
};

class Planner {
public:
    Planner(const FigureModel& figure, const SvgStyle& style, const std::vector<std::string>& notes)
        : figure_(figure),
          style_(style),
          notes_(notes),
          text_(style.text),
          margin_(style.text),
          columns_(style.width < 34.0 * style.text ? 1 : figure.columns) {}

    FigureLayout plan() {
        double y = heads();
        if (!figure_.empty_text.empty()) {
            out_.empty = {};
            y = put_lines(out_.empty, figure_.empty_text, margin_, inner_width(), y + 2.0 * text_, text_) + 2.0 * text_;
        }
        std::vector<TextLine> notes;  // first only to know their height
        double notes_height = 0.6 * text_;
        for (const std::string& note : notes_) notes_height = put_lines(notes, note, margin_, inner_width(), notes_height, note_size());
        y = all_panels(y, style_.height > 0.0 ? style_.height - notes_height - margin_ - y : 0.0);
        if (style_.height > 0.0) y = std::max(y, style_.height - notes_height - margin_);
        y += 0.6 * text_;
        for (const std::string& note : notes_) y = put_lines(out_.notes, note, margin_, inner_width(), y, note_size());
        out_.height = std::max(style_.height, y + 0.7 * margin_);
        return std::move(out_);
    }

private:
    double inner_width() const { return style_.width - 2.0 * margin_; }
    double note_size() const { return small_size(style_); }

    double heads() {
        double y = put_lines(out_.title, figure_.title, margin_, inner_width(), 0.7 * margin_, 1.25 * text_);
        if (!figure_.subtitle.empty()) y = put_lines(out_.subtitle, figure_.subtitle, margin_, inner_width(), y, text_);
        y += 0.4 * text_;
        if (figure_.faults.empty()) return y;
        out_.banner_corner = {margin_, y};
        double end = y + 0.3 * text_;
        for (const std::string& fault : figure_.faults) end = put_lines(out_.faults, fault, 1.6 * margin_, inner_width() - 1.2 * margin_, end, text_);
        out_.banner_height = end + 0.3 * text_ - y;
        return end + text_;
    }

    /// Room for the words at the left of the plots of a column, the same for all of them.
    ColumnPlan plan_column(int column, const std::vector<const FigurePanel*>& panels) const {
        const double gap = 1.5 * text_, width = (inner_width() - gap * (columns_ - 1)) / columns_;
        ColumnPlan plan{margin_ + column * (width + gap), 0.0, 0.0, 0.0};
        plan.right = plan.left + width;
        double left = 0.0, right = 0.0;
        for (const FigurePanel* panel : panels) {
            PanelLayout trial;
            trial.panel = panel;
            trial.bottom = plot_height(*panel, style_.height > 0.0 ? 200.0 : style_.plot_height);
            fit_upright(trial, text_);
            for (const Tick& tick : panel->is_horizontal ? trial.key_ticks : trial.measure_ticks) left = std::max(left, text_width(tick.text, text_));
            right = std::max(right, room_right(*panel, width, text_));
        }
        plan.plot_left = plan.left + left + 0.5 * text_;
        plan.plot_right = plan.right - right;
        return plan;
    }

    double plot_height(const FigurePanel& panel, double share_height) const {
        const std::size_t rows = rows_of(panel);
        const double wanted = share_height * panel.height_share * (columns_ > 1 ? 0.5 : figure_.panels.size() > 1 ? 0.6 : 1.0);
        return rows > 0 && style_.height == 0.0 ? kRowHeight * text_ * static_cast<double>(rows) : wanted;
    }

    /// Height of what a panel needs beside its plot.
    double frame_height(const FigurePanel& panel, const ColumnPlan& column, bool names_keys) const {
        PanelLayout trial;
        trial.panel = &panel;
        double height = panel_title(panel).empty() ? 0.3 * text_ : kLineHeight * text_ + 0.4 * text_;
        if (has_label_row(panel, column.right - column.left, text_))
            height += place_label_rows(trial, column.left, column.right, 0.0, text_) + 0.3 * text_;
        return height + (names_keys ? kKeyRoom : kNoKeyRoom) * text_ +
               (panel.key.kind == AxisKind::number && !panel.is_horizontal ? 1.3 * text_ : 0.0);
    }

    /// Lays out one panel from y and returns where it ends.
    double place_panel(const FigurePanel& panel, const ColumnPlan& column, const Extent& quarters, bool names_keys, double y, double height) {
        PanelLayout layout;
        layout.panel = &panel;
        layout.names_keys = names_keys;
        layout.left = column.plot_left;
        layout.right = column.plot_right;
        const std::string title = panel_title(panel);
        if (!title.empty()) layout.title = {{column.left, y + text_}, title};
        y += title.empty() ? 0.3 * text_ : kLineHeight * text_ + 0.4 * text_;
        const bool is_above = has_label_row(panel, column.right - column.left, text_);
        if (is_above) y += place_label_rows(layout, column.left, column.right, y - 0.2 * text_, text_) + 0.3 * text_;
        layout.top = y;
        layout.bottom = y + height;
        fit_upright(layout, text_);
        fit_level(layout, quarters, text_);
        if (!is_above && has_side_labels(panel, column.right - column.left, text_)) place_side_labels(layout, text_);
        const bool names_axis = panel.key.kind == AxisKind::number && !panel.is_horizontal;
        out_.panels.push_back(std::move(layout));
        return y + height + (names_keys ? kKeyRoom : kNoKeyRoom) * text_ + (names_axis ? 1.3 * text_ : 0.0);
    }

    /// Panels in columns, row by row; `room` is what they may take together, 0 where they take what they want.
    double all_panels(double y, double room) {
        const std::size_t count = figure_.panels.size(), columns = static_cast<std::size_t>(columns_), rows = (count + columns - 1) / columns;
        std::vector<ColumnPlan> plans;
        Extent quarters;
        for (std::size_t column = 0; column < columns; ++column) {
            std::vector<const FigurePanel*> panels;
            for (std::size_t i = column; i < count; i += columns) panels.push_back(&figure_.panels[i]);
            plans.push_back(plan_column(static_cast<int>(column), panels));
        }
        for (const FigurePanel& panel : figure_.panels) {
            if (panel.key.kind != AxisKind::quarter) continue;
            const Extent keys = keys_of(panel);
            quarters.add(keys.low);
            quarters.add(keys.high);
        }
        const auto names_keys = [&](std::size_t i) { return i + columns >= count || figure_.panels[i].key.kind != AxisKind::quarter; };
        double shares = 0.0, frames = 0.0;
        for (std::size_t row = 0; row < rows; ++row) {
            const std::size_t i = row * columns;
            shares += figure_.panels[i].height_share;
            frames += frame_height(figure_.panels[i], plans[0], names_keys(i));
        }
        for (std::size_t row = 0; row < rows; ++row) {
            double end = y;
            for (std::size_t i = row * columns; i < std::min(count, (row + 1) * columns); ++i) {
                const FigurePanel& panel = figure_.panels[i];
                const double height =
                    room > 0.0 ? std::max(3.0 * text_, (room - frames) * panel.height_share / shares) : plot_height(panel, style_.plot_height);
                end = std::max(end, place_panel(panel, plans[i % columns], quarters, names_keys(i), y, height));
            }
            y = end;
        }
        return y;
    }

    const FigureModel& figure_;
    const SvgStyle& style_;
    const std::vector<std::string>& notes_;
    double text_, margin_;
    int columns_;
    FigureLayout out_;
};

}  // namespace

FigureLayout prepare_figure(const FigureModel& figure, const SvgStyle& style, const std::vector<std::string>& notes) {
    return Planner(figure, style, notes).plan();
}

}  // namespace rackrace
