// Addresses that the window goes to: all that figures and reasons name, and none that the run does not hold.
#include <set>

#include "engine/base/quarter_index.h"
#include "tests/viz/recorded_runs.h"
#include "viz/figures/why.h"
#include "viz/window/places.h"
#include "viz/window/session.h"

using namespace rackrace;

namespace {

/// The refusal of "#path" in the played run, from its last quarter; empty where it is none.
std::string refusal_of(const std::string& place) {
    const auto address = parse_address("played" + place);
    REQUIRE(address);
    const auto found = place_in(played_run(), *address, played_run().last_t());
    return found ? "" : found.error().all.front().text();
}

}  // namespace

TEST_CASE("The window goes to every address that a figure names", "[window][places]") {
    std::set<std::string> seen;
    for (const FigureModel& figure : all_figures(played_run()))
        for (const FigurePanel& panel : figure.panels)
            for (const Series& series : panel.series)
                for (const Datum& datum : series.data) {
                    if (datum.address.empty() || !seen.insert(datum.address).second) continue;
                    const auto address = parse_address(datum.address);
                    REQUIRE(address);
                    const auto place = place_in(played_run(), *address, 0);
                    INFO(datum.address << ": " << (place ? "" : place.error().text()));
                    CHECK(place);
                }
    CHECK(seen.size() > 500);
}

TEST_CASE("Parts of an address that the run does not hold are refused with the nearest that it does", "[window][places]") {
    CHECK(refusal_of("#segment=nonsense") == "played: has no segment 'nonsense'; it has consumer, enterprise");
    CHECK(refusal_of("#segment=consumr") == "played: has no segment 'consumr'; did you mean 'consumer'?");
    CHECK(refusal_of("#contract=999") == "played: has no contract 999; the firm's screen shows the contracts of a quarter with their numbers");
    CHECK(refusal_of("#contract=one").find("has no contract one") != std::string::npos);
    CHECK(refusal_of("#market.nonsense").find("has no number 'nonsense' of the market; docs/replay-format.md lists them") != std::string::npos);
    CHECK(refusal_of("#market.spot_i_usd") == "played: has no number 'spot_i_usd' of the market; did you mean 'spot_i_usd_h'?");
    CHECK(refusal_of("#firm=nebius&field=csh_usd") == "played: has no number 'csh_usd' of a firm; did you mean 'cash_usd'?");
    CHECK(refusal_of("#nonsense").find("has no 'nonsense' in the state") != std::string::npos);
    CHECK(refusal_of("#firms.nebius.nonsense").find("has no 'nonsense' in firms[nebius]") != std::string::npos);
    CHECK(refusal_of("#firm=nebius&firm=crusoe") == "played: 'firm' is named twice; name it once");
    CHECK(refusal_of("#firm=nebius&region=pjm").find("'firm=nebius' does not go with region=pjm") != std::string::npos);
    CHECK(refusal_of("#firm=nebius&trace=free_mus") == "played: has no trace of nebius 'free_mus'; did you mean 'free_musd'?");
    CHECK(refusal_of("#trace=free_musd") == "played: trace free_musd is of no firm; name it: firm=F&trace=free_musd");
    CHECK(refusal_of("#region=atlantis").find("has no region 'atlantis'") != std::string::npos);
}

TEST_CASE("A contract is gone to in a quarter of its books, at its seller", "[window][places]") {
    const ReplayStore& store = played_run();
    const Columns& contracts = store.table("contracts");
    const int opening = store.opening_t();
    const auto [first, end] = contracts.rows_of(store.last_t());
    REQUIRE(first < end);
    std::size_t row = first;
    while (row < end && contracts.quarter(row, "start_quarter") <= opening) ++row;
    REQUIRE(row < end);
    const std::string number = std::to_string(static_cast<int>(contracts.number(row, "contract")));
    CHECK(refusal_of("#contract=" + number).empty());
    Session session;
    REQUIRE(session.open(played_folder() / "runs" / "played").empty());
    REQUIRE(session.go_to("#contract=" + number).empty());
    CHECK(session.view.screen == Screen::firm);
    CHECK(session.view.firm == contracts.text(row, "seller"));
    REQUIRE(session.go_to("#segment=consumer").empty());
    CHECK(session.view.screen == Screen::market);
    REQUIRE(session.go_to("#firms.nebius.rating").empty());
    REQUIRE(session.go_to("#spot_i_usd_h").empty());
}

TEST_CASE("A trace is gone to on the screen of its script", "[window][places]") {
    Session session;
    REQUIRE(session.open(played_folder() / "runs" / "played").empty());
    REQUIRE(session.go_to("@2027Q2#firm=nebius&trace=free_musd").empty());
    CHECK(session.view.screen == Screen::strategy);
    CHECK(session.view.firm == "nebius");
    CHECK(session.view.t == quarter_index(2027, 2));
    CHECK(session.view.pinned == "played@2027Q2#firm=nebius&trace=free_musd");
}
