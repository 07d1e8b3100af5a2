// What a firm's script shows, in the window: its marks as flags of the timeline, its traces beside the script. In the tiny run basalt marks alarm in every quarter.
#include "engine/base/quarter_index.h"
#include "tests/engine/sealed.h"
#include "tests/viz/window/sitting.h"
#include "viz/window/frame/frame.h"
#include "viz/window/readings.h"

using namespace rackrace;

namespace {

namespace fs = std::filesystem;

std::vector<std::pair<int, std::string>> flags_of(Session& session) {
    std::vector<std::pair<int, std::string>> out;
    for (const Timeline::Flag& flag : prepare_timeline(session).flags) out.emplace_back(flag.t, flag.text);
    return out;
}

}  // namespace

TEST_CASE("The timeline has a flag in every quarter that the picked firm's script marked, with the names", "[window][marks]") {
    const TemporaryFolder folder;
    const fs::path run = record_tiny(folder.path());
    change_and_seal(run / "replay.sqlite",
                    "DELETE FROM traces WHERE kind='mark' AND quarter='2026Q3';"
                    "INSERT INTO traces VALUES ('2026Q4', 'basalt', 100, 'B', 'mark', 'squeeze', NULL, 60), ('2026Q4', 'basalt', 101, 'B', 'mark', 'squeeze', NULL, 61);");
    Sitting at(run);
    at.view().firm = "basalt";
    CHECK(flags_of(at.session) == std::vector<std::pair<int, std::string>>{{quarter_index(2026, 2), "marks of basalt: alarm"},
                                                                          {quarter_index(2026, 4), "marks of basalt: alarm, squeeze (2 times)"},
                                                                          {quarter_index(2027, 1), "marks of basalt: alarm"}});
    at.view().firm = "cobalt";
    CHECK(flags_of(at.session).empty());
}

TEST_CASE("M goes from one mark of the firm to the next, after the last to the first, and says where there is none", "[window][marks]") {
    const TemporaryFolder folder;
    Sitting at(record_tiny(folder.path()));
    at.view().firm = "basalt";
    at.session.seek(quarter_index(2026, 4));
    at.press("Shift+X");
    CHECK(at.view().t == quarter_index(2027, 1));
    CHECK(at.view().status == "basalt marks 2027Q1: alarm. 8 steps through the decision.");
    at.press("Shift+X");
    CHECK(at.view().t == quarter_index(2026, 2));
    at.view().firm = "cobalt";
    at.press("Shift+X");
    CHECK(at.view().t == quarter_index(2026, 2));
    CHECK(at.view().status.starts_with("The script of cobalt shows nothing in this run."));
}

TEST_CASE("Where a script traces and never marks, M says what would mark", "[window][marks]") {
    Sitting at(run_at_hand());
    at.view().firm = "coreweave";
    at.press("Shift+X");
    CHECK(at.view().status == "The script of coreweave marks no quarter of this run; act.mark(\"name\") does.");
}

TEST_CASE("Marks of an altered table are no flags", "[window][marks]") {
    const TemporaryFolder folder;
    const fs::path run = record_tiny(folder.path());
    change(run / "replay.sqlite", "UPDATE traces SET name='calm' WHERE kind='mark'");
    Sitting at(run);
    at.view().firm = "basalt";
    CHECK(marks_of_firm(at.session).empty());
    CHECK(flags_of(at.session).empty());
    at.press("Shift+X");
    CHECK(at.view().status.find("traces") != std::string::npos);
}

TEST_CASE("Strategy has the traces of the firm beside its script", "[window][marks]") {
    Sitting at(run_at_hand());
    at.view().firm = "coreweave";
    at.press("8");
    at.click("Traces: table");
    CHECK(at.view().tables.contains("traces"));
    CHECK(at.session.figure("traces").title == "Traces and marks of coreweave");
}

TEST_CASE("Enter pins the traces of the quarter one by one, and W says why", "[window][marks]") {
    Sitting at(run_at_hand());
    at.view().firm = "coreweave";
    at.press("8");
    at.view().tile = 4;
    at.press("Enter");
    CHECK(at.view().pinned == "played@2028Q3#firm=coreweave&trace=free_musd");
    CHECK(at.view().status.starts_with("free_musd of coreweave: "));
    at.press("Enter");
    CHECK(at.view().pinned == "played@2028Q3#firm=coreweave&trace=want_mw");
    at.press("W");
    CHECK(at.view().why == "played@2028Q3#firm=coreweave&trace=want_mw");
}
