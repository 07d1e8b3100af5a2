#include "viz/window/screen_actions.h"

#include <algorithm>

#include "engine/base/quarter_index.h"
#include "viz/window/screens/screens.h"

namespace rackrace {

void show_overlay(Session& session, Overlay overlay) {
    session.view.overlay = overlay;
    session.view.overlay_text.clear();
    session.view.overlay_row = 0;
}

void enter_screen(Session& session, Screen screen) {
    ViewState& view = session.view;
    view.screen = screen;
    view.tile = 0;
    view.is_tile_maximised = false;
    view.status = std::string(screen_kind(screen).title) + (screen == Screen::home ? "." : ", " + quarter_name(view.t) + ".");
}

void pick_neighbour(Session& session, const std::vector<std::string>& all, std::string& picked, int direction) {
    const auto at = std::find(all.begin(), all.end(), picked);
    const auto count = static_cast<std::ptrdiff_t>(all.size());
    const auto place = at == all.end() ? 0 : (at - all.begin() + direction + count) % count;
    picked = all[static_cast<std::size_t>(place)];
    session.view.status = picked + ", " + quarter_name(session.view.t) + ".";
}

void copy_command(Session& session, const std::string& command) {
    session.view.to_clipboard = command;
    session.view.status = "Copied: " + command + ". Paste it into a terminal.";
}

void reload_run(Session& session) {
    const Refusals refusals = session.begin_reload();
    if (!refusals.empty()) session.view.status = refusals.all.front().text();
}

void close_front(Session& session) {
    ViewState& view = session.view;
    if (view.overlay == Overlay::none && session.opening()) return session.stop_opening();
    view.status = view.overlay != Overlay::none      ? "Closed."
                  : view.is_tile_maximised           ? "All tiles."
                  : !view.hidden_event_kinds.empty() ? "All kinds of events."
                  : !view.pinned.empty()             ? "Nothing is pinned."
                  : view.is_playing                  ? "Paused at " + quarter_name(view.t) + "."
                                                     : "Nothing to close; Ctrl+Q leaves.";
    if (view.overlay != Overlay::none) view.overlay = Overlay::none;
    else if (view.is_tile_maximised) view.is_tile_maximised = false;
    else if (!view.hidden_event_kinds.empty()) view.hidden_event_kinds.clear();
    else if (!view.pinned.empty()) view.pinned.clear();
    else view.is_playing = false;
}

}  // namespace rackrace
