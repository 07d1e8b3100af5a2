#include "viz/window/view_actions.h"

#include <algorithm>
#include <cmath>

#include "engine/base/quarter_index.h"
#include "viz/figures/figure_layout.h"
#include "viz/window/readings.h"
#include "viz/window/zoom.h"

namespace rackrace {
namespace {

constexpr int kNarrowest_q = 4;  // of a zoom in time

QuarterRange shown(const Session& session) {
    return session.view.shown_quarters.value_or(QuarterRange{session.first_t(), session.last_t()});
}

void show_quarters(Session& session, int from, int to) {
    const int first = session.first_t(), last = session.last_t();
    const int span = std::min(to - from, last - first);
    from = std::clamp(from, first, last - span);
    session.view.shown_quarters = QuarterRange{from, from + span};
    if (span == last - first) session.view.shown_quarters.reset();
    session.view.status = "Shows " + quarter_name(from) + " to " + quarter_name(from + span) + ".";
}

}  // namespace

void zoom_quarters(Session& session, double factor) {
    const QuarterRange now = shown(session);
    const int span = std::max(kNarrowest_q, static_cast<int>(std::lround((now.to - now.from) * factor)));
    const int centre = std::clamp(session.view.t, now.from, now.to);
    show_quarters(session, centre - span / 2, centre - span / 2 + span);
}

void pan_quarters(Session& session, int direction) {
    const QuarterRange now = shown(session);
    const int by = direction * std::max(1, (now.to - now.from) / 4);
    show_quarters(session, now.from + by, now.to + by);
}

void zoom_values(Session& session, double factor) {
    const std::string name = focused_figure(session);
    if (name.empty()) {
        session.view.status = "This tile is no figure; Tab moves to one.";
        return;
    }
    const FigureModel& figure = session.figure(name);
    const bool can_zoom = std::any_of(figure.panels.begin(), figure.panels.end(), has_upright_values);
    for (const FigurePanel& panel : figure.panels)
        if (has_upright_values(panel)) {
            const ShareRange now = shown_values(session.view, name, panel.id);
            show_values(session.view, name, panel.id, narrowed(now, 0.5 * (now.from + now.to), factor));
        }
    session.view.status = !can_zoom                          ? figure.title + " has no axis of values to zoom."
                          : session.view.value_zooms.empty() ? "Values fit what is shown."
                                                             : "Values of " + figure.title + " are zoomed; 0 shows all.";
}

void reset_zoom(Session& session) {
    session.view.shown_quarters.reset();
    session.view.value_zooms.clear();
    session.view.status = "Shows all quarters, all values.";
}

void switch_log(Session& session) {
    session.view.is_log = !session.view.is_log;
    session.view.status = session.view.is_log ? "Prices on a logarithmic axis." : "Prices on a linear axis.";
}

void switch_growth(Session& session) {
    session.view.is_growth = !session.view.is_growth;
    session.view.value_zooms.clear();  // of other values
    session.view.status = session.view.is_growth ? "Figures over time as growth on the quarter before." : "Figures over time as levels.";
}

void switch_ghost(Session& session) {
    session.view.has_ghost = !session.view.has_ghost;
    session.view.status = session.view.has_ghost ? "The auction of the quarter before is drawn behind." : "One quarter's auction alone.";
}

void show_against(Session& session, Against mode) {
    constexpr const char* kSaid[] = {"Two runs over each other.", "Two runs side by side.", "The second run less the first."};
    session.view.against = mode;
    session.view.status = kSaid[static_cast<int>(mode)];
}

void next_against(Session& session) { show_against(session, static_cast<Against>((static_cast<int>(session.view.against) + 1) % 3)); }

void resize_interface(Session& session, double scale) {
    session.view.scale = std::clamp(scale, kSmallestScale, kLargestScale);
    session.view.status = "Interface size " + std::to_string(std::lround(100.0 * session.view.scale)) + " %.";
}

void next_theme(Session& session) {
    constexpr const char* kNames[] = {"Dark theme.", "Light theme.", "High contrast."};
    const int next = (static_cast<int>(session.view.theme) + 1) % 3;
    session.view.theme = static_cast<ThemeChoice>(next);
    session.view.status = kNames[next];
}

}  // namespace rackrace
