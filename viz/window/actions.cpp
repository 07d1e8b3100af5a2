#include "viz/window/actions.h"

#include <algorithm>
#include <cmath>

#include "engine/base/quarter_index.h"
#include "viz/figures/exports.h"
#include "viz/figures/figure_layout.h"
#include "viz/window/readings.h"
#include "viz/window/screens/screens.h"
#include "viz/window/tile_actions.h"
#include "viz/window/zoom.h"

namespace rackrace {
namespace {

constexpr double kSpeeds[] = {0.5, 1.0, 2.0, 4.0, 8.0};
constexpr int kNarrowest_q = 4;  // of a zoom in time
constexpr double kSizeStep = 0.125;

void show(Session& session, Overlay overlay) {
    session.view.overlay = overlay;
    session.view.overlay_text.clear();
    session.view.overlay_row = 0;
}

// --- playback

void step(Session& session, int quarters) {
    ViewState& view = session.view;
    view.is_playing = false;
    const int before = view.t;
    session.seek(view.t + quarters);
    view.status = "At " + quarter_name(view.t) + (view.t != before ? "." : quarters > 0 ? ", where the run ends." : ", where the run begins.");
}

void play(Session& session) {
    ViewState& view = session.view;
    view.is_playing = !view.is_playing;
    if (view.is_playing && view.t == session.store().last_t() && !view.is_looping) session.seek(session.store().opening_t());
    view.status = (view.is_playing ? "Plays from " : "Paused at ") + quarter_name(view.t) + ".";
}

void change_speed(Session& session, int direction) {
    const auto end = std::end(kSpeeds);
    auto at = std::find(std::begin(kSpeeds), end, session.view.quarters_per_s);
    if (at == end) at = std::begin(kSpeeds) + 2;
    const auto place = std::clamp<std::ptrdiff_t>(at - std::begin(kSpeeds) + direction, 0, end - std::begin(kSpeeds) - 1);
    session.view.quarters_per_s = kSpeeds[place];
    session.view.status = "Speed " + short_number(session.view.quarters_per_s) + " quarters a second.";
}

void set_loop(Session& session, bool is_start) {
    ViewState& view = session.view;
    QuarterRange loop = view.loop.value_or(QuarterRange{session.store().opening_t(), session.store().last_t()});
    (is_start ? loop.from : loop.to) = view.t;
    if (loop.from > loop.to) (is_start ? loop.to : loop.from) = is_start ? session.store().last_t() : session.store().opening_t();
    view.loop = loop;
    view.is_looping = true;
    view.status = "Loops from " + quarter_name(loop.from) + " to " + quarter_name(loop.to) + ".";
}

void loop(Session& session) {
    ViewState& view = session.view;
    view.is_looping = !view.is_looping;
    if (!view.loop) view.loop = QuarterRange{session.store().opening_t(), session.store().last_t()};
    view.status = view.is_looping ? "Loops from " + quarter_name(view.loop->from) + " to " + quarter_name(view.loop->to) + "." : "Does not loop.";
}

// --- screens

void enter(Session& session, Screen screen) {
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

// --- reading

void why(Session& session) {
    if (session.view.overlay == Overlay::why) return show(session, Overlay::none);
    session.view.why = session.view.pinned.empty() ? address_of_view(session) : session.view.pinned;
    show(session, Overlay::why);
    session.view.status = "Why " + session.view.why + ".";
}

void pin(Session& session) {
    ViewState& view = session.view;
    const std::vector<const Datum*> readings = readings_at_cursor(session);
    const auto at = std::find_if(readings.begin(), readings.end(), [&](const Datum* one) { return one->address == view.pinned; });
    const bool is_first = at == readings.end();
    if (readings.empty() || (!is_first && at + 1 == readings.end())) {
        view.status = readings.empty() ? "Nothing to pin in this tile at " + quarter_name(view.t) + "; Tab moves to another." : "Nothing is pinned.";
        view.pinned.clear();
        return;
    }
    const Datum& next = is_first ? *readings.front() : **(at + 1);
    view.pinned = next.address;
    view.status = next.reason + " (" + next.address + ").";
}

void open_pinned(Session& session) {
    if (session.view.pinned.empty()) {
        session.view.status = "Nothing is pinned; Enter pins a reading of the tile.";
        return;
    }
    const Refusals refusals = session.begin_go_to(session.view.pinned);
    if (!refusals.empty()) session.view.status = refusals.all.front().text();
}

void bookmark(Session& session) {
    std::vector<std::string>& all = session.view.bookmarks;
    const std::string address = session.view.pinned.empty() ? address_of_view(session) : session.view.pinned;
    const auto at = std::find(all.begin(), all.end(), address);
    session.view.status = (at == all.end() ? "Bookmarked " : "No bookmark any more: ") + address + ".";
    if (at == all.end()) all.push_back(address);
    else all.erase(at);
}

void table_twin(Session& session) {
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

void export_figure(Session& session) {
    if (focused_figure(session).empty()) session.view.status = "This tile is no figure; Tab moves to one.";
    else show(session, Overlay::export_figure);
}

// --- view

QuarterRange shown(const Session& session) {
    return session.view.shown_quarters.value_or(QuarterRange{session.store().opening_t(), session.store().last_t()});
}

void show_quarters(Session& session, int from, int to) {
    const int first = session.store().opening_t(), last = session.store().last_t();
    const int span = std::min(to - from, last - first);
    from = std::clamp(from, first, last - span);
    session.view.shown_quarters = QuarterRange{from, from + span};
    if (span == last - first) session.view.shown_quarters.reset();
    session.view.status = "Shows " + quarter_name(from) + " to " + quarter_name(from + span) + ".";
}

void zoom(Session& session, double factor) {
    const QuarterRange now = shown(session);
    const int span = std::max(kNarrowest_q, static_cast<int>(std::lround((now.to - now.from) * factor)));
    const int centre = std::clamp(session.view.t, now.from, now.to);
    show_quarters(session, centre - span / 2, centre - span / 2 + span);
}

void pan(Session& session, int direction) {
    const QuarterRange now = shown(session);
    const int by = direction * std::max(1, (now.to - now.from) / 4);
    show_quarters(session, now.from + by, now.to + by);
}

/// Of all panels of the focused figure that have an upright axis of numbers, around their middle.
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
    session.view.status = "Shows the whole run, all values.";
}

void log_axis(Session& session) {
    session.view.is_log = !session.view.is_log;
    session.view.status = session.view.is_log ? "Prices on a logarithmic axis." : "Prices on a linear axis.";
}

void growth(Session& session) {
    session.view.is_growth = !session.view.is_growth;
    session.view.value_zooms.clear();  // of other values
    session.view.status = session.view.is_growth ? "Figures over time as growth on the quarter before." : "Figures over time as levels.";
}

void ghost(Session& session) {
    session.view.has_ghost = !session.view.has_ghost;
    session.view.status = session.view.has_ghost ? "The auction of the quarter before is drawn behind." : "One quarter's auction alone.";
}

void resize(Session& session, double scale) {
    session.view.scale = std::clamp(scale, kSmallestScale, kLargestScale);
    session.view.status = "Interface size " + std::to_string(std::lround(100.0 * session.view.scale)) + " %.";
}

void next_theme(Session& session) {
    constexpr const char* kNames[] = {"Dark theme.", "Light theme.", "High contrast."};
    const int next = (static_cast<int>(session.view.theme) + 1) % 3;
    session.view.theme = static_cast<ThemeChoice>(next);
    session.view.status = kNames[next];
}

// --- files and help

void copy_command(Session& session, const char* command) {
    session.view.to_clipboard = command;
    session.view.status = std::string("Copied: ") + command + ". Paste it into a terminal.";
}

void reload(Session& session) {
    const Refusals refusals = session.begin_reload();
    if (!refusals.empty()) session.view.status = refusals.all.front().text();
}

/// What is in front goes first: an overlay, a run that is being opened, a maximised tile, filters of events, a pinned reading, playback.
void close(Session& session) {
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

/// The same key closes it again.
template <Overlay overlay> void open_overlay(Session& session) { show(session, session.view.overlay == overlay ? Overlay::none : overlay); }

template <Screen screen> void open_screen(Session& session) { enter(session, screen); }

constexpr const char* kGroupTitles[] = {"Playback", "Screens", "Reading", "View", "Files", "Help"};

// clang-format off
std::vector<Action> make_actions() {
    using enum Group;
    return {
        {"play", playback, "Play or pause", {"Space"}, "button", true, play},
        {"next-quarter", playback, "Next quarter", {"Right"}, "button, wheel on the timeline", true, [](Session& s) { step(s, 1); }},
        {"previous-quarter", playback, "Previous quarter", {"Left"}, "button, wheel on the timeline", true, [](Session& s) { step(s, -1); }},
        {"next-year", playback, "A year on", {"Shift+Right"}, "click on the timeline", true, [](Session& s) { step(s, 4); }},
        {"previous-year", playback, "A year back", {"Shift+Left"}, "click on the timeline", true, [](Session& s) { step(s, -4); }},
        {"first-quarter", playback, "First quarter", {"Home"}, "button", true, [](Session& s) { step(s, s.store().opening_t() - s.view.t); }},
        {"last-quarter", playback, "Last quarter", {"End"}, "button", true, [](Session& s) { step(s, s.store().last_t() - s.view.t); }},
        {"go-to", playback, "Go to a quarter or an address", {"G"}, "click or drag on the timeline", true, open_overlay<Overlay::go_to>},
        {"slower", playback, "Slower", {","}, "button", true, [](Session& s) { change_speed(s, -1); }},
        {"faster", playback, "Faster", {"."}, "button", true, [](Session& s) { change_speed(s, 1); }},
        {"loop-start", playback, "Loop from this quarter", {"["}, "drag the handle", true, [](Session& s) { set_loop(s, true); }},
        {"loop-end", playback, "Loop to this quarter", {"]"}, "drag the handle", true, [](Session& s) { set_loop(s, false); }},
        {"loop", playback, "Loop on or off", {"L"}, "button", true, loop},

        {"market", screens, "Market", {"1"}, "tab", true, open_screen<Screen::market>},
        {"auction", screens, "Auction", {"2"}, "tab", true, open_screen<Screen::auction>},
        {"firm", screens, "Firm", {"3"}, "tab", true, open_screen<Screen::firm>},
        {"network", screens, "Network", {"4"}, "tab", true, open_screen<Screen::network>},
        {"events", screens, "Events", {"5"}, "tab", true, open_screen<Screen::events>},
        {"home", screens, "Home", {"H"}, "tab", false, open_screen<Screen::home>},
        {"palette", screens, "Find a command, a firm, a market", {"Ctrl+K", "/"}, "button", false, open_overlay<Overlay::palette>},
        {"pick-firm", screens, "Pick a firm", {"F"}, "click its name", true, open_overlay<Overlay::pick_firm>},
        {"next-firm", screens, "Next firm", {"N"}, "button", true, [](Session& s) { pick_neighbour(s, s.store().firms(), s.view.firm, 1); }},
        {"previous-firm", screens, "Previous firm", {"P"}, "button", true, [](Session& s) { pick_neighbour(s, s.store().firms(), s.view.firm, -1); }},
        {"pick-market", screens, "Pick a market", {"K"}, "list of markets", true, open_overlay<Overlay::pick_market>},
        {"next-market", screens, "Next market", {"Shift+N"}, "", true, [](Session& s) { pick_neighbour(s, s.markets(), s.view.market, 1); }},
        {"previous-market", screens, "Previous market", {"Shift+P"}, "", true, [](Session& s) { pick_neighbour(s, s.markets(), s.view.market, -1); }},
        {"next-tile", screens, "Next tile", {"Tab"}, "click into it", true, [](Session& s) { focus_neighbour(s, 1); }},
        {"previous-tile", screens, "Previous tile", {"Shift+Tab"}, "click into it", true, [](Session& s) { focus_neighbour(s, -1); }},

        {"why", reading, "Why: the reasons behind the pinned number", {"W"}, "right click", true, why},
        {"pin", reading, "Pin the next reading at the cursor; after the last, none", {"Enter"}, "click", true, pin},
        {"open-pinned", reading, "Open what is pinned on its screen: a contract, a loan, a firm, an order", {"O"}, "click in the list of ties", true, open_pinned},
        {"table", reading, "The figure as a table, and back", {"T"}, "corner of the tile", true, table_twin},
        {"bookmark", reading, "Bookmark, or take it away", {"B"}, "button", true, bookmark},
        {"bookmarks", reading, "List of bookmarks", {"Shift+B"}, "", true, open_overlay<Overlay::bookmarks>},
        {"copy-address", reading, "Copy the address", {"A"}, "", true, copy_address},
        {"copy-csv", reading, "Copy the figure as CSV", {"Ctrl+C"}, "", true, copy_csv},

        {"log", view, "Prices on a logarithmic axis", {"Y"}, "corner of the tile", true, log_axis},
        {"growth", view, "Growth on the quarter before, or levels", {"D"}, "corner of the tile", true, growth},
        {"ghost", view, "The quarter before behind an auction", {"Shift+G"}, "button", true, ghost},
        {"zoom-in", view, "Fewer quarters", {"+"}, "wheel on a figure", true, [](Session& s) { zoom(s, 0.5); }},
        {"zoom-out", view, "More quarters", {"-"}, "wheel on a figure", true, [](Session& s) { zoom(s, 2.0); }},
        {"zoom-values-in", view, "Fewer values", {"Alt+Up"}, "Shift and wheel on a figure", true, [](Session& s) { zoom_values(s, 0.5); }},
        {"zoom-values-out", view, "More values", {"Alt+Down"}, "Shift and wheel on a figure", true, [](Session& s) { zoom_values(s, 2.0); }},
        {"zoom-reset", view, "All quarters and values", {"0"}, "wheel back on a figure", true, reset_zoom},
        {"pan-left", view, "Earlier quarters", {"Alt+Left"}, "drag a figure", true, [](Session& s) { pan(s, -1); }},
        {"pan-right", view, "Later quarters", {"Alt+Right"}, "drag a figure", true, [](Session& s) { pan(s, 1); }},
        {"maximise", view, "One tile fills the screen", {"Z"}, "corner of the tile", true, maximise_tile},
        {"tear-off", view, "The tile off the others, and back", {"Shift+Z"}, "drag its title", true, tear_tile},
        {"tile-left", view, "The tile to the left", {"Ctrl+Left"}, "drag its title onto another tile", true, [](Session& s) { shift_tile(s, TileSide::left); }},
        {"tile-right", view, "The tile to the right", {"Ctrl+Right"}, "drag its title onto another tile", true, [](Session& s) { shift_tile(s, TileSide::right); }},
        {"tile-up", view, "The tile upwards", {"Ctrl+Up"}, "drag its title onto another tile", true, [](Session& s) { shift_tile(s, TileSide::top); }},
        {"tile-down", view, "The tile downwards", {"Ctrl+Down"}, "drag its title onto another tile", true, [](Session& s) { shift_tile(s, TileSide::bottom); }},
        {"tile-wider", view, "A wider tile", {"Ctrl+Shift+Right"}, "drag the border", true, [](Session& s) { widen_tile(s, 1); }},
        {"tile-narrower", view, "A narrower tile", {"Ctrl+Shift+Left"}, "drag the border", true, [](Session& s) { widen_tile(s, -1); }},
        {"tile-higher", view, "A higher tile", {"Ctrl+Shift+Down"}, "drag the border", true, [](Session& s) { heighten_tile(s, 1); }},
        {"tile-lower", view, "A lower tile", {"Ctrl+Shift+Up"}, "drag the border", true, [](Session& s) { heighten_tile(s, -1); }},
        {"turn-tiles", view, "The tile and its neighbour beside or under each other", {"Shift+T"}, "drag its title", true, turn_tiles},
        {"reset-tiles", view, "Tiles of the screen as at first", {"Alt+Z"}, "", true, reset_tiles},
        {"theme", view, "Theme: dark, light, high contrast", {"Ctrl+T"}, "", false, next_theme},
        {"larger", view, "Larger interface", {"Ctrl++"}, "", false, [](Session& s) { resize(s, s.view.scale + kSizeStep); }},
        {"smaller", view, "Smaller interface", {"Ctrl+-"}, "", false, [](Session& s) { resize(s, s.view.scale - kSizeStep); }},
        {"size-reset", view, "Interface at 100 %", {"Ctrl+0"}, "", false, [](Session& s) { resize(s, 1.0); }},

        {"open", files, "Open a run", {"Ctrl+O"}, "button", false, open_overlay<Overlay::open_run>},
        {"reload", files, "Read the run again", {"Ctrl+R"}, "", true, reload},
        {"copy-demo", files, "Copy the command that plays a demo", {"Shift+D"}, "button of Home", false, [](Session& s) { copy_command(s, kDemoCommand); }},
        {"copy-new-strategy", files, "Copy the command that starts a strategy", {"Shift+S"}, "button of Home", false, [](Session& s) { copy_command(s, kNewStrategyCommand); }},
        {"export", files, "Write the figure to a file", {"E"}, "corner of the tile", true, export_figure},
        {"save-layout", files, "Keep theme, size and places of tiles for the next time", {"Ctrl+S"}, "", false, [](Session& s) { s.view.wants_layout_saved = true; }},
        {"quit", files, "Leave", {"Ctrl+Q"}, "close the window", false, [](Session& s) { s.view.wants_close = true; }},

        {"keys", help, "This list of keys", {"?", "F1"}, "button", false, open_overlay<Overlay::keys>},
        {"close", help, "Close what is in front, cancel", {"Esc"}, "click outside", false, close},
    };
}
// clang-format on

}  // namespace

const std::vector<Action>& actions() {
    static const std::vector<Action> all = make_actions();
    return all;
}

const Action* action_of(const KeyPress& key) {
    for (const Action& action : actions())
        if (std::find(action.keys.begin(), action.keys.end(), key.name) != action.keys.end()) return &action;
    return nullptr;
}

const Action* find_action(std::string_view id) {
    for (const Action& action : actions())
        if (action.id == id) return &action;
    return nullptr;
}

void perform(const Action& action, Session& session) {
    const std::optional<Opening> opening = session.opening();
    if (action.needs_run && opening) session.view.status = std::string(action.title) + ": " + opening->run + " is being opened; Esc stops that.";
    else if (action.needs_run && !session.has_run()) session.view.status = std::string(action.title) + ": open a run first, with Ctrl+O.";
    else action.perform(session);
}

const char* title_of(Group group) { return kGroupTitles[static_cast<int>(group)]; }

std::string keys_text(const Action& action) {
    std::string out;
    for (const std::string_view key : action.keys) out += (out.empty() ? "" : " or ") + std::string(key);
    return out;
}

std::string actions_markdown() {
    std::string out;
    const Action* last = nullptr;
    for (const Action& action : actions()) {
        if (last == nullptr || action.group != last->group)
            out += std::string(last == nullptr ? "" : "\n") + "| " + title_of(action.group) + " | Key | Mouse |\n|---|---|---|\n";
        last = &action;
        std::string keys;
        for (const std::string_view key : action.keys) keys += (keys.empty() ? "`" : " `") + std::string(key) + "`";
        out += std::string("| ") + action.title + " | " + keys + " | " + action.mouse + " |\n";
    }
    return out;
}

}  // namespace rackrace
