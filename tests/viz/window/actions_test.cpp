// Every action of the table, pressed by every key that it names.
#include <functional>
#include <map>
#include <set>

#include <imgui.h>

#include "engine/base/quarter_index.h"
#include "tests/viz/window/sitting.h"
#include "viz/window/actions.h"
#include "viz/window/overlays/overlays.h"
#include "viz/window/screens/screens.h"

using namespace rackrace;

namespace {

using Press = std::function<void()>;
using Check = std::function<void(Sitting&, const Press&)>;

Check opens(Overlay overlay) {
    return [overlay](Sitting& at, const Press& press) {
        press();
        CHECK(at.view().overlay == overlay);
        at.press("Esc");
        CHECK(at.view().overlay == Overlay::none);
    };
}

Check enters(Screen screen) {
    return [screen](Sitting& at, const Press& press) {
        at.view().screen = screen == Screen::events ? Screen::firm : Screen::events;
        press();
        CHECK(at.view().screen == screen);
    };
}

/// From the middle of the run to a quarter.
Check goes(int by) {
    return [by](Sitting& at, const Press& press) {
        at.session.seek(quarter_index(2027, 2));
        press();
        CHECK(at.view().t == quarter_index(2027, 2) + by);
    };
}

Check picks(std::string ViewState::*what, const std::vector<std::string>& all, int by) {
    return [=](Sitting& at, const Press& press) {
        at.view().*what = all[1];
        press();
        CHECK(at.view().*what == all[static_cast<std::size_t>(1 + by)]);
    };
}

void toggles(Sitting& at, const Press& press, bool ViewState::*what) {
    const bool before = at.view().*what;
    press();
    CHECK(at.view().*what != before);
    press();
    CHECK(at.view().*what == before);
}

/// Of the market, whose tiles 0 and 1 stand over 2 and 3.
Check changes_places(int tile, int other) {
    return [=](Sitting& at, const Press& press) {
        const Tiling& first = screen_kind(Screen::market).tiling;
        at.view().tile = tile;
        press();
        const Tiling& now = at.view().tilings.at(Screen::market);
        CHECK(placed_box(now, tile) == placed_box(first, other));
        CHECK(placed_box(now, other) == placed_box(first, tile));
    };
}

Check resizes(bool is_width, int direction) {
    return [=](Sitting& at, const Press& press) {
        const ShareBox first = placed_box(screen_kind(Screen::market).tiling, 0);
        press();
        const ShareBox now = placed_box(at.view().tilings.at(Screen::market), 0);
        const double by = is_width ? now.width() - first.width() : now.height() - first.height();
        CHECK(by * direction > 0.0);
        CHECK((is_width ? now.height() == first.height() : now.width() == first.width()));
    };
}

Check switches_fan_part(const std::string& id) {
    return [id](Sitting& at, const Press& press) {
        press();
        CHECK(at.view().hidden_fan_parts == std::set<std::string>{id});
        press();
        CHECK(at.view().hidden_fan_parts.empty());
    };
}

std::map<std::string, Check> checks_of_playback() {
    return {{"play",
             [](Sitting& d, const Press& p) {
                 d.session.seek(quarter_index(2026, 2));
                 toggles(d, p, &ViewState::is_playing);
             }},
            {"next-quarter", goes(1)},
            {"previous-quarter", goes(-1)},
            {"next-year", goes(4)},
            {"previous-year", goes(-4)},
            {"first-quarter",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().t == d.session.store().opening_t());
             }},
            {"last-quarter",
             [](Sitting& d, const Press& p) {
                 d.session.seek(0);
                 p();
                 CHECK(d.view().t == d.session.store().last_t());
             }},
            {"go-to", opens(Overlay::go_to)},
            {"slower",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().quarters_per_s == 1.0);
             }},
            {"faster",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().quarters_per_s == 4.0);
             }},
            {"loop-start",
             [](Sitting& d, const Press& p) {
                 d.session.seek(13);
                 p();
                 CHECK((d.view().is_looping && d.view().loop->from == 13));
             }},
            {"loop-end",
             [](Sitting& d, const Press& p) {
                 d.session.seek(13);
                 p();
                 CHECK((d.view().is_looping && d.view().loop->to == 13));
             }},
            {"loop", [](Sitting& d, const Press& p) { toggles(d, p, &ViewState::is_looping); }}};
}

std::map<std::string, Check> checks_of_screens(const Session& session) {
    return {{"market", enters(Screen::market)},
            {"auction", enters(Screen::auction)},
            {"firm", enters(Screen::firm)},
            {"network", enters(Screen::network)},
            {"events", enters(Screen::events)},
            {"ensemble", enters(Screen::ensemble)},
            {"compare", enters(Screen::compare)},
            {"strategy", enters(Screen::strategy)},
            {"home", enters(Screen::home)},
            {"palette", opens(Overlay::palette)},
            {"pick-firm", opens(Overlay::pick_firm)},
            {"next-firm", picks(&ViewState::firm, session.store().firms(), 1)},
            {"previous-firm", picks(&ViewState::firm, session.store().firms(), -1)},
            {"pick-market", opens(Overlay::pick_market)},
            {"next-market", picks(&ViewState::market, session.markets(), 1)},
            {"previous-market", picks(&ViewState::market, session.markets(), -1)},
            {"pick-key-figure", opens(Overlay::pick_key_figure)},
            {"next-tile",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().tile == 1);
             }},
            {"previous-tile", [](Sitting& d, const Press& p) {
                 d.view().tile = 1;
                 p();
                 CHECK(d.view().tile == 0);
             }}};
}

std::map<std::string, Check> checks_of_reading() {
    return {{"why", opens(Overlay::why)},
            {"pin",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().pinned.find("@2028Q3#") != std::string::npos);
             }},
            {"open-pinned",
             [](Sitting& d, const Press& p) {
                 d.view().pinned = d.session.store().address(d.view().t, "firm=nebius");
                 p();
                 CHECK(d.view().screen == Screen::firm);
                 CHECK(d.view().firm == "nebius");
             }},
            {"run-above",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().pinned == "made@2026Q3#run=13");
                 p();
                 CHECK(d.view().pinned == "made@2026Q3#run=14");
             }},
            {"run-below",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().pinned == "made@2026Q3#run=11");
             }},
            {"keep-run",
             [](Sitting& d, const Press& p) {
                 d.view().pinned = d.session.address(d.view().t, "run=5");
                 p();
                 CHECK(d.view().kept_runs == std::vector<std::string>{"2", "12", "21", "5"});
                 p();
                 CHECK(d.view().kept_runs == std::vector<std::string>{"2", "12", "21"});
             }},
            {"table",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().tables.size() == 1);
                 p();
                 CHECK(d.view().tables.empty());
             }},
            {"bookmark",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().bookmarks.size() == 1);
                 p();
                 CHECK(d.view().bookmarks.empty());
             }},
            {"bookmarks", opens(Overlay::bookmarks)},
            {"copy-address",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().status == "Copied played@2028Q3#market.spot_i_usd_h.");
             }},
            {"copy-csv", [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().status.ends_with(" as CSV."));
             }}};
}

/// On the screen Strategy, from one step of the decision.
Check steps(std::size_t from, const std::function<void(Sitting&, const Stepping&)>& check) {
    return [=](Sitting& at, const Press& press) {
        at.view().screen = Screen::strategy;
        at.frames();
        REQUIRE(at.session.stepping().places.size() > 10);
        at.view().step = from;
        press();
        check(at, at.session.stepping());
    };
}

std::map<std::string, Check> checks_of_steps() {
    const auto stands_at = [](std::size_t step) { return [step](Sitting& at, const Stepping&) { CHECK(at.view().step == step); }; };
    const auto marks = [](int by) { return [by](Sitting& at, const Stepping& stepping) { CHECK(at.view().marked_line == stepping.step(2).line + by); }; };
    return {{"next-failure",
             [](Sitting& at, const Press& press) {
                 press();
                 CHECK(at.view().status == "No decision of this run failed.");
             }},
            {"next-mark",
             [](Sitting& at, const Press& press) {
                 at.view().firm = "coreweave";
                 press();
                 CHECK(at.view().status.starts_with("The script of coreweave marks no quarter"));
             }},
            {"step-over", steps(0, [](Sitting& at, const Stepping& stepping) { CHECK((at.view().step > 0 && stepping.step(at.view().step).depth == 0)); })},
            {"step-into", steps(0, stands_at(1))},
            {"step-back-over", steps(1, stands_at(0))},
            {"step-back", steps(2, stands_at(1))},
            {"mark-down", steps(2, marks(1))},
            {"mark-up", steps(2, marks(-1))},
            {"run-to-line", [](Sitting& at, const Press& press) {
                 at.view().screen = Screen::strategy;
                 at.frames();
                 const int line = at.session.stepping().step(5).line;
                 at.view().marked_line = line;
                 press();
                 CHECK(at.session.stepping().step(at.view().step).line == line);
             }}};
}

std::map<std::string, Check> checks_of_the_rest() {
    return {{"log", [](Sitting& d, const Press& p) { toggles(d, p, &ViewState::is_log); }},
            {"growth", [](Sitting& d, const Press& p) { toggles(d, p, &ViewState::is_growth); }},
            {"fan-band50", switches_fan_part("band50")},
            {"fan-band80", switches_fan_part("band80")},
            {"fan-band95", switches_fan_part("band95")},
            {"fan-median", switches_fan_part("median")},
            {"fan-mean", switches_fan_part("mean")},
            {"ghost", [](Sitting& d, const Press& p) { toggles(d, p, &ViewState::has_ghost); }},
            {"against",
             [](Sitting& d, const Press& p) {
                 for (const Against mode : {Against::side, Against::difference, Against::overlay}) {
                     p();
                     CHECK(d.view().against == mode);
                 }
             }},
            {"pick-second", opens(Overlay::pick_second)},
            {"fork", opens(Overlay::fork)},
            {"edit-script",
             [](Sitting& d, const Press& p) {
                 p();
                 REQUIRE(d.session.edit);
                 CHECK(d.session.edit->place().firm == d.view().firm);
             }},
            {"zoom-in",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().shown_quarters.has_value());
             }},
            {"zoom-out",
             [](Sitting& d, const Press& p) {
                 d.view().shown_quarters = QuarterRange{12, 16};
                 p();
                 CHECK(d.view().shown_quarters->to - d.view().shown_quarters->from == 8);
             }},
            {"zoom-values-in",
             [](Sitting& d, const Press& p) {
                 p();
                 REQUIRE(d.view().value_zooms.contains("prices/price"));
                 CHECK(d.view().value_zooms.at("prices/price").from == 0.25);
                 CHECK(d.view().value_zooms.at("prices/price").to == 0.75);
             }},
            {"zoom-values-out",
             [](Sitting& d, const Press& p) {
                 d.view().value_zooms["prices/price"] = {0.5, 0.75};
                 p();
                 CHECK(d.view().value_zooms.at("prices/price").from == 0.375);
                 p();
                 CHECK(d.view().value_zooms.empty());
                 CHECK(d.view().status == "Values fit what is shown.");
             }},
            {"zoom-reset",
             [](Sitting& d, const Press& p) {
                 d.view().shown_quarters = QuarterRange{12, 16};
                 d.view().value_zooms["prices/price"] = {0.5, 0.75};
                 p();
                 CHECK(d.view().value_zooms.empty());
                 CHECK(!d.view().shown_quarters);
             }},
            {"pan-left",
             [](Sitting& d, const Press& p) {
                 d.view().shown_quarters = QuarterRange{12, 16};
                 p();
                 CHECK(d.view().shown_quarters->from == 11);
             }},
            {"pan-right",
             [](Sitting& d, const Press& p) {
                 d.view().shown_quarters = QuarterRange{12, 16};
                 p();
                 CHECK(d.view().shown_quarters->from == 13);
             }},
            {"maximise", [](Sitting& d, const Press& p) { toggles(d, p, &ViewState::is_tile_maximised); }},
            {"tear-off",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(is_torn(d.view().tilings.at(Screen::market), 0));
                 p();
                 CHECK_FALSE(is_torn(d.view().tilings.at(Screen::market), 0));
             }},
            {"tile-left", changes_places(3, 2)},
            {"tile-right", changes_places(2, 3)},
            {"tile-up", changes_places(2, 0)},
            {"tile-down", changes_places(0, 2)},
            {"tile-wider", resizes(true, 1)},
            {"tile-narrower", resizes(true, -1)},
            {"tile-higher", resizes(false, 1)},
            {"tile-lower", resizes(false, -1)},
            {"turn-tiles",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().tilings.at(Screen::market).parts[1].kind == TilePart::Kind::under);
             }},
            {"reset-tiles",
             [](Sitting& d, const Press& p) {
                 d.press("Shift+T");
                 p();
                 CHECK(d.view().tilings.empty());
             }},
            {"theme",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().theme == ThemeChoice::light);
                 p();
                 CHECK(d.view().theme == ThemeChoice::high_contrast);
             }},
            {"larger",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().scale == 1.125);
             }},
            {"smaller",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().scale == 0.875);
             }},
            {"size-reset",
             [](Sitting& d, const Press& p) {
                 d.view().scale = 2.0;
                 p();
                 CHECK(d.view().scale == 1.0);
             }},
            {"open", opens(Overlay::open_run)},
            {"reload",
             [](Sitting& d, const Press& p) {
                 d.session.seek(13);
                 p();
                 CHECK((d.view().t == 13 && d.view().status == "played was read again."));
             }},
            {"play-demo",
             [](Sitting&, const Press& p) {
                 p();
                 CHECK(std::string(ImGui::GetClipboardText()) == kDemoCommand);
             }},
            {"new-strategy",
             [](Sitting&, const Press& p) {
                 p();
                 CHECK(std::string(ImGui::GetClipboardText()) == kNewStrategyCommand);
             }},
            {"copy-replay",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().status == "This run did not stop by a fault.");
             }},
            {"export", opens(Overlay::export_figure)},
            {"save-layout",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().wants_layout_saved);
             }},
            {"quit",
             [](Sitting& d, const Press& p) {
                 p();
                 CHECK(d.view().wants_close);
             }},
            {"keys", opens(Overlay::keys)},
            {"close", [](Sitting& d, const Press& p) {
                 d.view().overlay = Overlay::palette;
                 p();
                 CHECK(d.view().overlay == Overlay::none);
             }}};
}

}  // namespace

TEST_CASE("Every action of the table does what it says when its key is pressed, and says so", "[window][actions]") {
    std::map<std::string, Check> checks;
    std::set<std::string> known;
    for (const bool is_of_batch : {false, true}) {
        Sitting at(is_of_batch ? batch_at_hand() : run_at_hand());
        if (!is_of_batch) {
            checks = checks_of_playback();
            checks.merge(checks_of_screens(at.session));
            checks.merge(checks_of_reading());
            checks.merge(checks_of_steps());
            checks.merge(checks_of_the_rest());
        }
        for (const Action& action : actions()) {
            if ((action.needs == Needs::batch) != is_of_batch) continue;
            known.insert(action.id);
            REQUIRE(checks.contains(action.id));
            REQUIRE_FALSE(action.keys.empty());
            for (const std::string_view key : action.keys) {
                INFO(action.id << " by " << key);
                at.reset();
                checks.at(action.id)(at, [&] { at.press(std::string(key)); });
                CHECK_FALSE(at.view().status.empty());
            }
        }
    }
    for (const auto& [id, check] : checks) CHECK(known.contains(id));
}

TEST_CASE("Every action is pressed on every screen, is told in the status line, and leaves a window that can be left", "[window][actions]") {
    for (const bool is_of_batch : {false, true}) {
        Sitting at(is_of_batch ? batch_at_hand() : run_at_hand());
        for (const ScreenKind& kind : screen_kinds())
            for (const Action& action : actions())
                for (const std::string_view key : action.keys) {
                    if (is_of_batch && kind.needs == Needs::run) continue;
                    INFO(kind.title << ": " << action.id << " by " << key);
                    at.reset();
                    at.view().screen = kind.screen;
                    at.view().status.clear();
                    REQUIRE(send_key(std::string(key)));
                    at.frames(2);
                    const ViewState& view = at.view();  // closing and keeping are told by the window that does them
                    CHECK((!view.status.empty() || view.overlay != Overlay::none || view.wants_close || view.wants_layout_saved));
                    CHECK(at.labels().find("? Keys"));
                    for (int n = 0; n < 6 && at.view().status != "Nothing to close; Ctrl+Q leaves."; ++n) {
                        REQUIRE(send_key("Esc"));
                        at.frames(2);
                    }
                    CHECK(at.view().status == "Nothing to close; Ctrl+Q leaves.");
                }
    }
}

TEST_CASE("No key is of two actions, and every action is found by its name", "[window][actions]") {
    std::set<std::string_view> keys, titles;
    for (const Action& action : actions()) {
        CHECK(find_action(action.id) == &action);
        CHECK(titles.insert(action.title).second);
        for (const std::string_view key : action.keys) {
            INFO(key);
            CHECK(keys.insert(key).second);
            CHECK(action_of({std::string(key)}) == &action);
        }
    }
    CHECK(find_action("fly") == nullptr);
    CHECK(action_of({"Ctrl+F12"}) == nullptr);
}

TEST_CASE("Without a run or a batch the actions that need one say so and change nothing", "[window][actions]") {
    Session session;
    for (const Action& action : actions()) {
        if (action.needs == Needs::nothing) continue;
        INFO(action.id);
        perform(action, session);
        CHECK(session.view.status.ends_with(action.needs == Needs::batch ? "open a batch first, with Ctrl+O." : "open a run first, with Ctrl+O."));
        CHECK(session.view.screen == Screen::home);
        CHECK(session.view.overlay == Overlay::none);
    }
}

TEST_CASE("The keys of docs/viewer.md are those of the table", "[window][actions]") {
    const std::string page = read_text(std::filesystem::path(RACKRACE_SOURCE_DIR) / "docs" / "viewer.md");
    CHECK(page.find("<!-- keys: begin -->\n" + actions_markdown() + "<!-- keys: end -->\n") != std::string::npos);
}

TEST_CASE("Every line of the palette is found by its words, and does something that the status line tells", "[window][palette]") {
    const auto [folder, firms] = GENERATE(std::pair{run_at_hand(), std::size_t{17}}, std::pair{batch_at_hand(), std::size_t{2}});
    Sitting at(folder);
    const std::vector<PaletteEntry> entries = palette_entries(at.session);
    CHECK(entries.size() > actions().size() + firms);
    for (const PaletteEntry& entry : entries) {
        if (entry.text == "Leave" || entry.text.starts_with("Find a command") || entry.text.starts_with("Keep theme,")) continue;
        INFO(entry.text);
        at.reset();
        at.press("Ctrl+K");
        at.type(entry.text);
        at.click("##" + entry.text);
        CHECK_FALSE(at.view().status.empty());
        CHECK(at.view().overlay != Overlay::palette);
    }
}
