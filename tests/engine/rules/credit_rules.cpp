// Vectors of credit beside the clearing: contract-backed loans and what they rest on, money from owners.
#include "engine/market/asset_backed_loan.h"
#include "engine/market/concentration.h"
#include "engine/market/equity.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

double mean(const Json& values) {
    double sum = 0.0;
    for (const Json& value : values) sum += value.get<double>();
    return sum / static_cast<double>(values.size());
}

Json run_abl(const Parameters& p, const Json& in) {
    if (in.contains("pd_buyers"))
        return {{"spread", contract_backed_spread_apr(p, in["pd_buyers"], in.at("pd_seller"), in.at("rated"), in.at("Sig"), in.at("t"))},
                {"nu", novelty_ratio(p, in["t"])}};
    if (in.contains("ebitda_last"))
        return {{"ebitda_fwd", forward_ebitda_usd_year(p, mean(in["ebitda_last"]), mean(in.at("takeorpay_last")), in.at("takeorpay_next4"))}};
    if (in.contains("opening_line"))
        return {{"limit", revolver_limit_usd(p, in["opening_line"], mean(in.at("ebitda_last4")) * static_cast<double>(in["ebitda_last4"].size()),
                                             in.at("breach"))}};
    if (in.contains("by_customer")) {
        const auto amounts = in["by_customer"].get<std::vector<double>>();
        return {{"hhi", herfindahl(amounts.data(), static_cast<int>(amounts.size()), p.concentration_unnamed)}};
    }
    Parameters with_ltv = p;
    with_ltv.abl_loan_to_value_frac = in.at("ltv");
    Pledge pledge;
    for (const Json& buyer : in.at("buyers")) {
        pledge.buyer_usd[pledge.buyers] = buyer.at(0);
        pledge.is_rated[pledge.buyers++] = buyer.at(1);
    }
    pledge.chips_cost_usd = in.at("pledged_chips_cost");
    pledge.chips_resale_usd = in.at("pledged_chips_resale");
    pledge.sites_book_usd = in.at("pledged_sites_book");
    pledge.loan_age_q = in.at("loan_age_q");
    return {{"base", borrowing_base_usd(with_ltv, pledge)}};
}

Json issue_out(const ShareIssue& issue) { return {{"amount", issue.amount.value}, {"discount", issue.discount_frac}, {"shares", issue.shares}}; }

Json run_equity(const Parameters& p, const Json& in) {
    if (in.contains("runway_q")) return {{"p", venture_failure_probability(p, in.at("Sig"), in["runway_q"])}};
    if (in.contains("principal")) {
        const ConvertibleTerms terms = convertible_terms(p, in.at("unsecured_rate"), to_usd(in["principal"]), in.at("E"), in.at("shares"));
        return {{"coupon", terms.coupon_apr}, {"shares_on_conversion", terms.conversion_shares}};
    }
    if (in.contains("Scr")) return issue_out(venture_round(p, in.at("value"), to_usd(in.at("asked")), in["Scr"], in.at("shares")));
    return issue_out(issue_shares(p, in.at("E"), to_usd(in.at("asked")), in.at("shares")));
}

const Registered abl{"abl", run_abl};
const Registered equity{"equity_convert_venture", run_equity};

}  // namespace
}  // namespace rackrace::rules
