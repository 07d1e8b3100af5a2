// Everything a person has chosen in the window, as plain data: screen, moment, firm, playback, looks. Screens read it; only actions and
// widgets change it, and no choice lives anywhere else.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "viz/figures/against.h"
#include "viz/figures/scale.h"
#include "viz/window/tiling.h"

namespace rackrace {

enum class Screen { home, market, auction, firm, network, events, ensemble, compare, strategy };
inline constexpr int kScreens = 9;

enum class Overlay { none, palette, keys, go_to, pick_firm, pick_market, pick_key_figure, why, bookmarks, open_run, export_figure, pick_second, fork };

enum class ThemeChoice { dark, light, high_contrast };

inline constexpr double kSmallestScale = 0.75, kLargestScale = 2.5;

struct ViewState {
    Screen screen = Screen::home;
    int t = 0;            // quarter under the cursor
    std::string firm;     // picked firm; never empty while a run is open
    std::string market;   // of the auction: a product, a region, spot-t or spot-i
    std::string key_figure;  // of a batch; never empty while one is open
    std::string key_firm;    // whose key figure; empty: the market's
    std::vector<std::string> kept_runs;  // of a batch, by number: threads of its fan; empty for those that it picks itself
    std::set<std::string> hidden_fan_parts;  // of a batch: what its fan leaves out, by the ids of kFanParts
    std::string hovered_run;             // of a batch, by number: the one under the pointer in its fan; empty for none
    bool is_playing = false;
    double quarters_per_s = 2.0;
    std::optional<QuarterRange> loop;  // played around while `is_looping`
    bool is_looping = false;
    std::optional<QuarterRange> shown_quarters;  // of every figure over time; nothing for all of them

    std::map<std::string, ShareRange> value_zooms;  // by "figure/panel": the part of its values that is shown

    int tile = 0;                          // tile of the screen that has the focus
    bool is_tile_maximised = false;
    std::map<Screen, Tiling> tilings;      // where the tiles are; as the screen has them at first where there is none
    std::set<std::string> tables;          // figures shown as their tables, by figure name
    std::set<std::string> hidden_event_kinds;
    int event_row = -1;                    // picked row of the list of events; -1 for none
    int tie_row = -1;                      // picked row of the list of ties; -1 for none
    bool is_log = false;                   // value axes of prices
    bool is_growth = false;                // figures over time in per cent of the quarter before, where they can be
    bool has_ghost = false;                // the auction's last quarter behind it
    Against against = Against::overlay;    // how the screen Compare shows two runs
    std::string hovered;                   // address of the reading under the pointer in this frame; empty for none
    std::size_t step = 0;                  // of the decision that is stepped through, among all steps of its quarter
    std::string stepped;                   // the decision that `step` is of; of another one it is 0
    int failure = -1;                      // the failed decision that was gone to last, among all of the run
    int marked_line = 0;                   // of its script, to run to; 0 for none
    std::string pinned;                    // address of the pinned reading; empty for none
    std::vector<std::string> bookmarks;    // addresses, in the order of making

    Overlay overlay = Overlay::none;
    std::string overlay_text;              // what is typed in it
    int overlay_row = 0;                   // picked row of its list
    std::string why;                       // address that the overlay `why` explains

    ThemeChoice theme = ThemeChoice::dark;
    double scale = 1.0;                    // of the whole interface
    std::string status;                    // the last important thing, as a full sentence
    std::string to_clipboard;              // taken by the window after the frame
    bool wants_layout_saved = false;       // the same
    bool wants_close = false;
};

}  // namespace rackrace
