// Colours, dashes, markers and hatches of figures, and the arithmetic of contrast. Hues are Okabe and Ito's, darker kin of them on white.
// A look is told by colour and by dash, marker and hatch: no two looks share all of the latter, so figures read in grey.
#pragma once

#include <string_view>
#include <vector>

#include "viz/figures/figure_model.h"

namespace rackrace {

enum class Marker { circle, square, triangle, diamond, flipped_triangle, cross, plus, none };
enum class Hatch { none, rising, dots, falling, level, grid, upright };

/// How a look is drawn beside its colour; the same in every theme. Dashes are in widths of the line, empty for a solid one.
struct LookForm {
    std::string_view dash;
    Marker marker;
    Hatch hatch;
};
const LookForm& form_of(int look);
/// Lengths of dashes and gaps by turns, in widths of the line; empty for a solid line.
std::vector<double> dash_of(int look);

/// Colours as #rrggbb.
struct Theme {
    std::string_view name;
    std::string_view ground, ink, muted;  // behind everything; text; text of second rank
    std::string_view axis, grid;          // lines of axes, lines behind the data
    std::string_view looks[kLooks + 1];
};
const Theme& light_theme();
const Theme& dark_theme();
const Theme& contrast_theme();  // for eyes that need more: text at least 7 to 1, lines at least 4.5 to 1

/// WCAG 2 contrast ratio of two colours, 1 to 21.
double contrast(std::string_view a, std::string_view b);

/// Where and how large a figure is drawn. Lengths are CSS pixels, 1/96 inch.
struct FigureStyle {
    std::string_view name;
    const Theme* theme;
    double width, height;              // height 0: as the content needs
    double text;                       // size of letters
    double plot_height;                // of a panel with height_share 1 where the height is free
    double line;                       // width of lines of data
    std::string_view width_attribute;  // as written, such as 85mm; empty for pixels
    double scale = 1.0;                // that the lengths are multiplied with already
};
/// The same as wide as is wanted, 0 for its own width, with `scale` pixels for each.
FigureStyle resized(const FigureStyle& style, double width, double scale);
/// Letters of notes and counts: smaller than the others, but never under 12 pixels where the others are not.
double small_size(const FigureStyle& style);

/// light, paper, slide, dark; nullptr for another name.
const FigureStyle* find_style(std::string_view name);
std::vector<std::string_view> style_names();
/// For pages: wide for a desk and paper, narrow for a hand.
const FigureStyle& wide_page_style();
const FigureStyle& narrow_page_style();

}  // namespace rackrace
