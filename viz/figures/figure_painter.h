// Draws a figure that is laid out, mark by mark, on any canvas: a file and a window show the same.
#pragma once

#include <string>

#include "viz/figures/figure_canvas.h"
#include "viz/figures/figure_layout.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/theme.h"

namespace rackrace {

/// What a mark says when a person points at it: series, key and value with unit, reason, address, a line each.
std::string mark_text(const FigurePanel& panel, const Series& series, const Datum& datum);

void paint_figure(const FigureLayout& layout, const FigureStyle& style, FigureCanvas& canvas);

/// The parts of it. Above the panels: title, subtitle, banner, empty text; below them: notes.
void paint_heads(const FigureLayout& layout, const FigureStyle& style, FigureCanvas& canvas);
void paint_notes(const FigureLayout& layout, const FigureStyle& style, FigureCanvas& canvas);

/// One panel with its axes, its marks, the names of its series and, where it is over quarters, the line at the quarter asked for.
void paint_panel(const PanelLayout& layout, const FigureStyle& style, FigureCanvas& canvas);

/// The marks alone of a panel, on the scales of `layout`: what stands behind another figure's.
void paint_marks(const FigurePanel& panel, const PanelLayout& layout, const FigureStyle& style, FigureCanvas& canvas);

}  // namespace rackrace
