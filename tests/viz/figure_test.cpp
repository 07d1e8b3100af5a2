// What every figure holds to, whatever it shows: names, reasons, a table of equal data, words; and what single figures say.
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <tuple>

#include "tests/engine/sealed.h"
#include "tests/viz/figure_checks.h"
#include "tests/viz/recorded_runs.h"
#include "viz/figures/describe.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/growth.h"

using namespace rackrace;

namespace {

FigureModel of_firm(const ReplayStore& store, const std::string& name, const std::string& firm) {
    FigureRequest request;
    request.firm = firm;
    return figure_of(store, name, request);
}

/// What a firm has by contract and loan with a party; with everybody where that is empty.
double dollars(const ReplayStore& store, int t, const std::string& firm, const std::string& party) {
    double sum = 0.0;
    for (const auto& [table, one, other, column] : {std::tuple{"contracts", "seller", "buyer", "backlog_usd"},
                                                    {"contracts", "buyer", "seller", "backlog_usd"},
                                                    {"loans", "firm", "creditor", "principal_usd"},
                                                    {"loans", "creditor", "firm", "principal_usd"}}) {
        const Columns& rows = store.table(table);
        for (auto [row, end] = rows.rows_of(t); row < end; ++row)
            if (rows.text(row, one) == firm && (party.empty() || rows.text(row, other) == party)) sum += rows.number(row, column);
    }
    return sum;
}

}  // namespace

TEST_CASE("Where power is queued the auction says that no lot is auctioned", "[viz][figures]") {
    const TemporaryFolder folder;
    const Ran ran = rackrace_in(folder.path(), "run queue-2026 -q --until 2026Q4 --out runs/queued");
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    const auto queued = ReplayStore::open(folder.path() / "runs" / "queued");
    REQUIRE(queued);
    FigureRequest request;
    request.market = queued->regions().front();
    request.at = queued->last_t();
    CHECK(figure_of(*queued, "auction", request).empty_text.find("power is queued by the scenario's rule") != std::string::npos);
    request.at = queued->opening_t();
    CHECK(figure_of(*queued, "auction", request).empty_text.find("before the first quarter") != std::string::npos);
    request.at = played_run().last_t();
    request.market = played_run().regions().front();
    CHECK(figure_of(played_run(), "auction", request).empty_text.find("queued") == std::string::npos);
}

TEST_CASE("Every figure names what it shows, gives reasons, and has a table of equal data and a description", "[viz][figure]") {
    for (const ReplayStore* store : {&played_run(), &tiny_run()})
        for (const FigureModel& figure : all_figures(*store)) {
            INFO(figure.title);
            check_figure(figure);
        }
}

TEST_CASE("No figure of a run that was played has a fault", "[viz][figure]") {
    for (const FigureModel& figure : all_figures(played_run())) {
        INFO(figure.title << (figure.faults.empty() ? "" : ": " + figure.faults.front()));
        CHECK(figure.faults.empty());
    }
}

TEST_CASE("Figures, firms, markets and quarters that are not there are refused with the nearest", "[viz][figure]") {
    const ReplayStore& store = tiny_run();
    const auto refusal = [&](const std::string& name, const FigureRequest& request) {
        const auto figure = build_figure(store, name, request);
        return figure ? std::string() : figure.error().text();
    };
    FigureRequest request;
    CHECK(refusal("price", request).find("did you mean 'prices'?") != std::string::npos);
    CHECK(refusal("cash-bridge", request).find("give --firm with one of amber, basalt, cobalt") != std::string::npos);
    request.firm = "basaltt";
    CHECK(refusal("cash-bridge", request).find("did you mean 'basalt'?") != std::string::npos);
    request.firm = "basalt";
    request.at = 40;
    CHECK(refusal("debt", request).find("holds no quarter 2034Q1") != std::string::npos);
    request.at = 10;
    request.since = 11;
    CHECK(refusal("cash-bridge", request).find("is not before 2026Q3") != std::string::npos);
    request = {};
    request.market = "axxe";
    CHECK(refusal("auction", request).find("did you mean 'axe'?") != std::string::npos);
    CHECK(refusal("prices", request).find("of no single market") != std::string::npos);
    FigureRequest of_firm;
    of_firm.firm = "basalt";
    for (const char* name : {"prices", "network", "exposure", "auction"}) CHECK(refusal(name, of_firm) == std::string(name) + ": is of no single firm; leave the firm out\n");
    CHECK(figure_of(store, "events", of_firm).title == "Events of basalt");
    request.market = "north";
    CHECK(refusal("chip-queue", request).find("is no chip") != std::string::npos);
}

TEST_CASE("What is empty says why in its own words", "[viz][figure]") {
    const ReplayStore& store = tiny_run();
    CHECK(of_firm(store, "debt", "cobalt").empty_text == "No debt: cobalt owes lenders nothing in 2027Q1.");
    CHECK(of_firm(store, "fleet", "cobalt").empty_text == "cobalt has no chips in racks.");
    CHECK(of_firm(store, "contracts", "cobalt").empty_text.starts_with("No contracts at this quarter"));
    FigureRequest request;
    request.market = "spot-i";
    CHECK(figure_of(store, "auction", request).empty_text == "Nobody bid or offered inference hours in 2027Q1.");
    CHECK(of_firm(store, "events", "amber").empty_text == "No events of amber.");
}

TEST_CASE("Prices tell who cleared them and where to look", "[viz][figure]") {
    const FigureModel figure = figure_of(played_run(), "prices");
    const Series& spot = figure.panels[0].series.back();
    CHECK(spot.id == "spot_i_usd_h");
    CHECK(spot.data.back().address == "played@2028Q3#market.spot_i_usd_h");
    CHECK(spot.data.back().reason.find("on 2028Q2; ") != std::string::npos);
    CHECK(figure.panels[0].measure.shown_unit == "$/h");
    CHECK(description_of(figure).find("spot I ") != std::string::npos);
}

TEST_CASE("A price before a sale is a gap, not zero", "[viz][figure]") {
    for (const FigureModel& figure : {figure_of(played_run(), "chip-prices"), figure_of(played_run(), "chip-queue")})
        for (const Series& series : figure.panels[0].series)
            for (const Datum& datum : series.data) CHECK((std::isnan(datum.value) || datum.value > 0.0));
}

TEST_CASE("An auction has a step an order, bids falling and offers rising, none over another", "[viz][figure]") {
    for (const std::string market : {"vr200", "ercot", "spot-t", "spot-i"}) {
        FigureRequest request;
        request.market = market;
        request.at = 15;
        const FigureModel figure = figure_of(played_run(), "auction", request);
        INFO(market << " " << figure.empty_text);
        if (!figure.empty_text.empty()) continue;
        for (const Series& series : figure.panels[0].series) {
            if (series.shape != MarkShape::step) continue;
            for (std::size_t i = 1; i < series.data.size(); ++i) {
                CHECK(series.data[i].key == series.data[i - 1].key_end);
                CHECK((series.id == "bids" ? series.data[i].value <= series.data[i - 1].value : series.data[i].value >= series.data[i - 1].value));
            }
            for (const Datum& datum : series.data) {
                const bool is_outside = datum.reason.starts_with("outside ");
                CHECK((datum.address.find("&order=") != std::string::npos) == !is_outside);
                CHECK((datum.reason.find(".lua:") != std::string::npos) == !is_outside);
            }
        }
    }
}

TEST_CASE("The lines of a firm that is gone end, and its tables say what became of it", "[viz][figure]") {
    const TemporaryFolder folder;
    const auto run = record_tiny(folder.path());
    change_and_seal(run / "replay.sqlite",
                    "UPDATE runs SET layout='00000000000000ff';"  // states that are not checked
                    "UPDATE firms SET status='acquired', cash_usd=0, debt_usd=7, value_usd=0, installed_chips=0 WHERE firm='basalt' AND quarter>='2026Q4';"
                    "DELETE FROM holdings WHERE firm='basalt' AND quarter>='2026Q4';"
                    "UPDATE firms SET status='absent', cash_usd=0 WHERE firm='cobalt' AND quarter='2026Q2';"
                    "INSERT INTO events SELECT '2026Q4', 1000, 'acquired', 'basalt', 'amber', 1.0, 'amber takes over basalt';");
    const ReplayStore store = opened_run(run);
    const FigureTable table = table_of(of_firm(store, "firm", "basalt"));
    CHECK(cell_at(table, "2026Q3", 1) != TableCell{"acquired 2026Q4 by amber"});
    for (const char* quarter : {"2026Q4", "2027Q1"}) {
        CHECK(cell_at(table, quarter, 1) == TableCell{"acquired 2026Q4 by amber"});
        CHECK(cell_at(table, quarter, 2) == TableCell{7.0});  // what the books hold is drawn
    }
    CHECK(cell_at(table_of(of_firm(store, "firm", "cobalt")), "2026Q2", 1) == TableCell{"not founded"});
    CHECK(description_of(of_firm(store, "firm", "basalt")).find("basalt: acquired 2026Q4 by amber.") != std::string::npos);
    for (const FigureModel& figure : all_figures(store)) check_figure(figure);
}

TEST_CASE("An auction tells surplus, ties, and what was bid at the price and went without", "[viz][figure]") {
    const ReplayStore& store = played_run();
    int unserved = 0;
    for (const int t : store.quarters())
        for (const std::string market : {"vr200", "gb300", "ercot", "spot-t", "spot-i"}) {
            FigureRequest request;
            request.market = market;
            request.at = t;
            if (market == "gb300" && std::find(store.products().begin(), store.products().end(), market) == store.products().end()) continue;
            const FigureModel figure = figure_of(store, "auction", request);
            if (figure.panels.empty()) continue;
            const std::string text = description_of(figure);
            INFO(text);
            CHECK(std::any_of(figure.notes.begin(), figure.notes.end(), [](const std::string& note) { return note.starts_with("Ties: "); }));
            for (const std::string& note : figure.notes) CHECK_FALSE(note.starts_with("Surplus: buyers -"));
            double bid = 0.0, went_without = 0.0;
            for (const Series& series : figure.panels[0].series)
                for (const Datum& datum : series.data) {
                    if (series.id == "bids") bid += datum.key_end - datum.key;
                    if (series.id == "rationed" || series.id == "unmet") {
                        went_without += datum.key_end - datum.key;
                        CHECK(datum.reason.find(" went without ") != std::string::npos);
                        ++unserved;
                    }
                    if (series.id == "lowest") CHECK(datum.value <= store.of_market(t, market == "spot-t" ? "spot_t_usd_h" : "spot_i_usd_h"));
                }
            CHECK(went_without <= bid);
        }
    CHECK(unserved > 0);
}

TEST_CASE("Exposure is the share of a firm's contract and loan dollars that is with its largest counterparty, the highest first", "[viz][figure]") {
    for (const auto& [store, t] : {std::pair{&played_run(), played_run().last_t()}, {&failing_run(), failing_run().opening_t()}}) {
        FigureRequest request;
        request.at = t;
        const FigureModel figure = figure_of(*store, "exposure", request);
        check_figure(figure);
        const auto is_firm = [&, firms = store->firms()](const std::string& name) { return std::find(firms.begin(), firms.end(), name) != firms.end(); };
        const FigurePanel& panel = figure.panels.front();
        const std::vector<Datum>& bars = panel.series.front().data;
        REQUIRE(bars.size() == panel.key.categories.size());
        CHECK(bars.size() > 5);
        std::set<std::string> ranked;
        for (std::size_t i = 0; i < bars.size(); ++i) {
            const std::string& row = panel.key.categories[i];
            const std::string firm = row.substr(0, row.find(" on ")), party = row.substr(row.find(" on ") + 4);
            INFO(row << ": " << bars[i].reason);
            ranked.insert(firm);
            CHECK(is_firm(party));
            CHECK(bars[i].value == Approx(dollars(*store, t, firm, party) / dollars(*store, t, firm, "")));
            if (i > 0) CHECK(bars[i].value <= bars[i - 1].value);
            CHECK(bars[i].address == store->address(t, "firm=" + firm));
            CHECK(bars[i].reason.find(" that " + firm + " has by contract and loan are with " + party + ": ") != std::string::npos);
            for (const std::string& other : store->firms()) CHECK(dollars(*store, t, firm, other) <= dollars(*store, t, firm, party));
        }
        const Columns& contracts = store->table("contracts");
        for (auto [row, end] = contracts.rows_of(t); row < end; ++row)
            if (is_firm(contracts.text(row, "buyer")) && contracts.number(row, "backlog_usd") > 0.0)
                for (const char* side : {"seller", "buyer"}) CHECK(ranked.contains(contracts.text(row, side)));
        CHECK(description_of(figure).find(panel.key.categories.front() + " " + bars.front().label + " %;") != std::string::npos);
    }
}

TEST_CASE("Contract prices are those of the contracts that were signed in the quarter", "[viz][figure]") {
    const ReplayStore& store = played_run();
    const Columns& contracts = store.table("contracts");
    int signed_quarters = 0;
    const FigureModel prices = figure_of(store, "prices");
    for (const Series& series : prices.panels[0].series) {
        if (!series.id.starts_with("contract-")) continue;
        for (const Datum& datum : series.data) {
            if (!std::isfinite(datum.value)) continue;
            double low = 1e9, high = 0.0;
            for (auto [row, end] = contracts.rows_of(static_cast<int>(datum.key)); row < end; ++row) {
                low = std::min(low, contracts.number(row, "price_usd_h"));
                high = std::max(high, contracts.number(row, "price_usd_h"));
            }
            CHECK(datum.value >= low * (1.0 - 1e-12));
            CHECK(datum.value <= high * (1.0 + 1e-12));
            ++signed_quarters;
        }
    }
    CHECK(signed_quarters > 3);
}

TEST_CASE("Growth is in per cent of the quarter before, and a gap where there is none", "[viz][figure]") {
    const ReplayStore& store = played_run();
    const FigureModel levels = figure_of(store, "prices"), growth = growth_of(levels);
    CHECK(growth.is_growth);
    CHECK(growth.id == "prices-growth");
    const FigurePanel& panel = growth.panels.front();
    CHECK(panel.series.size() == levels.panels.front().series.size() - 1);  // the usual range is of levels
    const Series& spot = panel.series.back();
    const int first = store.opening_t();
    CHECK(std::isnan(spot.data[0].value));
    const double before = store.of_market(first, "spot_i_usd_h"), now = store.of_market(first + 1, "spot_i_usd_h");
    CHECK(spot.data[1].value == Approx(100.0 * (now / before - 1.0)));
    CHECK(spot.data[1].reason.find(" after ") != std::string::npos);
    CHECK(spot.data[1].address == levels.panels.front().series.back().data[1].address);
    CHECK_FALSE(can_be_growth(figure_of(store, "capacity").panels.front()));  // a stack
    CHECK_FALSE(growth_of(figure_of(store, "capacity")).is_growth);
    CHECK_FALSE(growth_of(figure_of(store, "events")).is_growth);
    FigurePanel losses = quarter_panel("losses", "losses", "$");
    Series one{"one", "one"};
    for (const double value : {-1.0, 2.0, 0.0, 3.0}) one.data.push_back({static_cast<double>(one.data.size()), value});
    losses.series.push_back(one);
    FigureModel figure;
    figure.panels.push_back(losses);
    const FigureModel grown = growth_of(figure);
    const std::vector<Datum>& data = grown.panels.front().series.front().data;
    CHECK((std::isnan(data[1].value) && std::isnan(data[3].value)));  // after nothing above zero
    CHECK(data[2].value == -100.0);
}

TEST_CASE("Infinite values become gaps with a warning", "[viz][figure]") {
    FigureModel figure;
    FigurePanel panel = quarter_panel("p", "p", "$");
    panel.series.push_back({"s", "s", MarkShape::line, 0});
    panel.series[0].data.push_back({9.0, std::numeric_limits<double>::infinity()});
    figure.panels.push_back(panel);
    figure = finish_figure(std::move(figure));
    CHECK(std::isnan(figure.panels[0].series[0].data[0].value));
    CHECK(figure.faults == std::vector<std::string>{"s is not finite at 2026Q2"});
}

TEST_CASE("Numbers on screen have four digits, separators and their unit", "[viz][figure]") {
    CHECK(short_number(1234567.0) == "1,234,567");
    CHECK(short_number(41.237) == "41.24");
    CHECK(short_number(0.35) == "0.35");
    CHECK(short_number(-1234.4) == "-1,234");
    CHECK(short_number(-0.0001) == "0");
    CHECK(short_number(100.0) == "100");
    CHECK(short_number(kNoValue).empty());
    FigureAxis axis = measure_axis("cash", "$");
    axis.shown_unit = "M$";
    axis.shown_scale = 1e6;
    CHECK(shown_text(axis, 412e6) == "412 M$");
    CHECK(signed_text(axis, 188e6) == "+188");
    CHECK(signed_text(axis, -121e6) == "-121");
}
