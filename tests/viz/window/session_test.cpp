// What the window holds of a run: where it is, how it plays, what it writes and keeps.
#include <cstdlib>

#include "engine/base/quarter_index.h"
#include "tests/viz/recorded_runs.h"
#include "viz/figures/exports.h"
#include "viz/window/export_file.h"
#include "viz/window/key_script.h"
#include "viz/window/look.h"
#include "viz/window/placed_orders.h"
#include "viz/window/readings.h"
#include "viz/window/recent_runs.h"
#include "viz/window/saved_look.h"
#include "viz/window/session.h"

using namespace rackrace;
namespace fs = std::filesystem;

namespace {

Session opened() {
    Session session;
    REQUIRE(session.open(played_folder() / "runs" / "played").empty());
    return session;
}

/// The state folder of a person who has none yet.
class StateFolder {
public:
    StateFolder() { setenv("RACKRACE_HOME", (folder_.path() / "state").c_str(), 1); }
    ~StateFolder() { unsetenv("RACKRACE_HOME"); }

private:
    TemporaryFolder folder_;
};

class WorkingFolder {
public:
    WorkingFolder() : before_(fs::current_path()) { fs::current_path(folder_.path()); }
    ~WorkingFolder() { fs::current_path(before_); }

private:
    TemporaryFolder folder_;
    fs::path before_;
};

}  // namespace

TEST_CASE("A run opens at its last quarter on the market, with a firm and a market picked", "[window][session]") {
    const Session session = opened();
    CHECK(session.view.t == quarter_index(2028, 3));
    CHECK(session.view.screen == Screen::market);
    CHECK(session.view.firm == "coreweave");
    CHECK(session.view.market == "spot-i");
    CHECK(session.view.status.starts_with("played is open: 2026Q1 to 2028Q3, 17 firms"));
}

TEST_CASE("A run that cannot be opened leaves the one that is open", "[window][session]") {
    Session session = opened();
    session.seek(12);
    CHECK_FALSE(session.open(played_folder() / "nothing").empty());
    CHECK(session.has_run());
    CHECK(session.view.t == 12);
    CHECK_FALSE(session.open_error().empty());
}

TEST_CASE("The cursor stays in the run", "[window][session]") {
    Session session = opened();
    session.seek(-5);
    CHECK(session.view.t == session.store().opening_t());
    session.seek(1000);
    CHECK(session.view.t == session.store().last_t());
}

TEST_CASE("Playing goes on by time, around the loop, and stops at the end", "[window][session]") {
    Session session = opened();
    session.seek(10);
    session.view.is_playing = true;
    session.view.quarters_per_s = 2.0;
    session.advance(0.4);
    CHECK(session.view.t == 10);
    session.advance(0.2);
    CHECK(session.view.t == 11);
    session.view.is_looping = true;
    session.view.loop = QuarterRange{10, 12};
    session.advance(1.0);
    CHECK(session.view.t == 10);
    session.view.is_looping = false;
    session.advance(60.0);
    CHECK(session.view.t == session.store().last_t());
    CHECK_FALSE(session.view.is_playing);
    CHECK(session.view.status.starts_with("The run ends at 2028Q3"));
}

TEST_CASE("An address opens its screen, its firm or market, its quarter, and pins its reading", "[window][session]") {
    Session session = opened();
    REQUIRE(session.go_to("@2027Q4#firm=crusoe").empty());
    CHECK(session.view.screen == Screen::firm);
    CHECK(session.view.firm == "crusoe");
    CHECK(session.view.t == quarter_index(2027, 4));
    CHECK(session.view.pinned == "played@2027Q4#firm=crusoe");
    REQUIRE(session.go_to("#market.spot_t_usd_h").empty());
    CHECK(session.view.screen == Screen::market);
    CHECK(session.view.t == quarter_index(2027, 4));
    const std::string product = session.store().products().front();
    REQUIRE(session.go_to("#product=" + product + "&field=cleared_usd_chip").empty());
    CHECK(session.view.screen == Screen::auction);
    CHECK(session.view.market == product);
    CHECK(session.go_to("#firm=corewave").all.front().advice == "did you mean 'coreweave'?");
    CHECK_FALSE(session.go_to("2039Q1").empty());
    CHECK_FALSE(session.go_to("@2039Q1").empty());
    CHECK_FALSE(session.go_to("").empty());
    CHECK_FALSE(session.go_to("elsewhere@2028Q1").empty());
}

TEST_CASE("An address of an order goes to its quarter and its firm, and is refused with those of another", "[window][session]") {
    Session session = opened();
    const Columns& orders = session.store().table("orders");
    const std::size_t row = orders.rows_of(quarter_index(2027, 2)).first;
    const std::string number = std::to_string(static_cast<long>(orders.number(row, "order_id"))), firm = orders.text(row, "firm");
    for (const std::string& text : {"#order=" + number, "#firm=" + firm + "&order=" + number, "@2027Q2#order=" + number}) {
        INFO(text);
        session.seek(session.store().last_t());
        REQUIRE(session.go_to(text).empty());
        CHECK(session.view.t == quarter_index(2027, 2));
        CHECK(session.view.firm == firm);
        CHECK(session.view.screen == Screen::firm);
        CHECK(session.view.pinned == "played@2027Q2#firm=" + firm + "&order=" + number);
        CHECK(session.why(session.view.pinned));
    }
    const std::string other = firm == "nebius" ? "crusoe" : "nebius";
    for (const std::string& text : {"#firm=" + other + "&order=" + number, "@2027Q3#order=" + number})
        CHECK(session.go_to(text).all.front().text() == "played: order " + number + " is " + firm + "'s, of 2027Q2; did you mean '@2027Q2#firm=" + firm +
                                                            "&order=" + number + "'?");
    CHECK(session.go_to("#order=99999999").all.front().fact == "has no order 99999999");
    CHECK(session.go_to("#junk=5").all.front().fact == "'junk' chooses nothing");
    CHECK(session.view.t == quarter_index(2027, 2));
}

TEST_CASE("An address in another run that is refused leaves the run that is open as it is", "[window][session]") {
    const TemporaryFolder elsewhere;
    const std::string other = record_tiny(elsewhere.path()).string();
    Session session = opened();
    session.seek(12);
    session.view.pinned = "played@2027Q1#firm=nebius";
    for (const std::string place : {"@2099Q1", "#firm=nobody", "#order=99999999", "#junk=5"}) {
        INFO(place);
        CHECK_FALSE(session.go_to(other + place).empty());
        CHECK(session.store().run_id() == "played");
        CHECK(session.view.t == 12);
        CHECK(session.view.pinned == "played@2027Q1#firm=nebius");
    }
    REQUIRE(session.go_to(other + "@2026Q3#firm=basalt").empty());
    CHECK(session.store().run_id().starts_with("tiny-s7-"));
    CHECK(session.view.firm == "basalt");
}

TEST_CASE("A script is read once, line by line, and is empty where the run's folder does not hold it", "[window][session]") {
    const TemporaryFolder folder;
    const fs::path run = folder.path() / "run";
    fs::copy(played_folder() / "runs" / "played", run, fs::copy_options::recursive);
    Session session;
    REQUIRE(session.open(run).empty());
    const std::string name = "strategies/neocloud/baseline.lua";
    const std::vector<std::string>& lines = session.script(name);
    REQUIRE(lines.size() > 20);
    fs::remove_all(run / "scripts");
    CHECK(&session.script(name) == &lines);
    CHECK(session.script("strategies/none.lua").empty());
    CHECK(session.script("").empty());
    const std::vector<ScriptLine> around = lines_around(lines, 2, 4);
    REQUIRE(around.size() == 6);
    CHECK(around[1].number == 2);
    CHECK(around[1].text == lines[1]);
    CHECK(lines_around(lines, static_cast<int>(lines.size()), 2).size() == 3);
    CHECK(lines_around(lines, 0, 2).empty());
    CHECK(lines_around({}, 5, 2).empty());
}

TEST_CASE("Figures are built once, over the whole run for all quarters", "[window][session]") {
    Session session = opened();
    const FigureModel* prices = &session.figure("prices");
    CHECK(prices->cursor_t == session.view.t);
    const FigureModel* auction = &session.figure("auction");
    session.seek(12);
    CHECK(&session.figure("prices") == prices);
    CHECK(prices->cursor_t == 12);
    CHECK(&session.figure("auction") != auction);
    CHECK(&session.figure_at("auction", session.store().last_t()) == auction);
    CHECK(figure_json(session.figure("debt")).find("coreweave") != std::string::npos);
    session.view.firm = "nebius";
    CHECK(figure_json(session.figure("debt")).find("nebius") != std::string::npos);
    CHECK_FALSE(session.figure("no-such").empty_text.empty());
}

TEST_CASE("The quarter of a figure of a quarter does not change it for the others", "[window][session]") {
    Session session = opened();
    for (const std::string& market : session.markets()) {
        session.view.market = market;
        CHECK(session.figure("chip-queue").panels.size() + session.figure("chip-queue").empty_text.size() > 0);
        CHECK(session.figure("auction").id == "auction");
    }
}

TEST_CASE("A figure is written beside what is there, in the form that plot gives", "[window][export]") {
    const WorkingFolder folder;
    Session session = opened();
    const FigureModel& figure = session.figure("prices");
    for (const ExportFormat& format : export_formats()) {
        const auto first = write_export(figure, session.view.t, format.ending), second = write_export(figure, session.view.t, format.ending);
        REQUIRE(first);
        REQUIRE(second);
        CHECK(first->string() == std::string("played-prices-2028Q3") + format.ending);
        CHECK(second->string() == std::string("played-prices-2028Q3-2") + format.ending);
        CHECK(read_text(*first) == read_text(*second));
    }
    CHECK(read_text("played-prices-2028Q3.csv") == figure_csv(figure, true));
}

TEST_CASE("Runs that were opened are remembered, the last first, without those that are gone", "[window][state]") {
    const StateFolder state;
    CHECK(recent_runs().empty());
    const Session session = opened();
    remember_run(session.store());
    const TemporaryFolder elsewhere;
    {
        const TemporaryFolder passing;
        auto tiny = ReplayStore::open(record_tiny(passing.path()));
        REQUIRE(tiny);
        remember_run(*tiny);
        REQUIRE(recent_runs().size() == 2);
        CHECK(recent_runs().front().title.starts_with("tiny seed"));
    }
    remember_run(session.store());
    REQUIRE(recent_runs().size() == 1);
    CHECK(recent_runs().front().title == "base-2026 seed 1");
    CHECK(recent_runs().front().state == "to 2028Q3");
}

TEST_CASE("Theme, size and places of tiles are kept where a person asks for it", "[window][state]") {
    const StateFolder state;
    CHECK_FALSE(saved_look());
    std::map<Screen, Tiling> tilings;
    tilings[Screen::market] = *tiling_of_text("beside 0.3 2 under 0.5 1 0 torn 3 0.1 0.2 0.6 0.7", 4);
    REQUIRE(save_look({ThemeChoice::light, 1.5, 1600, 1000, tilings}).empty());
    const auto look = saved_look();
    REQUIRE(look);
    CHECK(look->theme == ThemeChoice::light);
    CHECK(look->scale == 1.5);
    CHECK(look->width == 1600);
    CHECK(look->height == 1000);
    CHECK(look->tilings == tilings);
    const std::filesystem::path file = state_folder() / "window.txt";
    std::ofstream(file, std::ios::app) << "tiles Auction beside 0.5 0 7\ntiles Nowhere 0\nnonsense\n";
    REQUIRE(saved_look());
    CHECK(saved_look()->tilings == tilings);
}

TEST_CASE("A script of keys is refused with its line where it names no key", "[window][script]") {
    CHECK(KeyScript::parse("keys.txt", "# a comment\n\nSpace\nShift+Right\ntype 28q3\nclick 2 Auction\nwait 3\nDown\n"));
    const auto wrong = KeyScript::parse("keys.txt", "Space\nSpce\n");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().all.front().text().starts_with("keys.txt:2: 'Spce' is no key"));
    CHECK(KeyScript::parse("keys.txt", "G\r\n  Space \t\r\n\r\ntype a b \r\nclick 2 Auction \r\nwait 3\r\n"));
}

TEST_CASE("A script waits for a number of frames that ends", "[window][script]") {
    for (const std::string wait : {"-1", "99999999999", "36001", "abc", "1.5", "", "3 4"}) {
        INFO(wait);
        CHECK_FALSE(KeyScript::parse("keys.txt", "wait " + wait + "\n"));
    }
    auto script = KeyScript::parse("keys.txt", "wait 2\nwait 0\n");
    REQUIRE(script);
    int frames = 0;
    for (const Labels none; !script->is_done() && frames < 100; ++frames) CHECK(script->advance(none).empty());
    CHECK(frames == 4);
}

TEST_CASE("Text is read on every ground of the window, in every theme", "[window][look]") {
    for (const ThemeChoice choice : {ThemeChoice::dark, ThemeChoice::light, ThemeChoice::high_contrast}) {
        const Theme& theme = theme_of(choice);
        INFO(theme.name);
        for (const std::string& ground :
             {std::string(theme.ground), panel_ground(theme), button_ground(theme), hovered_ground(theme), chosen_ground(theme)}) {
            INFO(ground);
            CHECK(contrast(theme.ink, ground) >= 4.5);
        }
        for (const std::string& ground : {panel_ground(theme), chosen_ground(theme)}) CHECK(contrast(theme.muted, ground) >= 4.5);
        CHECK(contrast(theme.muted, hovered_ground(theme)) >= 3.0);
        CHECK(contrast(focus_colour(theme), theme.ground) >= 3.0);
        CHECK(contrast(focus_colour(theme), panel_ground(theme)) >= 3.0);
    }
    CHECK(between("#000000", "#ffffff", 0.5) == "#808080");
    CHECK(theme_named("contrast") == ThemeChoice::high_contrast);
    CHECK_FALSE(theme_named("neon"));
}
