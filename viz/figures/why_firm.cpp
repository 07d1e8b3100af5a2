// What can be asked about a firm, and the way to it: its standing, its covenants, its loans.
#include <fmt/format.h>

#include <algorithm>

#include "engine/base/quarter_index.h"
#include "engine/scenario/csv.h"
#include "engine/scenario/tables.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/why_credit.h"
#include "viz/figures/why_number.h"

namespace rackrace {
namespace {

/// Short: everything that can be asked further has its address.
Why overview(const ReplayStore& store, int t, const std::string& firm) {
    Why why;
    why.address = store.address(t, "firm=" + firm);
    const Why standing = explain_default(store, t, firm), covenants = explain_breach(store, t, firm);
    why.title = fmt::format("{} in {}: {}", firm, quarter_name(t), store.table("firms").text(store.firm_row(t, firm), "status"));
    why.reasons.push_back({standing.title, standing.address});
    why.reasons.push_back({covenants.title, covenants.address});
    const Why rating = explain_rating(store, t, firm, "rating");
    why.reasons.push_back({rating.title, rating.address});
    for (const std::size_t row : loan_rows(store, t, firm)) why.reasons.push_back(loan_reason(store, t, row));
    const Columns& contracts = store.table("contracts");
    for (const bool is_sold : {true, false}) {
        Reason reason;
        double left = 0.0;
        for (auto [row, end] = contracts.rows_of(t); row < end; ++row) {
            if (contracts.text(row, is_sold ? "seller" : "buyer") != firm) continue;
            left += contracts.number(row, "backlog_usd");
            reason.behind.push_back({fmt::format("contract {:.0f} {} {}: {} H100e at {:.2f} $/h until {}, {} left", contracts.number(row, "contract"), is_sold ? "for" : "of",
                                                 contracts.text(row, is_sold ? "buyer" : "seller"), short_number(contracts.number(row, "quantity_h100e")), contracts.number(row, "price_usd_h"),
                                                 contracts.text(row, "end_quarter"), musd_text(contracts.number(row, "backlog_usd"))),
                                     store.address(t, fmt::format("contract={:.0f}", contracts.number(row, "contract")))});
        }
        reason.text = fmt::format("{} {} contract{}, {} of take-or-pay left", is_sold ? "sells by" : "buys by", reason.behind.size(), reason.behind.size() == 1 ? "" : "s", musd_text(left));
        why.reasons.push_back(std::move(reason));
    }
    return why;
}

}  // namespace

std::string usd_text(double usd) {
    std::string text = fmt::format("{:.0f}", usd);
    for (std::size_t at = text.size(), first = usd < 0.0 ? 1 : 0; at > first + 3;) text.insert(at -= 3, ",");
    return text + " $";
}

std::string musd_text(double usd) { return fmt::format("{:.1f} M$", usd / 1e6); }
std::string percent_text(double share) { return fmt::format("{:.2f} %", 100.0 * share); }

std::vector<std::size_t> loan_rows(const ReplayStore& store, int t, const std::string& firm) {
    const Columns& loans = store.table("loans");
    std::vector<std::size_t> out;
    for (auto [row, end] = loans.rows_of(t); row < end; ++row)
        if (loans.text(row, "firm") == firm) out.push_back(row);
    return out;
}

Reason loan_reason(const ReplayStore& store, int t, std::size_t row) {
    const Columns& loans = store.table("loans");
    std::string kind = loans.text(row, "kind");
    std::replace(kind.begin(), kind.end(), '_', '-');
    const double left = loans.number(row, "left_q");
    Reason reason;
    reason.text = fmt::format("loan {:.0f}: {}{}, {} owed to {} at {} a year{}, {}", loans.number(row, "slot"), loans.number(row, "is_secured") > 0.0 ? "secured " : "", kind,
                              usd_text(loans.number(row, "principal_usd")), loans.text(row, "creditor"), percent_text(loans.number(row, "rate_apr")),
                              loans.number(row, "is_floating") > 0.0 ? " over the policy rate" : "",
                              kind == "revolver" ? "without a date" : left == 1.0 ? "one quarter left" : fmt::format("{:.0f} quarters left", left));
    reason.address = store.address(t, fmt::format("firm={}&loan={:.0f}", loans.text(row, "firm"), loans.number(row, "slot")));
    return reason;
}

int last_event(const ReplayStore& store, int t, const std::string& firm, const std::string& kind) {
    const Columns& events = store.table("events");
    int last = -1;
    for (std::size_t row = 0; row < events.rows(); ++row)
        if (events.quarter(row) <= t && events.text(row, "kind") == kind && events.text(row, "firm") == firm) last = events.quarter(row);
    return last;
}

Result<Why> explain_firm(const ReplayStore& store, const Address& address, int t) {
    const std::string firm = address.value("firm"), loan = address.value("loan"), field = address.value("field");
    const auto refuse = [&](std::string fact, std::string advice) { return Refusal{address.run, 0, 0, std::move(fact), std::move(advice)}; };
    const auto& firms = store.firms();
    if (firm.empty()) return refuse("a loan is of a firm, and none is named", "write firm=F&loan=N");
    if (std::find(firms.begin(), firms.end(), firm) == firms.end()) return refuse("there is no firm '" + firm + "'", suggestion(firm, firms));
    if (!loan.empty()) {
        for (const std::size_t row : loan_rows(store, t, firm))
            if (fmt::format("{:.0f}", store.table("loans").number(row, "slot")) == loan) return explain_loan(store, t, firm, row);
        std::string all;
        for (const std::size_t row : loan_rows(store, t, firm)) all += fmt::format("{}{:.0f}", all.empty() ? "" : ", ", store.table("loans").number(row, "slot"));
        return refuse(fmt::format("{} has no loan {} in {}", firm, loan, quarter_name(t)), all.empty() ? "it owes lenders nothing" : "its loans are " + all);
    }
    if (field.empty()) return overview(store, t, firm);
    if (field == "status" || field == "missed_coupons" || field == "arrears_new_usd" || field == "arrears_old_usd") return explain_default(store, t, firm);
    if (field == "breach_q" || field == "accelerated") return explain_breach(store, t, firm);
    if (is_rating_field(field)) return explain_rating(store, t, firm, field);
    const std::vector<std::string> known = column_names("firms");
    if (std::find(known.begin(), known.end(), field) != known.end()) return explain_firm_number(store, t, firm, field);
    const std::string near = nearest_word(field, known);
    return refuse("'firm=" + firm + "&field=" + field + "' has no explanation",
                  near.empty() ? "explained of a firm are the columns of table firms, loan=N and order=N; docs/replay-format.md lists them" : "did you mean 'firm=" + firm + "&field=" + near + "'?");
}

}  // namespace rackrace
