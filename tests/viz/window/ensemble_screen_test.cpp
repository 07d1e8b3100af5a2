// A batch in the window: its screen, its key figure, its place in time, what of a run it has not.
#include <imgui.h>
#include <imgui_internal.h>

#include "engine/base/quarter_index.h"
#include "tests/viz/window/sitting.h"
#include "viz/window/frame/frame.h"
#include "viz/window/screens/screens.h"

using namespace rackrace;

namespace {

constexpr int kFirst = quarter_index(2026, 2), kLast = quarter_index(2026, 3);

}  // namespace

TEST_CASE("A batch opens on its own screen, at its last quarter", "[window][ensemble]") {
    Sitting at(batch_at_hand());
    CHECK(at.view().screen == Screen::ensemble);
    CHECK(at.view().t == kLast);
    CHECK(at.view().status == "made is open: 24 runs, 1 failed, 2026Q2 to 2026Q3. V picks the key figure.");
    for (const char* label : {"Fan: table", "Drivers: table", "Histogram: table", "Failures: table", "6 Ensemble", "timeline", "MEDIAN"}) CHECK(at.labels().find(label));
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
    CHECK(at.session.figure("failures").cursor_t == kFirst);
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
    CHECK(at.session.figure("failures").title == "Runs with a firm in arrears, 24 runs, 1 failed");
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
    for (const char* figure : {"fan", "drivers", "histogram", "failures"}) CHECK(at.session.figure(figure).empty_text.starts_with("Only one run here. Make more: rackrace sweep"));
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
