// Why a loan costs what it costs: what it pays now, and how the credit market came to its rate when it was lent.
#include <fmt/format.h>

#include <cmath>

#include "engine/base/quarter_index.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/why_book.h"
#include "viz/figures/why_credit.h"

namespace rackrace {
namespace {

constexpr double kDigits = 1e6;  // rates are shown in ten thousandths of a percent

/// A sum of rates whose shown parts add up to the shown total: what rounding leaves is in the last part.
std::string rate_sum(double total, const std::vector<std::pair<std::string, double>>& parts) {
    const auto text = [](double digits) { return fmt::format("{:.4f} %", digits / kDigits * 100.0); };
    double left = std::round(total * kDigits);
    std::string out = text(left) + " =";
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const double part = i + 1 == parts.size() ? left : std::round(parts[i].second * kDigits);
        left -= part;
        out += fmt::format(" {}{} {}", i == 0 ? "" : part < 0.0 ? "- " : "+ ", parts[i].first, text(i == 0 ? part : std::abs(part)));
    }
    return out;
}

/// What the market of a quarter told a firm about loans of a kind.
struct Told {
    int t = -1;
    double rate_apr = 0.0, asked_musd = 0.0, got_musd = 0.0;
};

/// The last one up to t that gave something; t is -1 where there is none.
Told told_up_to(const ReplayStore& store, int t, const std::string& firm, const std::string& kind) {
    const Columns& fills = store.table("fills");
    const std::string subject = kind == "convertible" ? "convert" : kind;
    for (; t >= store.opening_t(); --t) {
        Told told;
        double weighted = 0.0;
        for (auto [row, end] = fills.rows_of(t); row < end; ++row) {
            if (fills.text(row, "verb") != "borrow" || fills.text(row, "firm") != firm || fills.text(row, "subject") != subject) continue;
            told.asked_musd += fills.number(row, "asked");
            told.got_musd += fills.number(row, "got");
            weighted += fills.number(row, "got") * fills.number(row, "price");
        }
        if (told.got_musd <= 0.0) continue;
        told.t = t;
        told.rate_apr = weighted / told.got_musd;
        return told;
    }
    return {};
}

/// The quarter in which a tranche began: loans are a quarter old at the close of it, those of the opening none. Merged ones have the older's age.
int first_quarter(const ReplayStore& store, std::size_t row) {
    const Columns& loans = store.table("loans");
    const int age = static_cast<int>(loans.number(row, "age_q")), t = loans.quarter(row) - std::max(0, age - 1);
    if (t > store.opening_t() + 1) return t;
    for (const std::size_t one : loan_rows(store, store.opening_t(), loans.text(row, "firm")))
        if (loans.number(one, "slot") == loans.number(row, "slot") && loans.text(one, "kind") == loans.text(row, "kind")) return store.opening_t();
    return t;
}

Reason risk_reason(const ReplayStore& store, int t, const std::string& firm) {
    return {fmt::format("risk of {} at the close of {}: default probability {} a year, debt over forward EBITDA (L) {}, coverage of interest (C) {}, rating {:.0f}, sentiment {}", firm,
                        quarter_name(t), percent_text(store.of_firm(t, firm, "default_probability_apr")), short_number(store.of_firm(t, firm, "leverage_ratio")),
                        short_number(store.of_firm(t, firm, "coverage_ratio")), store.of_firm(t, firm, "rating"), short_number(store.of_market(t, "sentiment"))),
            store.address(t, "firm=" + firm + "&field=default_probability_apr")};
}

void add_market(const ReplayStore& store, const std::string& firm, const std::string& kind, const Told& told, Why& why) {
    const double policy = store.of_market(told.t, "policy_rate_apr"), addon = store.of_market(told.t, "credit_addon_apr");
    std::vector<std::pair<std::string, double>> parts = {{"policy rate", policy}};
    double spread = told.rate_apr - policy - addon;
    if (kind != "project") {
        parts.emplace_back("term premium", store.parameter("term_premium_apr"));
        spread -= store.parameter("term_premium_apr");
    }
    parts.emplace_back("add-on z of the clearing", addon);
    parts.emplace_back(kind == "convertible" ? "spread less the coupon given up for the right to convert" : "spread for its risk", spread);
    Reason reason;
    reason.text = fmt::format("lent at {}: {}", quarter_name(told.t), rate_sum(told.rate_apr, parts));
    reason.behind.push_back({fmt::format("asked for {}, got {}", musd_text(1e6 * told.asked_musd), musd_text(1e6 * told.got_musd))});
    reason.behind.push_back({fmt::format("credit market of {}: {} on offer, {} asked for after the cut to room, {} lent: z {}", quarter_name(told.t),
                                         musd_text(store.of_market(told.t, "credit_supply_usd")), musd_text(store.of_market(told.t, "credit_asked_usd")),
                                         musd_text(store.of_market(told.t, "credit_filled_usd")), percent_text(addon))});
    if (told.t > store.opening_t()) reason.behind.push_back(risk_reason(store, told.t - 1, firm));
    reason.behind.push_back({"lenders judged the firm as it is after the loan, which is not recorded; the spread is what the rate told to it leaves"});
    why.reasons.push_back(std::move(reason));
}

/// What it pays now.
Reason now_reason(const ReplayStore& store, int t, const std::string& firm, std::size_t row) {
    const Columns& loans = store.table("loans");
    const double rate = loans.number(row, "rate_apr");
    const bool is_floating = loans.number(row, "is_floating") > 0.0, has_covenants = loans.text(row, "kind") == "bond" || loans.number(row, "is_secured") > 0.0;
    const double policy = store.of_market(t, "policy_rate_apr");
    const double penalty = has_covenants && store.of_firm(t, firm, "breach_q") > 0.0 ? store.parameter("covenant_breach_penalty_apr") : 0.0;
    std::vector<std::pair<std::string, double>> parts;
    if (is_floating) parts.emplace_back("policy rate", policy);
    if (penalty > 0.0) parts.emplace_back("penalty while a covenant is broken", penalty);
    parts.emplace_back(is_floating ? "margin" : "fixed", rate);
    const double total = (is_floating ? std::max(0.0, policy + rate) : rate) + penalty;
    return {fmt::format("pays in {}: {}", quarter_name(t), rate_sum(total, parts)), store.address(t, fmt::format("firm={}&loan={:.0f}&field=rate_apr", firm, loans.number(row, "slot")))};
}

}  // namespace

Why explain_loan(const ReplayStore& store, int t, const std::string& firm, std::size_t row) {
    const Columns& loans = store.table("loans");
    const std::string kind = loans.text(row, "kind");
    Why why;
    why.address = store.address(t, fmt::format("firm={}&loan={:.0f}", firm, loans.number(row, "slot")));
    why.title = firm + ", " + loan_reason(store, t, row).text;
    why.reasons.push_back(now_reason(store, t, firm, row));
    const int since = first_quarter(store, row);
    if (since <= store.opening_t()) why.reasons.push_back({"in the opening books: its rate is a fact of the scenario"});
    else if (kind == "revolver")
        why.reasons.push_back({fmt::format("first drawn in {}: the margin is that of the firm's risk when it was drawn, weighted by the draws since", quarter_name(since)), "", "", 0, {},
                               {risk_reason(store, t, firm)}});
    else if (loans.text(row, "creditor") != "investor")
        why.reasons.push_back({fmt::format("lent by {} for its chips, since {}: on the terms that the supplier granted", loans.text(row, "creditor"), quarter_name(since))});
    else if (const Told told = told_up_to(store, since, firm, kind); told.t >= 0) {
        if (told.t < since) why.reasons.push_back({fmt::format("signed up to {}, drawn in {}: the margin over the policy rate is the mean of what was signed and not drawn", quarter_name(told.t), quarter_name(since))});
        add_market(store, firm, kind, told, why);
    } else why.reasons.push_back({fmt::format("since {}: no order of it is recorded up to then", quarter_name(since))});
    return why;
}

}  // namespace rackrace
