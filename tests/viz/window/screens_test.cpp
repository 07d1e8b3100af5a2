// The screens: each draws for a run, for none, for one that stopped early, at several sizes; what can be clicked has a label; from a clearing
// price to the line of the script it is two clicks.
#include <catch2/catch.hpp>

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>

#include "engine/replay/address.h"
#include "tests/viz/window/sitting.h"
#include "viz/figures/price_setter.h"
#include "viz/window/screens/decision_panel.h"
#include "viz/window/screens/event_list.h"
#include "viz/window/screens/markets_panel.h"
#include "viz/window/screens/order_panel.h"
#include "viz/window/screens/screens.h"
#include "viz/window/screens/ties_panel.h"
#include "viz/window/table_twin.h"

namespace rackrace {
namespace {

/// A tiny run that a broken identity ended.
const std::filesystem::path& stopped() {
    static const TemporaryFolder folder;
    static const std::filesystem::path run = [] {
        SavePlace place;
        place.parent = folder.path();
        auto writer = ReplayWriter::begin(place, synthetic::record(), synthetic::names(), "name = \"tiny\"\n");
        REQUIRE(writer);
        RunOutcome outcome = synthetic::play(**writer);
        outcome.is_complete = false;
        const auto last = synthetic::world(4);
        last->fault = Fault::identity;
        const auto saved = (*writer)->finish(outcome, *last);
        REQUIRE(saved);
        return *saved;
    }();
    return run;
}

}  // namespace

TEST_CASE("Every screen draws for a run, for a run that stopped early and with no run at all", "[viz][window][screens]") {
    for (const std::filesystem::path& run : {std::filesystem::path(), run_at_hand(), stopped()})
        for (const auto& [width, height] : {std::pair{1280, 720}, {2560, 1440}})
            for (const double scale : {1.0, 1.5}) {
                Ui ui;
                NullWindow window(width, height);
                Session session;
                session.view.scale = scale;
                if (!run.empty()) REQUIRE(session.open(run).empty());
                for (const ScreenKind& kind : screen_kinds())
                    for (const bool is_at_end : {false, true}) {
                        INFO(run << " " << kind.title << " " << width << " " << scale << " " << is_at_end);
                        session.view.screen = kind.screen;
                        if (session.has_run()) session.seek(is_at_end ? session.store().last_t() : session.store().opening_t());
                        for (int n = 0; n < 2; ++n) {
                            window.begin_frame();
                            ui.draw(session, 0.0);
                            window.end_frame();
                        }
                        CHECK(ImGui::GetDrawData()->TotalVtxCount > 0);
                    }
            }
}

namespace {

/// Figures that do not fit their tiles, by the names of their windows.
std::string scrolling_figures() {
    std::string out;
    for (const ImGuiWindow* one : ImGui::GetCurrentContext()->Windows)
        if (one->WasActive && std::string_view(one->Name).find("/figure_") != std::string_view::npos && one->ScrollMax.y > 0.0F)
            out += std::string(one->Name) + "\n";
    return out;
}

}  // namespace

TEST_CASE("Figures fit their tiles without scrolling, at every size and scale and for a firm of every role", "[viz][window][screens]") {
    for (const auto& [width, height, scale] :
         {std::tuple{1280, 720, 1.0}, {1280, 720, 1.5}, {1600, 1000, 1.0}, {1600, 1000, 1.5}, {2560, 1440, 1.0}, {2560, 1440, 1.5}}) {
        Ui ui;
        NullWindow window(width, height);
        Session session;
        session.view.scale = scale;
        REQUIRE(session.open(run_at_hand()).empty());
        for (const char* firm : {"coreweave", "nvidia", "microsoft", "openai"})
            for (const ScreenKind& kind : screen_kinds())
                for (int tile = 0; tile < static_cast<int>(kind.tiles.size()); ++tile) {
                    if (kind.screen != Screen::firm && firm != std::string_view("coreweave")) continue;  // is of no single firm
                    session.view.firm = firm;
                    session.view.screen = kind.screen;
                    session.view.tile = tile;
                    for (int n = 0; n < 3; ++n) {
                        window.begin_frame();
                        ui.draw(session, 0.0);
                        window.end_frame();
                    }
                    INFO(kind.title << " " << firm << " " << tile << " " << width << " " << scale);
                    CHECK(scrolling_figures() == "");
                }
    }
}

TEST_CASE("A room too low for the tiles beside each other shows one of them under the titles of all", "[viz][window][screens]") {
    CHECK(shows_one_tile(screen_kind(Screen::market).tiling, 273.0));
    CHECK_FALSE(shows_one_tile(screen_kind(Screen::market).tiling, 512.0));
    CHECK_FALSE(shows_one_tile(screen_kind(Screen::auction).tiling, 273.0));
    CHECK_FALSE(shows_one_tile(screen_kind(Screen::home).tiling, 100.0));
    Sitting desk(run_at_hand());
    CHECK_FALSE(desk.labels().find("Prices##tile"));
    desk.view().scale = 2.5;
    desk.frames(2);
    CHECK(desk.labels().find("Prices: table"));
    CHECK_FALSE(desk.labels().find("Demand: table"));
    desk.click("Demand##tile");
    CHECK(desk.view().tile == 2);
    CHECK(desk.labels().find("Demand: table"));
    CHECK_FALSE(desk.labels().find("Prices: table"));
    desk.press("Tab");
    CHECK(desk.labels().find("Chip queue: table"));
    desk.press("Z");
    CHECK_FALSE(desk.labels().find("Prices##tile"));
}

TEST_CASE("A tile has buttons for table, export and all of the screen, and they do what they say", "[viz][window][screens]") {
    Sitting desk(run_at_hand());
    for (const char* tile : {"Prices", "Capacity", "Demand", "Chip queue"})
        for (const char* button : {"about", "table", "export", "maximise"}) {
            INFO(tile << button);
            CHECK(desk.labels().find(std::string(tile) + ": " + button));
        }
    desk.click("Capacity: table");
    CHECK(desk.view().tables.count("capacity") == 1);
    CHECK(desk.view().tile == 1);
    desk.click("Capacity: table");
    CHECK(desk.view().tables.empty());
    desk.click("Demand: maximise");
    CHECK(desk.view().is_tile_maximised);
    CHECK(desk.view().tile == 2);
    CHECK_FALSE(desk.labels().find("Prices: maximise"));
    desk.click("Demand: maximise");
    CHECK_FALSE(desk.view().is_tile_maximised);
    desk.click("Prices: log");
    CHECK(desk.view().is_log);
    desk.click("Chip queue: export");
    CHECK(desk.view().overlay == Overlay::export_figure);
}

TEST_CASE("Figures over time are growth where the view wants it, those of a quarter are as they were", "[viz][window][screens]") {
    Sitting desk(run_at_hand());
    CHECK_FALSE(desk.session.figure("prices").is_growth);
    desk.view().value_zooms["prices/price"] = {0.25, 0.75};
    desk.press("D");
    CHECK(desk.session.figure("prices").is_growth);
    CHECK(desk.view().value_zooms.empty());
    CHECK_FALSE(desk.session.figure("cash-bridge").is_growth);
    CHECK(desk.labels().find("Prices: growth"));
    CHECK_FALSE(desk.labels().find("Capacity: growth"));
    desk.click("Prices: growth");
    CHECK_FALSE(desk.session.figure("prices").is_growth);
}

TEST_CASE("Targets that are clicked are at least 28 pixels high", "[viz][window][screens]") {
    Sitting desk(run_at_hand());
    desk.view().loop = QuarterRange{desk.session.store().opening_t() + 1, desk.session.store().last_t() - 1};
    desk.view().is_looping = true;
    desk.frames();
    for (const char* label : {"Prices: table", "Prices: maximise", "Prices: about", "First quarter (Home)", "loop start", "loop end"}) {
        const auto place = desk.labels().find(label);
        REQUIRE(place);
        CHECK(place->bottom - place->top >= 28.0F);
        CHECK(place->right - place->left >= 28.0F);
    }
}

TEST_CASE("An end of the loop is dragged to another quarter from wherever it is taken", "[viz][window][screens]") {
    Sitting desk(run_at_hand());
    const int first = desk.session.store().opening_t(), last = desk.session.store().last_t();
    desk.view().loop = QuarterRange{first, last};
    desk.view().is_looping = true;
    desk.frames();
    const auto timeline = desk.labels().find("timeline");
    REQUIRE(timeline);
    const float cell = (timeline->right - timeline->left) / static_cast<float>(last - first + 1);
    desk.drag("loop start", 2.0F * cell, 0.0F);
    CHECK(desk.view().loop->from == first + 2);
    CHECK(desk.view().loop->to == last);
    desk.drag("loop end", -3.0F * cell, 0.0F);
    CHECK(desk.view().loop->from == first + 2);
    CHECK(desk.view().loop->to == last - 3);
}

TEST_CASE("The auction shows the order that set the price, or says who else did over the nearest, with the line of the script that placed it", "[viz][window][screens]") {
    Sitting desk(run_at_hand());
    desk.view().screen = Screen::auction;
    desk.view().market = "spot-i";
    const OrderReading reading = prepare_order(desk.session);
    REQUIRE(reading.order);
    const auto setter = price_setter(desk.session.store(), desk.view().t, "spot-i");
    REQUIRE(setter);
    CHECK(reading.heading == setter->words + (setter->address.empty() ? "; the firm order nearest to it:" : ""));
    if (!setter->address.empty()) CHECK(reading.order->address == setter->address);
    CHECK(reading.order->line > 0);
    CHECK(reading.in_auction.find("; got ") != std::string::npos);
    const auto line =
        std::find_if(reading.lines.begin(), reading.lines.end(), [&](const ScriptLine& one) { return one.number == reading.order->line; });
    REQUIRE(line != reading.lines.end());
    CHECK(line->text.find(reading.order->verb) != std::string::npos);
    desk.frames(2);
    desk.click("Why");
    CHECK(desk.view().overlay == Overlay::why);
    CHECK(desk.view().why == reading.order->address);
}

namespace {

struct FoundPrice {
    int t;
    std::string market, order;  // address of the order that set it
};

/// The last auction of the run, other than that of inference hours, whose price an order of a firm set.
FoundPrice price_set_by_firm(const Session& session) {
    for (int t = session.store().last_t(); t > session.store().opening_t(); --t)
        for (const std::string& market : session.markets()) {
            const auto setter = price_setter(session.store(), t, market);
            REQUIRE(setter);
            if (market != "spot-i" && setter->words == "Set the price") return {t, market, setter->address};
        }
    FAIL("no price that an order of a firm set");
    return {};
}

/// As the list of the overlay labels the row of a reason.
std::string row_label(const Why& why, const std::string& address) {
    for (const Reason& reason : why.reasons)
        for (const Reason& behind : reason.behind)
            if (behind.address == address) return "##    " + behind.text;
    FAIL("no reason of " << address);
    return "";
}

}  // namespace

TEST_CASE("From a cleared price it is two clicks to the line of the script whose order set it", "[viz][window][screens]") {
    Sitting desk(run_at_hand());
    const FoundPrice set = price_set_by_firm(desk.session);
    const auto placed_by = order_at(desk.session.store(), set.order);
    REQUIRE(placed_by);
    REQUIRE(placed_by->line > 0);
    desk.session.seek(set.t);
    desk.view().market = "spot-i";
    SECTION("by the list of markets: its row has the price, the panel beside it the order with its line, and Why asks on") {
        desk.press("2");
        desk.click("##" + set.market);
        const OrderReading reading = prepare_order(desk.session);
        REQUIRE(reading.order);
        CHECK(reading.heading == "Set the price");
        CHECK(reading.order->address == set.order);
        CHECK(std::any_of(reading.lines.begin(), reading.lines.end(), [&](const ScriptLine& one) { return one.number == placed_by->line; }));
        desk.click("Why");
        CHECK(desk.view().why == set.order);
    }
    SECTION("by why: the price's reasons name the order, a click on it its line") {
        desk.view().market = set.market;
        desk.view().screen = Screen::auction;
        desk.press("W");
        const Result<Why>& price = desk.session.why(desk.view().why);
        REQUIRE(price);
        desk.click(row_label(*price, set.order));
        CHECK(desk.view().why == set.order);
        const Result<Why>& order = desk.session.why(set.order);
        REQUIRE(order);
        CHECK(order->reasons.front().script == placed_by->script);
        CHECK(order->reasons.front().line == placed_by->line);
    }
}

TEST_CASE("Beside an auction stand its surplus and who is served of a tie", "[viz][window][screens]") {
    Session session;
    REQUIRE(session.open(run_at_hand()).empty());
    session.view.screen = Screen::auction;
    session.view.market = "spot-i";
    const OrderReading reading = prepare_order(session);
    for (const char* note : {"Surplus: buyers ", "Ties: orders at the marginal price share pro rata"}) {
        INFO(note);
        CHECK(std::any_of(reading.notes.begin(), reading.notes.end(), [&](const std::string& one) { return one.starts_with(note); }));
    }
}

TEST_CASE("The line of the script that placed an order is whole, in a narrow tile in several lines", "[viz][window][screens]") {
    Sitting desk(run_at_hand());
    PlacedText longest;
    std::size_t letters = 0;
    for (const std::string& firm : desk.session.store().firms())
        for (const PlacedText& order : desk.session.orders(desk.view().t, firm)) {
            const std::vector<ScriptLine> line = lines_around(desk.session.script(order.script), order.line, 0);
            if (line.empty() || line.front().text.size() <= letters) continue;
            letters = line.front().text.size();
            longest = order;
        }
    REQUIRE(letters > 75);  // more than fit beside the curves at 1600 pixels
    desk.view().screen = Screen::auction;
    desk.view().tile = 1;
    desk.view().pinned = longest.address;
    const auto height = [&] {
        desk.frames();
        const auto place = desk.labels().find(kScriptLabel);
        REQUIRE(place);
        return place->bottom - place->top;
    };
    const float narrow = height();
    desk.view().is_tile_maximised = true;
    CHECK(narrow > height() + 10.0F);
}

TEST_CASE("Orders that a firm was told of together say so", "[viz][window][screens]") {
    Session session;
    REQUIRE(session.open(run_at_hand()).empty());
    int together = 0;
    for (const PlacedText& order : session.orders(session.view.t, "coreweave"))
        together += order.outcome.starts_with("told with another order: got ");
    CHECK(together > 0);
    CHECK(session.orders(session.view.t, "coreweave").size() == orders_of(session.store(), session.view.t, "coreweave").size());
}

TEST_CASE("A market of the list becomes the auction, and the firm of an order opens with its decision", "[viz][window][screens]") {
    Sitting desk(run_at_hand());
    desk.view().screen = Screen::auction;
    desk.frames(2);
    const MarketList markets = prepare_markets(desk.session);
    REQUIRE(markets.groups.size() == 3);
    std::size_t count = 0;
    for (const MarketList::Group& group : markets.groups) count += group.rows.size();
    CHECK(count == desk.session.markets().size());
    desk.click("##spot-t");
    CHECK(desk.view().market == "spot-t");
    const OrderReading reading = prepare_order(desk.session);
    REQUIRE(reading.order);
    desk.click("Open decision");
    CHECK(desk.view().screen == Screen::firm);
    CHECK(desk.view().firm == reading.order->firm);
    const DecisionReading decision = prepare_decision(desk.session);
    CHECK(decision.pinned == reading.order->address);
    CHECK_FALSE(decision.lines.empty());
    CHECK(decision.orders.size() > 1);
}

TEST_CASE("The network is entered and left by keyboard, and a tie of the picked firm opens its contract", "[viz][window][screens]") {
    Sitting desk(run_at_hand());
    desk.press("4");
    CHECK(desk.view().screen == Screen::network);
    desk.press("Enter");
    CHECK(desk.view().status != "");
    CHECK_FALSE(desk.view().pinned.empty());
    desk.press("Esc");
    CHECK(desk.view().pinned.empty());
    const TieList ties = prepare_ties(desk.session);
    REQUIRE(ties.rows.size() > 2);
    CHECK_FALSE(ties.losses.empty());
    CHECK(ties.rows.front().is_of_firm);
    CHECK(ties.rows.front().who.find(desk.view().firm) != std::string::npos);
    desk.press("Tab");
    CHECK(desk.view().tile == 1);
    desk.press("Down");
    CHECK(desk.view().tie_row == 0);
    desk.press("Enter");
    CHECK(desk.view().screen == Screen::firm);
    CHECK(desk.view().pinned == ties.rows.front().address);
    desk.press("4");
    desk.press("1");
    CHECK(desk.view().screen == Screen::market);
}

TEST_CASE("The firms that hang most on another are ranked beside the ties, pinned and opened by keys, with a table", "[viz][window][screens]") {
    Sitting desk(run_at_hand());
    desk.press("4");
    CHECK(desk.labels().find("Exposure: table"));
    desk.press("Tab");
    desk.press("Tab");
    CHECK(desk.view().tile == 2);
    const Datum highest = desk.session.figure("exposure").panels.front().series.front().data.front();
    desk.press("Enter");
    CHECK(desk.view().pinned == highest.address);
    CHECK(desk.view().status.starts_with(highest.reason));
    desk.press("T");
    CHECK(desk.view().tables.contains("exposure"));
    const TableTwin table = prepare_table(desk.session.figure("exposure"));
    CHECK(table.columns[1].head == "firm on counterparty");
    CHECK(table.columns[2].head == "share with it, share");
    CHECK(table.rows.front()[3] == highest.reason);
    desk.press("T");
    desk.press("O");
    CHECK(desk.view().screen == Screen::firm);
    CHECK(highest.address.ends_with("#firm=" + desk.view().firm));
}

TEST_CASE("Chips hide and show kinds of events, and a row goes to its quarter", "[viz][window][screens]") {
    Sitting desk(run_at_hand());
    desk.view().screen = Screen::events;
    desk.frames(2);
    const EventList all = prepare_event_list(desk.session);
    REQUIRE(all.kinds.size() > 1);
    CHECK(all.rows.size() == all.all);
    const EventList::Kind& kind = all.kinds.front();
    desk.view().hidden_event_kinds = {kind.kind};
    const EventList fewer = prepare_event_list(desk.session);
    CHECK(fewer.rows.size() == all.all - kind.count);
    desk.view().hidden_event_kinds.clear();
    desk.session.seek(desk.session.store().opening_t() + 1);
    desk.frames(2);
    desk.press("Down");
    CHECK(desk.view().event_row == 0);
    desk.press("Enter");
    CHECK(desk.view().t == desk.session.store().table("events").quarter(all.rows.front()));
}

TEST_CASE("The home screen names the error of the last open", "[viz][window][screens]") {
    Sitting desk;
    CHECK_FALSE(desk.session.open("/no/such/run").empty());
    desk.frames(2);
    CHECK_FALSE(desk.session.open_error().empty());
    CHECK(desk.labels().find("Open... Ctrl+O"));
}

}  // namespace rackrace
