// Why a loan costs what it costs: what it pays now, and how the credit market came to its rate when it was lent.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/base/numbers.h"
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

/// Loans of all firms in the market of a quarter, $. The market's own figure of what it lent has venture rounds in it, which compete with nobody.
double loans_lent_usd(const ReplayStore& store, int t) {
    const Columns& fills = store.table("fills");
    double musd = 0.0;
    for (auto [row, end] = fills.rows_of(t); row < end; ++row)
        if (fills.text(row, "verb") == "borrow") musd += fills.number(row, "got");
    return 1e6 * musd;
}

Reason market_reason(const ReplayStore& store, int t) {
    const double asked = store.of_market(t, "credit_asked_usd"), lent = loans_lent_usd(store, t), addon = store.of_market(t, "credit_addon_apr");
    const double rounds = store.of_market(t, "credit_filled_usd") - lent;
    Reason reason{fmt::format("credit market of {}: {} on offer, loans of {} asked for after the cut to room, {} lent: z {}", quarter_name(t), musd_text(store.of_market(t, "credit_supply_usd")), musd_text(asked),
                              musd_text(lent), percent_text(addon))};
    if (addon > 0.0) reason.behind.push_back({"z is the highest margin over its quote that found no money; all who borrow pay it"});
    else if (asked - lent > 1.0) reason.behind.push_back({"nobody was turned away for want of money: what was not lent was quoted more than the highest rate of its request"});
    if (rounds > 1.0) reason.behind.push_back({fmt::format("beside them {} in venture rounds of labs, which do not compete for it", musd_text(rounds))});
    return reason;
}

/// A CREDIT shock moves sentiment before the market of its first quarter, and by how much is not recorded.
bool is_sentiment_known(const ReplayStore& store, int t) {
    const Columns& events = store.table("events");
    for (auto [row, end] = events.rows_of(t); row < end; ++row)
        if (events.text(row, "kind") == "shock" && events.text(row, "sentence").starts_with("CREDIT")) return false;
    return t > store.opening_t();
}

/// Default probability by the accounts of the close before and what the firm borrowed in quarter t up to a kind of loan: what lenders knew but for
/// the contracts and bills of the quarter before the market. kNoValue where those accounts do not tell.
double pd_with_loans(const ReplayStore& store, int t, const std::string& firm, const std::string& subject) {
    const auto before = [&](const char* column) { return store.of_firm(t - 1, firm, column); };
    const auto p = [&](const char* name) { return store.parameter(name); };
    const double ebitda = before("ebitda_forward_usd");
    if (!(ebitda > 0.0) || before("leverage_ratio") >= p("leverage_max_ratio") || before("leverage_ratio") <= 0.0) return kNoValue;
    double lent = 0.0, paid_out = 0.0, cash_in = 0.0, repaid = 0.0;
    const Columns &fills = store.table("fills"), &postings = store.table("postings");
    for (auto [row, end] = fills.rows_of(t); row < end; ++row) {
        if (fills.text(row, "verb") != "borrow" || fills.text(row, "firm") != firm) continue;
        const std::string& kind = fills.text(row, "subject");
        lent += 1e6 * fills.number(row, "got");
        if (kind == "bond" || kind == "convert") paid_out += 1e6 * fills.number(row, "got");
        if (kind == subject) break;
    }
    for (auto [row, end] = postings.rows_of(t); row < end; ++row) {
        if (postings.number(row, "phase") > 6) break;
        if (postings.text(row, "kind") == "share_issue" && postings.text(row, "payee") == firm) cash_in += postings.number(row, "amount_usd");
        if (postings.text(row, "kind") == "debt_repayment" && postings.text(row, "payer") == firm) repaid += postings.number(row, "amount_usd");
    }
    const double unsecured = store.of_market(t, "policy_rate_apr") + p("term_premium_apr") + spread_of(spread_rule(store, t, store.of_market(t - 1, "sentiment"), "bond"), before("default_probability_apr"));
    const double cash = paid_out + cash_in - repaid, owed = before("leverage_ratio") * ebitda + lent - repaid - p("leverage_cash_frac") * cash;
    const double interest = before("interest_usd") + lent * unsecured / p("quarters_per_year");
    FirmRisk risk = risk_at_close(store, t - 1, firm);
    risk.leverage = std::clamp(owed / ebitda, 0.0, p("leverage_max_ratio"));
    risk.coverage = interest > 0.0 ? std::clamp(ebitda / (p("quarters_per_year") * interest), 0.0, p("coverage_max_ratio")) : p("coverage_max_ratio");
    risk.assets_usd += cash;
    return logistic(risk_exponent(store, risk));
}

/// The spread by the rule's parts. The default probability that lenders found is not recorded: it is the one that the rate implies, beside those of the accounts.
void add_rule(const ReplayStore& store, int t, const std::string& firm, const std::string& kind, double spread_apr, Reason& reason) {
    const SpreadRule rule = spread_rule(store, t, store.of_market(t - 1, "sentiment"), kind);
    reason.behind.push_back({fmt::format("spread {}, the last one being what the rate implies", spread_text(rule, implied_pd_apr(rule, spread_apr)))});
    const double with_loans = pd_with_loans(store, t, firm, kind == "convertible" ? "convert" : kind);
    reason.behind.push_back({fmt::format("lenders judge the firm as the loan leaves it: by the accounts of {} {}{}; what differs are contracts and bills of {} before the market, which are in no column", quarter_name(t - 1),
                                         percent_text(store.of_firm(t - 1, firm, "default_probability_apr")), std::isfinite(with_loans) ? ", with what it borrows here " + percent_text(with_loans) : "", quarter_name(t))});
    reason.behind.push_back(risk_reason(store, t - 1, firm));
}

/// Who pays the firm by contract, as lenders saw them: default probability and rated part, by take-or-pay left.
struct Buyers {
    double owed_usd = 0.0, pd_apr = 0.0, rated_frac = 0.0;
};

Buyers buyers_of(const ReplayStore& store, int t, const std::string& firm) {
    const Columns& contracts = store.table("contracts");
    std::map<std::string, double> owed;  // netted: what it owes a buyer is taken off
    for (auto [row, end] = contracts.rows_of(t); row < end; ++row) {
        if (contracts.text(row, "seller") == firm) owed[contracts.text(row, "buyer")] += contracts.number(row, "backlog_usd");
        if (contracts.text(row, "buyer") == firm) owed[contracts.text(row, "seller")] -= contracts.number(row, "backlog_usd");
    }
    const double last_rated = store.parameter("rated_rating_max");
    const std::vector<double> ends = rating_ends(store);
    Buyers buyers;
    for (const auto& [buyer, usd] : owed) {
        if (!(usd > 0.0)) continue;
        const bool is_firm = store.firm_row(t - 1, buyer) < store.table("firms").rows();
        buyers.owed_usd += usd;
        buyers.pd_apr += usd * (is_firm ? store.of_firm(t - 1, buyer, "default_probability_apr") : ends[static_cast<std::size_t>(last_rated) - 1]);
        if (is_firm && store.of_firm(t - 1, buyer, "rating") <= last_rated) buyers.rated_frac += usd;
    }
    if (!(buyers.owed_usd > 0.0)) return {0.0, store.of_firm(t - 1, firm, "default_probability_apr"), 0.0};
    buyers.pd_apr /= buyers.owed_usd;
    buyers.rated_frac /= buyers.owed_usd;
    return buyers;
}

/// The same of a contract-backed loan, whose price follows the customers.
void add_backed_rule(const ReplayStore& store, int t, const std::string& firm, double spread_apr, Reason& reason) {
    const SpreadRule rule = spread_rule(store, t, store.of_market(t - 1, "sentiment"), "contract_backed");
    const Buyers buyers = buyers_of(store, t, firm);
    const double with_loans = pd_with_loans(store, t, firm, "contract_backed"), own = std::isfinite(with_loans) ? with_loans : store.of_firm(t - 1, firm, "default_probability_apr");
    const double of_buyers = store.parameter("abl_buyer_pd_weight_frac"), of_seller = store.parameter("abl_seller_pd_weight_frac"), pd = of_buyers * buyers.pd_apr + of_seller * own;
    const double rated = store.parameter("abl_rated_addition_apr"), unrated = store.parameter("abl_unrated_addition_apr"), added = buyers.rated_frac * rated + (1.0 - buyers.rated_frac) * unrated;
    reason.behind.push_back({fmt::format("by the rule and the columns of the quarter the spread is {} = {} for the risk + {} for the kind ({} on the {} of take-or-pay that rated buyers owe, {} on the rest); the rate has {}",
                                         percent_text(spread_of(rule, pd) + added), percent_text(spread_of(rule, pd)), percent_text(added), percent_text(rated), percent_text(buyers.rated_frac), percent_text(unrated),
                                         percent_text(spread_apr))});
    reason.behind.push_back({"risk: " + spread_text(rule, pd)});
    reason.behind.push_back({fmt::format("default probability {} = {} x customers' {} + {} x the firm's {} with what it borrows here; lenders weigh customers by present value, which is in no column, here by what they owe",
                                         percent_text(pd), of_buyers, percent_text(buyers.pd_apr), of_seller, percent_text(own))});
    reason.behind.push_back(risk_reason(store, t - 1, firm));
}

void add_market(const ReplayStore& store, const std::string& firm, const std::string& kind, const Told& told, Why& why) {
    const double policy = store.of_market(told.t, "policy_rate_apr"), addon = store.of_market(told.t, "credit_addon_apr"), term = store.parameter("term_premium_apr");
    std::vector<std::pair<std::string, double>> parts = {{"policy rate", policy}, {"term premium", term}, {"add-on z of the clearing", addon}};
    double spread = told.rate_apr - policy - addon - term;
    const double given_up = store.parameter("convertible_coupon_reduction_apr");
    const bool has_no_coupon = kind == "convertible" && told.rate_apr - addon <= 0.0;
    if (kind == "convertible" && !has_no_coupon) {
        parts.emplace_back("coupon given up for the right to convert", -given_up);
        spread += given_up;
    }
    parts.emplace_back(has_no_coupon ? "what the right to convert is worth, at most" : "spread for its risk", spread);
    Reason reason;
    reason.text = fmt::format("lent at {}: {}", quarter_name(told.t), rate_sum(told.rate_apr, parts));
    reason.behind.push_back({fmt::format("asked for {}, got {}", musd_text(1e6 * told.asked_musd), musd_text(1e6 * told.got_musd))});
    reason.behind.push_back(market_reason(store, told.t));
    if (has_no_coupon) reason.behind.push_back({fmt::format("its unsecured rate is {} or less, so it has no coupon and its spread cannot be told", percent_text(given_up))});
    else if (!is_sentiment_known(store, told.t)) reason.behind.push_back({"a CREDIT shock moved sentiment in the quarter before the market: the rule's parts are not recorded"});
    else if (kind == "contract_backed") add_backed_rule(store, told.t, firm, spread, reason);
    else add_rule(store, told.t, firm, kind, spread, reason);
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
