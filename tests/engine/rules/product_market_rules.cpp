// Vectors of the AI product market: adoption, shares, spending, demand, serving, the outside alternative, the core business.
#include "engine/market/core_uplift.h"
#include "engine/market/outside_alternative.h"
#include "engine/market/product_market.h"
#include "engine/market/segment_priority.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

/// Sellers of a case: `p` and `share` always, the rest where the case has it.
ProductSellers read_sellers(const Json& in, const char* shares) {
    ProductSellers sellers = {};
    sellers.count = static_cast<int>(in.at("p").size());
    for (int i = 0; i < sellers.count; ++i) {
        ProductSeller& seller = sellers.items[i];
        const auto number = [&](const char* key, double otherwise) { return in.contains(key) ? in.at(key).at(i).get<double>() : otherwise; };
        seller.price_usd_task = number("p", 0.0);
        seller.share_frac = number(shares, 0.0);
        seller.capability_oom = in.contains("A") && in.at("A").is_array() ? number("A", 0.0) : 0.0;
        seller.preference = number("xi", 0.0);
        seller.served_frac = number("served", 1.0);
    }
    return sellers;
}

Json list(const double* values, int count) {
    Json out = Json::array();
    for (int i = 0; i < count; ++i) out.push_back(values[i]);
    return out;
}

AdoptionRule read_adoption(const Json& in) { return {in.at("a"), in.at("b"), in.at("Nmax"), in.at("k"), in.at("Amin")}; }

Json run_adoption(const Parameters&, const Json& in) {
    const AdoptionRule rule = read_adoption(in);
    const AdoptionConditions now = {in.at("Atop")};
    return {{"N", adopt(rule, in.at("N"), now)}, {"Nbar", adoption_potential(rule, in.at("N"), now)}};
}

Json run_logit_shares(const Parameters& p, const Json& in) {
    ChoiceRule rule = choice_rule(p, 0);
    rule.mover_frac = in.at("lam");
    const ProductSellers sellers = read_sellers(in, "share");
    const ShareStep step = move_customers(rule, sellers, in.at("Atop"), in.at("new"));
    return {{"share", list(step.share_frac, sellers.count)}, {"logit", list(step.choice_frac, sellers.count)}, {"movers", step.movers_frac}};
}

Json run_opening_xi(const Parameters& p, const Json& in) {
    const ChoiceRule rule = choice_rule(p, 0);
    ProductSellers sellers = read_sellers(in, "share");
    set_opening_preferences(rule, sellers, in.at("Atop"));
    double choice[kMaxSellers];
    choose_sellers(rule, sellers, in.at("Atop"), choice);
    return {{"logit", list(choice, sellers.count)}};
}

Json run_spending_share(const Parameters& p, const Json& in) {
    SpendingRule rule = spending_rule(p, 0);
    if (in.contains("shares")) {
        rule.quality_slope = in.at("theta");
        rule.reference_oom = in.at("A0");
        const PriceIndices indices = price_indices(rule, read_sellers(in, "shares"));
        return {{"phat", indices.quality_price_usd_task}, {"pbar", indices.price_usd_task}};
    }
    rule.scale = in.at("B");
    rule.elasticity = in.at("sigma");
    const double share = spending_share(rule, in.at("ratio"));
    return {{"share", share}, {"Qstar", affordable_tasks(rule, in.at("W"), in.at("N"), share, in.at("pbar"))}};
}

Json run_stickiness(const Parameters& p, const Json& in) {
    StickinessRule rule = stickiness_rule(p);
    rule.stickiness_frac = in.at("phi");
    const double most = affordable_tasks(spending_rule(p, 0), in.at("W"), in.at("N"), 1.0, in.at("pbar"));
    return {{"Q", sticky_quantity(rule, in.at("Q_last"), in.at("Qstar"), in.at("ghat_last"), most)},
            {"ghat", expected_demand_growth(rule, in.at("ghat_last"), in.at("Qstar_last"), in.at("Qstar"))}};
}

Json run_firm_demand(const Parameters& p, const Json& in) {
    const ProductSellers sellers = read_sellers(in, "share");
    const double mean = price_indices(spending_rule(p, 0), sellers).price_usd_task;
    double demand[kMaxSellers];
    for (int i = 0; i < sellers.count; ++i)
        demand[i] = seller_demand(in.at("Q"), sellers.items[i].share_frac, sellers.items[i].price_usd_task, mean, p.usage_price_elasticity);
    Json out = {{"Q_f", list(demand, sellers.count)}};
    if (!in.contains("allotted")) return out;
    const InferenceRule rule = {in.at("chi"), p.hours_per_quarter, in.at("umax")};
    const double need = inference_need_h100e(rule, demand[0], in.at("A"), in.at("Atop"), in.at("EI"));
    const double served = served_ratio(in.at("allotted"), need);
    out["need_of_first"] = need;
    out["served_of_first"] = served;
    out["revenue_of_first"] = product_revenue_usd(sellers.items[0].price_usd_task, demand[0], served);
    return out;
}

Json run_segment_priority(const Parameters&, const Json& in) {
    const double need[kMaxSegments] = {in.at("need").at(0), in.at("need").at(1)};
    double served[kMaxSegments];
    serve_segments(in.at("allotted"), need, in.at("segPrio"), served);
    return {{"served_h100e", list(served, 2)}, {"served", {served_ratio(served[0], need[0]), served_ratio(served[1], need[1])}}};
}

Json run_outside_alternative(const Parameters& p, const Json& in) {
    const InferenceRule rule = {in.at("chi"), p.hours_per_quarter, in.at("umax")};
    return {{"price", outside_price_usd_task(rule, p.outside_alternative_markup_ratio, in.at("spotI"), in.at("Atop_lag4"), in.at("Atop"),
                                             in.at("EI"))},
            {"a_with_need", outside_scale_with_need(in.at("a"), in.at("need"), in.at("last"), p.spot_reference_price_usd_h,
                                                    p.outside_demand_elasticity)}};
}

Json run_product_market(const Parameters& p, const Json& in) {
    const Json &segment = in.at("segment"), &given = in.at("parameters");
    SegmentRules rules = segment_rules(p, 0);
    rules.adoption = read_adoption(given);
    rules.choice.mover_frac = given.at("lam");
    rules.spending.scale = given.at("B");
    rules.spending.quality_slope = given.at("theta");
    rules.spending.elasticity = given.at("sigma");
    rules.stickiness.stickiness_frac = given.at("phi");
    const SegmentConditions now = {{given.at("Atop")}, given.at("W"), given.at("phat0")};
    SegmentMarket state = {segment.at("N"), segment.at("Q"), segment.at("Qstar"), segment.at("ghat"), read_sellers(segment, "share")};
    const SegmentQuarter quarter = advance_segment(rules, now, state);
    Json shares = Json::array();
    for (int i = 0; i < state.sellers.count; ++i) shares.push_back(state.sellers.items[i].share_frac);
    return {{"N", state.adopters_frac},
            {"new", quarter.new_frac},
            {"share", shares},
            {"pbar", quarter.prices.price_usd_task},
            {"phat", quarter.prices.quality_price_usd_task},
            {"s", quarter.spending_share_frac},
            {"Qstar", state.desired_tasks_q},
            {"Q", state.tasks_q},
            {"ghat", state.growth_frac},
            {"Q_f", list(quarter.demand_tasks_q, state.sellers.count)}};
}

Json run_core_uplift(const Parameters& p, const Json& in) {
    return {{"extra", core_uplift_usd(in.at("core_rev_q"), in.at("ups"), in.at("use"), in.at("A"), in.at("A0"),
                                      p.core_uplift_capability_slope, in.at("Z0"))}};
}

const Registered all[] = {{"adoption", run_adoption},
                          {"logit_shares", run_logit_shares},
                          {"opening_xi", run_opening_xi},
                          {"spending_share", run_spending_share},
                          {"stickiness", run_stickiness},
                          {"firm_demand", run_firm_demand},
                          {"segment_priority", run_segment_priority},
                          {"outside_alternative", run_outside_alternative},
                          {"product_market", run_product_market},
                          {"core_uplift", run_core_uplift}};

}  // namespace
}  // namespace rackrace::rules
