// Vectors of depreciation, credit risk and values.
#include "engine/settle/depreciation.h"
#include "engine/settle/rating.h"
#include "engine/settle/valuation.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

Role read_role(const Json& in) {
    const std::string kind = in.value("kind", "HYPER");
    return kind == "NEO" ? Role::neocloud : kind == "LAB" ? Role::lab : kind == "SUPP" ? Role::supplier : Role::hyperscaler;
}

Usd usd(const Json& value) { return Usd{value.get<std::int64_t>()}; }

Json run_depreciation_impairment(const Parameters& p, const Json& in) {
    if (in.contains("gross")) return {{"dep", depreciation_charge(usd(in["gross"]), usd(in.at("accumulated")), in.at("life")).value}};
    int underused = 0;
    for (const Json& utilisation : in.at("util")) underused = next_underused_q(p, underused, utilisation);
    return {{"write_down", impairment_write_down(p, usd(in.at("net_book")), usd(in.at("resale")), underused).value}};
}

Json run_pd_rating_spread(const Parameters& p, const Json& in) {
    const double sentiment = in.at("Sig");
    if (in.contains("pd")) return {{"rating", credit_rating(p, in.at("pd"), in.value("breach", false))}};
    double probability = 0.0;
    Json out = Json::object();
    if (in.contains("lab_runway_q")) {
        probability = runway_default_probability_apr(p, in.at("lab_runway_q"));
    } else if (in.contains("L")) {
        probability = default_probability_apr(p, in.at("L"), in.at("C"), in.at("hhi"), in.at("assets"));
    } else {
        const CreditProfile firm = {in.at("ebitda_fwd"), in.at("debt"), in.at("lease_pv"), in.at("cash"),
                                    in.at("interest_yr").get<double>() / p.quarters_per_year, in.at("hhi"), in.at("assets"), 0.0};
        const CreditRisk risk = assess_risk(p, Role::neocloud, firm, false, sentiment);
        return {{"L", risk.leverage}, {"C", risk.coverage}, {"pd", risk.default_probability_apr}, {"rating", risk.rating},
                {"spread", risk.unsecured_spread_apr}};
    }
    return {{"pd", probability}, {"rating", credit_rating(p, probability, false)}, {"spread", unsecured_spread_apr(p, probability, sentiment)}};
}

Json run_values(const Parameters& p, const Json& in) {
    if (in.contains("chips")) {
        const double broken_up = liquidation_value_usd(p, in.at("chips"), in.at("site_book"), in.at("queue_deposits"),
                                                       in.at("adder_q"), in.at("cash"));
        const double going = going_concern_value_usd(p, read_role(in), in.at("ebitda_fwd"), in.value("runrate", 0.0), in.at("Sig"));
        return {{"LV", broken_up}, {"GV", going}, {"lowest_bid", lowest_acquisition_bid_usd(p, broken_up, going)},
                {"no_bid", is_reorganised(broken_up, going) ? "reorganise" : "liquidate"}};
    }
    if (in.contains("ecore")) {
        const EquityInputs firm = {in.at("ecore"), in.at("eai"), in.at("runrate"), in.at("netdebt"), in.at("assets")};
        const double news = next_news_factor(p, 1.0, in.at("x"), in.at("y"));
        return {{"E", equity_value_usd(p, read_role(in), firm, in.at("Sig"), news)}};
    }
    if (in.contains("gexp"))
        return {{"Sig", next_sentiment(p, in.at("Sig"), in.at("g_ai"), in.at("gexp"), in.at("defaulted"), in.at("Scr"),
                                       in.at("eps").get<double>() / p.sentiment_sd)},
                {"gexp", next_expected_growth_frac(p, in.at("gexp"), in.at("g_ai"))}};
    return {{"TVO", operating_terminal_value_usd(p, in.at("fcfn"), in.at("w"), in.at("lv_less_cash"))}};
}

const Registered all[] = {{"depreciation_impairment", run_depreciation_impairment},
                          {"pd_rating_spread", run_pd_rating_spread},
                          {"values", run_values}};

}  // namespace
}  // namespace rackrace::rules
