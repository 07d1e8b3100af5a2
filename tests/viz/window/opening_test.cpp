// A run that is being opened: what the window shows meanwhile, how it is stopped, and what stays when it is refused.
#include <imgui.h>
#include <imgui_internal.h>

#include "engine/base/quarter_index.h"
#include "tests/engine/sealed.h"
#include "tests/viz/window/sitting.h"
#include "viz/window/frame/frame.h"
#include "viz/window/screens/decision_panel.h"
#include "viz/window/screens/event_list.h"
#include "viz/window/screens/markets_panel.h"
#include "viz/window/screens/opening.h"
#include "viz/window/screens/order_panel.h"
#include "viz/window/screens/ties_panel.h"

using namespace rackrace;
namespace fs = std::filesystem;

namespace {

/// A tiny run whose last state was exchanged: the last step of opening refuses it.
fs::path altered_run(const fs::path& parent) {
    const fs::path run = record_tiny(parent);
    change_and_seal(run / "replay.sqlite", "UPDATE worlds SET packed=x'00' WHERE quarter='2027Q1'");
    return run;
}

}  // namespace

TEST_CASE("While a run is opened every frame shows what is read and how far it is", "[window][opening]") {
    for (const bool has_run : {false, true}) {
        INFO(has_run);
        Sitting at;
        if (has_run) REQUIRE(at.session.open(run_at_hand()).empty());
        at.reading_s = 0.0;
        REQUIRE(at.session.begin_open(run_at_hand(), {"@2027Q4#firm=nebius", std::nullopt, "", ""}).empty());
        double share = -1.0;
        std::size_t frames = 0;
        std::string all;
        for (; at.session.opening(); ++frames) {
            REQUIRE(frames < 1000);
            const OpeningPanel panel = prepare_opening(at.session);
            CHECK(panel.title == "Opens played");
            CHECK(panel.share > share);
            share = panel.share;
            all += panel.doing + "\n";
            at.frames(1);
            CHECK(at.labels().find("Esc Stop"));
            CHECK(at.labels().find("? Keys"));
            CHECK_FALSE(at.labels().find("timeline"));
            CHECK(ImGui::GetDrawData()->TotalVtxCount > 0);
        }
        CHECK(share == 1.0);
        CHECK(frames > 30);
        for (const char* part : {"reads table firms, step ", "reads table orders, step ", "checks the state of 2028Q3, step "})
            CHECK(all.find(part) != std::string::npos);
        at.frames();
        CHECK(at.session.has_run());
        CHECK(at.view().screen == Screen::firm);
        CHECK(at.view().firm == "nebius");
        CHECK(at.view().t == quarter_index(2027, 4));
        CHECK(at.labels().find("timeline"));
    }
}

TEST_CASE("Esc stops the opening of a run, and what was open stays", "[window][opening]") {
    const TemporaryFolder elsewhere;
    const fs::path tiny = record_tiny(elsewhere.path());
    Sitting at(run_at_hand());
    at.session.seek(12);
    at.reading_s = 0.0;
    at.press("Ctrl+O");
    at.type(tiny.string());
    at.press("Enter");
    REQUIRE(at.session.opening());
    CHECK(at.view().overlay == Overlay::none);
    at.press("2");
    CHECK(at.view().status == "Auction: " + at.session.opening()->run + " is being opened; Esc stops that.");
    at.press("?");
    at.press("Esc");
    CHECK(at.session.opening());
    at.press("Esc");
    CHECK_FALSE(at.session.opening());
    CHECK(at.view().status.ends_with(" was not opened."));
    CHECK(at.session.store().run_id() == "played");
    CHECK(at.view().t == 12);
    REQUIRE(at.session.begin_open(tiny).empty());
    at.frames(2);
    at.click("Esc Stop");
    CHECK_FALSE(at.session.opening());
    CHECK(at.session.store().run_id() == "played");
}

TEST_CASE("A run that is refused at its last step leaves the one that is open, with the reason", "[window][opening]") {
    const TemporaryFolder elsewhere;
    const fs::path run = altered_run(elsewhere.path());
    Sitting at(run_at_hand());
    at.session.seek(12);
    at.reading_s = 0.0;
    REQUIRE(at.session.begin_open(run).empty());
    at.frames(200);
    CHECK_FALSE(at.session.opening());
    CHECK(at.session.store().run_id() == "played");
    CHECK(at.view().t == 12);
    CHECK(at.view().status.find("2027Q1") != std::string::npos);
    CHECK(at.view().status.find("rackrace run --from") != std::string::npos);
    CHECK(at.session.open_error() == at.view().status);
}

TEST_CASE("A table that was altered is named in a bar, its figures are not drawn, and others are", "[window][opening]") {
    const TemporaryFolder elsewhere;
    const fs::path run = record_tiny(elsewhere.path());
    {
        Sitting whole(run);
        CHECK(prepare_altered(whole.session).empty());
    }
    change(run / "replay.sqlite", "UPDATE quarters SET spot_i_usd_h=99 WHERE quarter='2026Q3'");
    Sitting at(run);
    const std::string bar = prepare_altered(at.session);
    CHECK(bar.starts_with(run.filename().string() + ": table 'quarters' was altered in 2026Q3: a cell is not as it was written."));
    CHECK(bar.find("rackrace run --from ") != std::string::npos);
    CHECK(at.session.figure("prices").empty_text.find("table 'quarters' was altered in 2026Q3") != std::string::npos);
    CHECK(at.session.figure("prices").title == "Spot prices of training and inference hours, and what the firms sold there");
    CHECK(at.session.figure("fleet").empty_text.find("altered") == std::string::npos);
    CHECK(prepare_strip(at.session).front().value == "altered");
    for (const char* screen : {"1", "2", "3", "4", "5"}) at.press(screen);
    CHECK(at.labels().find("timeline"));
}

TEST_CASE("A list whose rows come from an altered table says that they are not as recorded, and other lists do not", "[window][opening]") {
    const TemporaryFolder elsewhere;
    const fs::path run = record_tiny(elsewhere.path());
    {
        Sitting whole(run);
        CHECK(prepare_markets(whole.session).unrecorded.empty());
        CHECK(prepare_ties(whole.session).unrecorded.empty());
    }
    change(run / "replay.sqlite", "UPDATE quarters SET spot_i_usd_h=99 WHERE quarter='2026Q3'; DELETE FROM contracts");
    Sitting at(run);
    const std::string quarters = "Not as recorded: table 'quarters' was altered in 2026Q3: a cell is not as it was written.";
    CHECK(prepare_markets(at.session).unrecorded == quarters);
    CHECK(prepare_decision(at.session).unrecorded == quarters);
    CHECK(prepare_event_list(at.session).unrecorded.empty());
    CHECK(prepare_order(at.session).unrecorded.empty());
    const TieList ties = prepare_ties(at.session);
    CHECK(ties.unrecorded.starts_with("Not as recorded: table 'contracts' was altered in "));
    CHECK(ties.rows.empty());
    CHECK(ties.empty_text.find("was altered") != std::string::npos);
}

TEST_CASE("A run that is read again stays at its quarter, its firm and its screen", "[window][opening]") {
    Sitting at(run_at_hand());
    at.press("3");
    at.press("N");
    const std::string firm = at.view().firm;
    at.session.seek(12);
    at.reading_s = 0.0;
    at.press("Ctrl+R");
    REQUIRE(at.session.opening());
    at.frames(200);
    CHECK_FALSE(at.session.opening());
    CHECK(at.view().status == "played was read again.");
    CHECK(at.view().t == 12);
    CHECK(at.view().firm == firm);
    CHECK(at.view().screen == Screen::firm);
}

TEST_CASE("A place that a run does not hold is refused when the run is there", "[window][opening]") {
    const std::string run = run_at_hand().string();
    for (const RunEntry& entry : {RunEntry{"@2041Q1", std::nullopt, "", ""}, RunEntry{"", std::nullopt, "corewave", ""},
                                  RunEntry{"", std::nullopt, "", "spot-x"}, RunEntry{"#segment=nonsense", std::nullopt, "", ""}}) {
        Session session;
        CHECK_FALSE(session.open(run, entry).empty());
        CHECK_FALSE(session.has_run());
        CHECK(session.open(run).empty());
    }
}
