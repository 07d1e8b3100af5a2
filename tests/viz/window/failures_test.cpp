// What the window tells of decisions that failed and of runs that stopped, without anybody looking for it.
#include <fstream>

#include "engine/base/quarter_index.h"
#include "tests/engine/sealed.h"
#include "tests/viz/window/sitting.h"
#include "viz/window/frame/frame.h"
#include "viz/window/recent_runs.h"
#include "viz/window/screens/event_list.h"
#include "viz/window/screens/firm_line.h"
#include "viz/window/screens/screens.h"
#include "viz/window/screens/script_panel.h"

using namespace rackrace;

namespace {

namespace fs = std::filesystem;

/// Fails in line 6 from its second decision on.
constexpr const char* kFailing = R"(local race = require "rackrace"
return race.neocloud {
  api = "1.0", name = "Failing", manual = true, memory = { decisions = 0.0 },
  decide = function(obs, act, p, mem, rng)
    mem.decisions = mem.decisions + 1
    if mem.decisions >= 2 then error("out of ideas") end
  end,
}
)";

/// Three quarters of the scenario small, CoreWeave at that script.
const fs::path& failing_folder() {
    static const TemporaryFolder folder;
    static const bool is_played = [] {
        write(folder.path() / "failing.lua", kFailing);
        const Ran ran = rackrace_in(folder.path(), "run small -q --until 2026Q4 --strategy coreweave=failing.lua --out failing");
        INFO(ran.err);
        REQUIRE(ran.code == ExitCode::done);
        return true;
    }();
    REQUIRE(is_played);
    static const fs::path run = folder.path() / "failing";
    return run;
}

/// As when an identity broke in its last quarter.
fs::path stopped_run(const fs::path& parent) {
    const fs::path run = record_tiny(parent);
    change_and_seal(run / "replay.sqlite", "UPDATE runs SET status='fault', fault='identity I1 is off by 12 $'");
    return run;
}

}  // namespace

TEST_CASE("Failed decisions are told when the run is opened, as events, and beside the firm's name", "[window][failures]") {
    Sitting at(failing_folder());
    CHECK(at.view().status == "failing is open; 2 decisions failed, the first of coreweave in 2026Q3 at firms/coreweave.lua:6. X goes there.");
    REQUIRE(at.session.failures().size() == 2);
    CHECK(at.session.failures()[0].sentence.starts_with("coreweave holds: decide fails at firms/coreweave.lua:6: out of ideas"));

    const EventList events = prepare_event_list(at.session);
    REQUIRE(events.kind_places.contains("script_failed"));
    const EventList::Kind& kind = events.kinds[events.kind_places.at("script_failed")];
    CHECK(kind.title == "script error");
    CHECK(kind.count == 2);
    CHECK(kind.is_grave);
    const std::vector<Timeline::Mark> marks = prepare_timeline(at.session).marks;
    CHECK(std::count_if(marks.begin(), marks.end(), [&](const Timeline::Mark& mark) { return mark.look == kind.look && mark.t >= quarter_index(2026, 3); }) >= 2);

    at.view().firm = "coreweave";
    CHECK(prepare_firm_line(at.session).failures == 2);
    at.view().firm = "nvidia";
    CHECK(prepare_firm_line(at.session).failures == 0);
}

TEST_CASE("X, the badge of the firm and the row of the event open Strategy at the line that failed", "[window][failures]") {
    Sitting at(failing_folder());
    const auto stands_at_failure = [&](int quarter) {
        CHECK(at.view().screen == Screen::strategy);
        CHECK(at.view().t == quarter_index(2026, quarter));
        CHECK(at.view().firm == "coreweave");
        CHECK(prepare_script(at.session).shown == 6);
    };
    at.view().firm = "nvidia";
    at.press("X");
    stands_at_failure(3);
    at.press("X");
    stands_at_failure(4);
    at.press("X");
    stands_at_failure(3);
    at.press("3");
    at.click("x 2 failed###failed decisions");
    stands_at_failure(3);
    at.press("Shift+F11");  // away from it, and by the event back
    CHECK(prepare_script(at.session).shown != 6);
    const EventList events = prepare_event_list(at.session);
    const Columns& table = at.session.store().table("events");
    const auto row = std::find_if(events.rows.begin(), events.rows.end(), [&](std::size_t one) { return table.text(one, "kind") == "script_failed"; });
    at.press("5");
    at.view().event_row = static_cast<int>(row - events.rows.begin()) - 1;
    at.press("Down");
    at.press("Enter");
    stands_at_failure(3);
}

TEST_CASE("X goes on from a decision that failed in both of its stages", "[window][failures]") {
    const TemporaryFolder folder;
    write(folder.path() / "twice.lua", "local race = require \"rackrace\"\nreturn race.neocloud { api = \"1.0\", name = \"Twice\",\n  decide = function(obs, act)\n    error(\"first\")\n  end,\n"
                                       "  operate = function(obs, act)\n    error(\"second\")\n  end,\n}\n");
    REQUIRE(rackrace_in(folder.path(), "run small -q --until 2026Q3 --strategy coreweave=twice.lua --out run").code == ExitCode::done);
    Sitting at(folder.path() / "run");
    std::vector<std::pair<int, int>> stops;  // quarter and line
    for (int n = 0; n < 5; ++n) {
        at.press("X");
        stops.emplace_back(at.view().t, prepare_script(at.session).shown);
    }
    const int first = quarter_index(2026, 2), second = quarter_index(2026, 3);
    CHECK(stops == std::vector<std::pair<int, int>>{{first, 4}, {first, 7}, {second, 4}, {second, 7}, {first, 4}});
}

TEST_CASE("A run with script errors and one that stopped say so in the list of recent runs", "[window][failures]") {
    const TemporaryFolder state, folder;
    setenv("RACKRACE_HOME", state.path().c_str(), 1);
    remember_run(opened_run(failing_folder()));
    CHECK(recent_runs().front().state == "2 script errors, to 2026Q4");
    remember_run(opened_run(stopped_run(folder.path())));
    CHECK(recent_runs().front().state == "1 script error, STOPPED at 2027Q1");
    unsetenv("RACKRACE_HOME");
}

TEST_CASE("A run that stopped has a bar above every screen, with its reason and the command that plays it again", "[window][failures]") {
    const TemporaryFolder folder;
    Sitting at(stopped_run(folder.path()));
    for (const char* key : {"1", "3", "5"}) {
        at.press(key);
        const WarningBar bar = prepare_warning_bar(at.session);
        REQUIRE(bar.lines.size() == 2);
        CHECK(bar.lines[0].ends_with("ends at 2027Q1: stopped because identity I1 is off by 12 $."));
        CHECK(at.labels().find("Copy command  Shift+R"));
    }
    at.click("Copy command  Shift+R");
    CHECK(std::string(ImGui::GetClipboardText()) == "rackrace run --from " + at.session.folder().string() + " --until 2027Q1");
    Sitting whole(run_at_hand());
    CHECK(prepare_warning_bar(whole.session).lines.empty());
    CHECK_FALSE(whole.labels().find("Copy command  Shift+R"));
}

TEST_CASE("Home plays a demo and writes a strategy where somebody does that for it", "[window][home]") {
    const TemporaryFolder folder;
    Sitting at(run_at_hand());
    at.session.players.demo = [] { return Result<fs::path>(run_at_hand()); };
    at.session.players.new_strategy = [&]() -> Result<fs::path> {
        fs::copy_file(fs::path(RACKRACE_SOURCE_DIR) / "scripts/templates/neocloud.lua", folder.path() / "my_neocloud.lua");
        return folder.path() / "my_neocloud.lua";
    };
    at.press("H");
    at.click("New strategy");
    REQUIRE(at.session.edit);
    CHECK(at.session.edit->is_clean());
    CHECK(at.view().status.starts_with("Wrote "));
    at.view().firm = "nebius";
    CHECK(edit_of_firm(at.session) != nullptr);  // any neocloud can be played by it
    at.view().firm = "nvidia";
    CHECK(edit_of_firm(at.session) == nullptr);
    at.press("H");
    at.click("Play demo");
    CHECK(at.view().screen == Screen::market);
    CHECK(at.view().status.find("played is open") != std::string::npos);
}
