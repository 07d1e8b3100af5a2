// A figure as data: panels with axes, series of marks, the reason and the address behind every mark, checks of sums, words for what is empty.
// Everything that shows a figure (SVG, table, CSV, JSON, text, window) takes it from here and adds nothing.
#pragma once

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace rackrace {

inline constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

/// Looks of categories: colour, dash, marker and hatch of one number (theme.h). The last one is for what is not singled out.
inline constexpr int kLooks = 7;
inline constexpr int kRestLook = kLooks;

enum class AxisKind {
    quarter,
    category,
    number,
    place  // of a drawing, 0 to 1 from the left and the bottom: no ticks; both axes of a panel or none
};

/// Data are in `unit`; what is written at ticks and labels is data / shown_scale in shown_unit.
struct FigureAxis {
    AxisKind kind = AxisKind::number;
    std::string label;
    std::string unit;
    std::string shown_unit;
    double shown_scale = 1.0;
    std::vector<std::string> categories;  // of a category axis, by index
    bool starts_at_zero = false;
};

enum class MarkShape {
    line,   // points joined; a gap where there is no value
    step,   // a level as wide as its quarter, or from key to key_end
    area,   // from base to base + value, joined over the keys
    bar,    // from base to base + value at its key, or from key to key_end
    band,   // from base to base + value, joined, behind everything
    mark,   // a sign at (key, value)
    edge,   // from (key, base) to (key_end, value), both places, as wide as its weight is large
    level,  // a straight line at `value` over the whole panel
    post    // a straight line at `key` over the whole panel
};

struct Datum {
    double key = 0.0;         // quarter index, category index or number
    double value = kNoValue;  // kNoValue: there is none, which is never zero
    double base = 0.0;
    double key_end = kNoValue;  // of steps and bars over numbers, and of edges
    double weight = kNoValue;   // of what stands at places: how much, in the unit of the measure
    std::string label = {};     // drawn at the datum
    std::string reason = {};    // where the number comes from, for a person
    std::string address = {};   // of what stands behind it, as `rackrace show` takes it; empty where nothing does
    std::string gap = {};       // why there is no value: "acquired 2032Q1 by meta"; the table says it
};

struct Series {
    std::string id;    // of this series in the figure: letters, digits, '-', '_'
    std::string name;  // for a person
    MarkShape shape = MarkShape::line;
    int look = 0;
    bool is_thin = false;
    bool is_named = true;  // false: its name is not written beside it, because another series has the same look
    std::vector<Datum> data = {};
};

struct FigurePanel {
    std::string id;
    std::string title;
    FigureAxis key;
    FigureAxis measure;
    bool is_horizontal = false;  // keys from top to bottom, measures to the right
    bool joins_bars = false;     // the end of each to the bar below, as in a bridge
    bool names_series = true;    // false where titles, categories or labels say it already
    double height_share = 1.0;
    std::vector<Series> series = {};
};

/// A sum of what is drawn and the number that the books say.
struct SumCheck {
    std::string what;
    double drawn = 0.0, recorded = 0.0;
    double tolerance = 0.0;  // 0 for dollars and pieces; sums of doubles have rounding
    std::string unit;
    bool holds() const { return std::abs(drawn - recorded) <= tolerance; }
};

/// Where a figure comes from; in every export.
struct Provenance {
    std::string run, scenario, seed, version, hash, first_quarter, last_quarter;
};

struct FigureModel {
    std::string id;
    std::string title;
    std::string subtitle = {};
    Provenance from = {};
    std::optional<int> cursor_t = {};  // quarter that the figure was asked at
    std::vector<FigurePanel> panels = {};
    int columns = 1;                         // panels side by side
    bool is_growth = false;                  // values are per cent of the quarter before
    bool is_list = false;                    // its table has a row a mark, not a row a key
    std::vector<std::string> notes = {};     // how to read it: definitions, what is left out
    std::vector<std::string> findings = {};  // sentences about these data
    std::vector<SumCheck> checks = {};
    std::vector<std::string> faults = {};  // what is wrong with the data; drawn as a banner
    std::string empty_text = {};           // set where nothing is drawn
};

/// The key of a datum as text: 2028Q3, a category, a number in shortest form.
std::string key_text(const FigureAxis& key, double at);

using TableCell = std::variant<std::monostate, double, std::string>;
struct FigureTable {
    struct Head {
        std::string name, unit;
    };
    std::vector<Head> heads;
    std::vector<std::vector<TableCell>> rows;
};

/// The figure as a table, in full precision and in the units of the data: a row a key and a column a series, or a row a mark where the
/// figure is a list. Bands give two columns.
FigureTable table_of(const FigureModel& figure);

/// "1,234.5": at most 4 significant digits, separators of thousands; "" for no value.
std::string short_number(double value);

/// "41.2 Gh", "12 %": a datum's value as it is written on screen.
std::string shown_text(const FigureAxis& axis, double value);

/// "+188", "-121".
std::string signed_text(const FigureAxis& axis, double value);

}  // namespace rackrace
