#include "viz/figures/figure_layout.h"

#include <algorithm>

#include "viz/figures/letters.h"

namespace rackrace {
namespace {

constexpr double kLineHeight = 1.35;                   // of text, in sizes of letters
constexpr double kWidestLabels = 0.34;                 // of a panel: wider labels go in a row above it
constexpr double kRowHeight = 1.75;                    // of a row of categories
constexpr double kLowestRow = 1.3, kTightRow = 1.0;    // the same where the height is given
constexpr double kLowestPlot = 3.5, kTightPlot = 1.8;  // of a plot of numbers where the height is given
constexpr std::size_t kMostTitleLines = 3;             // of a panel: what is longer is shortened
constexpr double kTwoColumns = 34.0;                   // width below which panels are not put side by side
constexpr double kColumnGap = 1.5;                     // between columns of panels
constexpr double kLabelGap = 1.2, kTightLabelGap = 1.05;  // from one name beside the plot to the next
constexpr double kWidestRowName = 0.5;                 // of a panel: longer names of rows are shortened
constexpr double kKeyRoom = 1.6, kNoKeyRoom = 0.9;     // under a plot, with and without the names of keys
constexpr double kLastColumn = 0.9;                    // of places: what is named here may stick out of the plot
constexpr double kPlaceHead = 1.5;                     // over the highest place of a drawing: its name
constexpr double kTightNoKeyRoom = 0.5;                // the latter where the height is given

constexpr std::string_view kCorrelation = "rho";       // unit of correlations

struct Extent {
    double low = 0.0, high = 0.0;
    bool is_known = false;
    void add(double value) {
        if (!std::isfinite(value)) return;
        low = is_known ? std::min(low, value) : value;
        high = is_known ? std::max(high, value) : value;
        is_known = true;
    }
    void add(const Extent& other) {
        if (!other.is_known) return;
        add(other.low);
        add(other.high);
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

bool is_in(const FigurePanel& panel, const std::optional<QuarterRange>& quarters, const Datum& datum) {
    return !quarters || panel.key.kind != AxisKind::quarter || !std::isfinite(datum.key) ||
           (datum.key >= quarters->from && datum.key <= quarters->to);
}

Extent measures_of(const FigurePanel& panel, const std::optional<QuarterRange>& quarters) {
    Extent measures;
    for (const Series& series : panel.series)
        for (const Datum& datum : series.data) {
            if (!std::isfinite(datum.value) || !is_in(panel, quarters, datum)) continue;
            measures.add(datum.base + datum.value);
            if (is_filled(series.shape) || series.shape == MarkShape::band) measures.add(datum.base);
        }
    if (!measures.is_known) measures.add(0.0);
    return measures;
}

/// Names beside the last marks, or a row above: bars end anywhere, wide names leave no room for the plot, and a low plot has none for many.
bool has_label_row(const FigurePanel& panel, double width, double height, double gap, double text) {
    double widest = 0.0;
    bool has_bars = false;
    std::size_t named = 0;
    for (const Series& series : panel.series) {
        named += series.is_named;
        widest = std::max(widest, series.is_named ? text_width(series.name, text) + (kSampleLength + 0.9) * text : 0.0);
        has_bars = has_bars || series.shape == MarkShape::bar || series.shape == MarkShape::mark;
    }
    return panel.names_series && named > 1 && (has_bars || widest > kWidestLabels * width || static_cast<double>(named) * gap > height);
}

bool has_side_labels(const FigurePanel& panel, double width, double height, double gap, double text) {
    return panel.names_series && panel.series.size() > 1 && !has_label_row(panel, width, height, gap, text);
}

double room_right(const FigurePanel& panel, double width, double height, double gap, double text) {
    double room = 0.6 * text;
    if (has_side_labels(panel, width, height, gap, text))
        for (const Series& series : panel.series)
            room = std::max(room, series.is_named ? text_width(series.name, text) + (kSampleLength + 1.5) * text : 0.0);
    const bool is_place = panel.key.kind == AxisKind::place;  // names stand over their marks: only those of the last column stick out
    for (const Series& series : panel.series)
        for (const Datum& datum : series.data) {
            if (datum.label.empty() || series.shape == MarkShape::edge || (is_place && datum.key < kLastColumn)) continue;
            room = std::max(room, text_width(datum.label, text) + (is_place ? -0.4 : 0.8) * text);
        }
    return room;
}

std::vector<Tick> category_ticks(const FigureAxis& axis, double width, double text) {
    std::vector<Tick> ticks;
    for (std::size_t i = 0; i < axis.categories.size(); ++i) ticks.push_back({static_cast<double>(i), shortened(axis.categories[i], width, text)});
    return ticks;
}

/// Rows of the axis that runs down the page, where it has categories; 0 where it has numbers.
std::size_t rows_of(const FigurePanel& panel) {
    if (panel.is_horizontal) return panel.key.categories.size();
    return panel.measure.kind == AxisKind::category ? panel.measure.categories.size() : 0;
}

/// What a panel's scales have to hold beside its own data.
struct Fit {
    const LayoutOptions& options;
    double width = 0.0;  // of a column of panels
    Extent quarters = {};

    /// The panel of the figure behind that is drawn on the same scales; nullptr for none.
    const FigurePanel* behind(const FigurePanel& panel) const {
        if (options.behind == nullptr) return nullptr;
        for (const FigurePanel& other : options.behind->panels)
            if (other.id == panel.id && other.key.kind == panel.key.kind && other.measure.unit == panel.measure.unit) return &other;
        return nullptr;
    }
    Extent measures(const FigurePanel& panel) const {
        Extent extent = measures_of(panel, options.quarters);
        if (const FigurePanel* other = behind(panel)) extent.add(measures_of(*other, options.quarters));
        return extent;
    }
    Extent keys(const FigurePanel& panel) const {
        Extent extent = keys_of(panel);
        if (const FigurePanel* other = behind(panel)) extent.add(keys_of(*other));
        return extent;
    }
};

/// The scale and ticks of the axis that runs down the page.
void fit_upright(PanelLayout& layout, const Fit& fit, double text) {
    const FigurePanel& panel = *layout.panel;
    Scale& scale = panel.is_horizontal ? layout.key : layout.measure;
    std::vector<Tick>& ticks = panel.is_horizontal ? layout.key_ticks : layout.measure_ticks;
    const double height = layout.bottom - layout.top;
    if (const std::size_t rows = rows_of(panel); rows > 0) {
        ticks = category_ticks(panel.is_horizontal ? panel.key : panel.measure, kWidestRowName * fit.width, text);
        scale = {-0.5, static_cast<double>(rows) - 0.5, layout.top, layout.bottom};
        return;
    }
    if (panel.measure.kind == AxisKind::place) {
        scale = {0.0, 1.0, layout.bottom, layout.top + kPlaceHead * text};
        return;
    }
    const int count = std::clamp(static_cast<int>(height / (2.6 * text)), 2, 6);
    Extent extent = fit.measures(panel);
    const bool is_log = fit.options.is_log && can_be_log(panel) && extent.low > 0.0;
    if (panel.measure.starts_at_zero && !is_log) extent.add(0.0);
    ticks = is_log ? ratio_ticks(panel.measure, extent.low, extent.high, count) : number_ticks(panel.measure, extent.low, extent.high, count);
    scale = {ticks.front().value, ticks.back().value, layout.bottom, layout.top, is_log};
    const auto part = fit.options.values.find(panel.id);
    if (part == fit.options.values.end()) return;
    layout.is_zoomed = true;
    const Scale whole = scale;
    scale.low = whole.back(whole.from + part->second.from * (whole.to - whole.from));
    scale.high = whole.back(whole.from + part->second.to * (whole.to - whole.from));
    ticks = is_log ? ratio_ticks(panel.measure, scale.low, scale.high, count) : number_ticks(panel.measure, scale.low, scale.high, count);
    std::erase_if(ticks, [&](const Tick& tick) { return tick.value < scale.low || tick.value > scale.high; });
}

void fit_level(PanelLayout& layout, const Fit& fit, double text) {
    const FigurePanel& panel = *layout.panel;
    Scale& scale = panel.is_horizontal ? layout.measure : layout.key;
    std::vector<Tick>& ticks = panel.is_horizontal ? layout.measure_ticks : layout.key_ticks;
    const double width = layout.right - layout.left;
    if (!panel.is_horizontal && panel.key.kind == AxisKind::quarter) {
        scale = {fit.quarters.low - 0.5, fit.quarters.high + 0.5, layout.left, layout.right};
        ticks = quarter_ticks(scale.low, scale.high, width, text);
        return;
    }
    if (panel.key.kind == AxisKind::place) {
        scale = {0.0, 1.0, layout.left + text, layout.right};
        return;
    }
    Extent extent = panel.is_horizontal ? fit.measures(panel) : fit.keys(panel);
    if (panel.is_horizontal || panel.key.starts_at_zero) extent.add(0.0);
    if (panel.is_horizontal && panel.measure.unit == kCorrelation) {  // all of its axis, so that small ones look small
        extent.add(-1.0);
        extent.add(1.0);
    }
    ticks = number_ticks(panel.is_horizontal ? panel.measure : panel.key, extent.low, extent.high,
                         std::clamp(static_cast<int>(width / (4.5 * text)), 2, 8));
    scale = {ticks.front().value, ticks.back().value, layout.left, layout.right};
}

/// The middle of a band, or of what the next band of the panel leaves of its upper part.
double upper_part(const FigurePanel& panel, const Series& band, const Datum& datum) {
    const auto next = std::find_if(panel.series.begin() + (&band - panel.series.data()) + 1, panel.series.end(), [](const Series& series) { return series.shape == MarkShape::band; });
    if (next == panel.series.end()) return datum.base + 0.5 * datum.value;
    const auto over = std::find_if(next->data.begin(), next->data.end(), [&](const Datum& other) { return other.key == datum.key && std::isfinite(other.value); });
    return datum.base + datum.value - (over == next->data.end() ? 0.5 * datum.value : 0.5 * (datum.base + datum.value - over->base - over->value));
}

/// Where the name of a series belongs: beside its last mark, in the middle of a surface.
Point last_mark(const PanelLayout& layout, const Series& series) {
    for (auto datum = series.data.rbegin(); datum != series.data.rend(); ++datum) {
        if (series.shape == MarkShape::post) return {layout.key.at(datum->key), layout.top + 0.1 * (layout.bottom - layout.top)};
        if (!std::isfinite(datum->value) || !is_shown(*layout.panel, layout.key, *datum)) continue;
        const bool is_surface = is_filled(series.shape) || series.shape == MarkShape::band;
        if (is_surface && series.shape == MarkShape::area && datum->value == 0.0) continue;
        const double end = std::isfinite(datum->key_end) ? datum->key_end : datum->key;
        const double middle = datum->base + (is_surface ? 0.5 : 1.0) * datum->value;
        return {std::isfinite(end) ? layout.key.at(end) : layout.right, layout.measure.at(series.shape == MarkShape::band ? upper_part(*layout.panel, series, *datum) : middle)};
    }
    return {layout.right, layout.bottom};
}

/// Names at the right, in the order of their marks, moved apart until none covers another.
void place_side_labels(PanelLayout& layout, double gap, double text) {
    std::vector<SeriesLabel>& labels = layout.labels;
    for (std::size_t i = 0; i < layout.panel->series.size(); ++i) {
        if (!layout.panel->series[i].is_named) continue;
        Point mark = last_mark(layout, layout.panel->series[i]);
        mark.y = std::clamp(mark.y, layout.top, layout.bottom);  // of zoomed values it may lie outside
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

/// Title and unit of a panel, in a few lines where one is too short; none without either.
std::vector<std::string> title_lines(const FigurePanel& panel, bool is_zoomed, double width, double text) {
    const std::string title = panel_title(panel);
    std::vector<std::string> lines = wrap_text(!is_zoomed ? title : title + (title.empty() ? "" : ", ") + "part of the values (0: all)", width, text);
    for (std::size_t i = kMostTitleLines; i < lines.size(); ++i) lines[kMostTitleLines - 1] += " " + lines[i];
    lines.resize(std::min(lines.size(), kMostTitleLines));
    for (std::string& line : lines) line = shortened(line, width, text);
    return lines;
}

double title_height(std::size_t lines, bool is_tight, double text) {
    return lines == 0 ? 0.3 * text : (kLineHeight * static_cast<double>(lines) + (is_tight ? 0.15 : 0.4)) * text;
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

struct RowPlan {
    double share = 0.0;  // of the height that is left for plots
    double frame = 0.0;  // height beside the plot
};

class Planner {
public:
    Planner(const FigureModel& figure, const FigureStyle& style, const LayoutOptions& options)
        : figure_(figure),
          style_(style),
          options_(options),
          fit_{options},
          text_(style.text),
          margin_(options.has_heads ? style.text : 0.5 * style.text),
          columns_(options.columns > 0                      ? options.columns
                   : style.width < kTwoColumns * style.text ? 1
                                                            : figure.columns) {}

    FigureLayout plan() {
        double y = heads();
        if (!figure_.empty_text.empty()) {
            out_.empty = {};
            y = put_lines(out_.empty, figure_.empty_text, margin_, inner_width(), y + 2.0 * text_, text_) + 2.0 * text_;
        }
        std::vector<TextLine> notes;  // first only to know their height
        double notes_height = 0.6 * text_;
        for (const std::string& note : options_.notes) notes_height = put_lines(notes, note, margin_, inner_width(), notes_height, note_size());
        y = all_panels(y, style_.height > 0.0 ? style_.height - notes_height - margin_ - y : 0.0);
        if (style_.height > 0.0) y = std::max(y, style_.height - notes_height - margin_);
        y += 0.6 * text_;
        for (const std::string& note : options_.notes) y = put_lines(out_.notes, note, margin_, inner_width(), y, note_size());
        out_.height = std::max(style_.height, y + 0.7 * margin_);
        return std::move(out_);
    }

private:
    double inner_width() const { return style_.width - 2.0 * margin_; }
    double note_size() const { return small_size(style_); }

    double heads() {
        double y = options_.has_heads ? 0.7 * margin_ : 0.0;
        if (options_.has_heads) {
            y = put_lines(out_.title, figure_.title, margin_, inner_width(), y, 1.25 * text_);
            if (!figure_.subtitle.empty()) y = put_lines(out_.subtitle, figure_.subtitle, margin_, inner_width(), y, text_);
            y += 0.4 * text_;
        }
        if (figure_.faults.empty()) return y;
        out_.banner_corner = {margin_, y};
        double end = y + 0.3 * text_;
        for (const std::string& fault : figure_.faults) end = put_lines(out_.faults, fault, 1.6 * margin_, inner_width() - 1.2 * margin_, end, text_);
        out_.banner_width = inner_width();
        out_.banner_height = end + 0.3 * text_ - y;
        return end + text_;
    }

    /// Room for the words at the left of the plots of a column, the same for all of them.
    ColumnPlan plan_column(int column, const std::vector<const FigurePanel*>& panels) const {
        const double width = fit_.width;
        ColumnPlan plan{margin_ + column * (width + kColumnGap * text_), 0.0, 0.0, 0.0};
        plan.right = plan.left + width;
        double left = 0.0, right = 0.0;
        for (const FigurePanel* panel : panels) {
            PanelLayout trial;
            trial.panel = panel;
            trial.bottom = plot_height(*panel, style_.height > 0.0 ? 200.0 : style_.plot_height);
            fit_upright(trial, fit_, text_);
            for (const Tick& tick : panel->is_horizontal ? trial.key_ticks : trial.measure_ticks) left = std::max(left, text_width(tick.text, text_));
            right = std::max(right, room_right(*panel, width, rough_height_, label_gap(), text_));
        }
        plan.plot_left = plan.left + left + 0.5 * text_;
        plan.plot_right = plan.right - right;
        return plan;
    }

    double plot_height(const FigurePanel& panel, double share_height) const {
        const std::size_t rows = rows_of(panel);
        const double wanted = share_height * panel.height_share * (columns_ > 1 ? 0.5 : figure_.panels.size() > 1 ? 0.6 : 1.0);
        const double as_rows = kRowHeight * text_ * static_cast<double>(rows);
        if (rows == 0 || style_.height > 0.0) return wanted;
        return panel.is_horizontal ? as_rows : std::max(as_rows, kLowestPlot * text_);  // one lane alone would be lower than any other plot
    }

    bool is_zoomed(const FigurePanel& panel) const { return options_.values.contains(panel.id); }

    double lowest_height(const FigurePanel& panel) const {
        const std::size_t rows = rows_of(panel);
        const double row = options_.is_tight ? kTightRow : kLowestRow, plot = options_.is_tight ? kTightPlot : kLowestPlot;
        const double as_rows = row * static_cast<double>(rows);
        return (panel.is_horizontal && rows > 0 ? as_rows : std::max(as_rows, plot)) * text_;
    }

    double label_gap() const { return (options_.is_tight ? kTightLabelGap : kLabelGap) * text_; }

    /// Under a plot.
    double key_room(bool names_keys) const { return (names_keys ? kKeyRoom : options_.is_tight ? kTightNoKeyRoom : kNoKeyRoom) * text_; }

    /// Height of what a panel needs beside its plot.
    double frame_height(const FigurePanel& panel, const ColumnPlan& column, bool names_keys) const {
        PanelLayout trial;
        trial.panel = &panel;
        double height = title_height(title_lines(panel, is_zoomed(panel), column.right - column.left, text_).size(), options_.is_tight, text_);
        if (has_label_row(panel, column.right - column.left, rough_height_, label_gap(), text_))
            height += place_label_rows(trial, column.left, column.right, 0.0, text_) + 0.3 * text_;
        return height + key_room(names_keys) + (panel.key.kind == AxisKind::number && !panel.is_horizontal ? 1.3 * text_ : 0.0);
    }

    /// Lays out one panel from y and returns where it ends.
    double place_panel(const FigurePanel& panel, const ColumnPlan& column, bool names_keys, double y, double height) {
        PanelLayout layout;
        layout.panel = &panel;
        layout.cursor_t = figure_.cursor_t;
        layout.names_keys = names_keys;
        layout.left = column.plot_left;
        layout.right = column.plot_right;
        const std::vector<std::string> lines = title_lines(panel, is_zoomed(panel), column.right - column.left, text_);
        for (std::size_t i = 0; i < lines.size(); ++i)
            layout.title.push_back({{column.left, y + text_ + static_cast<double>(i) * kLineHeight * text_}, lines[i]});
        y += title_height(lines.size(), options_.is_tight, text_);
        const bool is_above = has_label_row(panel, column.right - column.left, rough_height_, label_gap(), text_);
        if (is_above) y += place_label_rows(layout, column.left, column.right, y - 0.2 * text_, text_) + 0.3 * text_;
        layout.top = y;
        layout.bottom = y + height;
        fit_upright(layout, fit_, text_);
        fit_level(layout, fit_, text_);
        if (!is_above && has_side_labels(panel, column.right - column.left, rough_height_, label_gap(), text_))
            place_side_labels(layout, label_gap(), text_);
        const bool names_axis = panel.key.kind == AxisKind::number && !panel.is_horizontal;
        out_.panels.push_back(std::move(layout));
        return y + height + key_room(names_keys) + (names_axis ? 1.3 * text_ : 0.0);
    }

    /// Panels in columns, row by row; `room` is what they may take together, 0 where they take what they want.
    double all_panels(double y, double room) {
        const std::size_t count = figure_.panels.size(), columns = static_cast<std::size_t>(columns_), rows = (count + columns - 1) / columns;
        if (room > 0.0) rough_height_ = room / static_cast<double>(rows) - 3.0 * text_;
        fit_.width = (inner_width() - kColumnGap * text_ * (columns_ - 1)) / columns_;
        std::vector<ColumnPlan> plans;
        for (std::size_t column = 0; column < columns; ++column) {
            std::vector<const FigurePanel*> panels;
            for (std::size_t i = column; i < count; i += columns) panels.push_back(&figure_.panels[i]);
            plans.push_back(plan_column(static_cast<int>(column), panels));
        }
        for (const FigurePanel& panel : figure_.panels) {
            if (panel.key.kind != AxisKind::quarter) continue;
            fit_.quarters.add(keys_of(panel));
        }
        if (options_.quarters) fit_.quarters = {static_cast<double>(options_.quarters->from), static_cast<double>(options_.quarters->to), true};
        const auto names_keys = [&](std::size_t i) { return i + columns >= count || figure_.panels[i].key.kind != AxisKind::quarter; };
        std::vector<RowPlan> row_plans(rows);  // what the most demanding panel of a row wants
        double shares = 0.0, frames = 0.0;
        for (std::size_t i = 0; i < count; ++i) {
            RowPlan& row = row_plans[i / columns];
            row.share = std::max(row.share, figure_.panels[i].height_share);
            row.frame = std::max(row.frame, frame_height(figure_.panels[i], plans[i % columns], names_keys(i)));
        }
        for (const RowPlan& row : row_plans) {
            shares += row.share;
            frames += row.frame;
        }
        for (std::size_t row = 0; row < rows; ++row) {
            double end = y;
            for (std::size_t i = row * columns; i < std::min(count, (row + 1) * columns); ++i) {
                const FigurePanel& panel = figure_.panels[i];
                const double given = row_plans[row].frame - frame_height(panel, plans[i % columns], names_keys(i)) +
                                     (room - frames) * row_plans[row].share / shares;  // plots of a row end at one height
                const double height = room > 0.0 ? std::max(lowest_height(panel), given) : plot_height(panel, style_.plot_height);
                end = std::max(end, place_panel(panel, plans[i % columns], names_keys(i), y, height));
            }
            y = end;
        }
        return y;
    }

    const FigureModel& figure_;
    const FigureStyle& style_;
    const LayoutOptions& options_;
    Fit fit_;
    double rough_height_ = 1e9;  // of a plot, before panels have their places; large where the height is free
    double text_, margin_;
    int columns_;
    FigureLayout out_;
};

}  // namespace

std::string panel_title(const FigurePanel& panel) {
    const std::string& unit = panel.measure.shown_unit;
    if (panel.title.empty()) return panel.is_horizontal ? unit : "";
    return panel.title + (unit.empty() ? "" : ", " + unit);
}

bool is_shown(const FigurePanel& panel, const Scale& key, const Datum& datum) {
    return panel.key.kind != AxisKind::quarter || !std::isfinite(datum.key) || (datum.key >= key.low && datum.key <= key.high);
}

std::vector<Point> edge_course(const PanelLayout& layout, const Datum& datum) {
    constexpr int kPoints = 24;
    constexpr double kBow = 0.07;  // of the width of the plot
    const Point a{layout.key.at(datum.key), layout.measure.at(datum.base)}, b{layout.key.at(datum.key_end), layout.measure.at(datum.value)};
    const double apart = std::abs(b.x - a.x), width = layout.right - layout.left;
    const bool is_upright = apart < 0.1 * width;
    const double pull_a = is_upright ? kBow * width : 0.5 * (b.x - a.x), pull_b = is_upright ? -kBow * width : 0.5 * (b.x - a.x);
    const Point c{a.x + pull_a, a.y}, d{b.x - pull_b, b.y};
    std::vector<Point> out;
    for (int i = 0; i <= kPoints; ++i) {
        const double s = static_cast<double>(i) / kPoints, r = 1.0 - s;
        const double wa = r * r * r, wc = 3.0 * r * r * s, wd = 3.0 * r * s * s, wb = s * s * s;
        out.push_back({wa * a.x + wc * c.x + wd * d.x + wb * b.x, wa * a.y + wc * c.y + wd * d.y + wb * b.y});
    }
    return out;
}

bool has_upright_values(const FigurePanel& panel) { return !panel.is_horizontal && panel.measure.kind != AxisKind::category && panel.measure.kind != AxisKind::place; }

bool can_be_log(const FigurePanel& panel) {
    return panel.measure.unit.starts_with("$/") && std::none_of(panel.series.begin(), panel.series.end(), [](const Series& series) {
               return is_filled(series.shape) ||
                      std::any_of(series.data.begin(), series.data.end(), [](const Datum& datum) { return datum.value <= 0.0; });
           });
}

FigureLayout prepare_figure(const FigureModel& figure, const FigureStyle& style, const LayoutOptions& options) {
    return Planner(figure, style, options).plan();
}

}  // namespace rackrace
