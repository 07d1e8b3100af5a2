// How lenders see a firm: default probability, rating, leverage and coverage, by the rule's terms out of the columns of the quarter.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/base/numbers.h"
#include "engine/base/quarter_index.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/why_book.h"
#include "viz/figures/why_credit.h"

namespace rackrace {
namespace {

/// A column of the firm now and a quarter ago: "4.89 (2026Q1: 4.21)".
std::string now_and_last(const ReplayStore& store, int t, double now, double last, const std::function<std::string(double)>& text) {
    return text(now) + (t > store.opening_t() && std::isfinite(last) ? fmt::format(" ({}: {})", quarter_name(t - 1), text(last)) : "");
}

std::string of_column(const ReplayStore& store, int t, const std::string& firm, const char* column, const std::function<std::string(double)>& text) {
    return now_and_last(store, t, store.of_firm(t, firm, column), store.of_firm(t - 1, firm, column), text);
}

std::string signed_part(double coefficient, const std::string& what) { return fmt::format(" {} {} x {}", coefficient < 0.0 ? "-" : "+", std::abs(coefficient), what); }

bool is_by_runway(const ReplayStore& store, int t, const std::string& firm) {
    return store.role_of(firm) == "lab" && !(store.of_firm(t, firm, "ebitda_forward_usd") > 0.0);
}

Reason formula_reason(const ReplayStore& store, int t, const std::string& firm) {
    const auto p = [&](const char* name) { return store.parameter(name); };
    const FirmRisk risk = risk_at_close(store, t, firm);
    const double size = std::max(p("size_min"), risk.assets_usd / p("size_unit_usd"));
    const double exponent = risk_exponent(store, risk);
    Reason reason{fmt::format("{} = logistic({:.3f}), {:.3f} = {}{}{}{}{}", percent_text(logistic(exponent)), exponent, exponent, p("pd_intercept"),
                              signed_part(p("pd_leverage_coefficient"), "L " + short_number(risk.leverage)),
                              signed_part(p("pd_coverage_coefficient"), "ln(1 + C " + short_number(risk.coverage) + ")"),
                              signed_part(p("pd_concentration_coefficient"), fmt::format("concentration {:.2f}", risk.concentration)),
                              signed_part(p("pd_size_coefficient"), "ln(size " + short_number(size) + ")"))};
    reason.behind.push_back({fmt::format("terms: {:+.3f} leverage, {:+.3f} coverage, {:+.3f} concentration of the backlog's customers, {:+.3f} size (assets {} over {})", p("pd_leverage_coefficient") * risk.leverage,
                                         p("pd_coverage_coefficient") * std::log(1.0 + risk.coverage), p("pd_concentration_coefficient") * risk.concentration, p("pd_size_coefficient") * std::log(size),
                                         musd_text(risk.assets_usd), musd_text(p("size_unit_usd")))});
    return reason;
}

/// A lab that earns nothing is judged by how long its cash lasts.
Reason runway_reason(const ReplayStore& store, int t, const std::string& firm) {
    const auto p = [&](const char* name) { return store.parameter(name); };
    const int window = static_cast<int>(p("runway_window_q"));
    Reason reason{fmt::format("a lab whose forward EBITDA is not above 0 is judged by its runway: {} = {} + {} x exp(-runway/{})", percent_text(store.of_firm(t, firm, "default_probability_apr")),
                              p("runway_pd_floor_apr"), p("runway_pd_slope_apr"), p("runway_pd_scale_q"))};
    double outflow = 0.0;
    for (int q = 0; q < window; ++q) outflow += store.of_firm(t - q, firm, "net_outflow_usd") / window;
    if (!std::isfinite(outflow)) reason.behind.push_back({"the outflow of quarters before the run is not recorded"});
    else if (outflow > 0.0)
        reason.behind.push_back({fmt::format("runway {} quarters = cash {} over {} that left a quarter, mean of {}", short_number(std::max(0.0, store.of_firm(t, firm, "cash_usd")) / outflow),
                                             musd_text(store.of_firm(t, firm, "cash_usd")), musd_text(outflow), window)});
    else reason.behind.push_back({fmt::format("its cash lasts: {} came in a quarter, mean of {}", musd_text(-outflow), window)});
    return reason;
}

Reason rating_reason(const ReplayStore& store, int t, const std::string& firm) {
    const double pd = store.of_firm(t, firm, "default_probability_apr"), rating = store.of_firm(t, firm, "rating");
    if (store.of_firm(t, firm, "breach_q") > 0.0) return {fmt::format("rating {:.0f}: a covenant is broken, whatever the default probability", rating), store.address(t, "firm=" + firm + "&field=breach_q")};
    const std::vector<double> ends = rating_ends(store);
    const auto band = static_cast<std::size_t>(rating) - 1;
    const std::string low = band == 0 ? "" : fmt::format("above {}", percent_text(ends[band - 1])), high = band >= ends.size() ? "" : fmt::format("at most {}", percent_text(ends[band]));
    return {fmt::format("rating {:.0f}: a default probability of {} is {}{}{}", rating, percent_text(pd), low, !low.empty() && !high.empty() ? " and " : "", high)};
}

Reason leverage_reason(const ReplayStore& store, int t, const std::string& firm) {
    const auto now = [&](const char* column) { return store.of_firm(t, firm, column); };
    Reason reason{"L, debt over forward EBITDA, " + of_column(store, t, firm, "leverage_ratio", short_number), store.address(t, "firm=" + firm + "&field=leverage_ratio")};
    const double most = store.parameter("leverage_max_ratio"), counted = store.parameter("leverage_cash_frac"), ebitda = now("ebitda_forward_usd");
    if (!(ebitda > 0.0)) reason.behind.push_back({fmt::format("forward EBITDA is not above 0: L is the highest there is, {}", most)});
    else {
        const double owed = now("debt_usd") + now("payables_usd") - counted * now("cash_usd"), leases = now("leverage_ratio") * ebitda - owed;
        const std::string sum = fmt::format("debt {} + arrears {} - {} x cash {}", musd_text(now("debt_usd")), musd_text(now("payables_usd")), counted, musd_text(now("cash_usd")));
        if (now("leverage_ratio") <= 0.0) reason.behind.push_back({fmt::format("{}, leases added, is not above 0", sum)});
        else if (now("leverage_ratio") >= most) reason.behind.push_back({fmt::format("{}, leases added, is {} times forward EBITDA {} or more", sum, most, musd_text(ebitda))});
        else reason.behind.push_back({fmt::format("({} + present value of leases {}) over forward EBITDA {}; the value of leases is no column, it is what L leaves", sum, musd_text(leases), musd_text(ebitda))});
    }
    return reason;
}

Reason coverage_reason(const ReplayStore& store, int t, const std::string& firm) {
    const double interest = store.of_firm(t, firm, "interest_usd"), most = store.parameter("coverage_max_ratio");
    Reason reason{"C, coverage of interest, " + of_column(store, t, firm, "coverage_ratio", short_number), store.address(t, "firm=" + firm + "&field=coverage_ratio")};
    reason.behind.push_back({interest > 0.0 ? fmt::format("forward EBITDA {} over 4 x interest of the quarter {}, between 0 and {}", musd_text(store.of_firm(t, firm, "ebitda_forward_usd")), musd_text(interest), most)
                                            : fmt::format("no interest was paid: C is the highest there is, {}", most)});
    return reason;
}

Reason ebitda_reason(const ReplayStore& store, int t, const std::string& firm) {
    const int window = static_cast<int>(store.parameter("ebitda_window_q"));
    const double forward = store.of_firm(t, firm, "ebitda_forward_usd");
    double mean = 0.0;
    for (int q = 0; q < window; ++q) mean += store.of_firm(t - q, firm, "ebitda_usd") / window;
    Reason reason{"forward EBITDA, a year, " + of_column(store, t, firm, "ebitda_forward_usd", musd_text), store.address(t, "firm=" + firm + "&field=ebitda_forward_usd")};
    const double a_year = store.parameter("quarters_per_year") * mean;
    reason.behind.push_back({std::isfinite(mean) ? fmt::format("{} a year at the pace of the last {} quarters, {} for take-or-pay of the next four above it, less sales that the supplier lent for", musd_text(a_year), window,
                                                               musd_text(forward - a_year))
                                                 : "EBITDA of quarters before the run is not recorded"});
    return reason;
}

Reason spread_reason(const ReplayStore& store, int t, const std::string& firm) {
    const SpreadRule rule = spread_rule(store, t, store.of_market(t, "sentiment"), "bond");
    return {fmt::format("unsecured spread before any new loan: {}", spread_text(rule, store.of_firm(t, firm, "default_probability_apr")))};
}

}  // namespace

FirmRisk risk_at_close(const ReplayStore& store, int t, const std::string& firm) {
    return {store.of_firm(t, firm, "leverage_ratio"), store.of_firm(t, firm, "coverage_ratio"), store.of_firm(t, firm, "concentration"), store.of_firm(t, firm, "assets_usd")};
}

double risk_exponent(const ReplayStore& store, const FirmRisk& risk) {
    const double size = std::max(store.parameter("size_min"), risk.assets_usd / store.parameter("size_unit_usd"));
    return store.parameter("pd_intercept") + store.parameter("pd_leverage_coefficient") * risk.leverage + store.parameter("pd_coverage_coefficient") * std::log(1.0 + risk.coverage) +
           store.parameter("pd_concentration_coefficient") * risk.concentration + store.parameter("pd_size_coefficient") * std::log(size);
}

SpreadRule spread_rule(const ReplayStore& store, int t, double sentiment, const std::string& kind) {
    SpreadRule rule;
    const bool is_secured = kind == "contract_backed" || kind == "project";
    rule.sentiment = sentiment;
    rule.sentiment_coefficient = store.parameter("spread_sentiment_coefficient");
    rule.base_apr = store.parameter("spread_base_apr");
    rule.premium_ratio = store.parameter("risk_premium_ratio");
    rule.novelty_ratio = is_secured ? 1.0 + store.parameter("novelty_initial_extra") * std::exp(-t / store.parameter("novelty_decay_q")) : store.parameter("novelty_unsecured_ratio");
    rule.loss_frac = store.parameter(kind == "contract_backed" ? "loss_given_default_abl_frac" : kind == "project" ? "loss_given_default_project_frac" : "loss_given_default_unsecured_frac");
    return rule;
}

double spread_of(const SpreadRule& rule, double pd_apr) {
    return rule.novelty_ratio * std::exp(rule.sentiment_coefficient * rule.sentiment) * (rule.base_apr + rule.premium_ratio * rule.loss_frac * pd_apr);
}

double implied_pd_apr(const SpreadRule& rule, double spread_apr) {
    return (spread_apr / (rule.novelty_ratio * std::exp(rule.sentiment_coefficient * rule.sentiment)) - rule.base_apr) / (rule.premium_ratio * rule.loss_frac);
}

std::string spread_text(const SpreadRule& rule, double pd_apr) {
    return fmt::format("{} = novelty nu {} x exp({} x sentiment {}) x ({} + premium {} x LGD {} x default probability {})", percent_text(spread_of(rule, pd_apr)), short_number(rule.novelty_ratio),
                       rule.sentiment_coefficient, short_number(rule.sentiment), percent_text(rule.base_apr), rule.premium_ratio, rule.loss_frac, percent_text(pd_apr));
}

std::vector<double> rating_ends(const ReplayStore& store) {
    const Columns& params = store.table("params");
    std::vector<double> out;
    for (std::size_t row = 0; row < params.rows(); ++row)
        if (params.text(row, "name") == "rating_pd_max_apr") out.push_back(params.number(row, "value"));
    return out;
}

bool is_rating_field(const std::string& field) {
    const char* const fields[] = {"default_probability_apr", "rating", "leverage_ratio", "coverage_ratio", "ebitda_forward_usd"};
    return std::find(std::begin(fields), std::end(fields), field) != std::end(fields);
}

Why explain_rating(const ReplayStore& store, int t, const std::string& firm, const std::string& field) {
    Why why;
    why.address = store.address(t, "firm=" + firm + "&field=" + field);
    why.title = fmt::format("{} in {}: default probability {} a year, rating {:.0f}", firm, quarter_name(t), of_column(store, t, firm, "default_probability_apr", percent_text), store.of_firm(t, firm, "rating"));
    why.reasons.push_back(is_by_runway(store, t, firm) ? runway_reason(store, t, firm) : formula_reason(store, t, firm));
    why.reasons.push_back(rating_reason(store, t, firm));
    why.reasons.push_back(leverage_reason(store, t, firm));
    why.reasons.push_back(coverage_reason(store, t, firm));
    why.reasons.push_back(ebitda_reason(store, t, firm));
    why.reasons.push_back(spread_reason(store, t, firm));
    return why;
}

}  // namespace rackrace
