// Where the tiles of a screen are: cuts through its room, and tiles that are torn off it. Plain data in shares of the room, so that it fits a
// window of any size, and a line of words for the file that keeps it. Knows no window.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace rackrace {

/// From the left and the top, as shares of a screen's room.
struct ShareBox {
    double left = 0.0, top = 0.0, right = 1.0, bottom = 1.0;
    double width() const { return right - left; }
    double height() const { return bottom - top; }
    friend bool operator==(const ShareBox&, const ShareBox&) = default;
};

/// A node of the tree of cuts: a tile, or a cut, whose two parts follow it.
struct TilePart {
    enum class Kind { tile, beside, under } kind = Kind::tile;  // beside: its parts lie left and right of each other
    int tile = 0;                                               // index among the screen's tiles
    double share = 0.5;                                         // of the first part of a cut
    friend bool operator==(const TilePart&, const TilePart&) = default;
};

struct TornTile {
    int tile = 0;
    ShareBox box;
    friend bool operator==(const TornTile&, const TornTile&) = default;
};

struct Tiling {
    std::vector<TilePart> parts;  // the tree, each cut before its parts; never empty
    std::vector<TornTile> torn;   // lie over the others, the last one in front
    friend bool operator==(const Tiling&, const Tiling&) = default;
};

struct PlacedTile {
    int tile = 0;
    ShareBox box;
    bool is_torn = false;
};
/// Those in the room, then those over it, in the order of drawing.
std::vector<PlacedTile> placed_tiles(const Tiling& tiling);
ShareBox placed_box(const Tiling& tiling, int tile);

/// Where a cut can be moved: between its parts.
struct TileBorder {
    std::size_t part = 0;  // of the tiling
    bool is_upright = false;
    ShareBox room;    // of both parts
    double at = 0.0;  // share of the screen's room
};
std::vector<TileBorder> borders_of(const Tiling& tiling);
/// To a share of its own parts; neither becomes too small to be seen.
void move_border(Tiling& tiling, std::size_t part, double share);

enum class TileSide { left, right, top, bottom, middle };
/// Puts a tile on a side of another, which gives it half of its place; `middle`: they change places. Nothing happens with itself.
void put_tile(Tiling& tiling, int tile, int target, TileSide side);
/// false: it is the last one in the room, which stays.
bool tear_off(Tiling& tiling, int tile, const ShareBox& box);
/// Back into the room: the largest tile gives it half of its place.
void put_back(Tiling& tiling, int tile);
bool is_torn(const Tiling& tiling, int tile);
/// A torn tile to another place, in front of the others, held where it can be seen.
void move_torn(Tiling& tiling, int tile, const ShareBox& box);
/// The tile in the room that has most of its border on that side.
std::optional<int> neighbour_of(const Tiling& tiling, int tile, TileSide side);
/// The nearest cut of that direction above a tile grows or shrinks its place by a share of the cut. false: no such cut.
bool resize_tile(Tiling& tiling, int tile, bool is_width, double by);
/// Left and right of each other becomes over and under each other: the cut that made this tile's place. false: there is none.
bool turn_cut(Tiling& tiling, int tile);

/// "beside 0.55 0 1 torn 2 0.1 0.1 0.6 0.7".
std::string tiling_text(const Tiling& tiling);
/// Nothing for a text that is no tiling of so many tiles, each once.
std::optional<Tiling> tiling_of_text(const std::string& text, int tiles);

}  // namespace rackrace
