// The screens, a file each. A screen is tiles; a tile is a figure, or a panel that prepares what is visible from the session and draws it.
#pragma once

#include <string>
#include <vector>

#include "viz/window/actions.h"
#include "viz/window/look.h"
#include "viz/window/session.h"

namespace rackrace {

/// A rectangle of a screen that holds a figure or a panel of its own.
struct Tile {
    const char* title;                                                 // what the focus, the maximise button and the label of a test name
    const char* figure;                                                // name in the catalogue; "" for a panel that is no figure
    void (*draw)(Session& session, const WindowLook& look) = nullptr;  // what stands above the figure, or the whole panel; nullptr for nothing
};

struct ScreenKind {
    Screen screen;
    const char* title;  // "Market"
    Needs needs;
    std::vector<Tile> tiles;  // in the order of Tab
    Tiling tiling;            // where they are until a person moves them
};

/// In the order of the keys 1, 2, ...; home last, on no number.
const std::vector<ScreenKind>& screen_kinds();
const ScreenKind& screen_kind(Screen screen);

/// Where the tiles of the screen are in this view, and the same to change.
const Tiling& tiling_of(const ViewState& view, const ScreenKind& kind);
Tiling& own_tiling(ViewState& view, const ScreenKind& kind);

/// A room of this height, in pixels at scale 1, is too low for the tiles that are in it: it shows the focused one alone, under the titles of
/// all.
bool shows_one_tile(const Tiling& tiling, double height);

/// Fills the room that the frame left with the tiles of the view's screen, or with its maximised tile.
void draw_screen(Session& session, const WindowLook& look);

/// What the home screen offers, as a terminal does it: where nobody plays or writes for the window, these are copied.
inline constexpr const char* kDemoCommand = "rackrace run --out runs/demo && rackrace view runs/demo";
inline constexpr const char* kNewStrategyCommand = "rackrace new strategy my_neocloud --role neocloud";

/// A screen with its tiles where the words say (viz/window/tiling.h), which must be right.
ScreenKind screen_of(Screen screen, const char* title, Needs needs, std::vector<Tile> tiles, const char* tiling);

/// The screens by themselves.
ScreenKind home_screen();
ScreenKind market_screen();
ScreenKind auction_screen();
ScreenKind firm_screen();
ScreenKind network_screen();
ScreenKind events_screen();
ScreenKind ensemble_screen();
ScreenKind compare_screen();
ScreenKind strategy_screen();

}  // namespace rackrace
