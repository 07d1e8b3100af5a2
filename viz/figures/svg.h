// A figure as an SVG file: text stays text, every series has an id, every mark its reason as hover text.
#pragma once

#include <string>
#include <vector>

#include "viz/figures/figure_model.h"
#include "viz/figures/theme.h"

namespace rackrace {

struct SvgOptions {
    std::string prefix;      // of ids; the figure's id where empty
    bool has_footer = true;  // run, seed, version, quarters in a line at the bottom; they are in the metadata in any case
    bool has_titles = true;  // hover texts
};

std::string figure_svg(const FigureModel& figure, const FigureStyle& style, const SvgOptions& options = {});

/// What is written under the plots of a picture: how to read them, the sums that hold, where they come from.
std::vector<std::string> picture_notes(const FigureModel& figure, bool has_footer);

/// "rackrace 0.1.0 | base-2026 | seed 1 | base-2026-s1-6c9e | 2026Q1-2032Q4 | hash 6c9e7f5e"
std::string footer_text(const Provenance& from);

}  // namespace rackrace
