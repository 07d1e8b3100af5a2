// Ladders, the network and the reasons of contracts, loans, covenants and defaults: what they add up is what the tables hold.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/base/numbers.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/events.h"
#include "tests/viz/recorded_runs.h"
#include "viz/figures/describe.h"
#include "viz/figures/events_lane.h"
#include "viz/figures/why.h"
#include "viz/figures/why_credit.h"

using namespace rackrace;

namespace {

FigureModel at(const ReplayStore& store, const std::string& name, const std::string& firm, int t) {
    FigureRequest request;
    request.firm = firm;
    request.at = t;
    return figure_of(store, name, request);
}

Why why_of(const ReplayStore& store, const std::string& address) {
    const auto parsed = parse_address(address);
    REQUIRE(parsed);
    auto why = explain(store, *parsed);
    INFO(address << ": " << (why ? "" : why.error().text()));
    REQUIRE(why);
    return std::move(*why);
}

bool says(const Why& why, const std::string& words) { return why_text(why).find(words) != std::string::npos; }

/// The quarter and firm of the first event of a kind; the run has one.
std::pair<int, std::string> first_event(const ReplayStore& store, const std::string& kind) {
    const Columns& events = store.table("events");
    for (std::size_t row = 0; row < events.rows(); ++row)
        if (events.text(row, "kind") == kind) return {events.quarter(row), events.text(row, "firm")};
    return {-1, ""};
}

}  // namespace

TEST_CASE("Every kind of event has a lane with words and looks of its own", "[viz][events]") {
    std::set<std::string> titles;
    std::set<std::pair<int, Gravity>> grave;
    for (const std::string_view kind : kEventKinds) {
        const EventLane* lane = event_lane(kind);
        INFO(kind);
        REQUIRE(lane != nullptr);
        CHECK(titles.insert(lane->title).second);
        CHECK(lane->look < kRestLook);
        if (lane->severity <= Gravity::trouble) CHECK(grave.insert({lane->look, lane->severity}).second);
    }
    CHECK(event_lane("nonsense") == nullptr);
    CHECK_FALSE(is_event_kind("nonsense"));
}

TEST_CASE("Ladders add up to the debt and to the take-or-pay of every firm in every quarter", "[viz][figure]") {
    int drawn = 0;
    for (const ReplayStore* store : {&played_run()})
        for (const int t : store->quarters())
            for (const std::string& firm : store->firms())
                for (const char* name : {"debt-ladder", "contract-ladder"}) {
                    const FigureModel figure = at(*store, name, firm, t);
                    INFO(figure.title);
                    CHECK(figure.faults.empty());
                    CHECK((figure.panels.empty() || !figure.checks.empty()));
                    for (const FigurePanel& panel : figure.panels)
                        for (const Series& series : panel.series)
                            for (const Datum& datum : series.data) {
                                if (panel.id == "headroom") continue;
                                CHECK(datum.key >= t);
                                CHECK(datum.value != 0.0);
                                ++drawn;
                            }
                }
    CHECK(drawn > 500);
}

TEST_CASE("Covenant headroom is below zero where a covenant is seen broken, and there alone", "[viz][figure]") {
    int tested = 0, broken = 0;
    for (const ReplayStore* store : {&played_run(), &failing_run()})
        for (const int t : store->quarters())
            for (const std::string& firm : store->firms()) {
                const double headroom = covenant_headroom_frac(*store, t, firm);
                if (!std::isfinite(headroom)) continue;
                const Why why = explain_breach(*store, t, firm);
                INFO(why_text(why));
                CHECK((headroom < 0.0) == says(why, "\n  broken: "));
                ++tested;
                broken += headroom < 0.0;
            }
    CHECK(tested > 50);
    CHECK(broken > 0);
    const FigureModel ladder = at(played_run(), "debt-ladder", "coreweave", played_run().last_t());
    REQUIRE(ladder.panels.size() == 2);
    CHECK(ladder.panels[1].series[0].data.back().key == played_run().last_t());
    CHECK(ladder.panels[1].measure.starts_at_zero);
    for (const Series& series : ladder.panels[0].series) CHECK((series.name.ends_with(", secured") || series.name.ends_with(", unsecured")));
}

TEST_CASE("The network shows every contract that owes money, and firms stay where they are", "[viz][figure]") {
    const ReplayStore& store = played_run();
    std::map<std::string, std::pair<double, double>> places;
    for (const int t : store.quarters()) {
        FigureRequest request;
        request.at = t;
        const FigureModel figure = figure_of(store, "network", request);
        CHECK(figure.faults.empty());
        for (const FigurePanel& panel : figure.panels)
            for (const Series& series : panel.series) {
                if (series.id != "firms" && series.id != "failed") continue;
                for (const Datum& datum : series.data) {
                    const auto [place, is_new] = places.try_emplace(datum.label, datum.key, datum.value);
                    CHECK((is_new || place->second == std::pair(datum.key, datum.value)));
                }
            }
    }
    CHECK(places.size() >= store.firms().size());
    const std::string words = description_of(figure_of(store, "network"));
    CHECK(words.find("contracts, delivering: ") != std::string::npos);
}

TEST_CASE("A signed contract names the ask and the cap that met", "[viz][why]") {
    const ReplayStore& store = played_run();
    const Columns& contracts = store.table("contracts");
    std::set<double> seen;
    int signed_count = 0;
    for (std::size_t row = 0; row < contracts.rows(); ++row) {
        const double id = contracts.number(row, "contract");
        if (!seen.insert(id).second) continue;
        const Why why = why_of(store, store.address(contracts.quarter(row), "contract=" + std::to_string(static_cast<int>(id))));
        INFO(why_text(why));
        CHECK(why_text(why).find(" nan") == std::string::npos);
        if (contracts.quarter(row) == store.opening_t()) {
            CHECK(says(why, "in the opening books"));
            continue;
        }
        ++signed_count;
        CHECK(says(why, "rule KC"));
        CHECK(says(why, "ask: " + contracts.text(row, "seller") + " offered"));
        if (contracts.text(row, "buyer") != "customer") CHECK(says(why, "cap: " + contracts.text(row, "buyer") + " asked for"));
    }
    CHECK(signed_count > 10);
}

TEST_CASE("Every loan of the run is explained, with sums of rates that add up as shown", "[viz][why]") {
    const ReplayStore& store = played_run();
    const Columns& loans = store.table("loans");
    int from_market = 0;
    for (std::size_t row = 0; row < loans.rows(); ++row) {
        const Why why = why_of(store, store.address(loans.quarter(row), "firm=" + loans.text(row, "firm") + "&loan=" + std::to_string(static_cast<int>(loans.number(row, "slot")))));
        INFO(why_text(why));
        CHECK(why_text(why).find(" nan") == std::string::npos);
        CHECK(why.reasons.size() >= 2);
        from_market += says(why, "add-on z of the clearing");
    }
    CHECK(from_market > 10);
}

TEST_CASE("A credit market is told to lend in loans no more than was asked for", "[viz][why]") {
    const ReplayStore& store = played_run();
    const Columns &loans = store.table("loans"), &fills = store.table("fills");
    for (const int t : store.quarters()) {
        double lent_musd = 0.0;
        for (auto [row, end] = fills.rows_of(t); row < end; ++row)
            if (fills.text(row, "verb") == "borrow") lent_musd += fills.number(row, "got");
        CHECK(1e6 * lent_musd <= store.of_market(t, "credit_asked_usd") + 1.0);
    }
    int bonds = 0;
    for (std::size_t row = 0; row < loans.rows(); ++row) {
        const Why why = why_of(store, store.address(loans.quarter(row), "firm=" + loans.text(row, "firm") + "&loan=" + std::to_string(static_cast<int>(loans.number(row, "slot")))));
        if (!says(why, "add-on z of the clearing")) continue;
        INFO(why_text(why));
        CHECK(says(why, "loans of "));
        if (loans.text(row, "kind") != "bond") continue;
        CHECK(says(why, "= novelty nu 1 x exp(-0.8 x sentiment "));
        CHECK(says(why, "with what it borrows here "));
        ++bonds;
    }
    CHECK(bonds > 0);
}

TEST_CASE("How lenders see a firm is told by the rule's terms, which give what is recorded", "[viz][why]") {
    const ReplayStore& store = played_run();
    int earning = 0;
    for (const int t : store.quarters())
        for (const std::string& firm : store.firms())
            for (const char* field : {"default_probability_apr", "rating", "leverage_ratio"}) {
                const Why why = why_of(store, store.address(t, "firm=" + firm + "&field=" + field));
                INFO(why_text(why));
                CHECK(why_text(why).find(" nan") == std::string::npos);
                const double exponent = risk_exponent(store, risk_at_close(store, t, firm)), recorded = store.of_firm(t, firm, "default_probability_apr");
                if (says(why, "is judged by its runway")) continue;
                CHECK(std::abs(logistic(exponent) - recorded) < 1e-9);
                ++earning;
            }
    CHECK(earning > 100);
}

TEST_CASE("A contract that is not served tells what its seller had", "[viz][why]") {
    const ReplayStore& store = failing_run();
    const Columns& contracts = store.table("contracts");
    int shortfalls = 0;
    for (std::size_t row = 0; row < contracts.rows(); ++row) {
        if (!(contracts.number(row, "short_now_h100e") > 0.0)) continue;
        const Why why = why_of(store, store.address(contracts.quarter(row), "contract=" + std::to_string(static_cast<int>(contracts.number(row, "contract")))));
        INFO(why_text(why));
        CHECK(says(why, contracts.text(row, "seller") + " owed "));
        CHECK(says(why, "damages "));
        ++shortfalls;
    }
    CHECK(shortfalls > 0);
}

TEST_CASE("A broken covenant names the value that passed its limit, and a default the test that failed", "[viz][why]") {
    const ReplayStore& store = failing_run();
    const auto [broken_t, breaker] = first_event(store, "covenant_broken");
    REQUIRE(broken_t >= 0);
    const Why breach = why_of(store, store.address(broken_t, "firm=" + breaker + "&field=breach_q"));
    INFO(why_text(breach));
    CHECK(says(breach, "broken: "));
    const auto [default_t, failed] = first_event(store, "default");
    REQUIRE(default_t >= 0);
    const Why end = why_of(store, store.address(default_t, "firm=" + failed + "&field=status"));
    INFO(why_text(end));
    CHECK(says(end, "went into default in " + quarter_name(default_t)));
    CHECK(says(end, "failed: "));
    CHECK(says(end, "owes lenders "));
    CHECK(says(end, "accounts of the quarters up to it"));
    const Why later = why_of(store, store.address(store.last_t(), "firm=" + failed));
    CHECK(says(later, failed + " went into default in "));
}
