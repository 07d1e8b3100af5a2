#include "viz/window/tile_actions.h"

#include "viz/window/screens/screens.h"

namespace rackrace {
namespace {

constexpr double kStep = 0.05;                        // of the room, or of a cut
constexpr ShareBox kTornPlace{0.2, 0.15, 0.75, 0.8};  // of a tile that keys tear off: over the middle

/// The screen that is shown, with its tiles.
const ScreenKind& shown_kind(const Session& session) { return screen_kind(session.has_any() ? session.view.screen : Screen::home); }

std::string focused_title(const Session& session) { return shown_kind(session).tiles[static_cast<std::size_t>(session.view.tile)].title; }

/// Says why nothing of this screen can be moved.
bool is_single(Session& session) {
    if (shown_kind(session).tiles.size() > 1) return false;
    session.view.status = "This screen has one tile, which stays.";
    return true;
}

void resize(Session& session, bool is_width, int direction) {
    if (is_single(session)) return;
    ViewState& view = session.view;
    Tiling& tiling = own_tiling(view, shown_kind(session));
    const std::string title = focused_title(session);
    if (is_torn(tiling, view.tile)) {
        ShareBox box = placed_box(tiling, view.tile);
        (is_width ? box.right : box.bottom) += kStep * direction;
        move_torn(tiling, view.tile, box);
    } else if (!resize_tile(tiling, view.tile, is_width, kStep * direction)) {
        view.status = title + (is_width ? " has all of the width." : " has all of the height.");
        return;
    }
    view.status = title + (is_width ? direction > 0 ? " is wider." : " is narrower." : direction > 0 ? " is higher." : " is lower.");
}

}  // namespace

void focus_neighbour(Session& session, int direction) {
    const auto& tiles = screen_kind(session.view.screen).tiles;
    const int count = static_cast<int>(tiles.size());
    session.view.tile = (session.view.tile + direction + count) % count;
    session.view.status = std::string(tiles[static_cast<std::size_t>(session.view.tile)].title) + " has the focus.";
}

void maximise_tile(Session& session) {
    session.view.is_tile_maximised = !session.view.is_tile_maximised;
    session.view.status = session.view.is_tile_maximised ? "One tile fills the screen; Z or Esc brings the others back." : "All tiles.";
}

void tear_tile(Session& session) {
    if (is_single(session)) return;
    ViewState& view = session.view;
    Tiling& tiling = own_tiling(view, shown_kind(session));
    const std::string title = focused_title(session);
    if (is_torn(tiling, view.tile)) {
        put_back(tiling, view.tile);
        view.status = title + " is back among the others.";
    } else if (tear_off(tiling, view.tile, kTornPlace)) view.status = title + " is torn off; Ctrl with arrows moves it, Shift+Z puts it back.";
    else view.status = title + " is the last tile in its place, and stays.";
}

void shift_tile(Session& session, TileSide side) {
    if (is_single(session)) return;
    ViewState& view = session.view;
    const ScreenKind& kind = shown_kind(session);
    Tiling& tiling = own_tiling(view, kind);
    const std::string title = focused_title(session);
    if (is_torn(tiling, view.tile)) {
        ShareBox box = placed_box(tiling, view.tile);
        const double x = side == TileSide::left ? -kStep : side == TileSide::right ? kStep : 0.0;
        const double y = side == TileSide::top ? -kStep : side == TileSide::bottom ? kStep : 0.0;
        move_torn(tiling, view.tile, {box.left + x, box.top + y, box.right + x, box.bottom + y});
        view.status = title + " is moved.";
    } else if (const auto other = neighbour_of(tiling, view.tile, side)) {
        put_tile(tiling, view.tile, *other, TileSide::middle);
        view.status = title + " changed places with " + kind.tiles[static_cast<std::size_t>(*other)].title + ".";
    } else view.status = title + " has no tile on that side.";
}

void widen_tile(Session& session, int direction) { resize(session, true, direction); }
void heighten_tile(Session& session, int direction) { resize(session, false, direction); }

void turn_tiles(Session& session) {
    if (is_single(session)) return;
    const bool is_turned = turn_cut(own_tiling(session.view, shown_kind(session)), session.view.tile);
    session.view.status = focused_title(session) + (is_turned ? " and its neighbour are turned." : " has no neighbour to turn with.");
}

void reset_tiles(Session& session) {
    const ScreenKind& kind = shown_kind(session);
    session.view.tilings.erase(kind.screen);
    session.view.is_tile_maximised = false;
    session.view.status = std::string(kind.title) + ": tiles are where they were at first.";
}

}  // namespace rackrace
