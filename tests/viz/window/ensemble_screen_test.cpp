// A batch in the window: its screen, its key figure, its place in time, what of a run it has not.
#include <imgui.h>
#include <imgui_internal.h>

#include "engine/base/quarter_index.h"
#include "tests/viz/window/sitting.h"
#include "viz/window/frame/frame.h"
#include "viz/window/screens/screens.h"
#include "viz/window/thread_actions.h"

using namespace rackrace;

namespace {

constexpr int kFirst = quarter_index(2026, 2), kLast = quarter_index(2026, 3);

/// A series of the fan as it is drawn; nullptr for none.
const Series* drawn_in_fan(Sitting& at, const std::string& id) {
    const std::vector<Series>& series = at.session.figure("fan").panels.front().series;
    const auto found = std::find_if(series.begin(), series.end(), [&](const Series& one) { return one.id == id; });
    return found == series.end() ? nullptr : &*found;
}

/// The pointer to a place in the figure of the fan, as shares of its width and height.
void point_in_fan(Sitting& at, float right, float down) {
    for (const ImGuiWindow* one : ImGui::GetCurrentContext()->Windows)
        if (const std::string_view name = one->Name; one->WasActive && name.find("/Fan_") != std::string_view::npos && name.find("/figure_") != std::string_view::npos) {
            ImGui::GetIO().AddMousePosEvent(one->Pos.x + right * one->Size.x, one->Pos.y + down * one->Size.y);
            return at.frames();
        }
    FAIL("no fan is drawn");
}

}  // namespace

TEST_CASE("A batch opens on its own screen, at its last quarter", "[window][ensemble]") {
    Sitting at(batch_at_hand());
    CHECK(at.view().screen == Screen::ensemble);
    CHECK(at.view().t == kLast);
    CHECK(at.view().status == "made is open: 24 runs, 1 failed, 2026Q2 to 2026Q3. V picks the key figure.");
    for (const char* label : {"Fan: table", "Drivers: table", "Histogram: table", "Defaults: table", "6 Ensemble", "timeline", "MEDIAN"}) CHECK(at.labels().find(label));
    CHECK_FALSE(at.labels().find("Fan: growth"));
    CHECK(prepare_tabs(at.session).run == "small  24 runs, 1 failed  made");
    const std::vector<StripNumber> strip = prepare_batch_strip(at.session);
    CHECK(strip[0].value == "25");  // between the 12th and the 13th of 2, 4, ..., 48
    CHECK(strip[0].unit == "$/h");
    CHECK(strip[4].value == "24");
    CHECK(strip[5].value == "1");
}

TEST_CASE("The cursor moves the quarter of histogram and drivers, and the line of the fan", "[window][ensemble]") {
    Sitting at(batch_at_hand());
    CHECK(at.session.figure("histogram").title == "spot_i_usd_h in 2026Q3, 24 runs, 1 failed");
    CHECK(at.session.figure("drivers").title == "What spot_i_usd_h goes with in 2026Q3");
    at.press("Left");
    CHECK(at.session.figure("histogram").title == "spot_i_usd_h in 2026Q2, 24 runs, 1 failed");
    CHECK(at.session.figure("drivers").title == "What spot_i_usd_h goes with in 2026Q2");
    CHECK(at.session.figure("fan").cursor_t == kFirst);
    CHECK(at.session.figure("defaults").cursor_t == kFirst);
    at.press("Left");
    CHECK(at.view().status == "At 2026Q2, where it begins.");
    at.press("Space");
    at.session.advance(5.0);
    CHECK(at.view().t == kLast);
}

TEST_CASE("The key figure is picked by parts of its name, of the market or of a firm", "[window][ensemble]") {
    Sitting at(batch_at_hand());
    at.press("V");
    at.type("amber cash");
    at.press("Enter");
    CHECK(at.view().overlay == Overlay::none);
    CHECK(at.session.figure("fan").title == "cash_usd of amber, 24 runs, 1 failed");
    CHECK(at.session.figure("defaults").title == "Runs with a firm in default, 24 runs, 1 failed");
    CHECK(at.view().status == "cash_usd of amber, 2026Q3.");
    at.click("cash_usd of amber###pick key figure");
    CHECK(at.view().overlay == Overlay::pick_key_figure);
    at.press("Esc");
    at.click("MEDIAN");
    CHECK(at.view().overlay == Overlay::pick_key_figure);
    at.type("supply");
    at.press("Enter");
    CHECK(at.session.figure("fan").title == "supply_mh, 24 runs, 1 failed");
    at.press("Ctrl+K");
    at.type("key figure frontier");
    at.press("Enter");
    CHECK(at.view().key_figure == "frontier_oom");
}

TEST_CASE("A pinned thread says how its run is played alone, and W copies the command", "[window][ensemble]") {
    Sitting at(batch_at_hand());
    at.press("W");
    CHECK(at.view().status.starts_with("A batch keeps no orders."));
    at.press("Enter");
    CHECK(at.view().pinned == "made@2026Q3#run=2");
    CHECK(at.view().status == "run 2 (seed 102, presold=0.04), alone: rackrace run small --seed 102 --set presold=0.04 --set rules.chips=POSTED (made@2026Q3#run=2).");
    at.press("W");
    CHECK(std::string(ImGui::GetClipboardText()) == "rackrace run small --seed 102 --set presold=0.04 --set rules.chips=POSTED");
    at.press("A");
    CHECK(std::string(ImGui::GetClipboardText()) == "made@2026Q3#run=2");
}

TEST_CASE("U goes from run to run at the cursor, draws and pins it, R keeps it as a thread and lets it go", "[window][ensemble]") {
    Sitting at(batch_at_hand());
    at.press("R");
    CHECK(at.view().status == kNoRunAtHand);
    at.click("Keep run###keep run");  // disabled
    CHECK(at.view().kept_runs.empty());
    at.press("U");
    CHECK(at.view().pinned == "made@2026Q3#run=13");
    CHECK(at.view().status.starts_with("run 13 (seed 113, "));
    CHECK(at.view().status.ends_with("): 28 $/h in 2026Q3, 14 of 24 from below. R keeps it as a thread, O plays it."));
    REQUIRE(drawn_in_fan(at, "run-13") != nullptr);
    CHECK(drawn_in_fan(at, "run-13")->name == "run 13");
    at.press("Shift+U");
    CHECK(at.view().pinned == "made@2026Q3#run=12");
    CHECK(drawn_in_fan(at, "run-13") == nullptr);
    at.press("U");
    at.press("R");
    CHECK(at.view().status == "Run 13 is kept: 4 threads.");
    CHECK(at.view().kept_runs == std::vector<std::string>{"2", "12", "21", "13"});
    at.press("Shift+U");
    REQUIRE(drawn_in_fan(at, "run-13") != nullptr);
    CHECK(drawn_in_fan(at, "run-13")->name == "run 13");
    CHECK(drawn_in_fan(at, "run-13")->look == 5);
    at.press("U");
    at.click("Let run 13 go###keep run");
    CHECK(at.view().kept_runs == std::vector<std::string>{"2", "12", "21"});
    CHECK(at.labels().find("Keep run 13###keep run"));
    at.view().kept_runs = {"1", "2", "3", "4", "5"};
    at.press("R");
    CHECK(at.view().status.starts_with("5 threads are kept, as many as can be told apart"));
    CHECK(at.view().kept_runs.size() == 5);
    at.view().kept_runs = {"13"};
    at.press("R");
    CHECK(at.view().kept_runs.empty());
    CHECK(drawn_in_fan(at, "run-2") != nullptr);  // its own again
}

TEST_CASE("Bands, median and mean of the fan are taken away and brought back by keys and buttons", "[window][ensemble]") {
    Sitting at(batch_at_hand());
    for (const FanPart& part : kFanParts) {
        INFO(part.id);
        REQUIRE(drawn_in_fan(at, part.id) != nullptr);
        const std::string action = std::string("fan-") + part.id, button = std::string(part.name) + "###" + action;
        REQUIRE(find_action(action) != nullptr);
        at.press(std::string(find_action(action)->keys.front()));
        CHECK(drawn_in_fan(at, part.id) == nullptr);
        CHECK(at.view().hidden_fan_parts == std::set<std::string>{part.id});
        at.click(button);
        CHECK(drawn_in_fan(at, part.id) != nullptr);
        CHECK(at.view().hidden_fan_parts.empty());
    }
    at.press("M");
    CHECK(at.view().status == "The fan is without its median.");
    at.press("I");
    CHECK(at.view().status == "The fan is without its band of 50 %.");
    at.press("U");  // threads are drawn as before, the other parts too
    CHECK(drawn_in_fan(at, "run-13") != nullptr);
    CHECK(drawn_in_fan(at, "median") == nullptr);
    CHECK(drawn_in_fan(at, "band80") != nullptr);
    at.press("I");
    CHECK(at.view().status == "The fan has its band of 50 % again.");
    CHECK(drawn_in_fan(at, "band50") != nullptr);
}

TEST_CASE("The run nearest to the pointer is drawn with its name until the pointer leaves the fan, and pinned by a click", "[window][ensemble]") {
    Sitting at(batch_at_hand());
    hover_run(at.session, kLast, 20.4);  // 2, 4, ..., 48
    CHECK(at.view().hovered_run == "9");
    REQUIRE(drawn_in_fan(at, "run-9") != nullptr);
    CHECK(drawn_in_fan(at, "run-9")->name == "run 9 (hover)");
    hover_run(at.session, kFirst, 1e6);
    CHECK(at.view().hovered_run == "23");
    hover_run(at.session, quarter_index(2030, 1), 0.0);
    CHECK(at.view().hovered_run == "23");
    CHECK(at.view().pinned.empty());

    at.view().hovered_run.clear();
    point_in_fan(at, 0.5F, 0.5F);
    const std::string middle = at.view().hovered_run;
    REQUIRE_FALSE(middle.empty());
    CHECK((at.labels().find("Keep run " + middle + "###keep run") || at.labels().find("Let run " + middle + " go###keep run")));  // it may be one of the fan's own
    point_in_fan(at, 0.5F, 0.75F);
    const std::string lower = at.view().hovered_run;
    CHECK(std::stoi(lower) < std::stoi(middle));
    CHECK(drawn_in_fan(at, "run-" + lower)->name == "run " + lower + " (hover)");
    const ImVec2 over = ImGui::GetIO().MousePos;
    const auto leave = [&] {
        ImGui::GetIO().AddMousePosEvent(2.0F, 2.0F);
        at.frames();
    };
    leave();
    CHECK(at.view().hovered_run.empty());
    CHECK(at.labels().find("Keep run###keep run"));
    at.press("R");
    CHECK(at.view().kept_runs.empty());

    at.click_at(over.x, over.y);
    CHECK(at.view().pinned.ends_with("#run=" + lower));
    leave();
    CHECK((at.labels().find("Keep run " + lower + "###keep run") || at.labels().find("Let run " + lower + " go###keep run")));
}

TEST_CASE("A run is highlighted only while the fan is on the screen", "[window][ensemble]") {
    Sitting at(batch_at_hand());
    point_in_fan(at, 0.5F, 0.5F);
    REQUIRE_FALSE(at.view().hovered_run.empty());
    at.view().tile = 2;
    at.press("Z");
    CHECK(at.view().is_tile_maximised);
    CHECK(at.view().hovered_run.empty());
    at.view().tile = 0;
    at.frames();
    CHECK_FALSE(at.view().hovered_run.empty());
    at.press("T");
    CHECK(at.view().hovered_run.empty());
}

TEST_CASE("Threads that were kept stay with another key figure and are gone with another batch", "[window][ensemble]") {
    Sitting at(batch_at_hand());
    at.view().kept_runs = {"3", "99"};  // the last one is of no run that is there
    REQUIRE(at.session.pick_key_figure("cash_usd", "amber").empty());
    REQUIRE(drawn_in_fan(at, "run-3") != nullptr);
    CHECK(drawn_in_fan(at, "run-3")->data[1].value == 8e3);
    CHECK(drawn_in_fan(at, "run-2") == nullptr);
    REQUIRE(at.session.go_to("made#run=7").empty());
    REQUIRE(drawn_in_fan(at, "run-7") != nullptr);
    CHECK(drawn_in_fan(at, "run-7")->name == "run 7");
    REQUIRE(at.session.open(batch_at_hand()).empty());
    CHECK(at.view().kept_runs.empty());
    CHECK(drawn_in_fan(at, "run-3") == nullptr);
}

TEST_CASE("O plays the pinned run and opens it in the quarter at hand, unless it ends otherwise today", "[window][ensemble]") {
    Sitting at(batch_at_hand());
    at.press("O");
    CHECK(at.view().status == "Nothing is pinned; Enter pins a reading of the tile.");
    at.press("Enter");
    at.press("O");
    CHECK(at.view().status.find("this window cannot play") != std::string::npos);

    RunSettings asked;
    at.session.players.run_of_batch = [&](const RunSettings& settings) -> Result<std::filesystem::path> {
        asked = settings;
        return run_at_hand();
    };
    at.press("O");
    CHECK(asked.command() == "rackrace run small --seed 102 --set presold=0.04 --set rules.chips=POSTED");
    REQUIRE(at.session.read_on(1e9).empty());
    CHECK(at.session.has_run());
    CHECK(at.view().screen == Screen::market);
    CHECK(at.view().t == kLast);

    REQUIRE(at.session.open(batch_at_hand()).empty());
    at.session.view.pinned = "made@2026Q3#run=3";
    at.press("O");
    CHECK(at.session.has_batch());
    CHECK(at.view().status.find("run 3 ends otherwise than in the batch") != std::string::npos);
}

TEST_CASE("What a batch has not is told in words, and so is what one run has not", "[window][ensemble]") {
    Sitting at(batch_at_hand());
    for (const char* key : {"1", "2", "3", "4", "5", "F", "K", "D"}) {
        at.press(key);
        INFO(key);
        CHECK(at.view().screen == Screen::ensemble);
        CHECK(at.view().status.ends_with(": of one run, and this is a batch; Ctrl+O opens a run."));
    }
    REQUIRE(at.session.open(run_at_hand()).empty());
    CHECK_FALSE(at.session.has_batch());
    at.press("V");
    CHECK(at.view().status.ends_with(": open a batch first, with Ctrl+O."));
    at.press("6");
    CHECK(at.view().screen == Screen::ensemble);
    for (const char* figure : {"fan", "drivers", "histogram", "defaults"}) CHECK(at.session.figure(figure).empty_text.starts_with("Only one run here. Make more: rackrace sweep"));
}

TEST_CASE("A batch is entered at a quarter, a firm, a key figure, a run, what it does not hold is refused", "[window][ensemble]") {
    Session session;
    REQUIRE(session.open(batch_at_hand(), {"@2026Q2#firm=basalt", std::nullopt, "", "", "cash_usd"}).empty());
    CHECK(session.view.t == kFirst);
    CHECK(session.courses().name() == "cash_usd of basalt");
    REQUIRE(session.go_to("made#run=7").empty());
    CHECK(session.view.pinned == "made@2026Q2#run=7");
    REQUIRE(session.go_to("26q3").empty());
    CHECK(session.view.t == kLast);
    REQUIRE(session.go_to("#firm=amber").empty());
    CHECK(session.courses().name() == "value_usd of amber");
    for (const auto& [entry, part] : std::initializer_list<std::pair<RunEntry, const char*>>{{{"@2041Q1", {}, "", "", ""}, "holds no quarter 2041Q1"},
                                                                                            {{"#product=gb300", {}, "", "", ""}, "'product' chooses nothing of a batch"},
                                                                                            {{"#run=24", {}, "", "", ""}, "has no run '24' that was played to its end"},
                                                                                            {{"", {}, "ambr", "", ""}, "did you mean 'amber'?"},
                                                                                            {{"", {}, "", "spot-i", ""}, "has no auctions"},
                                                                                            {{"", {}, "", "", "spot"}, "has no key figure of the market 'spot'"},
                                                                                            {{"", Screen::firm, "", "", ""}, "this screen is of one run"}}) {
        const Refusals refusals = session.open(batch_at_hand(), entry);
        REQUIRE_FALSE(refusals.empty());
        INFO(refusals.text());
        CHECK(refusals.text().find(part) != std::string::npos);
        CHECK(session.courses().name() == "value_usd of amber");  // what was open stays
    }
}

TEST_CASE("A batch that is read again stays at its quarter and its key figure", "[window][ensemble]") {
    Sitting at(batch_at_hand());
    at.press("Left");
    REQUIRE(at.session.pick_key_figure("cash_usd", "amber").empty());
    at.press("Ctrl+R");
    CHECK(at.view().status == "made was read again.");
    CHECK(at.view().t == kFirst);
    CHECK(at.session.courses().name() == "cash_usd of amber");
}

TEST_CASE("Figures of a batch fit their tiles without scrolling", "[window][ensemble]") {
    for (const auto& [width, height, scale] : {std::tuple{1280, 720, 1.0}, {1280, 720, 1.5}, {1600, 1000, 1.0}, {2560, 1440, 1.5}}) {
        Ui ui;
        NullWindow window(width, height);
        Session session;
        session.view.scale = scale;
        REQUIRE(session.open(batch_at_hand()).empty());
        for (int tile = 0; tile < 4; ++tile) {
            session.view.tile = tile;
            for (int n = 0; n < 3; ++n) {
                window.begin_frame();
                ui.draw(session, 0.0);
                window.end_frame();
            }
            for (const ImGuiWindow* one : ImGui::GetCurrentContext()->Windows) {
                INFO(one->Name << " " << width << " " << scale);
                if (one->WasActive && std::string_view(one->Name).find("/figure_") != std::string_view::npos) CHECK(one->ScrollMax.y == 0.0F);
            }
        }
    }
}
