// Why a firm is in default: which of the tests failed, what was owed to whom, and how its accounts came to that.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/base/quarter_index.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/why_credit.h"

namespace rackrace {
namespace {

constexpr int kAccounts_q = 5;  // that are told, the default's quarter among them

std::string verdict(bool has_failed) { return has_failed ? "failed: " : "passed: "; }

/// A REPUDIATE shock that began at it, up to t.
std::string repudiation(const ReplayStore& store, int t, const std::string& firm) {
    const Columns& events = store.table("events");
    for (auto [row, end] = events.rows_of(t); row < end; ++row)
        if (events.text(row, "kind") == "shock" && events.text(row, "firm") == firm && events.text(row, "sentence").starts_with("REPUDIATE")) return events.text(row, "sentence");
    return "";
}

void add_tests(const ReplayStore& store, int t, const std::string& firm, Why& why) {
    const auto at = [&](const std::string& field) { return store.address(t, "firm=" + firm + "&field=" + field); };
    const double old = store.of_firm(t, firm, "arrears_old_usd"), missed = store.of_firm(t, firm, "missed_coupons"), most = store.parameter("default_missed_coupons");
    why.reasons.push_back({fmt::format("{}arrears of two quarters {}, none allowed", verdict(old > 0.0), musd_text(old)), at("arrears_old_usd")});
    why.reasons.push_back({fmt::format("{}{:.0f} coupons missed, {:.0f} are default; secured debt that is not paid counts as {:.0f}", verdict(missed >= most), missed, most, most), at("missed_coupons")});
    const bool is_called = store.of_firm(t, firm, "accelerated") > 0.0;
    Reason called{verdict(is_called) + (is_called ? "lenders called its loans" : "lenders called no loans"), at("breach_q")};
    if (is_called) called.behind = explain_breach(store, t, firm).reasons;
    why.reasons.push_back(std::move(called));
    const std::string shock = repudiation(store, t, firm);
    why.reasons.push_back({verdict(!shock.empty()) + (shock.empty() ? "no shock makes it repudiate" : shock)});
}

void add_debt(const ReplayStore& store, int t, const std::string& firm, Why& why) {
    Reason reason;
    double sum = 0.0;
    for (const std::size_t row : loan_rows(store, t, firm)) {
        sum += store.table("loans").number(row, "principal_usd");
        reason.behind.push_back(loan_reason(store, t, row));
    }
    reason.text = fmt::format("owes lenders {} in {} loans", usd_text(sum), reason.behind.size());
    reason.address = store.address(t, "firm=" + firm + "&field=debt_usd");
    why.reasons.push_back(std::move(reason));
}

/// What it did not pay in the quarter: the posting before one of arrears is the bill.
void add_arrears(const ReplayStore& store, int t, const std::string& firm, Why& why) {
    const Columns& postings = store.table("postings");
    std::map<std::pair<std::string, std::string>, double> by_creditor;
    double sum = 0.0;
    for (auto [row, end] = postings.rows_of(t); row < end; ++row) {
        if (postings.text(row, "kind") != "arrears" || postings.text(row, "payer") != firm) continue;
        const std::string bill = row > 0 && postings.text(row - 1, "payer") == firm && postings.text(row - 1, "payee") == postings.text(row, "payee") ? postings.text(row - 1, "kind") : "bill";
        by_creditor[{postings.text(row, "payee"), bill}] += postings.number(row, "amount_usd");
        sum += postings.number(row, "amount_usd");
    }
    Reason reason;
    reason.text = fmt::format("did not pay {} of {}", usd_text(sum), quarter_name(t));
    reason.address = store.address(t, "firm=" + firm + "&field=arrears_new_usd");
    std::vector<std::pair<double, std::string>> rows;
    for (const auto& [key, usd] : by_creditor) rows.emplace_back(usd, fmt::format("{} to {}: {}", usd_text(usd), key.first, key.second));
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    for (const auto& [usd, text] : rows) {
        std::string words = text;
        std::replace(words.begin(), words.end(), '_', ' ');
        reason.behind.push_back({words});
    }
    why.reasons.push_back(std::move(reason));
}

void add_accounts(const ReplayStore& store, int t, const std::string& firm, Why& why) {
    Reason reason{"accounts of the quarters up to it"};
    const auto text = [&](int q, const char* column) { return musd_text(store.of_firm(q, firm, column)); };
    for (int q = std::max(store.opening_t(), t - kAccounts_q + 1); q <= t; ++q)
        reason.behind.push_back({fmt::format("{}: cash {}, EBITDA {}, interest {}, capital expenditure {}, debt {}, take-or-pay received {}, L {}, C {}, rating {:.0f}", quarter_name(q),
                                             text(q, "cash_usd"), text(q, "ebitda_usd"), text(q, "interest_usd"), text(q, "capex_usd"), text(q, "debt_usd"), text(q, "takeorpay_receipts_usd"),
                                             short_number(store.of_firm(q, firm, "leverage_ratio")), short_number(store.of_firm(q, firm, "coverage_ratio")), store.of_firm(q, firm, "rating")),
                                 store.address(q, "firm=" + firm)});
    why.reasons.push_back(std::move(reason));
}

void add_since(const ReplayStore& store, int from, int t, const std::string& firm, Why& why) {
    const Columns& events = store.table("events");
    for (std::size_t row = 0; row < events.rows(); ++row) {
        const std::string& kind = events.text(row, "kind");
        const int at = events.quarter(row);
        if (events.text(row, "firm") == firm && at > from && at <= t && (kind == "reorganised" || kind == "liquidated" || kind == "acquired"))
            why.reasons.push_back({quarter_name(at) + ": " + events.text(row, "sentence"), store.address(at, "firm=" + firm)});
    }
}

}  // namespace

Why explain_default(const ReplayStore& store, int t, const std::string& firm) {
    Why why;
    why.address = store.address(t, "firm=" + firm + "&field=status");
    const std::string status = store.table("firms").text(store.firm_row(t, firm), "status");
    const int since = last_event(store, t, firm, "default");
    if (since < 0) {
        why.title = fmt::format("{} is {} in {}: no default up to then", firm, status, quarter_name(t));
        add_tests(store, t, firm, why);
        return why;
    }
    why.title = fmt::format("{} went into default in {}{}", firm, quarter_name(since), since == t ? "" : fmt::format("; in {} it is {}", quarter_name(t), status));
    add_tests(store, since, firm, why);
    add_debt(store, since, firm, why);
    add_arrears(store, since, firm, why);
    add_accounts(store, since, firm, why);
    add_since(store, since, t, firm, why);
    return why;
}

}  // namespace rackrace
