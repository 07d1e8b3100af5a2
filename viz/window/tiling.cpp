#include "viz/window/tiling.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>

namespace rackrace {
namespace {

constexpr double kLeastShare = 0.1;                       // of a cut
constexpr double kLeastTorn = 0.15, kMostlyInside = 0.9;  // of the room: size of a torn tile, and how far to the right and down it may begin

using Kind = TilePart::Kind;

/// Calls `visit(index, box)` for every node and returns the index after the one at `at`.
template <class Visit> std::size_t walk(const Tiling& tiling, std::size_t at, const ShareBox& box, const Visit& visit) {
    visit(at, box);
    const TilePart& part = tiling.parts[at];
    if (part.kind == Kind::tile) return at + 1;
    ShareBox first = box, second = box;
    if (part.kind == Kind::beside) first.right = second.left = box.left + part.share * box.width();
    else first.bottom = second.top = box.top + part.share * box.height();
    return walk(tiling, walk(tiling, at + 1, first, visit), second, visit);
}

std::size_t end_of(const Tiling& tiling, std::size_t at) {
    return walk(tiling, at, {}, [](std::size_t, const ShareBox&) {});
}

/// The node of a tile; nothing where it is torn off.
std::optional<std::size_t> node_of(const Tiling& tiling, int tile) {
    for (std::size_t i = 0; i < tiling.parts.size(); ++i)
        if (tiling.parts[i].kind == Kind::tile && tiling.parts[i].tile == tile) return i;
    return std::nullopt;
}

/// The cuts that a node lies in, from the outermost; `is_first`: in the first part of the cut.
struct Above {
    std::size_t cut;
    bool is_first;
};
std::vector<Above> cuts_above(const Tiling& tiling, std::size_t node) {
    std::vector<Above> out;
    for (std::size_t i = 0; i < node; ++i) {
        if (tiling.parts[i].kind == Kind::tile || end_of(tiling, i) <= node) continue;
        out.push_back({i, node < end_of(tiling, i + 1)});
    }
    return out;
}

/// Takes a tile out of the room, whose sibling takes the whole place of both. false: it is the last one there.
bool take_out(Tiling& tiling, int tile) {
    std::erase_if(tiling.torn, [&](const TornTile& one) { return one.tile == tile; });
    const auto node = node_of(tiling, tile);
    if (!node) return true;
    const std::vector<Above> above = cuts_above(tiling, *node);
    if (above.empty()) return false;
    tiling.parts.erase(tiling.parts.begin() + static_cast<std::ptrdiff_t>(*node));
    tiling.parts.erase(tiling.parts.begin() + static_cast<std::ptrdiff_t>(above.back().cut));
    return true;
}

/// How much of two ranges is common.
double common(double low, double high, double other_low, double other_high) { return std::min(high, other_high) - std::max(low, other_low); }

}  // namespace

std::vector<PlacedTile> placed_tiles(const Tiling& tiling) {
    std::vector<PlacedTile> out;
    walk(tiling, 0, {}, [&](std::size_t at, const ShareBox& box) {
        if (tiling.parts[at].kind == Kind::tile) out.push_back({tiling.parts[at].tile, box, false});
    });
    for (const TornTile& one : tiling.torn) out.push_back({one.tile, one.box, true});
    return out;
}

ShareBox placed_box(const Tiling& tiling, int tile) {
    for (const PlacedTile& one : placed_tiles(tiling))
        if (one.tile == tile) return one.box;
    return {};
}

std::vector<TileBorder> borders_of(const Tiling& tiling) {
    std::vector<TileBorder> out;
    walk(tiling, 0, {}, [&](std::size_t at, const ShareBox& box) {
        const TilePart& part = tiling.parts[at];
        if (part.kind == Kind::tile) return;
        const bool is_upright = part.kind == Kind::beside;
        out.push_back({at, is_upright, box, is_upright ? box.left + part.share * box.width() : box.top + part.share * box.height()});
    });
    return out;
}

void move_border(Tiling& tiling, std::size_t part, double share) { tiling.parts[part].share = std::clamp(share, kLeastShare, 1.0 - kLeastShare); }

void put_tile(Tiling& tiling, int tile, int target, TileSide side) {
    if (tile == target) return;
    if (side == TileSide::middle) {
        const auto changed = [&](int one) { return one == tile ? target : one == target ? tile : one; };
        for (TilePart& part : tiling.parts) part.tile = changed(part.tile);
        for (TornTile& one : tiling.torn) one.tile = changed(one.tile);
        return;
    }
    if (!node_of(tiling, target) || !take_out(tiling, tile)) return;
    const auto at = tiling.parts.begin() + static_cast<std::ptrdiff_t>(*node_of(tiling, target));
    const bool is_before = side == TileSide::left || side == TileSide::top;
    const Kind kind = side == TileSide::left || side == TileSide::right ? Kind::beside : Kind::under;
    const TilePart cut{kind, 0, 0.5}, first{Kind::tile, is_before ? tile : target, 0.5}, second{Kind::tile, is_before ? target : tile, 0.5};
    *at = cut;
    tiling.parts.insert(at + 1, {first, second});
}

bool tear_off(Tiling& tiling, int tile, const ShareBox& box) {
    if (!take_out(tiling, tile)) return false;
    tiling.torn.push_back({tile, box});
    move_torn(tiling, tile, box);
    return true;
}

void put_back(Tiling& tiling, int tile) {
    const std::vector<PlacedTile> placed = placed_tiles(tiling);
    const auto size = [](const PlacedTile& one) { return one.is_torn ? 0.0 : one.box.width() * one.box.height(); };
    const auto largest = std::max_element(placed.begin(), placed.end(), [&](const PlacedTile& a, const PlacedTile& b) { return size(a) < size(b); });
    put_tile(tiling, tile, largest->tile, largest->box.width() < largest->box.height() ? TileSide::bottom : TileSide::right);
}

bool is_torn(const Tiling& tiling, int tile) { return !node_of(tiling, tile).has_value(); }

void move_torn(Tiling& tiling, int tile, const ShareBox& box) {
    const auto at = std::find_if(tiling.torn.begin(), tiling.torn.end(), [&](const TornTile& one) { return one.tile == tile; });
    if (at == tiling.torn.end()) return;
    const double width = std::clamp(box.width(), kLeastTorn, 1.0), height = std::clamp(box.height(), kLeastTorn, 1.0);
    const double left = std::clamp(box.left, kLeastTorn - width, kMostlyInside), top = std::clamp(box.top, 0.0, kMostlyInside);
    tiling.torn.erase(at);
    tiling.torn.push_back({tile, {left, top, left + width, top + height}});
}

std::optional<int> neighbour_of(const Tiling& tiling, int tile, TileSide side) {
    const std::vector<PlacedTile> placed = placed_tiles(tiling);
    const auto own = std::find_if(placed.begin(), placed.end(), [&](const PlacedTile& one) { return one.tile == tile; });
    if (own == placed.end() || own->is_torn) return std::nullopt;
    std::optional<int> out;
    double most = 1e-6;
    for (const PlacedTile& one : placed) {
        if (one.is_torn || one.tile == tile) continue;
        const bool is_level = side == TileSide::left || side == TileSide::right;
        const double own_edge = side == TileSide::left    ? own->box.left
                                : side == TileSide::right ? own->box.right
                                : side == TileSide::top   ? own->box.top
                                                          : own->box.bottom;
        const double edge = side == TileSide::left    ? one.box.right
                            : side == TileSide::right ? one.box.left
                            : side == TileSide::top   ? one.box.bottom
                                                      : one.box.top;
        const double shared = is_level ? common(own->box.top, own->box.bottom, one.box.top, one.box.bottom)
                                       : common(own->box.left, own->box.right, one.box.left, one.box.right);
        if (std::abs(own_edge - edge) > 1e-6 || shared <= most) continue;
        most = shared;
        out = one.tile;
    }
    return out;
}

bool resize_tile(Tiling& tiling, int tile, bool is_width, double by) {
    const auto node = node_of(tiling, tile);
    if (!node) return false;
    const std::vector<Above> above = cuts_above(tiling, *node);
    for (auto one = above.rbegin(); one != above.rend(); ++one) {
        if ((tiling.parts[one->cut].kind == Kind::beside) != is_width) continue;
        move_border(tiling, one->cut, tiling.parts[one->cut].share + (one->is_first ? by : -by));
        return true;
    }
    return false;
}

bool turn_cut(Tiling& tiling, int tile) {
    const auto node = node_of(tiling, tile);
    const std::vector<Above> above = node ? cuts_above(tiling, *node) : std::vector<Above>();
    if (above.empty()) return false;
    Kind& kind = tiling.parts[above.back().cut].kind;
    kind = kind == Kind::beside ? Kind::under : Kind::beside;
    return true;
}

std::string tiling_text(const Tiling& tiling) {
    std::string out;
    for (const TilePart& part : tiling.parts) {
        out += out.empty() ? "" : " ";
        if (part.kind == Kind::tile) out += std::to_string(part.tile);
        else out += fmt::format("{} {:.4g}", part.kind == Kind::beside ? "beside" : "under", part.share);
    }
    for (const TornTile& one : tiling.torn)
        out += fmt::format(" torn {} {:.4g} {:.4g} {:.4g} {:.4g}", one.tile, one.box.left, one.box.top, one.box.right, one.box.bottom);
    return out;
}

std::optional<Tiling> tiling_of_text(const std::string& text, int tiles) {
    Tiling out;
    std::istringstream in(text);
    std::set<int> known;
    int open = 1;  // parts that the tree still wants
    for (std::string word; open > 0 && in >> word;) {
        TilePart part;
        if (word == "beside" || word == "under") {
            part.kind = word == "beside" ? Kind::beside : Kind::under;
            if (!(in >> part.share) || !(part.share >= kLeastShare) || !(part.share <= 1.0 - kLeastShare)) return std::nullopt;
            ++open;
        } else {
            std::istringstream number(word);
            if (!(number >> part.tile) || !number.eof() || !known.insert(part.tile).second) return std::nullopt;
            --open;
        }
        out.parts.push_back(part);
    }
    for (std::string word; in >> word;) {
        TornTile one;
        if (word != "torn" || !(in >> one.tile >> one.box.left >> one.box.top >> one.box.right >> one.box.bottom)) return std::nullopt;
        if (!known.insert(one.tile).second) return std::nullopt;
        out.torn.push_back(one);
        move_torn(out, one.tile, one.box);
    }
    if (open != 0 || static_cast<int>(known.size()) != tiles || *known.begin() != 0 || *known.rbegin() != tiles - 1) return std::nullopt;
    return out;
}

}  // namespace rackrace
