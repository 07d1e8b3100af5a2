// Where everything of a figure goes before anything is drawn: lines of text, panels, scales, ticks, labels that do not cover each other.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "viz/figures/figure_canvas.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/scale.h"
#include "viz/figures/theme.h"

namespace rackrace {

struct TextLine {
    Point at;
    std::string text;
};

/// The name of a series beside its last mark, or in the row above the panel.
struct SeriesLabel {
    std::size_t series = 0;
    Point at;             // where the sample of its look starts, at the middle of the text's height
    Point end_of_series;  // where a leader comes from; only beside marks
    bool has_leader = false;
};

struct PanelLayout {
    const FigurePanel* panel = nullptr;
    double left = 0.0, top = 0.0, right = 0.0, bottom = 0.0;  // of the plot itself
    std::vector<TextLine> title;                              // a few lines
    Scale key, measure;                                       // keys run down the page in horizontal panels
    std::vector<Tick> key_ticks, measure_ticks;
    bool names_keys = true;  // false where the panel below shows the same keys
    std::vector<SeriesLabel> labels;
    std::optional<int> cursor_t;  // of the figure
    bool is_zoomed = false;       // not all values are shown
};

struct FigureLayout {
    double height = 0.0;
    std::vector<TextLine> title, subtitle, empty, faults, notes;
    Point banner_corner;
    double banner_width = 0.0, banner_height = 0.0;  // 0 without faults
    std::vector<PanelLayout> panels;
};

/// What of a figure is shown, and how.
struct LayoutOptions {
    std::vector<std::string> notes;            // written under the panels
    bool has_heads = true;                     // title and subtitle; false where something around the figure shows them
    std::optional<QuarterRange> quarters;      // shown alone, measures fitted to them
    std::map<std::string, ShareRange> values;  // by panel: of an upright axis of numbers only this part is shown
    bool is_log = false;                       // prices above zero on axes of equal ratios
    int columns = 0;                           // panels side by side; 0: as the figure says
    const FigureModel* behind = nullptr;       // drawn on the same scales, which are wide enough for both
    bool is_tight = false;                     // plots and rows as low as they can still be read, where the height is given
};

FigureLayout prepare_figure(const FigureModel& figure, const FigureStyle& style, const LayoutOptions& options);

/// What stands above a panel: title and unit. A layout breaks it into lines, and shortens the last, where there is no room.
std::string panel_title(const FigurePanel& panel);

/// Whether the key of a datum lies on the scale: always, but where quarters are left out.
bool is_shown(const FigurePanel& panel, const Scale& key, const Datum& datum);

/// The course of an edge over the page: level at both ends, or a bow to the right where they stand above each other.
std::vector<Point> edge_course(const PanelLayout& layout, const Datum& datum);

/// Whether the axis that runs up the page is one of numbers.
bool has_upright_values(const FigurePanel& panel);

/// Whether equal ratios can be shown: a price, above zero everywhere, drawn without surfaces that start at zero.
bool can_be_log(const FigurePanel& panel);

/// Length of the sample of a look before a label, in sizes of letters.
inline constexpr double kSampleLength = 1.7;

}  // namespace rackrace
