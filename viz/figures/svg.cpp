#include "viz/figures/svg.h"

#include <fmt/format.h>

#include "engine/base/quarter_index.h"
#include "viz/figures/describe.h"
#include "viz/figures/figure_painter.h"
#include "viz/figures/svg_canvas.h"

namespace rackrace {
namespace {

std::string units_of(const FigureModel& figure) {
    std::string out;
    for (const FigurePanel& panel : figure.panels)
        if (!panel.measure.shown_unit.empty() && out.find(panel.measure.shown_unit) == std::string::npos)
            out += (out.empty() ? "" : ", ") + panel.measure.shown_unit;
    return out;
}

}  // namespace

std::vector<std::string> picture_notes(const FigureModel& figure, bool has_footer) {
    std::vector<std::string> notes = figure.notes;
    if (figure.cursor_t) notes.push_back("The upright line is at " + quarter_name(*figure.cursor_t) + ".");
    for (const SumCheck& check : figure.checks)
        if (check.holds()) notes.push_back("Sum check: " + check_text(check));
    if (has_footer) notes.push_back(footer_text(figure.from));
    return notes;
}

std::string footer_text(const Provenance& from) {
    return fmt::format("rackrace {} | {} | seed {} | {} | {}-{} | hash {}", from.version, from.scenario, from.seed, from.run, from.first_quarter,
                       from.last_quarter, from.hash.substr(0, 8));
}

std::string figure_svg(const FigureModel& figure, const FigureStyle& style, const SvgOptions& options) {
    LayoutOptions plan;
    plan.notes = picture_notes(figure, options.has_footer);
    const FigureLayout layout = prepare_figure(figure, style, plan);
    SvgCanvas canvas(style, options.prefix.empty() ? figure.id : options.prefix, options.has_titles);
    paint_figure(layout, style, canvas);
    const std::string units = units_of(figure);
    return canvas.finish(layout.height, figure.title, description_of(figure), footer_text(figure.from) + (units.empty() ? "" : " | units " + units));
}

}  // namespace rackrace
