// The payoffs of the firms, with numbers that a reader can work out: with w = 15 a quarter's discount is 16^(-1/4) = 1/2, four quarters' 1/16.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/engine/sealed.h"
#include "tests/viz/figure_checks.h"
#include "tests/viz/recorded_runs.h"
#include "viz/figures/firm_payoffs.h"

using namespace rackrace;

namespace {

// Basalt pays cobalt 1, 2, 3 and 4 M$ for chips in the quarters played and 12,345 $ of interest in each; amber writes off 777 $ a quarter. At the opening all have
// 20 B$ of cash, and debts of 4, 5 and 6 B$. Basalt's EBITDA is 30 B$ a quarter, so its operations are worth 120 / 15 = 8 B$.
constexpr const char* kByHand =
    "UPDATE runs SET layout='00000000000000ff';"  // states that are not checked
    "UPDATE params SET value=15 WHERE name IN ('discount_rate_apr', 'present_value_rate_apr');"
    "UPDATE params SET value=0 WHERE name='terminal_growth_apr';"
    "UPDATE params SET value=0.5 WHERE name='site_liquidation_frac';"
    "UPDATE params SET value=4 WHERE name IN ('liquidation_adder_q', 'terminal_window_q', 'quarters_per_year');"
    "UPDATE firms SET ebitda_usd=30000000000 WHERE firm='basalt';"
    "UPDATE firms SET book_equity_usd=-3108 WHERE firm='amber' AND quarter='2027Q1';"
    "UPDATE firms SET book_equity_usd=-49380 WHERE firm='basalt' AND quarter='2027Q1';"
    "UPDATE firms SET book_equity_usd=10000000 WHERE firm='cobalt' AND quarter='2027Q1';";

FigureModel payoffs_of(const ReplayStore& store, int t) {
    FigureRequest request;
    request.at = t;
    return figure_of(store, "payoffs", request);
}

/// The payoffs of the tiny run with the numbers above and more of them changed.
FigureModel by_hand(const std::string& more = {}) {
    const TemporaryFolder folder;
    const auto run = record_tiny(folder.path());
    change_and_seal(run / "replay.sqlite", kByHand + more);
    const FigureModel figure = figure_of(opened_run(run), "payoffs");
    check_figure(figure);
    return figure;
}

const Datum& datum_of(const FigureModel& figure, const std::string& firm, const std::string& series) {
    for (const FigurePanel& panel : figure.panels)
        for (const Series& one : panel.series)
            for (const Datum& datum : one.data)
                if (one.id == series && key_text(panel.key, datum.key) == firm) return datum;
    FAIL("no " << series << " of " << firm);
    static const Datum none;
    return none;
}

double npv_of(const FigureModel& figure, const std::string& firm) { return datum_of(figure, firm, "npv").value; }

bool is_noted(const FigureModel& figure, const std::string& words) {
    return std::any_of(figure.notes.begin(), figure.notes.end(), [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE("Payoffs rank the firms by owners' value, beside what their cash and operations are worth and what they earned", "[viz][payoffs]") {
    const FigureModel figure = by_hand();
    CHECK(figure.faults.empty());
    REQUIRE(figure.panels.size() == 1);
    CHECK(figure.panels[0].key.categories == std::vector<std::string>{"cobalt", "amber", "basalt"});
    CHECK(figure.panels[0].measure.shown_unit == "B$");
    CHECK(datum_of(figure, "cobalt", "value").value == Approx(144e9));
    CHECK(datum_of(figure, "basalt", "value").value == Approx(66e9));
    // 1/2 + 2/4 + 3/8 + 4/16 = 1.625 M$ of free cash flow; 8/16 B$ of operations; cash less debt at the opening
    CHECK(npv_of(figure, "cobalt") == Approx(1.625e6 + 14e9).epsilon(1e-10));
    CHECK(npv_of(figure, "amber") == Approx(16e9).epsilon(1e-10));
    CHECK(npv_of(figure, "basalt") == Approx(-1.625e6 + 0.5e9 + 15e9).epsilon(1e-10));
    CHECK(datum_of(figure, "cobalt", "profit").value == 10e6);
    CHECK(datum_of(figure, "amber", "profit").value == -3108.0);
    CHECK(datum_of(figure, "basalt", "profit").value == -49380.0);
    const std::string reason = datum_of(figure, "basalt", "npv").reason;
    INFO(reason);
    CHECK(reason.find("at 1,500 % a year: -1.625 M$ of free cash flow + 500 M$ of terminal value (8 B$ in 2027Q1, normal free cash flow for ever) less -15 B$ of net debt in 2026Q1") != std::string::npos);
    const std::string words = description_of(figure);
    INFO(words);
    CHECK(words.find("cobalt owners' value 144 B$; cobalt NPV of free cash flow 14 B$; cobalt accounting profit 0.01 B$; amber ") != std::string::npos);
    CHECK(words.find("cobalt is worth most to its owners: 144 B$.") != std::string::npos);
}

TEST_CASE("New shares, payouts and buy-backs are neither profit nor free cash flow", "[viz][payoffs]") {
    const FigureModel figure = by_hand(
        "INSERT INTO postings VALUES ('2026Q2', 100, 3, 'share_issue', 'investor', 'cobalt', 5000000, 0);"
        "INSERT INTO postings VALUES ('2026Q2', 101, 3, 'share_buy_back', 'cobalt', 'investor', 1000000, 0);"
        "INSERT INTO postings VALUES ('2026Q2', 102, 14, 'payout', 'cobalt', 'investor', 3000000, 0);"
        "UPDATE firms SET book_equity_usd=11000000 WHERE firm='cobalt' AND quarter='2027Q1';");
    CHECK(figure.faults.empty());
    CHECK(datum_of(figure, "cobalt", "profit").value == 10e6);
    CHECK(npv_of(figure, "cobalt") == Approx(1.625e6 + 14e9).epsilon(1e-10));
    const std::string reason = datum_of(figure, "cobalt", "profit").reason;
    INFO(reason);
    CHECK(reason.find("to 11 M$, with 5 M$ of new shares, 4 M$ paid out and bought back") != std::string::npos);
}

TEST_CASE("A bill that waits is no free cash flow yet, and one of lenders never", "[viz][payoffs]") {
    const FigureModel figure = by_hand(
        "INSERT INTO postings VALUES ('2026Q2', 100, 14, 'arrears', 'basalt', 'utility', 2000000, 0);"
        "INSERT INTO postings VALUES ('2026Q2', 101, 14, 'arrears', 'basalt', 'investor', 64000000, 0);");
    CHECK(npv_of(figure, "basalt") == Approx(-1.625e6 + 1e6 + 0.5e9 + 15e9).epsilon(1e-10));
}

TEST_CASE("A supplier's sale on credit is its free cash flow as the buyer pays it back, with the interest", "[viz][payoffs]") {
    const FigureModel figure = by_hand(
        "INSERT INTO postings VALUES ('2026Q2', 100, 14, 'vendor_credit', 'cobalt', 'basalt', 4000000, 0);"
        "INSERT INTO postings VALUES ('2026Q3', 100, 14, 'debt_repayment', 'basalt', 'cobalt', 4000000, 0);"
        "INSERT INTO postings VALUES ('2026Q3', 101, 14, 'interest', 'basalt', 'cobalt', 400000, 0);");
    CHECK(npv_of(figure, "cobalt") == Approx(1.625e6 - 2e6 + 1.1e6 + 14e9).epsilon(1e-12));
    CHECK(npv_of(figure, "basalt") == Approx(-1.625e6 + 0.5e9 + 15e9).epsilon(1e-12));  // the buyer's are its lenders'
}

TEST_CASE("A firm that brings more broken up is worth that, less what its leases owe as far as the replay tells", "[viz][payoffs]") {
    // 250,000 chips at 0.1 M$, half of the sites' book, deposits, 4 quarters of the adder on 400,000 kW, less a quarter of rent on 1 GW at 1/2
    const std::string dear_chips =
        "UPDATE products SET resale_usd_chip=100000 WHERE product='axe';"
        "UPDATE firms SET sites_book_usd=1000000000, grid_deposits_usd=300000000 WHERE firm='basalt';"
        "UPDATE regions SET adder_usd_kw_q=250 WHERE region='south';"
        "UPDATE sites SET lease_kw=1000000, lease_rent_usd_kw_q=2000, lease_left_q=1 WHERE firm='basalt';";
    const double broken_up = 25e9 + 0.5e9 + 0.3e9 + 0.4e9 - 1e9;
    const FigureModel figure = by_hand(dear_chips);
    CHECK(npv_of(figure, "basalt") == Approx(-1.625e6 + broken_up / 16.0 + 15e9).epsilon(1e-10));
    CHECK(datum_of(figure, "basalt", "npv").reason.find("(25.2 B$ in 2027Q1, broken up)") != std::string::npos);
    CHECK(is_noted(figure, "Terminal value of amber, basalt, broken up: leases outside the model, which this replay does not tell"));
    CHECK_FALSE(is_noted(by_hand(), "broken up"));
    // L x forward EBITDA is 6 B$ above debt less half of the cash: 1 B$ of leases in the model, 5 B$ outside
    const FigureModel told = by_hand(dear_chips +
                                     "UPDATE params SET value=0.5 WHERE name='leverage_cash_frac';"
                                     "UPDATE firms SET leverage_ratio=0.1, ebitda_forward_usd=1e10 WHERE firm='basalt' AND quarter='2026Q1';");
    CHECK(npv_of(told, "basalt") == Approx(-1.625e6 + (broken_up - 5e9) / 16.0 + 15e9).epsilon(1e-10));
    CHECK(is_noted(told, "Terminal value of amber, broken up: "));
}

TEST_CASE("A firm that is gone keeps what it came to, and earns no more", "[viz][payoffs]") {
    const FigureModel figure = by_hand(
        "UPDATE firms SET status='acquired', ebitda_usd=0 WHERE firm='basalt' AND quarter>='2026Q4';"
        "DELETE FROM holdings WHERE firm='basalt' AND quarter>='2026Q4';"
        "INSERT INTO events SELECT '2026Q4', 1000, 'acquired', 'basalt', 'amber', 1.0, 'amber takes over basalt';");
    CHECK(npv_of(figure, "basalt") == Approx(-1.625e6 + 15e9).epsilon(1e-10));
    for (const char* series : {"value", "npv", "profit"}) CHECK(datum_of(figure, "basalt", series).reason.ends_with(", acquired 2026Q4 by amber"));
}

TEST_CASE("Profits that the books do not show are a fault of the figure", "[viz][payoffs]") {
    const FigureModel figure = figure_of(tiny_run(), "payoffs");
    REQUIRE(figure.faults.size() == 1);
    CHECK(figure.faults[0].find("sums differ: book equity of the firms in 2026Q1 with profit") != std::string::npos);
}

TEST_CASE("Before a terminal value can be told the payoffs go without the NPV and say why", "[viz][payoffs]") {
    const ReplayStore& store = played_run();
    const FigureModel early = payoffs_of(store, store.opening_t() + 2), later = payoffs_of(store, store.opening_t() + 3);
    for (const FigureModel* figure : {&early, &later}) {
        check_figure(*figure);
        CHECK(figure->faults.empty());
        for (const FigurePanel& panel : figure->panels) CHECK(panel.series.size() == (figure == &early ? 2 : 3));
    }
    CHECK(is_noted(early, "No NPV of free cash flow: its terminal value takes 4 quarters, the run has 3 up to 2026Q3."));
    CHECK_FALSE(is_noted(later, "No NPV"));
    check_figure(payoffs_of(store, store.opening_t()));
}

TEST_CASE("All firms of a run stand in two halves, from the most owners' value down", "[viz][payoffs]") {
    for (const ReplayStore* store : {&played_run(), &failing_run()}) {
        const FigureModel figure = figure_of(*store, "payoffs");
        check_figure(figure);
        CHECK(figure.faults.empty());
        REQUIRE(figure.panels.size() == 2);
        double last = std::numeric_limits<double>::infinity();
        std::size_t firms = 0;
        for (const FigurePanel& panel : figure.panels) {
            CHECK(panel.measure.shown_unit == "B$");
            for (const Datum& datum : panel.series.front().data) {
                CHECK(datum.value <= last);
                CHECK(datum.value == store->of_firm(store->last_t(), key_text(panel.key, datum.key), "value_usd"));
                last = datum.value;
                ++firms;
            }
        }
        CHECK(firms == store->firms().size());
    }
}

TEST_CASE("The terminal value of operations is the one in the engine's value of all shares", "[viz][payoffs]") {
    const ReplayStore& store = played_run();
    const int t = store.last_t();
    int suppliers = 0;
    for (const FirmPayoff& one : firm_payoffs(store, t)) {
        if (store.role_of(one.firm) != "supplier") continue;  // who neither buys nor sells compute ahead: nothing else weighs on it
        const auto of = [&](const char* column) { return store.of_firm(t, one.firm, column); };
        const double in_progress = of("building_usd") + of("chip_deposits_usd") + of("prepaid_compute_usd") - of("deferred_revenue_usd");
        const double net_debt = of("debt_usd") + of("payables_usd") - of("cash_usd");
        INFO(one.firm);
        CHECK(of("terminal_value_usd") == Approx(one.terminal_usd + in_progress - net_debt).epsilon(1e-9));
        CHECK(one.discount == Approx(std::pow(1.0 + one.rate_apr, -2.5)));  // ten quarters
        ++suppliers;
    }
    CHECK(suppliers == 3);
}
