#include "viz/window/reading_actions.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/quarter_index.h"
#include "viz/figures/exports.h"
#include "viz/window/readings.h"
#include "viz/window/screen_actions.h"

namespace rackrace {

namespace {

/// A batch keeps no orders: what stands behind a run is in its replay, which a command makes.
void copy_run_command(Session& session) {
    if (const auto run = pinned_run(session)) return copy_command(session, session.ensemble().settings_of(*run).command());
    session.view.status = "A batch keeps no orders. Pin a thread of the fan (Enter): O then plays and opens its run, W copies the command.";
}

}  // namespace

void ask_why(Session& session) {
    if (session.has_batch()) return copy_run_command(session);
    if (session.view.overlay == Overlay::why) return show_overlay(session, Overlay::none);
    session.view.why = session.view.pinned.empty() ? address_of_view(session) : session.view.pinned;
    show_overlay(session, Overlay::why);
    session.view.status = "Why " + session.view.why + ".";
}

void pin_next(Session& session) {
    ViewState& view = session.view;
    const std::vector<CursorReading> readings = readings_at_cursor(session);
    const auto at = std::find_if(readings.begin(), readings.end(), [&](const CursorReading& one) { return one.address == view.pinned; });
    const bool is_first = at == readings.end();
    if (readings.empty() || (!is_first && at + 1 == readings.end())) {
        view.status = readings.empty() ? "Nothing to pin in this tile at " + quarter_name(view.t) + "; Tab moves to another." : "Nothing is pinned.";
        view.pinned.clear();
        return;
    }
    const CursorReading& next = is_first ? readings.front() : *(at + 1);
    view.pinned = next.address;
    view.status = next.text + " (" + next.address + ").";
}

void open_pinned(Session& session) {
    if (session.view.pinned.empty()) {
        session.view.status = "Nothing is pinned; Enter pins a reading of the tile.";
        return;
    }
    const Refusals refusals = session.has_batch() ? session.play_pinned_run() : session.begin_go_to(session.view.pinned);
    if (!refusals.empty()) session.view.status = refusals.all.front().text();
}

void switch_bookmark(Session& session) {
    std::vector<std::string>& all = session.view.bookmarks;
    const std::string address = session.view.pinned.empty() ? address_of_view(session) : session.view.pinned;
    const auto at = std::find(all.begin(), all.end(), address);
    session.view.status = (at == all.end() ? "Bookmarked " : "No bookmark any more: ") + address + ".";
    if (at == all.end()) all.push_back(address);
    else all.erase(at);
}

void switch_table(Session& session) {
    const std::string name = focused_figure(session);
    if (name.empty()) {
        session.view.status = "This tile is no figure; Tab moves to one.";
        return;
    }
    const bool is_table = session.view.tables.erase(name) == 0;
    if (is_table) session.view.tables.insert(name);
    session.view.status = session.figure(name).title + (is_table ? " as a table." : " as a figure.");
}

void copy_csv(Session& session) {
    const std::string name = focused_figure(session);
    if (!name.empty()) session.view.to_clipboard = figure_csv(session.figure(name), true);
    session.view.status = name.empty() ? "This tile is no figure; Tab moves to one." : "Copied " + session.figure(name).title + " as CSV.";
}

void copy_address(Session& session) {
    session.view.to_clipboard = session.view.pinned.empty() ? address_of_view(session) : session.view.pinned;
    session.view.status = "Copied " + session.view.to_clipboard + ".";
}

void go_to_next_mark(Session& session) {
    ViewState& view = session.view;
    const std::map<int, std::string> marks = marks_of_firm(session);
    if (marks.empty()) {
        const FigureModel& traces = session.figure("traces");
        view.status = traces.panels.empty() ? traces.empty_text : "The script of " + view.firm + " marks no quarter of this run; act.mark(\"name\") does.";
        return;
    }
    const auto later = marks.upper_bound(view.t);
    const auto& [t, names] = later == marks.end() ? *marks.begin() : *later;
    view.is_playing = false;
    session.seek(t);
    view.status = fmt::format("{} marks {}: {}. 8 steps through the decision.", view.firm, quarter_name(t), names);
}

void ask_export(Session& session) {
    if (focused_figure(session).empty()) session.view.status = "This tile is no figure; Tab moves to one.";
    else show_overlay(session, Overlay::export_figure);
}

}  // namespace rackrace
