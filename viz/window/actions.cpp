#include "viz/window/actions.h"

#include <algorithm>

#include "viz/window/playback_actions.h"
#include "viz/window/reading_actions.h"
#include "viz/window/screen_actions.h"
#include "viz/window/screens/screens.h"
#include "viz/window/script_actions.h"
#include "viz/window/step_actions.h"
#include "viz/window/thread_actions.h"
#include "viz/window/tile_actions.h"
#include "viz/window/view_actions.h"

namespace rackrace {
namespace {

constexpr double kSizeStep = 0.125;

/// The same key closes it again.
template <Overlay overlay> void open_overlay(Session& session) { show_overlay(session, session.view.overlay == overlay ? Overlay::none : overlay); }

template <Screen screen> void open_screen(Session& session) { enter_screen(session, screen); }

constexpr const char* kGroupTitles[] = {"Playback", "Screens", "Reading", "View", "Files", "Help"};

// clang-format off
std::vector<Action> actions_of_playback() {
    using enum Group;
    return {
        {"play", playback, "Play or pause", {"Space"}, "button", Needs::any, play_or_pause},
        {"next-quarter", playback, "Next quarter", {"Right"}, "button, wheel on the timeline", Needs::any, [](Session& s) { step_quarters(s, 1); }},
        {"previous-quarter", playback, "Previous quarter", {"Left"}, "button, wheel on the timeline", Needs::any, [](Session& s) { step_quarters(s, -1); }},
        {"next-year", playback, "A year on", {"Shift+Right"}, "click on the timeline", Needs::any, [](Session& s) { step_quarters(s, 4); }},
        {"previous-year", playback, "A year back", {"Shift+Left"}, "click on the timeline", Needs::any, [](Session& s) { step_quarters(s, -4); }},
        {"first-quarter", playback, "First quarter", {"Home"}, "button", Needs::any, [](Session& s) { step_quarters(s, s.first_t() - s.view.t); }},
        {"last-quarter", playback, "Last quarter", {"End"}, "button", Needs::any, [](Session& s) { step_quarters(s, s.last_t() - s.view.t); }},
        {"go-to", playback, "Go to a quarter or an address", {"G"}, "click or drag on the timeline", Needs::any, open_overlay<Overlay::go_to>},
        {"slower", playback, "Slower", {","}, "button", Needs::any, [](Session& s) { change_speed(s, -1); }},
        {"faster", playback, "Faster", {"."}, "button", Needs::any, [](Session& s) { change_speed(s, 1); }},
        {"loop-start", playback, "Loop from this quarter", {"["}, "drag the handle", Needs::any, [](Session& s) { set_loop(s, true); }},
        {"loop-end", playback, "Loop to this quarter", {"]"}, "drag the handle", Needs::any, [](Session& s) { set_loop(s, false); }},
        {"loop", playback, "Loop on or off", {"L"}, "button", Needs::any, switch_loop},
    };
}

std::vector<Action> actions_of_screens() {
    using enum Group;
    return {
        {"market", screens, "Market", {"1"}, "tab", Needs::run, open_screen<Screen::market>},
        {"auction", screens, "Auction", {"2"}, "tab", Needs::run, open_screen<Screen::auction>},
        {"firm", screens, "Firm", {"3"}, "tab", Needs::run, open_screen<Screen::firm>},
        {"network", screens, "Network", {"4"}, "tab", Needs::run, open_screen<Screen::network>},
        {"events", screens, "Events", {"5"}, "tab", Needs::run, open_screen<Screen::events>},
        {"ensemble", screens, "Ensemble", {"6"}, "tab", Needs::any, open_screen<Screen::ensemble>},
        {"compare", screens, "Compare", {"7"}, "tab", Needs::run, open_screen<Screen::compare>},
        {"strategy", screens, "Strategy", {"8"}, "tab", Needs::run, open_screen<Screen::strategy>},
        {"home", screens, "Home", {"H"}, "tab", Needs::nothing, open_screen<Screen::home>},
        {"palette", screens, "Find a command, a firm, a market", {"Ctrl+K", "/"}, "button", Needs::nothing, open_overlay<Overlay::palette>},
        {"pick-firm", screens, "Pick a firm", {"F"}, "click its name", Needs::run, open_overlay<Overlay::pick_firm>},
        {"next-firm", screens, "Next firm", {"N"}, "button", Needs::run, [](Session& s) { pick_neighbour(s, s.store().firms(), s.view.firm, 1); }},
        {"previous-firm", screens, "Previous firm", {"P"}, "button", Needs::run, [](Session& s) { pick_neighbour(s, s.store().firms(), s.view.firm, -1); }},
        {"pick-market", screens, "Pick a market", {"K"}, "list of markets", Needs::run, open_overlay<Overlay::pick_market>},
        {"next-market", screens, "Next market", {"Shift+N"}, "", Needs::run, [](Session& s) { pick_neighbour(s, s.markets(), s.view.market, 1); }},
        {"previous-market", screens, "Previous market", {"Shift+P"}, "", Needs::run, [](Session& s) { pick_neighbour(s, s.markets(), s.view.market, -1); }},
        {"pick-key-figure", screens, "Pick the key figure of a batch, of the market or of a firm", {"V"}, "click its name", Needs::batch, open_overlay<Overlay::pick_key_figure>},
        {"next-tile", screens, "Next tile", {"Tab"}, "click into it", Needs::any, [](Session& s) { focus_neighbour(s, 1); }},
        {"previous-tile", screens, "Previous tile", {"Shift+Tab"}, "click into it", Needs::any, [](Session& s) { focus_neighbour(s, -1); }},
    };
}

std::vector<Action> actions_of_reading() {
    using enum Group;
    return {
        {"why", reading, "Why: the reasons behind the pinned number", {"W"}, "right click", Needs::any, ask_why},
        {"pin", reading, "Pin the next reading at the cursor; after the last, none", {"Enter"}, "click", Needs::any, pin_next},
        {"open-pinned", reading, "Open what is pinned on its screen: a contract, a loan, a firm, an order; of a batch the run, played again", {"O"}, "click in the list of ties", Needs::any, open_pinned},
        {"run-above", reading, "The next run above in the fan at the cursor: draw and pin it", {"U"}, "point at it, click", Needs::batch, [](Session& s) { step_run(s, 1); }},
        {"run-below", reading, "The next run below in the fan at the cursor: draw and pin it", {"Shift+U"}, "point at it, click", Needs::batch, [](Session& s) { step_run(s, -1); }},
        {"keep-run", reading, "Keep the run at hand as a thread of the fan, or let it go", {"R"}, "button above the fan", Needs::batch, keep_run},
        {"table", reading, "The figure as a table, and back", {"T"}, "corner of the tile", Needs::any, switch_table},
        {"bookmark", reading, "Bookmark, or take it away", {"B"}, "button", Needs::any, switch_bookmark},
        {"bookmarks", reading, "List of bookmarks", {"Shift+B"}, "", Needs::any, open_overlay<Overlay::bookmarks>},
        {"copy-address", reading, "Copy the address", {"A"}, "", Needs::any, copy_address},
        {"copy-csv", reading, "Copy the figure as CSV", {"Ctrl+C"}, "", Needs::any, copy_csv},
        {"step-over", reading, "The next line of the decision, over the functions it calls", {"F10"}, "button of Strategy", Needs::run, [](Session& s) { step_decision(s, false, 1); }},
        {"step-into", reading, "The next line of the decision, into the functions it calls", {"F11"}, "button of Strategy", Needs::run, [](Session& s) { step_decision(s, true, 1); }},
        {"step-back-over", reading, "The line of the decision before, over functions", {"Shift+F10"}, "button of Strategy", Needs::run, [](Session& s) { step_decision(s, false, -1); }},
        {"step-back", reading, "The line of the decision before, into functions", {"Shift+F11"}, "button of Strategy", Needs::run, [](Session& s) { step_decision(s, true, -1); }},
        {"run-to-line", reading, "On to the next time that the marked line of the decision runs", {"F9"}, "button of Strategy", Needs::run, run_to_marked_line},
        {"mark-down", reading, "Mark the line below, for F9", {"J"}, "click the line", Needs::run, [](Session& s) { move_mark(s, 1); }},
        {"mark-up", reading, "Mark the line above, for F9", {"Shift+J"}, "click the line", Needs::run, [](Session& s) { move_mark(s, -1); }},
        {"next-failure", reading, "The next decision that a script error ended, at its line", {"X"}, "badge of the firm, row of Events", Needs::run, [](Session& s) { go_to_next_failure(s, ""); }},
        {"next-mark", reading, "The next quarter that the script of the firm marked with act.mark", {"Shift+X"}, "click on the timeline, at its flag", Needs::run, go_to_next_mark},
    };
}

std::vector<Action> actions_of_view() {
    using enum Group;
    return {
        {"log", view, "Prices on a logarithmic axis", {"Y"}, "corner of the tile", Needs::any, switch_log},
        {"growth", view, "Growth on the quarter before, or levels", {"D"}, "corner of the tile", Needs::run, switch_growth},
        {"against", view, "Two runs over each other, side by side, or their difference", {"Shift+C"}, "buttons of Compare", Needs::run, next_against},
        {"ghost", view, "The quarter before behind an auction", {"Shift+G"}, "button", Needs::run, switch_ghost},
        {"fan-band50", view, "The fan's band of 50 % of the runs, or without", {"I"}, "button above the fan", Needs::batch, [](Session& s) { switch_fan_part(s, "band50"); }},
        {"fan-band80", view, "The fan's band of 80 % of the runs, or without", {"Shift+I"}, "button above the fan", Needs::batch, [](Session& s) { switch_fan_part(s, "band80"); }},
        {"fan-band95", view, "The fan's band of 95 % of the runs, or without", {"Alt+I"}, "button above the fan", Needs::batch, [](Session& s) { switch_fan_part(s, "band95"); }},
        {"fan-median", view, "The fan's median, or without", {"M"}, "button above the fan", Needs::batch, [](Session& s) { switch_fan_part(s, "median"); }},
        {"fan-mean", view, "The fan's mean, or without", {"Shift+M"}, "button above the fan", Needs::batch, [](Session& s) { switch_fan_part(s, "mean"); }},
        {"zoom-in", view, "Fewer quarters", {"+"}, "wheel on a figure", Needs::any, [](Session& s) { zoom_quarters(s, 0.5); }},
        {"zoom-out", view, "More quarters", {"-"}, "wheel on a figure", Needs::any, [](Session& s) { zoom_quarters(s, 2.0); }},
        {"zoom-values-in", view, "Fewer values", {"Alt+Up"}, "Shift and wheel on a figure", Needs::any, [](Session& s) { zoom_values(s, 0.5); }},
        {"zoom-values-out", view, "More values", {"Alt+Down"}, "Shift and wheel on a figure", Needs::any, [](Session& s) { zoom_values(s, 2.0); }},
        {"zoom-reset", view, "All quarters and values", {"0"}, "wheel back on a figure", Needs::any, reset_zoom},
        {"pan-left", view, "Earlier quarters", {"Alt+Left"}, "drag a figure", Needs::any, [](Session& s) { pan_quarters(s, -1); }},
        {"pan-right", view, "Later quarters", {"Alt+Right"}, "drag a figure", Needs::any, [](Session& s) { pan_quarters(s, 1); }},
        {"maximise", view, "One tile fills the screen", {"Z"}, "corner of the tile", Needs::any, maximise_tile},
        {"tear-off", view, "The tile off the others, and back", {"Shift+Z"}, "drag its title", Needs::any, tear_tile},
        {"tile-left", view, "The tile to the left", {"Ctrl+Left"}, "drag its title onto another tile", Needs::any, [](Session& s) { shift_tile(s, TileSide::left); }},
        {"tile-right", view, "The tile to the right", {"Ctrl+Right"}, "drag its title onto another tile", Needs::any, [](Session& s) { shift_tile(s, TileSide::right); }},
        {"tile-up", view, "The tile upwards", {"Ctrl+Up"}, "drag its title onto another tile", Needs::any, [](Session& s) { shift_tile(s, TileSide::top); }},
        {"tile-down", view, "The tile downwards", {"Ctrl+Down"}, "drag its title onto another tile", Needs::any, [](Session& s) { shift_tile(s, TileSide::bottom); }},
        {"tile-wider", view, "A wider tile", {"Ctrl+Shift+Right"}, "drag the border", Needs::any, [](Session& s) { widen_tile(s, 1); }},
        {"tile-narrower", view, "A narrower tile", {"Ctrl+Shift+Left"}, "drag the border", Needs::any, [](Session& s) { widen_tile(s, -1); }},
        {"tile-higher", view, "A higher tile", {"Ctrl+Shift+Down"}, "drag the border", Needs::any, [](Session& s) { heighten_tile(s, 1); }},
        {"tile-lower", view, "A lower tile", {"Ctrl+Shift+Up"}, "drag the border", Needs::any, [](Session& s) { heighten_tile(s, -1); }},
        {"turn-tiles", view, "The tile and its neighbour beside or under each other", {"Shift+T"}, "drag its title", Needs::any, turn_tiles},
        {"reset-tiles", view, "Tiles of the screen as at first", {"Alt+Z"}, "", Needs::any, reset_tiles},
        {"theme", view, "Theme: dark, light, high contrast", {"Ctrl+T"}, "", Needs::nothing, next_theme},
        {"larger", view, "Larger interface", {"Ctrl++"}, "", Needs::nothing, [](Session& s) { resize_interface(s, s.view.scale + kSizeStep); }},
        {"smaller", view, "Smaller interface", {"Ctrl+-"}, "", Needs::nothing, [](Session& s) { resize_interface(s, s.view.scale - kSizeStep); }},
        {"size-reset", view, "Interface at 100 %", {"Ctrl+0"}, "", Needs::nothing, [](Session& s) { resize_interface(s, 1.0); }},
    };
}

std::vector<Action> actions_of_files() {
    using enum Group;
    return {
        {"open", files, "Open a run or a batch", {"Ctrl+O"}, "button", Needs::nothing, open_overlay<Overlay::open_run>},
        {"pick-second", files, "Compare with a second run", {"C"}, "button of Compare", Needs::run, open_overlay<Overlay::pick_second>},
        {"fork", files, "Play on from this quarter with another script or parameters at the firm", {"F8"}, "button of Strategy and Compare", Needs::run, ask_fork},
        {"edit-script", files, "Open the script of the firm in the editor of VISUAL or EDITOR, and check what is saved", {"Ctrl+E"}, "button of Firm and Strategy", Needs::run, edit_script},
        {"reload", files, "Read the run or the batch again", {"Ctrl+R"}, "", Needs::any, reload_run},
        {"play-demo", files, "Play a demo, the default scenario, and open it", {"Shift+D"}, "button of Home", Needs::nothing, play_demo},
        {"new-strategy", files, "Write a strategy of your own from the template, and open it in the editor", {"Shift+S"}, "button of Home", Needs::nothing, start_strategy},
        {"copy-replay", files, "Copy the command that plays a stopped run again to where it stopped", {"Shift+R"}, "button of the bar above the screen", Needs::run, copy_replay},
        {"export", files, "Write the figure to a file", {"E"}, "corner of the tile", Needs::any, ask_export},
        {"save-layout", files, "Keep theme, size and places of tiles for the next time", {"Ctrl+S"}, "", Needs::nothing, [](Session& s) { s.view.wants_layout_saved = true; }},
        {"quit", files, "Leave", {"Ctrl+Q"}, "close the window", Needs::nothing, [](Session& s) { s.view.wants_close = true; }},
    };
}

std::vector<Action> actions_of_help() {
    using enum Group;
    return {
        {"keys", help, "This list of keys", {"?", "F1"}, "button", Needs::nothing, open_overlay<Overlay::keys>},
        {"close", help, "Close what is in front, cancel", {"Esc"}, "click outside", Needs::nothing, close_front},
    };
}
// clang-format on

std::vector<Action> make_actions() {
    std::vector<Action> out;
    for (const auto make : {actions_of_playback, actions_of_screens, actions_of_reading, actions_of_view, actions_of_files, actions_of_help})
        for (Action& action : make()) out.push_back(std::move(action));
    return out;
}

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
    const std::string title = action.title;
    const bool is_there = action.needs == Needs::nothing || (action.needs == Needs::any && session.has_any()) || (action.needs == Needs::run && session.has_run()) ||
                          (action.needs == Needs::batch && session.has_batch());
    if (action.needs != Needs::nothing && opening) session.view.status = title + ": " + opening->run + " is being opened; Esc stops that.";
    else if (is_there) action.perform(session);
    else if (action.needs == Needs::batch) session.view.status = title + ": open a batch first, with Ctrl+O.";
    else if (session.has_batch()) session.view.status = title + ": of one run, and this is a batch; Ctrl+O opens a run.";
    else session.view.status = title + ": open a run first, with Ctrl+O.";
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
