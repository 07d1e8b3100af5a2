// Two runs in the window, and a fork of the open one.
#include "engine/base/quarter_index.h"
#include "tests/viz/window/sitting.h"
#include "viz/window/screens/parting_panel.h"

using namespace rackrace;

namespace {

/// The same quarters with another script at CoreWeave from 2027Q3 on.
const std::filesystem::path& forked_folder() {
    static const TemporaryFolder folder;
    static const bool is_played = [] {
        const Ran ran = rackrace_in(folder.path(), "fork '" + run_at_hand().string() + "@2027Q3' --firm coreweave --script neocloud/land_grab.lua --out forked -q");
        INFO(ran.err);
        REQUIRE(ran.code == ExitCode::done);
        return true;
    }();
    REQUIRE(is_played);
    static const std::filesystem::path forked = folder.path() / "forked";
    return forked;
}

}  // namespace

TEST_CASE("A wish is a script, parameters, or both", "[window][compare]") {
    CHECK(parse_wish("'a=b/mine.lua'")->script == "a=b/mine.lua");
    const auto both = parse_wish("neocloud/careful.lua  shade=0.4 keep_q=2");
    REQUIRE(both);
    CHECK(both->script == "neocloud/careful.lua");
    CHECK(both->params == std::vector<std::pair<std::string, std::string>>{{"shade", "0.4"}, {"keep_q", "2"}});
    for (const char* wrong : {"", "  ", "a.lua b.lua", "=3", "shade="}) {
        INFO(wrong);
        CHECK_FALSE(parse_wish(wrong));
    }
}

TEST_CASE("Compare tells where two runs part, and draws both", "[window][compare]") {
    Sitting at(run_at_hand());
    REQUIRE(at.session.compare_with(forked_folder()).empty());
    at.frames();
    CHECK(at.view().screen == Screen::compare);
    CHECK(at.view().status.find("the same until 2027Q2; first difference in 2027Q3: coreweave") != std::string::npos);
    const PartingReading reading = prepare_parting(at.session);
    CHECK(reading.runs == "played and forked");
    CHECK(reading.parting.starts_with("The same until 2027Q2"));
    REQUIRE(reading.changed_count == 1);  // one seed, one scenario
    CHECK(reading.changed[0].starts_with("handovers 1: none -> quarter 2027Q3, firm coreweave, strategy "));
    CHECK(reading.changed[0].ends_with("neocloud/land_grab.lua"));

    const FigureModel& overlay = at.session.figure("prices-against");
    REQUIRE(overlay.panels.size() == 4);  // prices, their difference, hours sold, their difference
    CHECK(overlay.panels[0].series.size() == 6);  // both spot prices and the short contracts of both runs
    const Series& spot = overlay.panels[1].series.back();
    CHECK(spot.name.find("spot I") != std::string::npos);
    for (const Datum& datum : spot.data)
        if (datum.key <= quarter_index(2027, 2)) CHECK(datum.value == 0.0);
    at.press("Shift+C");
    CHECK(at.session.figure("prices-against").columns == 2);
    at.press("Shift+C");
    CHECK(at.session.figure("prices-against").panels.size() == 2);
    at.click("Overlay");
    CHECK(at.view().against == Against::overlay);
}

TEST_CASE("Without a second run Compare says how to get one, a run that cannot be read leaves all as it was", "[window][compare]") {
    Sitting at(run_at_hand());
    at.press("7");
    CHECK(at.session.figure("prices-against").empty_text.find("C picks one, F8 plays on") != std::string::npos);
    CHECK_FALSE(at.session.compare_with("nowhere").empty());
    CHECK(at.session.second() == nullptr);
    REQUIRE(at.session.compare_with(forked_folder()).empty());
    CHECK_FALSE(at.session.compare_with("nowhere").empty());
    CHECK(at.session.second()->store.run_id() == "forked");
    REQUIRE(at.session.open(run_at_hand()).empty());
    CHECK(at.session.second() == nullptr);
}

TEST_CASE("F8 plays the wish that is typed, for the firm and quarter at hand, and compares", "[window][compare]") {
    Sitting at(run_at_hand());
    at.session.seek(quarter_index(2027, 3));
    ForkWish asked;
    at.session.players.fork = [&](const ForkWish& wish) -> Result<std::filesystem::path> {
        asked = wish;
        if (!wish.params.empty()) return Refusal{"--param shade", 0, 0, "is out of range", "give 0.3 to 1"};
        return forked_folder();
    };
    at.press("F8");
    at.type("shade=7");
    at.press("Enter");
    CHECK(at.view().overlay == Overlay::fork);
    CHECK(at.view().status.find("is out of range") != std::string::npos);
    at.press("Esc");
    at.press("F8");
    at.type("neocloud/land_grab.lua");
    at.press("Enter");
    CHECK(asked.firm == "coreweave");
    CHECK(asked.t == quarter_index(2027, 3));
    CHECK(std::filesystem::equivalent(asked.run, run_at_hand()));
    CHECK(at.view().screen == Screen::compare);
    CHECK(at.view().overlay == Overlay::none);
}
