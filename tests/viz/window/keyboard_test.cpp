// The window by keyboard alone, and by clicks on what has a label.
#include <algorithm>
#include <set>
#include <tuple>

#include <imgui.h>
#include <imgui_internal.h>

#include "engine/base/quarter_index.h"
#include "tests/engine/sealed.h"
#include "tests/viz/window/sitting.h"
#include "viz/window/actions.h"
#include "viz/window/frame/frame.h"
#include "viz/window/overlays/overlays.h"
#include "viz/window/overlays/panel.h"
#include "viz/window/readings.h"
#include "viz/window/screens/decision_panel.h"
#include "viz/window/screens/screens.h"

using namespace rackrace;

TEST_CASE("Every screen is entered by its key, every tile of it reached, filled and given back", "[window][keyboard]") {
    Sitting at(run_at_hand());
    for (const ScreenKind& kind : screen_kinds()) {
        const Screen screen = kind.screen;
        const auto action = std::find_if(actions().begin(), actions().end(),
                                         [&](const Action& one) { return one.group == Group::screens && std::string_view(one.title) == kind.title; });
        REQUIRE(action != actions().end());
        if (kind.needs == Needs::nothing) continue;
        at.reset();
        at.view().screen = screen == Screen::market ? Screen::firm : Screen::market;
        at.press(std::string(action->keys.front()));
        REQUIRE(at.view().screen == screen);
        const auto& tiles = screen_kind(screen).tiles;
        for (int n = 0; n < static_cast<int>(tiles.size()); ++n) {
            INFO(tiles[static_cast<std::size_t>(n)].title);
            CHECK(at.view().tile == n);
            at.press("Z");
            CHECK(at.view().is_tile_maximised);
            at.press("T");
            CHECK(at.view().tables.empty() == focused_figure(at.session).empty());
            at.view().tables.clear();
            at.press("Esc");
            CHECK_FALSE(at.view().is_tile_maximised);
            at.press("Tab");
        }
        CHECK(at.view().tile == 0);
        at.press("H");
        CHECK(at.view().screen == Screen::home);
    }
}

TEST_CASE("Letters act nowhere while they are typed into a field", "[window][keyboard]") {
    Sitting at(run_at_hand());
    for (const char* opener : {"G", "F", "K", "/", "Ctrl+O"}) {
        INFO(opener);
        at.reset();
        at.press(opener);
        const Overlay overlay = at.view().overlay;
        const ViewState before = at.view();
        at.type("n1zp?");
        for (const char* key : {"N", "Space", "Z", "Left", "Home", "Shift+P"}) at.press(key);
        CHECK(at.view().overlay == overlay);
        CHECK(at.view().overlay_text == "n1zp?");
        CHECK(at.view().firm == before.firm);
        CHECK(at.view().t == before.t);
        CHECK(at.view().screen == before.screen);
        CHECK_FALSE(at.view().is_playing);
        at.press("Esc");
        CHECK(at.view().overlay == Overlay::none);
        at.press("Z");
        CHECK(at.view().is_tile_maximised);
    }
}

TEST_CASE("Esc closes every overlay, and a click beside it does", "[window][keyboard]") {
    Sitting at(run_at_hand());
    for (const Overlay overlay : {Overlay::palette, Overlay::keys, Overlay::go_to, Overlay::pick_firm, Overlay::pick_market, Overlay::why,
                                  Overlay::bookmarks, Overlay::open_run, Overlay::export_figure}) {
        INFO(static_cast<int>(overlay));
        at.reset();
        at.view().why = at.session.store().address(at.view().t, "market.spot_i_usd_h");
        at.view().overlay = overlay;
        at.frames();
        at.press("Esc");
        CHECK(at.view().overlay == Overlay::none);
        at.view().overlay = overlay;
        at.frames();
        at.click_at(4.0F, 4.0F);
        CHECK(at.view().overlay == Overlay::none);
    }
}

TEST_CASE("Esc gives back one thing at a time, what is in front first", "[window][keyboard]") {
    Sitting at(run_at_hand());
    at.view().pinned = at.session.store().address(at.view().t, "market.spot_i_usd_h");
    at.view().is_tile_maximised = true;
    at.press("?");
    at.press("Esc");
    CHECK(at.view().is_tile_maximised);
    at.press("Esc");
    CHECK_FALSE(at.view().is_tile_maximised);
    CHECK_FALSE(at.view().pinned.empty());
    at.press("Esc");
    CHECK(at.view().pinned.empty());
    at.press("Esc");
    CHECK(at.view().status == "Nothing to close; Ctrl+Q leaves.");
}

TEST_CASE("The same key opens an overlay and closes it", "[window][keyboard]") {
    Sitting at(run_at_hand());
    for (const char* key : {"?", "F1", "Ctrl+K", "Ctrl+O", "W", "Shift+B"}) {
        INFO(key);
        at.press(key);
        CHECK(at.view().overlay != Overlay::none);
        at.press(key);
        CHECK(at.view().overlay == Overlay::none);
    }
}

TEST_CASE("A firm and a market are picked by a part of their name", "[window][keyboard]") {
    Sitting at(run_at_hand());
    at.press("F");
    at.type("scale");
    at.press("Enter");
    CHECK(at.view().firm == "nscale");
    CHECK(at.view().overlay == Overlay::none);
    at.press("K");
    at.type("spot");
    at.press("Down");
    at.press("Enter");
    CHECK(at.view().market == "spot-i");
}

TEST_CASE("Go to takes a quarter in short, an address, and refuses in words what is neither", "[window][keyboard]") {
    Sitting at(run_at_hand());
    at.press("G");
    at.type("27q1");
    at.press("Enter");
    CHECK(at.view().t == quarter_index(2027, 1));
    CHECK(at.view().overlay == Overlay::none);
    at.press("G");
    at.type("@2028Q2#firm=coreweave");
    at.press("Enter");
    CHECK(at.view().t == quarter_index(2028, 2));
    CHECK(at.view().firm == "coreweave");
    CHECK(at.view().screen == Screen::firm);
    at.press("G");
    at.type("40q1");
    at.press("Enter");
    CHECK(at.view().overlay == Overlay::go_to);
    CHECK(at.view().status == "played: holds no quarter 2040Q1; it goes from 2026Q1 to 2028Q3");
    at.press("Esc");
}

TEST_CASE("Pinning goes from reading to reading of the focused figure and ends with none", "[window][keyboard]") {
    Sitting at(run_at_hand());
    const std::size_t count = readings_at_cursor(at.session).size();
    REQUIRE(count > 1);
    std::set<std::string> seen;
    for (std::size_t n = 0; n < count; ++n) {
        at.press("Enter");
        CHECK(seen.insert(at.view().pinned).second);
        CHECK(at.view().status.find(at.view().pinned) != std::string::npos);
    }
    at.press("Enter");
    CHECK(at.view().pinned.empty());
}

TEST_CASE("Orders of a decision are pinned one after the other, and why explains a refused one without a mouse", "[window][keyboard]") {
    Sitting at(run_at_hand());
    const ReplayStore& store = at.session.store();
    const Columns& orders = store.table("orders");
    std::size_t refused = 0;
    while (refused < orders.rows() && orders.text(refused, "status") != "rejected") ++refused;
    REQUIRE(refused < orders.rows());
    at.session.seek(orders.quarter(refused));
    at.view().firm = orders.text(refused, "firm");
    at.press("3");
    at.press("Tab");
    at.press("Tab");
    REQUIRE(std::string_view(screen_kind(Screen::firm).tiles[static_cast<std::size_t>(at.view().tile)].title) == kDecisionTile);
    const std::vector<PlacedText> placed = at.session.orders(at.view().t, at.view().firm);
    for (const PlacedText& order : placed) {
        at.press("Enter");
        REQUIRE(at.view().pinned == order.address);
        CHECK(at.view().status.find(order.outcome) != std::string::npos);
        if (!order.is_rejected) continue;
        at.press("W");
        CHECK(at.view().why == order.address);
        REQUIRE(at.session.why(order.address));
        CHECK(at.session.why(order.address)->reasons.front().line == order.line);
        at.press("Esc");
    }
    at.press("Enter");
    CHECK(at.view().pinned.empty());
}

namespace {

/// How far the window with this in its name is scrolled, down or to the right: it must be there, with more than it shows.
float scrolled(const std::string& name, bool is_down = true) {
    for (const ImGuiWindow* one : ImGui::GetCurrentContext()->Windows)
        if (one->WasActive && std::string_view(one->Name).find(name) != std::string_view::npos && (is_down ? one->ScrollMax.y : one->ScrollMax.x) > 0.0F) return is_down ? one->Scroll.y : one->Scroll.x;
    FAIL("no window to scroll: " << name);
    return 0.0F;
}

}  // namespace

TEST_CASE("Arrows and pages scroll the table, the decision, the order and the list of markets of the tile in focus", "[window][keyboard]") {
    Sitting at(run_at_hand());
    const auto [screen, tile, name] = GENERATE(std::tuple{Screen::auction, 0, "/table_"}, std::tuple{Screen::firm, 2, "/decision in rows_"}, std::tuple{Screen::auction, 1, "/order in words_"},
                                               std::tuple{Screen::auction, 2, "/list of markets_"});
    INFO(name);
    at.view().screen = screen;
    at.view().scale = screen == Screen::auction ? 2.0 : 1.0;  // Firm has no room for all its tiles at 2
    at.view().tile = tile;
    if (tile == 0) at.view().tables = {"auction"};
    at.frames();
    REQUIRE(scrolled(name) == 0.0F);
    at.press("Down");
    const float after_one = scrolled(name);
    CHECK(after_one > 0.0F);
    at.press("PageDown");
    CHECK(scrolled(name) > after_one);
    at.press("PageUp");
    at.press("Up");
    CHECK(scrolled(name) == 0.0F);
    at.press("Ctrl+Down");  // moves the tile
    CHECK(scrolled(name) == 0.0F);
    at.press("K");  // in front of it: the arrow is the list's
    at.press("Down");
    at.press("Esc");
    CHECK(scrolled(name) == 0.0F);
    at.view().tile = tile == 0 ? 1 : 0;
    at.frames();
    at.press("Down");
    CHECK(scrolled(name) == 0.0F);
}

TEST_CASE("A table wider than its tile is scrolled to the sides by Shift and pages", "[window][keyboard]") {
    Sitting at(run_at_hand());
    at.view().scale = 2.0;
    at.view().screen = Screen::auction;
    at.view().tables = {"auction"};
    at.frames();
    at.press("Shift+PageDown");
    CHECK(scrolled("/table_", false) > 0.0F);
    at.press("Shift+PageUp");
    CHECK(scrolled("/table_", false) == 0.0F);
}

TEST_CASE("The palette pins the six numbers of the strip", "[window][keyboard]") {
    Sitting at(run_at_hand());
    for (const StripNumber& number : prepare_strip(at.session)) {
        at.press("Ctrl+K");
        at.type("pin " + number.title);
        at.press("Enter");
        CHECK(at.view().overlay == Overlay::none);
        CHECK(at.view().pinned == number.address);
    }
    at.press("W");
    CHECK(at.view().why.ends_with("#market.policy_rate_apr"));
}

TEST_CASE("Tabs, numbers of the strip, buttons and rows are clicked by their labels", "[window][mouse]") {
    Sitting at(run_at_hand());
    for (const auto& [label, screen] :
         {std::pair{"2 Auction", Screen::auction}, {"3 Firm", Screen::firm}, {"4 Network", Screen::network}, {"5 Events", Screen::events}, {"1 Market", Screen::market}}) {
        at.click(label);
        CHECK(at.view().screen == screen);
    }
    at.click("SUPPLY");
    CHECK(at.view().pinned == "played@2028Q3#market.supply_mh");
    at.press("Left");  // the number stays chosen in another quarter
    CHECK(prepare_strip(at.session)[2].is_chosen);
    at.press("Right");
    at.click("SPOT I", true);
    CHECK(at.view().overlay == Overlay::why);
    CHECK(at.view().why == "played@2028Q3#market.spot_i_usd_h");
    at.press("Esc");
    at.click("First quarter (Home)");
    CHECK(at.view().t == at.session.store().opening_t());
    at.click("Next quarter (Right)");
    CHECK(at.view().t == at.session.store().opening_t() + 1);
    at.click("Play or pause (Space)");
    CHECK(at.view().is_playing);
    at.press("Space");
    at.click("B Bookmark");
    CHECK(at.view().bookmarks.size() == 1);
    at.click("? Keys");
    CHECK(at.view().overlay == Overlay::keys);
    at.click("F");  // the row of that key
    CHECK(at.view().overlay == Overlay::pick_firm);
    at.press("Esc");
}

TEST_CASE("A number of the strip whose change rounds to nothing is the same, without an arrow", "[window][strip]") {
    const TemporaryFolder folder;
    const std::filesystem::path run = record_tiny(folder.path());
    change_and_seal(run / "replay.sqlite", "UPDATE quarters SET policy_rate_apr=0.043 WHERE quarter='2026Q2';"
                                           "UPDATE quarters SET policy_rate_apr=0.04296, spot_i_usd_h=2 WHERE quarter='2026Q3';"
                                           "UPDATE quarters SET policy_rate_apr=0.0426, spot_i_usd_h=2.1 WHERE quarter='2026Q4'");
    Session session;
    REQUIRE(session.open(run).empty());
    session.seek(quarter_index(2026, 3));
    const StripNumber rate = prepare_strip(session)[5];
    CHECK(rate.title == "POLICY RATE");
    CHECK(rate.change == "same");  // 4.300 to 4.296 %: -0.004 points
    CHECK(rate.direction == 0.0);
    session.seek(quarter_index(2026, 4));
    CHECK(prepare_strip(session)[5].change == "-0.04 pp");
    CHECK(prepare_strip(session)[5].direction < 0.0);
    CHECK(prepare_strip(session)[0].change == "+5.0 %");
    CHECK(prepare_strip(session)[4].title == "IN DEFAULT");
    CHECK(prepare_strip(session)[4].value == "0 of 3");
}

TEST_CASE("A click on the timeline goes to the quarter under it", "[window][mouse]") {
    Sitting at(run_at_hand());
    const auto place = at.labels().find("timeline");
    REQUIRE(place);
    at.click_at(place->left + 2.0F, place->y());
    CHECK(at.view().t == at.session.store().opening_t());
    at.click_at(place->right - 2.0F, place->y());
    CHECK(at.view().t == at.session.store().last_t());
    at.click("timeline");
    CHECK(at.view().t == (at.session.store().opening_t() + at.session.store().last_t()) / 2);
}

TEST_CASE("A list shows the rows that have all words, in any letters", "[window][keyboard]") {
    const std::vector<ListRow> rows = {{"Next quarter", "Right"}, {"Previous quarter", "Left"}, {"Next firm", "N"}};
    CHECK(matching_rows(rows, "") == std::vector<std::size_t>{0, 1, 2});
    CHECK(matching_rows(rows, "next") == std::vector<std::size_t>{0, 2});
    CHECK(matching_rows(rows, "QUARTER left") == std::vector<std::size_t>{1});
    CHECK(matching_rows(rows, "fly").empty());
}

TEST_CASE("The home screen opens a run by its path and says what went wrong with another", "[window][home]") {
    Sitting at;
    CHECK(at.view().screen == Screen::home);
    at.click("Play demo");
    CHECK(at.view().status == std::string("Copied: ") + kDemoCommand + ". Paste it into a terminal.");
    at.click("New strategy");
    CHECK(at.view().status == std::string("Copied: ") + kNewStrategyCommand + ". Paste it into a terminal.");
    at.press("Ctrl+O");
    at.type("nowhere/at-all");
    at.press("Enter");
    CHECK_FALSE(at.session.has_run());
    CHECK(at.view().status.find("there is no such run") != std::string::npos);
    at.press("Esc");
    at.press("Ctrl+O");
    at.type((played_folder() / "runs" / "played").string());
    at.press("Enter");
    CHECK(at.session.has_run());
    CHECK(at.view().screen == Screen::market);
    CHECK(at.view().overlay == Overlay::none);
}
