// Which covenant a firm broke: every test of a quarter, value beside limit, loan by loan.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/base/quarter_index.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/why_credit.h"

namespace rackrace {
namespace {

constexpr int kCovenantPhase = 15;  // after the settlement, in which cash is swept

/// Principal that lenders took in the quarter after the tests, by slot of the firm's loans.
std::map<int, double> swept_by_slot(const ReplayStore& store, int t, const std::string& firm) {
    const Columns& postings = store.table("postings");
    std::map<int, double> out;
    for (auto [row, end] = postings.rows_of(t); row < end; ++row)
        if (postings.number(row, "phase") == kCovenantPhase && postings.text(row, "payer") == firm && postings.text(row, "kind") == "debt_repayment")
            out[static_cast<int>(postings.number(row, "reference"))] += postings.number(row, "amount_usd");
    return out;
}

double swept_usd(const ReplayStore& store, int t, const std::string& firm) {
    double sum = 0.0;
    for (const auto& [slot, usd] : swept_by_slot(store, t, firm)) sum += usd;
    return sum;
}

bool is_tested(const ReplayStore& store, std::size_t row) {
    const Columns& loans = store.table("loans");
    const bool has_covenants = loans.text(row, "kind") == "bond" || loans.number(row, "is_secured") > 0.0;
    return has_covenants && loans.number(row, "age_q") >= store.parameter("covenant_first_test_q");  // the tests count the quarter's age after them
}

std::string verdict(bool is_broken) { return is_broken ? "broken: " : "kept: "; }

Reason cash_reason(const ReplayStore& store, int t, const std::string& firm) {
    const double swept = swept_usd(store, t, firm), close = store.of_firm(t, firm, "cash_usd");
    const double least = store.parameter("min_cash_q") * store.of_firm(t, firm, "cash_costs_usd");
    Reason reason;
    reason.text = fmt::format("{}cash {}, at least {} ({} of the cash costs of the quarter)", verdict(close + swept < least), musd_text(close + swept), musd_text(least),
                              short_number(store.parameter("min_cash_q")));
    reason.address = store.address(t, "firm=" + firm + "&field=cash_usd");
    if (swept > 0.0) reason.behind.push_back({fmt::format("{} = {} at the close + {} that secured lenders took after the test", musd_text(close + swept), musd_text(close), musd_text(swept))});
    return reason;
}

bool is_late(const ReplayStore& store, std::size_t loan) { return store.table("loans").number(loan, "age_q") > store.parameter("covenant_leverage_step_q"); }

double leverage_limit(const ReplayStore& store, std::size_t loan) {
    return store.parameter(is_late(store, loan) ? "covenant_leverage_final_neocloud_ratio" : "covenant_leverage_initial_neocloud_ratio");
}

Reason leverage_reason(const ReplayStore& store, int t, const std::string& firm, std::size_t loan) {
    const double limit = leverage_limit(store, loan);
    const double leverage = store.of_firm(t, firm, "leverage_ratio");
    return {fmt::format("{}debt over forward EBITDA (L) {} at the close, at most {}{}", verdict(leverage > limit), short_number(leverage), short_number(limit),
                        is_late(store, loan) ? " of an old loan" : ""),
            store.address(t, "firm=" + firm + "&field=leverage_ratio")};
}

/// Interest and the part due of a contract-backed loan in the next settlement.
double service_of(const ReplayStore& store, int t, const std::string& firm, std::size_t row, double principal, double left) {
    const Columns& loans = store.table("loans");
    double rate = loans.number(row, "rate_apr");
    if (loans.number(row, "is_floating") > 0.0) rate = std::max(0.0, rate + store.of_market(t, "policy_rate_apr"));
    if (store.of_firm(t - 1, firm, "breach_q") > 0.0) rate += store.parameter("covenant_breach_penalty_apr");  // in breach before the test
    const double part = left <= 1.0 ? principal : loans.number(row, "is_amortising") > 0.0 ? principal / left : 0.0;
    return std::round(principal * rate / store.parameter("quarters_per_year")) + std::round(part);
}

/// Of all of them as they stood at the test, before lenders swept cash: those that it repaid in full are in the quarter before.
double service_usd(const ReplayStore& store, int t, const std::string& firm) {
    const Columns& loans = store.table("loans");
    std::map<int, double> swept = swept_by_slot(store, t, firm);
    double sum = 0.0;
    for (const std::size_t row : loan_rows(store, t, firm)) {
        if (loans.text(row, "kind") != "contract_backed") continue;
        const auto slot = static_cast<int>(loans.number(row, "slot"));
        sum += service_of(store, t, firm, row, loans.number(row, "principal_usd") + swept[slot], loans.number(row, "left_q"));
        swept.erase(slot);
    }
    for (const std::size_t row : loan_rows(store, t - 1, firm))
        if (const auto at = swept.find(static_cast<int>(loans.number(row, "slot"))); at != swept.end() && loans.text(row, "kind") == "contract_backed")
            sum += service_of(store, t, firm, row, at->second, loans.number(row, "left_q") - 1.0);
    return sum;
}

Reason cover_reason(const ReplayStore& store, int t, const std::string& firm) {
    const double receipts = store.of_firm(t, firm, "takeorpay_receipts_usd"), service = service_usd(store, t, firm), frac = store.parameter("covenant_dscr_receipts_frac");
    const double cover = frac * receipts / service, least = store.parameter("covenant_dscr_min_ratio");
    return {fmt::format("{}debt service cover {} = {} x take-or-pay received {} / service of the next quarter {} as it stood then, at least {}", verdict(cover < least), short_number(cover), short_number(frac),
                        musd_text(receipts), musd_text(service), short_number(least)),
            store.address(t, "firm=" + firm + "&field=takeorpay_receipts_usd")};
}

void add_consequences(const ReplayStore& store, int t, const std::string& firm, Why& why) {
    const double broken = store.of_firm(t, firm, "breach_q"), most = store.parameter("covenant_acceleration_breaches");
    const bool is_called = store.of_firm(t, firm, "accelerated") > 0.0;
    why.reasons.push_back({fmt::format("its loans with covenants cost {} a year more, it draws and pays out nothing, and cash above the least repays secured debt: {} in the quarter",
                                       percent_text(store.parameter("covenant_breach_penalty_apr")), musd_text(swept_usd(store, t, firm)))});
    if (is_called) why.reasons.push_back({fmt::format("lenders called the loans: {:.0f} breaches in a row, and its parts were worth as much to them as the firm", broken)});
    else if (broken >= most) why.reasons.push_back({fmt::format("{:.0f} breaches in a row, and lenders wait: a going concern is worth more to them than its parts", broken)});
    else why.reasons.push_back({fmt::format("lenders may call the loans once {:.0f} breaches stand in a row", most)});
}

}  // namespace

double covenant_headroom_frac(const ReplayStore& store, int t, const std::string& firm) {
    if (t == store.opening_t() || !absence_of(store, t, firm).empty() || store.table("firms").text(store.firm_row(t, firm), "status") == "chapter_11") return kNoValue;
    const Columns& loans = store.table("loans");
    const double least = store.parameter("min_cash_q") * store.of_firm(t, firm, "cash_costs_usd"), cash = store.of_firm(t, firm, "cash_usd") + swept_usd(store, t, firm);
    const double service = service_usd(store, t, firm), receipts = store.parameter("covenant_dscr_receipts_frac") * store.of_firm(t, firm, "takeorpay_receipts_usd");
    double headroom = kNoValue;
    const auto hold = [&](double frac) { headroom = std::isfinite(headroom) ? std::min(headroom, frac) : frac; };
    for (const std::size_t row : loan_rows(store, t, firm)) {
        if (!is_tested(store, row)) continue;
        if (least > 0.0) hold(cash / least - 1.0);
        if (store.role_of(firm) == "neocloud") hold(1.0 - store.of_firm(t, firm, "leverage_ratio") / leverage_limit(store, row));
        if (loans.text(row, "kind") == "contract_backed" && service > 0.0) hold(receipts / service / store.parameter("covenant_dscr_min_ratio") - 1.0);
    }
    return headroom;
}

Why explain_breach(const ReplayStore& store, int t, const std::string& firm) {
    Why why;
    const double broken = store.of_firm(t, firm, "breach_q");
    why.address = store.address(t, "firm=" + firm + "&field=breach_q");
    why.title = broken > 1.0 ? fmt::format("{} breaks a covenant in {}, {:.0f} quarters in a row", firm, quarter_name(t), broken)
                : broken > 0.0 ? fmt::format("{} breaks a covenant in {}", firm, quarter_name(t)) : fmt::format("{} breaks no covenant in {}", firm, quarter_name(t));
    const Columns& loans = store.table("loans");
    const bool is_neocloud = store.role_of(firm) == "neocloud";
    bool has_test = false, has_backed = false;
    int leverage_told = 0;
    for (const std::size_t row : loan_rows(store, t, firm)) {
        if (!is_tested(store, row)) continue;
        if (!has_test) why.reasons.push_back(cash_reason(store, t, firm));
        has_test = true;
        has_backed = has_backed || loans.text(row, "kind") == "contract_backed";
        const int limit = loans.number(row, "age_q") > store.parameter("covenant_leverage_step_q") ? 2 : 1;
        if (!is_neocloud || (leverage_told & limit) != 0) continue;
        leverage_told |= limit;
        why.reasons.push_back(leverage_reason(store, t, firm, row));
    }
    if ((has_backed || swept_usd(store, t, firm) > 0.0) && service_usd(store, t, firm) > 0.0) why.reasons.push_back(cover_reason(store, t, firm));
    if (!has_test) why.reasons.push_back({fmt::format("no loan is tested: covenants are of bonds and secured loans, from their {:.0f}th quarter on", store.parameter("covenant_first_test_q"))});
    else why.reasons.push_back({"tests come after the settlement and before the valuations: L is that of the close, which the cash that lenders took may have moved"});
    const bool is_seen = std::any_of(why.reasons.begin(), why.reasons.end(), [](const Reason& reason) { return reason.text.starts_with("broken: "); });
    if (broken > 0.0 && !is_seen) why.reasons.push_back({"which one is not seen at the close: L before lenders took cash, or a covenant of a loan that they took in full"});
    if (broken > 0.0) add_consequences(store, t, firm, why);
    return why;
}

}  // namespace rackrace
