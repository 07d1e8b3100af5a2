// Reasons of numbers that no auction set: every mark of every figure has them, and what they add up is the number, to the dollar and the piece.
#include <catch2/catch.hpp>

#include <cmath>
#include <functional>
#include <set>

#include "engine/base/quarter_index.h"
#include "engine/replay/replay_tables.h"
#include "tests/viz/recorded_runs.h"
#include "viz/figures/why.h"
#include "viz/figures/why_number.h"

using namespace rackrace;

namespace {

Why why_of(const ReplayStore& store, const std::string& text) {
    const auto address = parse_address(text);
    INFO(text);
    REQUIRE(address);
    auto why = explain(store, *address);
    INFO((why ? "" : why.error().text()));
    REQUIRE(why);
    return std::move(*why);
}

const Reason* with_split(const Why& why) {
    for (const Reason& reason : why.reasons)
        if (reason.split) return &reason;
    return nullptr;
}

/// Of all figures at a quarter, every firm's among them, the addresses of their marks.
std::set<std::string> addresses_at(const ReplayStore& store, int t, const std::string& firm) {
    std::set<std::string> out;
    for (const FigureKind& kind : figure_kinds()) {
        FigureRequest request;
        request.at = t;
        if (kind.wants_firm) request.firm = firm;
        for (const FigurePanel& panel : figure_of(store, kind.name, request).panels)
            for (const Series& series : panel.series)
                for (const Datum& datum : series.data) {
                    if (datum.address.empty()) continue;
                    INFO(kind.name << " " << datum.address << ": " << datum.reason);
                    if (std::isfinite(datum.value)) CHECK(datum.reason.find(' ') != std::string::npos);
                    CHECK_FALSE(datum.reason.starts_with("table "));
                    out.insert(datum.address);
                }
    }
    return out;
}

}  // namespace

TEST_CASE("Every mark that can be pinned has reasons in words", "[viz][why]") {
    for (const auto& [store, firm] : {std::pair{&played_run(), "coreweave"}, {&failing_run(), "nebius"}, {&tiny_run(), "basalt"}})
        for (const std::string& address : addresses_at(*store, store->last_t(), firm)) {
            const Why why = why_of(*store, address);
            INFO(address << "\n" << why_text(why));
            CHECK(why.title.find(' ') != std::string::npos);
            CHECK_FALSE(why.reasons.empty());
            for (const Reason& reason : why.reasons) CHECK(reason.text.find(' ') != std::string::npos);
            CHECK(why_text(why).find(" nan") == std::string::npos);
        }
}

TEST_CASE("Every number of a firm and of the market has reasons in words", "[viz][why]") {
    const ReplayStore& store = failing_run();
    for (const int t : {store.opening_t(), store.last_t()}) {
        for (const std::string& column : column_names("firms")) CHECK_FALSE(why_of(store, store.address(t, "firm=nebius&field=" + column)).reasons.empty());
        for (const std::string& column : column_names("quarters")) CHECK_FALSE(why_of(store, store.address(t, "market." + column)).reasons.empty());
    }
}

TEST_CASE("A firm's balances are last quarter's and what moved them, its flows the sum of their causes, to the dollar", "[viz][why]") {
    const ReplayStore& store = failing_run();
    int flows = 0;
    for (const int t : store.quarters()) {
        if (t == store.opening_t()) continue;
        for (const std::string& firm : store.firms()) {
            for (const char* column : {"cash_usd", "debt_usd", "book_equity_usd", "chips_book_usd", "payables_usd"}) {
                const Why why{"", "", money_reasons(store, t, firm, column)};
                INFO(firm << " " << column << " " << quarter_name(t) << "\n" << why_text(why));
                const Reason* split = with_split(why);
                CHECK(store.of_firm(t - 1, firm, column) + (split == nullptr ? 0.0 : split->split->now) == store.of_firm(t, firm, column));
                CHECK(why.reasons.back().text.ends_with(", to the dollar"));
            }
            for (const char* column : {"revenue_usd", "ebitda_usd", "capex_usd", "interest_usd", "payout_usd", "tax_usd", "ai_revenue_usd"}) {
                const Why why{"", "", money_reasons(store, t, firm, column)};
                INFO(firm << " " << column << " " << quarter_name(t) << "\n" << why_text(why));
                const Reason* split = with_split(why);
                CHECK((split == nullptr ? 0.0 : split->split->now) == store.of_firm(t, firm, column));
                CHECK(why_text(why).find("not in the postings") == std::string::npos);
                flows += split != nullptr;
            }
        }
    }
    CHECK(flows > 100);
}

TEST_CASE("The market's sums are those of the firms, the largest movers first", "[viz][why]") {
    const ReplayStore& store = played_run();
    for (const int t : store.quarters())
        for (const char* column : {"supply_mh", "capex_usd", "debt_usd", "backlog_usd", "owners_value_usd", "usable_it_kw", "hhi_compute", "firms_in_arrears", "bound_by_power", "made_chips", "arrears_usd"}) {
            const Why why = why_of(store, store.address(t, std::string("market.") + column));
            INFO(why_text(why));
            const Reason* reason = with_split(why);
            REQUIRE(reason != nullptr);
            CHECK(reason->split->now == Approx(store.of_market(t, column)).epsilon(1e-12));
            for (std::size_t i = 1; i < reason->split->parts.size(); ++i) {
                const auto change = [&](std::size_t at) { return std::abs(reason->split->parts[at].now - reason->split->parts[at].last); };
                CHECK(change(i) <= change(i - 1));
            }
        }
}

TEST_CASE("The firms in default are named, each with what became of it", "[viz][why]") {
    const ReplayStore& store = failing_run();
    int named = 0;
    for (const int t : store.quarters()) {
        const Why why = why_of(store, store.address(t, "market.firms_in_default"));
        INFO(why_text(why));
        if (store.of_market(t, "firms_in_default") == 0.0) continue;
        const Reason* reason = with_split(why);
        REQUIRE(reason != nullptr);
        CHECK(reason->split->now == store.of_market(t, "firms_in_default"));
        for (const Reason& firm : reason->behind) CHECK(firm.address.ends_with("&field=status"));
        named += static_cast<int>(reason->behind.size());
    }
    CHECK(named > 0);
}

TEST_CASE("Owners' value is what was paid out and what is there, goods those of products and regions", "[viz][why]") {
    const ReplayStore& store = played_run();
    for (const std::string& firm : store.firms())
        for (const char* column : {"value_usd", "installed_chips", "ordered_chips", "grid_kw", "shell_kw", "coming_kw", "backlog_usd", "sold_by_contract_h100e"}) {
            const Why why = why_of(store, store.address(store.last_t(), "firm=" + firm + "&field=" + column));
            INFO(why_text(why));
            const Reason* reason = with_split(why);
            REQUIRE(reason != nullptr);
            CHECK(reason->split->now == Approx(store.of_firm(store.last_t(), firm, column)).margin(0.5));
        }
}
