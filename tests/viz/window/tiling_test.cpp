// Where tiles are: cuts, tiles torn off and put back, by plain data, by mouse, and kept when another run is opened.
#include "viz/window/tiling.h"

#include <catch2/catch.hpp>

#include "tests/viz/window/sitting.h"
#include "viz/window/screens/screens.h"

namespace rackrace {
namespace {

Tiling tiling(const std::string& text, int tiles) {
    const auto out = tiling_of_text(text, tiles);
    INFO(text);
    REQUIRE(out);
    return *out;
}

constexpr const char* kFour = "under 0.5 beside 0.25 0 1 beside 0.75 2 3";

}  // namespace

TEST_CASE("Cuts give every tile a place, and together they fill the room", "[window][tiling]") {
    const Tiling four = tiling(kFour, 4);
    CHECK(placed_box(four, 0) == ShareBox{0.0, 0.0, 0.25, 0.5});
    CHECK(placed_box(four, 1) == ShareBox{0.25, 0.0, 1.0, 0.5});
    CHECK(placed_box(four, 2) == ShareBox{0.0, 0.5, 0.75, 1.0});
    CHECK(borders_of(four).size() == 3);
    for (const ScreenKind& kind : screen_kinds()) {
        INFO(kind.title);
        double area = 0.0;
        for (const PlacedTile& one : placed_tiles(kind.tiling)) area += one.box.width() * one.box.height();
        CHECK(area == Approx(1.0));
        CHECK(placed_tiles(kind.tiling).size() == kind.tiles.size());
    }
}

TEST_CASE("A tiling is written as words and read again, and what is none is refused", "[window][tiling]") {
    for (const char* text : {kFour, "0", "beside 0.3 2 under 0.5 1 0 torn 3 0.1 0.2 0.6 0.7"}) {
        const int tiles = std::string(text) == "0" ? 1 : 4;
        CHECK(tiling_text(tiling(text, tiles)) == text);
    }
    for (const char* text : {"", "under 0.5 0", "under 0.5 0 0", "under 0.5 0 2", "under 2 0 1", "under nan 0 1", "over 0.5 0 1", "under 0.5 0 1 2",
                             "0", "0 torn 1 0 0 1", "0 torn 0 0 0 1 1", "1.5", "beside"}) {
        INFO(text);
        CHECK_FALSE(tiling_of_text(text, 2));
    }
}

TEST_CASE("A tile goes to a side of another, which gives it half of its place", "[window][tiling]") {
    Tiling four = tiling(kFour, 4);
    put_tile(four, 0, 3, TileSide::left);
    CHECK(tiling_text(four) == "under 0.5 1 beside 0.75 2 beside 0.5 0 3");
    put_tile(four, 1, 2, TileSide::bottom);
    CHECK(tiling_text(four) == "beside 0.75 under 0.5 2 1 beside 0.5 0 3");
    put_tile(four, 1, 3, TileSide::middle);
    CHECK(tiling_text(four) == "beside 0.75 under 0.5 2 3 beside 0.5 0 1");
    const Tiling before = four;
    put_tile(four, 1, 1, TileSide::left);
    CHECK(four == before);
}

TEST_CASE("A tile is torn off and put back, the last one stays and none is lost", "[window][tiling]") {
    Tiling four = tiling(kFour, 4);
    for (const int tile : {2, 0, 1}) CHECK(tear_off(four, tile, {0.1, 0.1, 0.5, 0.5}));
    CHECK_FALSE(tear_off(four, 3, {}));
    CHECK(placed_box(four, 3) == ShareBox{});
    CHECK(is_torn(four, 2));
    CHECK(placed_tiles(four).back().tile == 1);
    move_torn(four, 2, {5.0, -5.0, 5.0, -5.0});  // held where it can be seen, in front
    const PlacedTile front = placed_tiles(four).back();
    CHECK(front.tile == 2);
    CHECK((front.box.left < 1.0 && front.box.top == 0.0 && front.box.width() > 0.1 && front.box.height() > 0.1));
    for (const int tile : {0, 1, 2}) put_back(four, tile);
    CHECK(four.torn.empty());
    CHECK(placed_tiles(four).size() == 4);
    CHECK(tiling_of_text(tiling_text(four), 4));
}

TEST_CASE("A tile knows its neighbours, grows by its own cut, and no part of a cut vanishes", "[window][tiling]") {
    Tiling four = tiling(kFour, 4);
    CHECK(neighbour_of(four, 0, TileSide::right) == 1);
    CHECK(neighbour_of(four, 1, TileSide::bottom) == 2);  // shares more of its border than 3
    CHECK_FALSE(neighbour_of(four, 0, TileSide::left));
    CHECK(resize_tile(four, 1, true, 0.05));
    CHECK(placed_box(four, 0).right == Approx(0.2));
    CHECK(resize_tile(four, 3, false, 0.05));
    CHECK(placed_box(four, 3).top == Approx(0.45));
    for (int n = 0; n < 40; ++n) resize_tile(four, 1, true, 0.05);
    CHECK(placed_box(four, 0).width() > 0.05);
    CHECK(turn_cut(four, 0));
    CHECK(four.parts[1].kind == TilePart::Kind::under);
    Tiling one = tiling("0", 1);
    CHECK_FALSE(turn_cut(one, 0));
    CHECK_FALSE(resize_tile(one, 0, true, 0.1));
}

TEST_CASE("A mouse drags a tile off by its title, by its corner, and back onto another", "[window][tiling]") {
    Sitting desk(run_at_hand());
    const auto box = [&](int tile) { return placed_box(tiling_of(desk.view(), screen_kind(Screen::market)), tile); };
    desk.drag("Capacity: move", -300.0F, 100.0F);
    REQUIRE(is_torn(desk.view().tilings.at(Screen::market), 1));
    CHECK(box(1).left < 0.55);
    CHECK(box(0).right == 1.0);  // its neighbour has its place
    CHECK(desk.view().tile == 1);
    const ShareBox off = box(1);
    desk.drag("Capacity: move", 0.0F, 60.0F);
    CHECK(box(1).top > off.top);
    CHECK(box(1).width() == Approx(off.width()));
    desk.drag("Capacity: size", -80.0F, -80.0F);
    CHECK(box(1).width() < off.width());
    CHECK(box(1).height() < off.height());
    desk.press("T");
    CHECK(desk.view().tables.contains("capacity"));  // it is a tile like the others
    const auto from = desk.labels().find("Capacity: move"), head = desk.labels().find("Demand: move");
    REQUIRE((from && head));
    const ShareBox demand = box(2);
    const auto room = [](double share, double pixels) { return static_cast<float>(share * pixels); };
    const float height = room(demand.height(), (head->top - desk.labels().find("Prices: move")->top) / demand.top);
    const float width = room(demand.width(), 1600.0 - 2.0 * 8.0 + 6.0);
    desk.drag("Capacity: move", 8.0F + 0.5F * width - from->x(), head->top + 0.5F * height - from->y());
    CHECK_FALSE(is_torn(desk.view().tilings.at(Screen::market), 1));
    CHECK(box(1) == demand);  // they changed places
    CHECK(is_torn(desk.view().tilings.at(Screen::market), 2));
}

TEST_CASE("A mouse drags the border between tiles, and a click on a title moves nothing", "[window][tiling]") {
    Sitting desk(run_at_hand());
    desk.click("Demand: move");
    CHECK(desk.view().tile == 2);
    CHECK(desk.view().tilings.empty());
    desk.drag("border 1", 200.0F, 0.0F);
    CHECK(placed_box(desk.view().tilings.at(Screen::market), 0).right > 0.6);
    desk.press("Alt+Z");
    CHECK(desk.view().tilings.empty());
}

TEST_CASE("Places of tiles outlive the run that was open, and Z shows a torn tile alone", "[window][tiling]") {
    Sitting desk(run_at_hand());
    desk.press("Shift+Z");
    const auto tilings = desk.view().tilings;
    REQUIRE(tilings.size() == 1);
    REQUIRE(desk.session.open(run_at_hand()).empty());
    CHECK(desk.view().tilings == tilings);
    desk.frames(2);
    CHECK(desk.labels().find("Demand: move"));
    desk.press("Z");
    CHECK(desk.labels().find("Prices: move"));
    CHECK_FALSE(desk.labels().find("Demand: move"));
}

}  // namespace rackrace
